/** What is shown of a result is the result: whole formulas, rows of matrices, values of adjoints, in every format. */

import { describe, expect, it } from 'vitest';
import { derive, gradient, hessian } from '../../src/derive.ts';
import { toHtml } from '../../src/html.ts';
import type { Result } from '../../src/index.ts';
import type { FormulaOptions } from '../../src/render/formula.ts';
import { latexOf, unicodeOf } from '../../src/render/formula-text.ts';
import { typstOf } from '../../src/render/formula-typst.ts';
import { toLatex } from '../../src/render/latex.ts';
import { toMarkdown } from '../../src/render/markdown.ts';
import { toTerminal } from '../../src/render/terminal.ts';
import { toTypst } from '../../src/render/typst.ts';

const derivation = derive('x*sin(x) + x^3', { wrt: 'x', detail: 'every', update: 'eta' });
const ordinary = { ordinary: true };
const backward = gradient('sigmoid(w*x + b)^2', { wrt: 'w,b' });
const second = hessian('x^2*y^3', { wrt: 'x,y' });

interface Format {
  readonly print: (result: Result) => string;
  readonly show: (text: string, options?: FormulaOptions) => string;
  readonly arrow: string;
  /** The matrix of `second`. */
  readonly rows: readonly string[];
}

const formats: Readonly<Record<string, Format>> = {
  terminal: {
    print: (result) => toTerminal(result, { color: false }),
    show: unicodeOf,
    arrow: ' ← ',
    rows: ['⎛ 2y³     6x y² ⎞\n', '⎝ 6x y²   6x² y ⎠\n'],
  },
  markdown: {
    print: toMarkdown,
    show: latexOf,
    arrow: ' &\\leftarrow ',
    rows: ['{pmatrix} 2 y^3 & 6 x y^2 \\\\ 6 x y^2 & 6 x^2 y \\end{pmatrix}'],
  },
  latex: {
    print: toLatex,
    show: latexOf,
    arrow: ' &\\leftarrow ',
    rows: ['{pmatrix} 2 y^3 & 6 x y^2 \\\\ 6 x y^2 & 6 x^2 y \\end{pmatrix}'],
  },
  typst: {
    print: toTypst,
    show: (text, options) => typstOf(text, options).trim(),
    arrow: ' &<- ',
    rows: ['mat(2 y^(3), 6 x y^(2); 6 x y^(2), 6 x^(2) y)'],
  },
};

describe.each(Object.entries(formats))('%s', (_, { print, show, arrow, rows }) => {
  it('shows the whole formula after each step', () => {
    const text = print(derivation);
    expect(derivation.steps.filter(({ state }) => !text.includes(`= ${show(state, ordinary)}`))).toEqual([]);
    expect(derivation.steps.some(({ state, after }) => state !== after)).toBe(true);
  });

  it('shows a Hessian row by row', () => {
    for (const row of rows) expect(print(second)).toContain(row);
  });

  it('shows an update with its arrow and its value', () => {
    const { name = '', expression = '' } = derivation.update ?? {};
    expect(print(derivation)).toContain(`${show(name)}${arrow}${show(expression)}`);
  });

  it('shows the value of each adjoint', () => {
    const text = print(backward);
    expect(backward.adjoints.filter(({ expression }) => !text.includes(show(expression)))).toEqual([]);
  });
});

it('loses no row where Markdown cuts a display in two', () => {
  const terms = Array.from({ length: 9 }, (_, at) => `f(${at + 1}*x) * g(${at + 2}*x) * h(x)`);
  const long = derive(terms.join(' + '), { wrt: 'x', verify: false });
  const rowsIn = (text: string): number => text.split('&= ').length - 1;
  expect(toMarkdown(long).split('\\begin{aligned}').length).toBeGreaterThan(2);
  expect(rowsIn(toMarkdown(long))).toBe(rowsIn(toLatex(long)));
});

describe('HTML', () => {
  const sourcesIn = (html: string): string[] =>
    [...html.matchAll(/<annotation encoding="application\/x-tex">([^<]*)</g)].map(([, source = '']) =>
      source.replace(/\\displaystyle |\\(?:allow|no)break/g, '').replace(/ +/g, ' '),
    );
  const every = toHtml(derivation, { detail: 'every' });

  it('gives each row its equals sign', () => {
    const rows = every.match(/<li class="cr-row/g) ?? [];
    expect(rows.length).toBeGreaterThan(3);
    expect(every.match(/<div class="cr-relation"><span/g)?.length).toBe(rows.length);
  });

  it('gives each row the source of its formula, and what the step does, from before to after', () => {
    const codes = [...every.matchAll(/<code class="cr-latex">([^<]*)</g)].map(([, source]) => source);
    expect(
      derivation.steps.filter(
        ({ state }) => !codes.some((code) => code?.endsWith(`= ${latexOf(state, ordinary)}`) === true),
      ),
    ).toEqual([]);
    const parts = derivation.steps.filter(({ before, after, state }) => before !== after && after !== state);
    expect(parts.length).toBeGreaterThan(0);
    const shown = sourcesIn(every);
    for (const { before, after } of parts) {
      expect(shown).toContain(latexOf(`${before} = ${after}`, ordinary).replace(/ +/g, ' '));
    }
  });

  it('shows the value of each adjoint', () => {
    const shown = sourcesIn(toHtml(backward));
    for (const { expression } of backward.adjoints) {
      expect(shown).toContain(latexOf(expression).replace(/ +/g, ' '));
    }
  });
});
