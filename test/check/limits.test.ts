import { describe, expect, it } from 'vitest';
import { check } from '../../src/check.ts';
import { noEvidence } from '../../src/meaning/names/evidence.ts';
import { gatherLatexEvidence, readGathered, readLatex } from '../../src/meaning/read-source.ts';
import { judge } from '../../src/notes/judge.ts';
import { functionTable } from '../../src/rules/elementary.ts';
import { number, power, symbol } from '../../src/term/construct.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { mostWork, takeSteps, withinWork } from '../../src/work.ts';

function reasons(document: string): (string | undefined)[] {
  return check(document).map((one) => one.reason);
}

describe('a note that is too large', () => {
  it('is refused as build refuses it', () => {
    expect(() => check('a'.repeat(2_000_001))).toThrow(
      expect.objectContaining({ code: 'source-too-long', message: 'this note is too long' }),
    );
    expect(() => check(`${'> '.repeat(200)}a`)).toThrow(expect.objectContaining({ code: 'nesting-too-deep' }));
  });

  it('is read up to two million characters', () => {
    const display = '$$\n(x+1)^2 = x^2 + 2 x + 1\n$$\n\n';
    const document = `${`${'word '.repeat(40)}\n\n`.repeat(9_900)}${display}`;
    expect(document.length).toBeGreaterThan(1_900_000);
    const [found] = check(document);
    expect(found).toMatchObject({ left: '(x+1)^2', start: { offset: document.indexOf('x^2 + 2 x') } });
  });
});

describe('a formula that is too large', () => {
  it('is unknown for that, and the others are judged', () => {
    const long = `$$\ny = x ${'+ x '.repeat(30_000)}\n$$`;
    const right = '$$\n\\frac{\\partial}{\\partial x} x^2 = 2 x\n$$';
    const found = check(`${long}\n\n${right}\n`);
    expect(found.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['unknown', 'too-large'],
      ['holds', undefined],
    ]);
    expect(found[0]?.detail).toContain('at most 100000 are read');
  });

  it('is said to be so within a sentence too', () => {
    expect(reasons(`So $y = x ${'+ x '.repeat(30_000)}$ holds.`)).toEqual(['too-large']);
  });

  it('takes no more for the names that are defined before it and that it does not reach', () => {
    const names = Array.from({ length: 1001 }, (_, at) =>
      at.toString(26).replace(/\d/g, (one) => 'qrstuvwxyz'[+one] ?? ''),
    );
    const defined = (count: number): string =>
      names
        .slice(0, count)
        .map((name) => `$$\n\\mathrm{loss${name}} = 2\n$$\n\n`)
        .join('');
    const claim = '$$\n\\frac{\\partial}{\\partial x} x^2 = 2 x\n$$\n';
    expect(reasons(defined(1001) + claim)).toEqual([undefined]);
  });
});

describe('the formulas of a document', () => {
  const formulas = [
    'f(x) = \\mathbf{w}^T x_i + b',
    'g (a + b) = f(a) + \\frac{\\partial f}{\\partial g}',
    'g(x, y) = x^{(i)} y_{ij}',
  ];

  it('are read in the light of all of them as each is by itself', () => {
    const evidence = noEvidence();
    for (const formula of formulas) gatherLatexEvidence(formula, evidence);
    for (const formula of formulas) expect(readGathered(formula, evidence)).toEqual(readLatex(formula, evidence));
  });

  it('are read without a copy of what is known for each, which would take the square of their number', () => {
    const copied = (): never => {
      throw new Error('copied');
    };
    const evidence = { ...noEvidence(), functions: Object.assign(new Set(['f']), { [Symbol.iterator]: copied }) };
    expect(readGathered('y = f(x)', evidence)).toHaveLength(1);
    expect(() => readLatex('y = f(x)', evidence)).toThrow('copied');
  });
});

describe('the work of a document', () => {
  const [statement] = readLatex('(x+1)^2 = x^2 + 2 x + 1');
  const sides = statement?.sides.map(({ node }) => node) ?? [];
  const claim = { left: sides[0] as never, right: sides[1] as never, span: { start: 0, end: 1 }, linked: true };
  const context = {
    table: { quantity: new Map(), function: new Map() },
    firm: () => true,
    functions: functionTable,
    evidence: noEvidence(),
    seed: 1,
  };

  it('is shared by its claims: the evaluations', () => {
    const allowance = { left: 1_000_000 };
    expect(judge(claim, { ...context, allowance }).certificate.verdict).toBe('holds');
    expect(allowance.left).toBeLessThan(1_000_000);
    const spent = judge(claim, { ...context, allowance: { left: 0 } });
    expect(spent).toMatchObject({
      certificate: { verdict: 'unknown', reason: 'too-large' },
      detail: 'the formulas before this took all the work that one document may',
    });
  });

  it('is shared by its claims: the steps', () => {
    const judged = withinWork(mostWork, () => {
      takeSteps(mostWork - 100);
      return Array.from({ length: 40 }, () => judge(claim, context));
    });
    expect(judged[0]?.certificate.verdict).toBe('holds');
    expect(judged.at(-1)).toMatchObject({
      certificate: { verdict: 'unknown', reason: 'too-large' },
      detail: 'this takes more work than one formula may',
    });
  });

  it('leaves nothing in the store of terms', () => {
    inFreshStore(() => {
      const first = power(symbol('q'), number(7)).id;
      judge(claim, context);
      expect(power(symbol('q'), number(8)).id - first).toBeLessThan(5);
    });
  });
});
