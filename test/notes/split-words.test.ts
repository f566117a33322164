import { describe, expect, it } from 'vitest';
import { splitWords } from '../../src/notes/split-words.ts';

/** A formula, and its pieces: words in quotes, gaps and environments left out. */
const cases: readonly (readonly [tex: string, pieces: string])[] = [
  ['\\text{Now}\\; u = x^2 \\quad\\text{for } x>0', '"Now" | \\; u = x^2 | "for" | x>0'],
  ['a = b \\quad \\text{where} \\quad c = d', 'a = b | "where" | c = d'],
  ['x_{\\text{max}} = \\text{softmax}(x)', 'x_{\\text{max}} = \\text{softmax}(x)'],
  ['\\text{loss} = \\text{mean}(x) \\mbox{ if } x>0', '\\text{loss} = \\text{mean}(x) | "if" | x>0'],
  [
    '\\begin{aligned} a &= b && \\text{(chain rule)} \\\\ &= c \\quad \\text{Definition} \\end{aligned}',
    'a &= b | "(chain rule)" | &= c | "Definition"',
  ],
  ['f = \\begin{cases} 1 & \\text{if } x \\end{cases}', 'f = \\begin{cases} 1 & \\text{if } x \\end{cases}'],
  ['\\frac{\\text{for } x}{2}', '\\frac{\\text{for } x}{2}'],
  ['u = x^2 \\text{とおくと} y = u', 'u = x^2 | "とおくと" | y = u'],
  ['a = 1 \\text{ for all $x > 0$ and $y$.}', 'a = 1 | "for all" | x > 0 | "and" | y | "."'],
  ['v = 3\\,\\text{m}/\\text{s}', 'v = 3\\,\\text{m}/\\text{s}'],
  ['\\mathrm{for}\\ x \\in \\mathrm{span}', '"for" | \\ x \\in \\mathrm{span}'],
  ['\\text{unclosed words here', '"unclosed words here"'],
];

describe('the words of a formula', () => {
  it.each(cases)('%s', (tex, expected) => {
    const shown = splitWords(tex)
      .filter(({ kind, text }) => (kind === 'words' || kind === 'mathematics') && text.trim() !== '')
      .map(({ kind, text }) => (kind === 'words' ? `"${text}"` : text.trim()));
    expect(shown.join(' | ')).toBe(expected);
  });

  it('leave no gap between the pieces', () => {
    for (const [tex] of cases) {
      expect(
        splitWords(tex)
          .map(({ start, end }) => tex.slice(start, end))
          .join(''),
      ).toBe(tex);
    }
  });
});
