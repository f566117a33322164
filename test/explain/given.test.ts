/** What a page says of its vectors, matrices and properties, and that it says so in every format. */

import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { toHtml } from '../../src/html.ts';
import { toLatex } from '../../src/render/latex.ts';
import { toMarkdown } from '../../src/render/markdown.ts';
import { toTerminal } from '../../src/render/terminal.ts';
import { toTypst } from '../../src/render/typst.ts';
import { readLines } from '../support/table.ts';

const clause = { en: /where (.*)$/, ja: /ただし(.*)$/ };

describe('given.txt', () => {
  it.each(readLines('given.txt'))('%s', (line) => {
    const [asked = '', en, ja] = line.split(' => ');
    const [shapes = '', source = '', wrt = ''] = asked.split('|').map((part) => part.trim());
    const result = derive(source, { wrt, verify: false, ...(shapes === '' ? {} : { shapes }) });
    const said = (lang: 'en' | 'ja') =>
      clause[lang].exec(toMarkdown(result, { lang }).split('\n')[0] as string)?.[0] ?? '-';
    expect({ en: said('en'), ja: said('ja') }).toEqual({ en, ja });
  });
});

describe('every format', () => {
  const shapes = 'A: matrix(n, n) symmetric, x: vector(n)';
  const result = derive("x'*A*x", { wrt: 'x', shapes, verify: false });

  it('says it once, before the first row', () => {
    expect(toTerminal(result)).toMatch(/^ {2}where x ∈ ℝⁿ, A ∈ ℝ\^\(n × n\) is symmetric\n\n/);
    expect(toLatex(result)).toContain(
      'where $x \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{n \\times n}$ is symmetric.\n\\begin{align*}',
    );
    expect(toTypst(result)).toContain('where $x in RR^(n)$, $A in RR^(n times n)$ is symmetric.');
    expect(toHtml(result)).toMatch(/is symmetric\.<\/p>/);
  });
});
