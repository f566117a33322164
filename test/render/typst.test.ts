import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { typstOf } from '../../src/render/formula-typst.ts';
import { toTypst } from '../../src/render/typst.ts';
import { typstText } from '../../src/render/typst-text.ts';
import { backprop, results, step } from './fixtures.ts';

const cases = readFileSync('test/cases/typst.txt', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' => ') as [string, string]);

test.each(cases)('%s', (text, typst) => {
  expect(typstOf(text).trim()).toBe(typst);
});

test('a page of Typst', () => {
  expect(toTypst(backprop, { lang: 'en' })).toBe(`\
For $E = E(g(sum_(i) β_(i) thin f(x_(i) dot.op α_(i))))$, the derivative $frac(partial E, partial β_(j))$ is wanted, where $x_(i), α_(i) in RR^(d)$.
Let $y_(i) = x_(i) dot.op α_(i)$, $z = sum_(i) β_(i) thin f(y_(i))$, $w = g(z)$, so that $E = E(w)$.

$ frac(partial E, partial β_(j)) &= E'(w) thin frac(partial w, partial β_(j)) && quad "chain rule, through "w \\
  &= E'(w) thin g'(z) thin frac(partial z, partial β_(j)) && quad "chain rule, through "z \\
  &= E'(w) thin g'(z) sum_(i) frac(partial, partial β_(j)) (β_(i) thin f(y_(i))) && quad "the sum is differentiated term by term" \\
  &= E'(w) thin g'(z) sum_(i) δ_(i j) thin f(y_(i)) && quad frac(partial β_(i), partial β_(j)) = δ_(i j)", and "f(y_(i))" holds no "β \\
  &= E'(w) thin g'(z) thin f(y_(j)) && quad "only "i = j" is left" quad "("1 <= j <= n")" $

Every step verified: 4 proved, 1 tested at 64 points (worst $2 dot.op 10^(-15)$).
It needs $E'(w)$, $g'(z)$, $f(y_(j))$.
It does not need $f'$: $f$ need not be differentiated.
`);
});

/** What acts in a text of Typst: everything outside of escapes, and in equations outside of strings. */
function activeParts(text: string): string[] {
  const found: string[] = [];
  let inMath = false;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (inString) inString = character !== '"';
    else if (inMath && character === '"') inString = true;
    else if (character === '$') inMath = !inMath;
    else if (character === '#' || (!inMath && /[`@<*_~[\]]/.test(character))) found.push(character);
    else if (text.startsWith('//', at) || text.startsWith('/*', at)) found.push('//');
  }
  return inMath || inString ? [...found, 'open end'] : found;
}

describe('nothing in a result becomes markup or code', () => {
  test('in the fixtures', () => {
    for (const result of Object.values(results)) {
      for (const lang of ['en', 'ja'] as const) expect(activeParts(toTypst(result, { lang }))).toEqual([]);
    }
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '#import "x": y',
      '$',
      '"',
      '\\',
      '"#panic()"',
      '*/',
      '// a',
      '/* a',
      '```',
      '@a',
      '<a>',
      '= a',
      '] [',
      '\\"#f',
    ),
    fc
      .array(fc.constantFrom('#', '"', '\\', '$', '/', '*', '`', '(', ')', 'x', '_', '\n', '&', ','), { maxLength: 12 })
      .map((one) => one.join('')),
  );

  test('whatever text stands in it', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, rule) => {
        const steps = [step(rule, text, { free: text, variable: rule }, { conditions: [text], left: rule })];
        const result: Derivation = {
          ...backprop,
          problem: { ...backprop.problem, output: rule, target: text, wrt: [text] },
          lets: [{ name: rule, expression: text }],
          formula: text,
          steps,
          wanted: text,
          result: text,
          uses: [text],
          unused: [rule],
          unresolved: [text],
        };
        expect(activeParts(typstText(text))).toEqual([]);
        expect(activeParts(toTypst(result, { lang: 'en', expand: true }))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
