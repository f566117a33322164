import { describe, expect, it } from 'vitest';
import { readDeclarations } from '../../src/meaning/declare.ts';
import { readProse } from '../../src/notes/prose.ts';
import { declarationsFrom, declarationsText, statementsAt } from '../../src/notes/prose-declarations.ts';
import { scanNote } from '../../src/notes/scan.ts';

const textOf = (note: string): string => declarationsText(declarationsFrom(readProse(scanNote(note))));

/** A note, and its declarations as the option `shapes` takes them. */
const cases: readonly (readonly [note: string, declarations: string])[] = [
  ['Let $A$ be a symmetric $n \\times n$ matrix and $t > 0$.', 'A: matrix(n, n) symmetric, t: scalar positive'],
  ['where $\\mathbf{x}_i \\in \\mathbb{R}^d$, $y_i \\in \\mathbb{R}$', 'x: matrix(N_x, d), y: vector(N_y)'],
  [
    '$W^{(1)} \\in \\mathbb{R}^{h \\times d}$, $S_w \\in \\mathbb{R}^{n \\times n}$',
    'W_1: matrix(h, d), S_w: matrix(n, n)',
  ],
  ['$x \\in \\mathbb{R}$ and $\\mathbf{x} \\in \\mathbb{R}^n$', 'x: scalar, x_bold: vector(n)'],
  ['$x \\in \\mathbb{R}^n$ with $x_i \\in \\mathbb{R}$', 'x: vector(n)'],
  ['Let $a$ be a vector. Later, let $a$ be a matrix.', 'a: matrix'],
  ['Let $a$ be a vector and $a$ a matrix.', ''],
  ['$A$ は対称行列、$n$ は整数とする。', 'A: matrix symmetric, n: scalar integer'],
  ['$y \\in \\{0, 1\\}$', 'y: scalar binary'],
  ['$c \\ne 0$ and $f$ is a function', ''],
];

describe('declarations from prose', () => {
  it.each(cases)('%s', (note, declarations) => {
    expect(textOf(note)).toBe(declarations);
  });

  it('are what the text of them declares', () => {
    for (const [note, text] of cases) {
      const { indices: _, ...read } = readDeclarations(text);
      const { indices: __, ...found } = declarationsFrom(readProse(scanNote(note)));
      if (text !== '') expect(read).toEqual({ ...found, dims: read.dims });
    }
  });

  it('hold within their scope', () => {
    const note = scanNote(
      '# A\n\nFor $x > 0$, $a$. Let $B \\in \\mathbb{R}^{2 \\times 2}$.\n\n## Below\n\n$$b$$\n\nwhere $y > 0$.\n\n# C\n\n$c$',
    );
    const statements = readProse(note);
    const at = (tex: string): string => {
      const formula = note.formulas.find((one) => one.tex.trim() === tex);
      return formula === undefined ? '?' : declarationsText(declarationsFrom(statementsAt(statements, formula, note)));
    };
    expect(at('a')).toBe('x: scalar positive');
    expect(at('b')).toBe('B: matrix(2, 2), y: scalar positive');
    expect(at('c')).toBe('');
  });
});
