import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, verify } from '../../src/check.ts';
import { tenth } from '../support/table.ts';

const example = readFileSync(new URL('../../examples/check-backprop.md', import.meta.url), 'utf8');
const definitions =
  'Let $y_i = \\vec{x_i} \\cdot \\vec{\\alpha_i}$, $z = \\sum_i \\beta_i f(y_i)$, $w = g(z)$ and $E = E(w)$.';

function verdicts(document: string): string[] {
  return check(document).map((one) => one.verdict);
}

describe('the published derivation', () => {
  it('fails at the same place in its English twin', () => {
    const twin = readFileSync(new URL('../../examples/check-backprop.en.md', import.meta.url), 'utf8');
    expect(check(twin)).toMatchObject([{ verdict: 'holds' }, { verdict: 'fails', start: { line: 10, column: 143 } }]);
    expect(verdicts(twin.replace('&=& y_j', '&=& f(y_j)'))).toEqual(['holds', 'holds']);
  });

  it('holds in its first step and fails in its second, at its place, with numbers', () => {
    const [first, second, ...others] = check(example, { file: 'notes.md' });
    expect(others).toEqual([]);
    expect(first).toMatchObject({ verdict: 'holds', start: { line: 10, column: 42 } });
    expect(second).toMatchObject({ file: 'notes.md', verdict: 'fails', start: { line: 10, column: 143 } });
    expect(second?.right).toBe('y_j \\frac{\\partial w}{\\partial z} \\frac{\\partial E}{\\partial w}');
    expect(second?.counterexample?.left).not.toBeCloseTo(second?.counterexample?.right ?? 0, 3);
    expect(Object.keys(second?.counterexample?.values ?? {})).toContain('f(t)');
    expect(example.slice(second?.start.offset, second?.end.offset)).toBe(second?.right);
  });

  it('holds throughout once the function is put back', () => {
    expect(verdicts(example.replace('&=& y_j', '&=& f(y_j)'))).toEqual(['holds', 'holds']);
  });

  it('is the same for every seed', () => {
    for (const seed of [1, 2, 3])
      expect(check(example, { seed }).map((one) => one.verdict)).toEqual(['holds', 'fails']);
  });
});

const chain = "\\frac{\\partial E}{\\partial \\beta_j} &= E'(w) g'(z) f(y_j) \\\\ &= E'(w) f(y_j)";

describe('a display', () => {
  it.each([
    ['align*', `$$\n\\begin{align*}\n${chain}\n\\end{align*}\n$$`, 6],
    ['aligned', `$$\n\\begin{aligned}\n${chain}\n\\end{aligned}\n$$`, 6],
    ['an environment without dollar signs', `\\begin{align}\n${chain}\n\\end{align}`, 5],
    ['a block quote', `> $$\n> \\begin{aligned}\n> ${chain}\n> \\end{aligned}\n> $$`, 6],
    ['a list item', `- so\n\n  $$\n  \\begin{aligned}\n  ${chain}\n  \\end{aligned}\n  $$`, 8],
  ])('in %s is judged link by link', (_, display, line) => {
    const document = `${definitions}\n\n\n${display}\n`.replace('\n\n\n', '\n\n');
    const found = check(document);
    expect(found.map((one) => one.verdict)).toEqual(['holds', 'fails']);
    expect(document.slice(found[1]?.start.offset, found[1]?.end.offset)).toBe("E'(w) f(y_j)");
    expect(found[1]?.start.line).toBe(line - 1);
  });

  it('keeps its places with CRLF line ends', () => {
    const document = `${definitions}\n\n$$\n\\begin{aligned}\n${chain}\n\\end{aligned}\n$$\n`.replaceAll('\n', '\r\n');
    const found = check(document);
    expect(found.map((one) => one.verdict)).toEqual(['holds', 'fails']);
    expect(document.slice(found[1]?.start.offset, found[1]?.end.offset)).toBe("E'(w) f(y_j)");
  });

  it('within a paragraph counts as one', () => {
    expect(
      verdicts(`${definitions} Then $$\\frac{\\partial E}{\\partial \\beta_j} = E'(w) g'(z) f(y_j)$$ follows.`),
    ).toEqual(['holds']);
  });
});

describe('what can not be decided', () => {
  it.each([
    ['an integral', '$$\nF = \\int_D f(x) \\, dx = G\n$$', 'unsupported-notation'],
    [
      'a derivative of a member of a name that nothing defines',
      '$$\n\\frac{\\partial L}{\\partial w_j} = 2 w_j x\n$$',
      'undefined-name',
    ],
  ])('is unknown with its reason: %s', (_, document, reason) => {
    const found = check(document);
    expect(found.map((one) => ({ verdict: one.verdict, reason: one.reason }))).toEqual([
      { verdict: 'unknown', reason },
    ]);
  });

  it.each([
    ['fact', '$$\n\\frac{\\partial L}{\\partial w} = 2 w x\n$$'],
    ['equation', '$$\n2 x + 3 = 7 x\n$$'],
    ['equation', 'Let $L = (a - 1)^2$.\n\n$$\n\\frac{\\partial L}{\\partial a} = 0\n$$'],
    ['definition', '$$\ny = a x + b\n$$'],
    ['redefinition', 'Let $y = x^2$.\n\n$$\ny = a^3\n$$'],
    ['dependence', '$$\nE = E(w)\n$$'],
    ['update', '$$\nw = w - \\eta g\n$$'],
    ['condition', '$$\ny = a x, \\quad \\text{if } a = 0\n$$'],
    ['special-case', 'Let $f(x) = x^2$.\n\n$$\nx = 3\n$$'],
    ['approximation', '$$\n\\sqrt{10} \\approx 3.1\n$$'],
    ['equation', '$$\n\\sin y = x\n$$'],
  ])('is listed as what it is where it is no claim: %s', (kind, document) => {
    expect(check(document)).toEqual([]);
    expect(check(document, { all: true }).at(-1)).toMatchObject({ kind, verdict: 'none' });
  });

  it('includes a name that is defined anew', () => {
    const document = 'Let $f(x) = x^2$.\n\n$$\nf(x) = x^3\n$$\n\n$$\n\\frac{d}{dx} f(x) = 2 x\n$$\n';
    expect(verdicts(document)).not.toContain('fails');
  });

  it('includes what another section has defined', () => {
    const document = '# One\n\nLet $L = w^2$.\n\n# Two\n\n$$\n\\frac{\\partial L}{\\partial w} = 3 w\n$$\n';
    expect(check(document)).toMatchObject([{ verdict: 'unknown', reason: 'not-enough-context' }]);
  });

  it('is nothing at all in code and in documents without mathematics', () => {
    expect(check('# Title\n\nWords.\n')).toEqual([]);
    expect(check('```\n$$\na = b = c\n$$\n```\n')).toEqual([]);
    expect(check('')).toEqual([]);
  });
});

describe('the logistic function', () => {
  const claim = (right: string): string => `$$\n\\frac{d}{dx} \\sigma(x) = \\sigma(x) ${right}\n$$`;

  it('is meant by an undefined sigma', () => {
    expect(verdicts(claim('(1 - \\sigma(x))'))).toEqual(['holds']);
  });

  it('does not excuse a wrong derivative of it', () => {
    expect(verdicts(claim('(1 + \\sigma(x))'))).toEqual(['fails']);
  });
});

describe('verify', () => {
  it.each([
    ['d(x^2, x) = 2*x', 'holds'],
    ['d(x^2, x) = 3*x', 'fails'],
    ['z = a*x + b; d(z^2, a) = 2*z*x', 'holds'],
    ['z = a*x + b; d(z^2, a) = 2*z*a', 'fails'],
    ['sqrt(x^2) = x', 'fails'],
    ['log(x*y) = log(x) + log(y)', 'holds'],
    ['\\frac{d}{dx} \\sin x = \\cos x', 'holds'],
    ['log(-1 - x^2) = x', 'unknown'],
  ])('says of %s that it %s', (source, verdict) => {
    expect(verify(source).verdict).toBe(verdict);
  });

  it.each([
    ['A*inv(A) = I', 'A: matrix(n, n) invertible', 'holds'],
    ['A*inv(A) = 2*I', 'A: matrix(n, n) invertible', 'fails'],
    ['\\frac{\\partial}{\\partial X}\\log\\det(I+XX^\\top) = 2(I+XX^\\top)^{-1}X', 'X: matrix(n, k)', 'holds'],
    ['\\frac{\\partial}{\\partial x} x^\\top S_w x = 2 S_w x', 'x: vector(n), S_w: matrix(n, n)', 'fails'],
    ["(w'-y')*z = w'*z - y'*z", 'w: vector(n), y: vector(n), z: vector(n)', 'holds'],
    ["(w'-y')*z = w'*z + y'*z", 'w: vector(n), y: vector(n), z: vector(n)', 'fails'],
  ])('reads names in the light of declarations: %s', (source, shapes, verdict) => {
    expect(verify(source, { shapes }).verdict).toBe(verdict);
  });

  it('refuses what is no equation', () => {
    expect(() => verify('x + 1')).toThrow('the last line is not an equation');
    expect(() => verify('(ab)^n = a^n b^n')).toThrow('ab is one name');
    expect(verify('ab = 2*c; d(ab, c) = 2').verdict).toBe('holds');
  });
});

const corpora = new URL('../../../shared/corpora/', import.meta.url);

describe.skipIf(!existsSync(corpora))('the published notes', () => {
  const places = existsSync(corpora)
    ? readFileSync(new URL('correct_blocks_public.tsv', corpora), 'utf8')
        .split('\n')
        .slice(1)
        .filter((line) => line !== '')
    : [];
  const files = existsSync(corpora)
    ? readdirSync(new URL('notes/', corpora), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.md'),
      )
    : [];

  it('raise no false alarm where they are known to be right', () => {
    const alarms: string[] = [];
    const counts = { holds: 0, fails: 0, warns: 0, unknown: 0, none: 0 };
    for (const file of tenth(files)) {
      for (const one of check(readFileSync(new URL(`notes/${file}`, corpora), 'utf8'), { file })) {
        counts[one.verdict]++;
        if (one.verdict !== 'fails') continue;
        const near = places.some((line) => {
          const [repository = '', path = '', at = ''] = line.split('\t');
          const known = `${repository.split('/')[1]}/${path}`;
          return known === file && Math.abs(Number(at) - one.start.line) <= 12;
        });
        if (near) alarms.push(`${file}:${one.start.line}`);
      }
    }
    console.log(
      `${files.length} published notes: ${JSON.stringify(counts)}, ${places.length} places known to be right`,
    );
    expect(files.length).toBeGreaterThan(10);
    expect(alarms).toEqual([]);
  });
});

describe('a finding', () => {
  const display = (formula: string): string => `$$\n${formula}\n$$`;

  it('says how names were read that nothing defines', () => {
    expect(check(display("\\frac{d}{dx} (f(x) g(x)) = f'(x) g'(x)"))[0]?.names).toEqual([
      { name: 'f', role: 'function' },
      { name: 'g', role: 'function' },
    ]);
    const squares = check(
      `Let $L = \\sum_i (y_i - w x_i)^2$.\n\n${display('\\frac{dL}{dw} = 2 \\sum_i x_i (y_i - w x_i)')}`,
    );
    expect(squares[0]?.names).toEqual([{ name: 'i', role: 'summed' }]);
  });

  it('says under which conditions it holds', () => {
    expect(check(display('\\frac{d}{dx} \\ln(x^2) = \\frac{d}{dx} 2 \\ln x'))[0]).toMatchObject({
      verdict: 'holds',
      conditions: ['x > 0'],
    });
    expect(check(display('\\frac{d}{dx} x^2 = 2x'))[0]?.conditions).toBeUndefined();
  });

  it('says in which reading it holds', () => {
    expect(check(display('\\frac{d}{dx} x^2 + 3x = 2x + 3'))[0]).toMatchObject({
      verdict: 'holds',
      readAs: [{ code: 'taken-onward', name: 'd/dx' }],
    });
  });
});
