/** Every formula that the LaTeX renderer emits over the tables of `test/cases`, each once. */

import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { Result } from '../../src/derivation/derivation.ts';
import { derive, hessian, stationary } from '../../src/derive.ts';
import type { Language } from '../../src/options.ts';
import { latexOf } from '../../src/render/formula-text.ts';
import { toMarkdown } from '../../src/render/markdown.ts';
import { readCases, readDerivatives, readExpressions, readLines } from './table.ts';

const markdown = unified().use(remarkParse).use(remarkMath);

/** The formulas of a result's Markdown, inline ones and displays. */
function formulasOf(result: Result, lang: Language): string[] {
  const found: string[] = [];
  visit(markdown.parse(toMarkdown(result, { lang, expand: true })), (node) => {
    if (node.type === 'math' || node.type === 'inlineMath') found.push((node as unknown as { value: string }).value);
  });
  return found;
}

const verbs = { derive, hessian, stationary };

function taskResults(): Result[] {
  return readLines('tasks.txt').map((line) => {
    const [task, source = '', options = '{}'] = line.split(' => ');
    const asked = { wrt: 'x', detail: 'every', verify: false, ...JSON.parse(options) } as const;
    return verbs[task as keyof typeof verbs](source, asked);
  });
}

function derivations(): Result[] {
  const rows = [
    ...readDerivatives().map((row) => ({ ...row, order: 1, detail: 'every' as const })),
    ...readCases('textbook.txt').map((row) => ({ ...row, order: 1, detail: 'every' as const })),
    ...readExpressions().map((row) => ({ ...row, detail: 'standard' as const })),
  ];
  return rows.map(({ source, wrt, order, detail }) => derive(source, { wrt, order, detail, verify: false }));
}

/** Expressions that stand in tables without a derivation. */
function expressions(): string[] {
  return [
    ...readLines('print.txt').map((line) => line.split(' => ')[0] as string),
    ...readLines('latex.txt').map((line) => line.split(' => ')[1] ?? ''),
    ...readLines('simplification.txt').map((line) => line.split(' => ')[0] as string),
    ...readLines('correct-derivations.txt').flatMap((line) => line.split(/;| = /)),
  ].filter((text) => text.trim() !== '');
}

/** A derivation in every detail that is too long for one display. */
function longest(): Result {
  const source = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';
  return derive(source, { wrt: 'alpha[j][k]', order: 2, detail: 'every', verify: false });
}

/** All of them, in the order of the tables; every other result in Japanese. */
export function emittedFormulas(): string[] {
  const results = [...taskResults(), ...derivations(), longest()];
  return [
    ...new Set([
      ...results.flatMap((result, at) => formulasOf(result, at % 2 === 0 ? 'en' : 'ja')),
      ...expressions().map((text) => latexOf(text)),
    ]),
  ];
}
