import { describe, expect, it } from 'vitest';
import { gradient } from '../../src/derive.ts';
import { readSource } from '../../src/meaning/read-source.ts';
import { MathError } from '../../src/problem.ts';
import { detectSyntax } from '../../src/syntax/detect.ts';
import { type MathNode, spanOf, view } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import { readLines } from '../support/table.ts';

const cases = readLines('forgiving.txt').map((line) => line.split(' => ') as [string, string]);

function statements(source: string): string {
  const read = readSource(source.replaceAll('⏎', '\n'));
  return read.map(({ sides }) => sides.map(({ node }) => printText(node)).join(' = ')).join(' ;; ');
}

/** Every name with the characters of the source that it stands on. */
function placesOf(source: string): string[] {
  const places: string[] = [];
  for (const { sides } of readSource(source)) {
    for (const { node } of sides) {
      node.traverse((part) => {
        const [seen, span] = [view(part as MathNode), spanOf(part as MathNode)];
        if (seen.kind === 'symbol' && span !== undefined)
          places.push(`${seen.name} ${source.slice(span.start, span.end)}`);
      });
    }
  }
  return places;
}

describe('a source as people type and paste it', () => {
  it.each(cases)('%s is %s', (source, plain) => {
    expect(statements(source)).toBe(plain);
  });

  it.each([
    ['𝑎 + 𝑏″(𝑥)', ['a 𝑎', 'x 𝑥']],
    ['ａ＋xⁿ⁺ᵏ', ['a ａ', 'x x', 'n ⁿ', 'k ᵏ']],
    ['$x$', ['x x']],
    ['x​ + \u00a0zz', ['x x', 'zz zz']],
    ['\\frac{𝑎}{ｂ}', ['a 𝑎', 'b ｂ']],
  ])('%s keeps the places of the author', (source, places) => {
    expect(placesOf(source)).toEqual(places);
  });

  it('points at the character of the author where something is wrong', () => {
    try {
      readSource('𝑎 ＋ ２ ＠ b');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(MathError);
      const { message, span, source } = (error as MathError).problem;
      expect([message, source?.slice(span?.start, span?.end)]).toEqual([
        "the character @, U+0040, can't be read",
        '＠',
      ]);
    }
  });

  it.each([
    ['x^2', 'text'],
    ['x^{2}', 'latex'],
    ['$x$', 'latex'],
    ['\\beta', 'latex'],
    ['Σᵢ X_{a,b}', 'text'],
    ['{ x if x > 0; 0 otherwise }', 'text'],
  ] as const)('%s is %s', (source, syntax) => {
    expect(detectSyntax(source)).toBe(syntax);
  });

  it('reads every option in its own notation', () => {
    const { results } = gradient('z^2*exp(z)', {
      define: ['z = \\frac12 x_1 + \\beta'],
      wrt: ['$x_{1}$', 'beta'],
      verify: false,
    });
    expect(results.map(({ wrt }) => wrt)).toHaveLength(2);
    expect(results.map(({ expanded }) => expanded)).not.toContain('0');
  });
});
