import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check.ts';
import { third } from '../support/table.ts';

const cases = readFileSync(new URL('../cases/claims.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('//'))
  .map((line) => JSON.parse(line) as [note: string, right: string, wrong: string]);

const verdicts = (note: string): string[] => check(note).map((one) => one.verdict);

describe('a claim in the light of what stands before it', () => {
  it.each(third(cases))('holds: %j', (note) => {
    expect(verdicts(note).at(-1)).toBe('holds');
  });

  it.each(third(cases))('fails once it is spoilt: %j', (note, right, wrong) => {
    const at = note.lastIndexOf(right);
    expect(at).toBeGreaterThan(0);
    expect(verdicts(note.slice(0, at) + wrong + note.slice(at + right.length)).at(-1)).toBe('fails');
  });
});

describe('a function of which nothing is known', () => {
  it('may be one of a whole matrix, so that shapes that differ are no mistake', () => {
    const note = 'Let $Y = XW$, $L = f(Y)$ and $G = \\frac{\\partial L}{\\partial Y}$.\n\n';
    expect(verdicts(`${note}$$\n\\frac{\\partial L}{\\partial W} = X^T G\n$$`)).toEqual(['unknown']);
  });
});

describe('an integral', () => {
  it.each([
    '\\int v \\, dt = s',
    '\\int P \\, dV = n R T \\ln V',
    'a = \\int b \\, dx = c',
  ])('%s may be what a name on the other side is', (claim) =>
    expect(verdicts(`$$\n${claim}\n$$`)).not.toContain('fails'));
});

describe('one layout of derivatives for a document', () => {
  const jacobian = (right: string): string =>
    `$$\n\\frac{\\partial \\mathbf{A}\\mathbf{x}}{\\partial \\mathbf{x}} = ${right}\n$$\n\n`;
  const other = (right: string): string =>
    `$$\n\\frac{\\partial \\mathbf{B}\\mathbf{z}}{\\partial \\mathbf{z}} = ${right}\n$$\n\n`;

  it('is either', () => {
    expect(verdicts(jacobian('\\mathbf{A}') + other('\\mathbf{B}'))).toEqual(['holds', 'holds']);
    expect(verdicts(jacobian('\\mathbf{A}^\\top') + other('\\mathbf{B}^\\top'))).toEqual(['holds', 'holds']);
  });

  it('makes a missing transpose fail where the other lines fix it', () => {
    const document = jacobian('\\mathbf{A}^\\top') + other('\\mathbf{B}^\\top') + jacobian('\\mathbf{A}');
    expect(verdicts(document)).toEqual(['holds', 'holds', 'fails']);
  });
});
