/** Carets stand under what they mark, as wide as a terminal shows it. */

import { describe, expect, it } from 'vitest';
import { cutLine, markLine, widthOf } from '../../src/columns.ts';

/** The line with the part between the brackets marked, both as they are printed. */
function marked(line: string, width = 100): string[] {
  const from = line.indexOf('⟦');
  const to = line.indexOf('⟧') - 1;
  const { text, marks } = markLine(line.replace(/[⟦⟧]/g, ''), from, to, width);
  expect(widthOf(text)).toBeLessThanOrEqual(width);
  expect(widthOf(marks)).toBeLessThanOrEqual(width);
  return [text, marks];
}

describe('a mark', () => {
  it.each([
    ['letters', 'a = ⟦bc⟧ + d', ['a = bc + d', '    ^^']],
    ['Japanese', '勾配は ⟦bc⟧ です', ['勾配は bc です', '       ^^']],
    ['Japanese that is marked', 'a = ⟦勾配⟧', ['a = 勾配', '    ^^^^']],
    ['full-width letters', 'ｙ＝⟦ｘ⟧', ['ｙ＝ｘ', '    ^^']],
    ['a tab before it', '\t&= ⟦bc⟧', ['    &= bc', '       ^^']],
    ['a tab within the line', 'ab\t⟦c⟧', ['ab  c', '    ^']],
    ['combining characters', 'e\u0301a\u0302 = ⟦x\u0304⟧ y', ['e\u0301a\u0302 = x\u0304 y', '     ^']],
    ['an emoji of several parts', '👩‍🔬 = ⟦x⟧', ['👩‍🔬 = x', '     ^']],
    ['Hangul by its letters', '\u1112\u1161\u11ab = ⟦x⟧', ['\u1112\u1161\u11ab = x', '     ^']],
    ['what a terminal would obey', 'a\u001b[31m ⟦b⟧', ['a␀[31m b', '       ^']],
    ['nothing at the end of a line', 'ab⟦⟧', ['ab', '  ^']],
  ])('stands under %s', (_, line, shown) => {
    expect(marked(line)).toEqual(shown);
  });

  it.each([
    [`${'a'.repeat(60)}⟦bcd⟧${'e'.repeat(60)}`, 21, ['…aaaaaaaabcdeeeeeeee…', '         ^^^']],
    [`⟦bcd⟧${'e'.repeat(60)}`, 12, ['bcdeeeeeeee…', '^^^']],
    [`${'a'.repeat(60)}⟦bcd⟧`, 12, ['…aaaaaaabcd', '        ^^^']],
    [`a = ⟦${'b'.repeat(60)}⟧`, 12, ['…bbbbbbbbbb…', ' ^^^^^^^^^^']],
    [`${'勾'.repeat(30)}⟦bcd⟧${'配'.repeat(30)}`, 21, ['…勾勾勾勾bcd配配配配…', '         ^^^']],
  ])('of a long line stays visible: %s', (line, width, shown) => {
    expect(marked(line, width)).toEqual(shown);
  });

  it('has one ellipsis where a line is only begun', () => {
    expect(cutLine('abcdefgh', 5)).toBe('abcd…');
    expect(cutLine('abcde', 5)).toBe('abcde');
  });
});
