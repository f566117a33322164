import { describe, expect, it } from 'vitest';
import { check } from '../../src/check.ts';

const definition = 'Let $L = w^2 x$.\n\n';
const right = '\\frac{\\partial L}{\\partial w} &= 2 w x \\\\';
const wrong = '&= 3 w x';

/** Each holds one link that is right and one that is wrong, and the place of the wrong one. */
const documents: readonly (readonly [name: string, document: string, line: number, column: number])[] = [
  ['align*', `$$\n\\begin{align*}\n${right}\n${wrong}\n\\end{align*}\n$$`, 6, 4],
  ['align', `$$\n\\begin{align}\n${right}\n${wrong}\n\\end{align}\n$$`, 6, 4],
  ['aligned', `$$\n\\begin{aligned}\n${right}\n${wrong}\n\\end{aligned}\n$$`, 6, 4],
  [
    'eqnarray',
    `$$\n\\begin{eqnarray}\n${right.replace('&=', '&=&')}\n${wrong.replace('&=', '&=&')}\n\\end{eqnarray}\n$$`,
    6,
    5,
  ],
  ['align* without dollar signs', `\\begin{align*}\n${right}\n${wrong}\n\\end{align*}`, 5, 4],
  ['one line', '$$\n\\frac{\\partial L}{\\partial w} = 2 w x = 3 w x\n$$', 4, 41],
  ['one line of dollar signs', '$$\\frac{\\partial L}{\\partial w} = 2 w x = 3 w x$$', 3, 43],
  ['a paragraph', 'So $$\\frac{\\partial L}{\\partial w} = 2 w x = 3 w x$$ here.', 3, 46],
  ['equation', '$$\n\\begin{equation}\n\\frac{\\partial L}{\\partial w} = 2 w x = 3 w x\n\\end{equation}\n$$', 5, 41],
  ['gather', '$$\n\\begin{gather}\n\\frac{\\partial L}{\\partial w} = 2 w x = 3 w x\n\\end{gather}\n$$', 5, 41],
  ['a block quote', `> $$\n> \\begin{aligned}\n> ${right}\n> ${wrong}\n> \\end{aligned}\n> $$`, 6, 6],
  ['a list item', `1. So\n\n   $$\n   \\begin{aligned}\n   ${right}\n   ${wrong}\n   \\end{aligned}\n   $$`, 8, 7],
  [
    'a list item in a quote',
    `> - $$\n>   \\begin{aligned}\n>   ${right}\n>   ${wrong}\n>   \\end{aligned}\n>   $$`,
    6,
    8,
  ],
];

describe('the place of a claim', () => {
  it.each(documents)('is exact in %s', (_, display, line, column) => {
    const document = `${definition}${display}\n`;
    const found = check(document, { file: 'a.md' });
    expect(found.map((one) => one.verdict)).toEqual(['holds', 'fails']);
    const start = found[1]?.start;
    expect(start).toEqual({ line, column, offset: document.indexOf('3 w x') });
    expect(document.slice(start?.offset, found[1]?.end.offset)).toBe('3 w x');
    expect(found.every((one) => one.file === 'a.md')).toBe(true);
  });

  it.each(documents)('is exact with CRLF line ends in %s', (_, display, line, column) => {
    const document = `${definition}${display}\n`.replaceAll('\n', '\r\n');
    const found = check(document);
    expect(found.map((one) => one.verdict)).toEqual(['holds', 'fails']);
    expect(found[1]?.start).toEqual({ line, column, offset: document.indexOf('3 w x') });
  });

  it('counts in UTF-16 units behind Japanese and characters beyond the first plane', () => {
    const document = '損失 😀 を $L = w^2 x$ とおくと $$\\frac{\\partial L}{\\partial w} = 2 w x = 3 w x$$ となる。\n';
    const [, wrongOne] = check(document);
    expect(wrongOne?.start.offset).toBe(document.indexOf('3 w x'));
    expect(wrongOne?.start.column).toBe(document.indexOf('3 w x') + 1);
  });

  it('is that of the second of two equal lines', () => {
    const block = `$$\n\\begin{aligned}\n${right}\n${wrong}\n\\end{aligned}\n$$`;
    const document = `${definition}${block}\n\n${block}\n`;
    expect(check(document).map((one) => one.start.line)).toEqual([5, 6, 12, 13]);
  });
});

describe('what is no claim', () => {
  it.each([
    ['words', 'The gradient is small.\n'],
    ['a fence', '```latex\n$$\na = b = c\n$$\n```\n'],
    ['indented code', '    $$\n    a = b = c\n    $$\n'],
    ['inline code', 'Write `$a = b = c$`.\n'],
    ['a comment of HTML', '<!--\n$$\n2 = 3 = 4\n$$\n-->\n'],
    ['prices', 'It costs $5 or $6 = cheap.\n'],
    ['definitions', 'Let $y = w x$ and $z = y^2$.\n'],
    ['an unclosed display', '$$\n'],
  ])('is passed over: %s', (_, document) => {
    expect(check(document)).toEqual([]);
  });
});
