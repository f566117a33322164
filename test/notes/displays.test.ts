import type { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { buildNote } from '../../src/build/build-note.ts';
import { check } from '../../src/check.ts';
import { parseNote } from '../../src/notes/note.ts';
import { scanMarkdown } from '../../src/notes/scan.ts';

const wrong = '\\frac{\\partial}{\\partial x} x^2 = 3 x';
/** What stands behind a display: it must be read, whatever the display looks like. */
const after = `\n\nAfter it $$${wrong}$$ stands.\n\n\`\`\`derive wrt=x\nx^5\n\`\`\`\n`;

/** Displays of `(a+1)^2 = a^2 + 2 a + 1`, as people write them. */
const displays: readonly (readonly [name: string, markdown: string])[] = [
  ['fences on lines of their own', '$$\nLHS = RHS\n$$'],
  ['a label of Quarto', '$$\nLHS = RHS\n$$ {#eq-a}'],
  ['a label of Quarto without a blank', '$$\nLHS = RHS\n$${#eq-a}'],
  ['attributes', '$$\nLHS = RHS\n$$ {#eq-a .unnumbered tag="A"}'],
  ['a label of MyST', '$$\nLHS = RHS\n$$ (eq-a)'],
  ['a label behind content', '$$\nLHS = RHS $$ {#eq-a}'],
  ['a closing fence behind an environment', '$$\n\\begin{aligned}\nLHS &= RHS\n\\end{aligned}$$'],
  ['content behind the opening fence', '$$ \\begin{aligned}\nLHS &= RHS\n\\end{aligned}\n$$'],
  ['content behind the opening and before the closing fence', '$$\\begin{aligned}\nLHS &= RHS\n\\end{aligned}$$'],
  ['two lines', '$$ LHS\n= RHS $$'],
  ['a full stop', '$$\nLHS = RHS\n$$.'],
  ['a full stop behind an environment', '$$\n\\begin{aligned}\nLHS &= RHS\n\\end{aligned}$$.'],
  ['a comma and prose', '$$\nLHS = RHS\n$$, where $a$ is\na number'],
  ['a number', '$$\nLHS = RHS\n$$ (1)'],
  ['a tab before the closing fence', '$$\n\tLHS = RHS\n\t$$'],
  ['a tab behind the closing fence', '$$\nLHS = RHS\n$$\t'],
  ['three dollar signs', '$$$\nLHS = RHS\n$$$'],
  ['a display that opens behind prose', 'so $$\nLHS = RHS\n$$ and on'],
  ['a block quote', '> $$ LHS\n> = RHS $$ {#eq-a}'],
  ['a list', '- so\n\n  $$\n  LHS = RHS $$ (eq-a)\n- on'],
  ['a list in a quote', '> 1. $$\n>    LHS = RHS\n>    $$ {#eq-a}'],
  ['a closing fence outside the list', '- $$\n  LHS = RHS\n$$'],
  ['an escaped dollar sign', '$$\nLHS = RHS \\text{ in \\$}$$'],
  ['a display that nothing closes', '$$\nLHS = RHS'],
  ['a fence too many before it', '$$\n\nand\n\n$$\nLHS = RHS\n$$\n\nprose\n\n$$\nb = c\n$$'],
];

const written = (markdown: string): string => markdown.replace('LHS', '(a+1)^2').replace('RHS', 'a^2 + 2 a + 1');
const ends = ['\n', '\r\n'] as const;
const cases = displays.flatMap(([name, markdown]) =>
  ends.map(
    (end) => [`${name}${end === '\n' ? '' : ', CRLF'}`, (written(markdown) + after).replaceAll('\n', end)] as const,
  ),
);

describe('a display', () => {
  it.each(cases)('is read by check, and so is what follows: %s', (_, document) => {
    const claims = check(document).filter(({ left }) => left !== '' && left !== 'b');
    expect(claims.map(({ verdict }) => verdict)).toEqual(['holds', 'fails']);
    expect(claims[0]?.left).toBe('(a+1)^2');
    for (const { start, end, right } of claims) expect(document.slice(start.offset, end.offset)).toBe(right);
    const lines = document.slice(0, claims[1]?.start.offset).split('\n');
    expect(claims[1]?.start).toMatchObject({ line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 });
  });

  it.each(cases)('is read by build, and so is what follows: %s', (_, document) => {
    const { text, outcomes } = buildNote(document, { format: 'html' });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['derived']);
    expect(text).toContain('cr-display');
    expect(text).not.toContain('$$');
    expect(text).not.toMatch(/\{#eq|\(eq-a\)/);
    expect(buildNote(document, { format: 'md' }).text.startsWith(document.slice(0, document.indexOf('```')))).toBe(
      true,
    );
  });

  it('keeps the prose that stands behind its fence, and a number that is there to be read', () => {
    const { text } = buildNote('$$\na\n$$, where $b$ is\n\n$$\nc\n$$ (1)\n', { format: 'tex' });
    expect(text).toMatch(/, where .*b.* is/);
    expect(text).toContain('(1)');
  });

  it('is closed by a fence outside its list, which opens no other', () => {
    const { tree, unclosed } = parseNote('- $$\n  a\n$$\n\nb\n');
    expect(tree.children.map(({ type }) => type)).toEqual(['list', 'paragraph']);
    expect(unclosed).toEqual([]);
  });

  it('may open behind the one before it', () => {
    expect(scanMarkdown('$$\na\n$$ and $x$, $$\nb\n$$\nc $y$\n').map(({ tex }) => tex)).toEqual(['a', 'x', 'b', 'y']);
    expect(scanMarkdown('$$\na\n$$ and $$b$$ and\n\n$$\nc\n$$\n').map(({ tex }) => tex)).toEqual(['a', 'b', 'c']);
  });

  it('is said to be open where nothing closes it, at its place', () => {
    const document = 'Text.\n\n$$\n(a+1)^2 = a^2 + 2 a + 1\n\nmore\n';
    expect(check(document).map(({ verdict, start, detail }) => [verdict, start.line, detail])).toEqual([
      ['holds', 4, undefined],
      ['unknown', 3, 'this display is never closed, it ends with its paragraph'],
    ]);
    const { messages } = buildNote(document, { format: 'html' }).file;
    expect(messages.map(String)).toEqual(['3:1-3:3: this display is never closed, it ends with its paragraph']);
  });
});

describe('places', () => {
  const claim = `$$${wrong}$$ here`;

  it.each(['', '\ufeff'])('are exact behind a byte order mark', (mark) => {
    const document = `${mark}${claim}\n\n${claim}\n`;
    const [first, second] = check(document);
    expect(document.slice(first?.start.offset, first?.end.offset)).toBe('3 x');
    expect(document.slice(second?.start.offset, second?.end.offset)).toBe('3 x');
    expect([first?.start.line, first?.start.column]).toEqual([1, claim.indexOf('3 x') + 1]);
    expect([second?.start.line, second?.start.column]).toEqual([3, claim.indexOf('3 x') + 1]);
  });

  it('are exact for build behind a byte order mark, and the mark stays', () => {
    const document = '\ufeff# Note\n\n```derive wrt=x\nx^2 +\n```\n\n```derive wrt=x\nx^2\n```\n\nend\n';
    const { text, file } = buildNote(document, { format: 'md' });
    expect(file.messages.map(String)).toEqual(['4:6-5:1: the expression ends too early']);
    expect(text.startsWith(document.slice(0, document.indexOf('\n\nend')))).toBe(true);
    expect(text.endsWith('\n\nend\n')).toBe(true);
  });

  it('do not depend on the pieces in which a note is read', () => {
    const blocks = [
      (at: number) => `## Part ${at}\n\nSome words, $x_${at}$.\n`,
      (at: number) => `$$\nu_${at} = v\n$$, so $w_${at}$ is\n`,
      (at: number) => `- one\n\n  $$\n  y_${at} = z\n  $$\n\n- two\n`,
      (at: number) => `> $$ a_${at}\n> = b $$ {#eq-${at}}\n`,
      (at: number) => `\`\`\`text\n$$\n${'code\n'.repeat(at % 50)}\`\`\`\n`,
      (at: number) => `para $$\np_${at}\n$$ graph\n`,
    ];
    const document = Array.from({ length: 3000 }, (_, at) => blocks[at % blocks.length]?.(at)).join('\n');
    expect(document.length).toBeGreaterThan(150_000);
    const whole: [string, number][] = [];
    visit(parseNote(document).tree, (node: Nodes) => {
      if (node.type === 'math' || node.type === 'inlineMath')
        whole.push([node.value, node.position?.start.offset ?? -1]);
    });
    const pieces = scanMarkdown(document);
    expect(pieces.map(({ tex }) => tex)).toEqual(whole.map(([tex]) => tex));
    const at = (tex: string): number => pieces.find((one) => one.tex === tex)?.offsetAt(0) ?? -1;
    for (const [tex, start] of whole) expect(document.slice(start, at(tex))).toMatch(/^\$+[\s>]*$/);
    expect(pieces.at(-1)?.section).toBe(500);
  });
});
