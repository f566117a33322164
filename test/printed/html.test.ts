/**
 * Formulas of an HTML fragment are the certified ones: the LaTeX that KaTeX keeps beside each formula that it sets is read back. Pages
 * in HTML carry no certificate of their own, so that a fault of their printers must turn this red.
 */

import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/derivation/derivation.ts';
import { derive, gradient, hessian } from '../../src/derive.ts';
import { readExpression } from '../../src/endtoend/read.ts';
import { haveOneStructure } from '../../src/endtoend/structure.ts';
import { withOutput } from '../../src/explain/output.ts';
import { toHtml } from '../../src/html.ts';
import { readSource } from '../../src/meaning/read-source.ts';
import { expectedOf } from '../../src/printed/expected.ts';
import type { MathNode } from '../../src/syntax/node.ts';
import { resultTables } from '../support/result-tables.ts';

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#x27;': "'",
  '&quot;': '"',
};

const colour = /\\textcolor\{#[0-9a-f]{6}\}\{/;

/** Parts are marked by their colours, whose braces part a sign from its operand. */
function withoutColours(source: string): string {
  const found = colour.exec(source);
  if (found === null) return source;
  const start = found.index + found[0].length;
  let end = start;
  for (let depth = 1; depth > 0 && end < source.length; end++) {
    if (source[end] === '\\') end++;
    else if (source[end] === '{') depth++;
    else if (source[end] === '}') depth--;
  }
  return withoutColours(source.slice(0, found.index) + source.slice(start, end - 1) + source.slice(end));
}

/** The formulas that a fragment sets, between their equals signs; what can't be read is left out, and will be missed. */
function sidesIn(html: string): readonly MathNode[] {
  const sources = [...html.matchAll(/<annotation encoding="application\/x-tex">([^<]*)</g)].map(([, source = '']) =>
    withoutColours(
      source
        .replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity)
        .replace(/\\displaystyle |\\(?:allow|no)break(?![a-z])/g, ''),
    ),
  );
  return [...new Set(sources)].flatMap((source) => {
    try {
      return readSource(source, 'latex').flatMap(({ sides }) => sides.map(({ node }) => node));
    } catch {
      return [];
    }
  });
}

/** The certified formulas that stand nowhere in the fragment. */
function missingIn(html: string, result: Result): readonly string[] {
  const sides = sidesIn(html);
  const wanted = expectedOf(withOutput(result), { expand: false, steps: true }).flatMap(({ left, right }) =>
    right === undefined ? left : [...left, right],
  );
  return [...new Set(wanted)].filter((text) => {
    const node = readExpression(text);
    return node === undefined || !sides.some((side) => haveOneStructure(node, side));
  });
}

describe('a fragment whose printer has a fault', () => {
  it.each<readonly [result: Result, from: RegExp, to: string]>([
    [derive('x^2*sin(3*x)', { wrt: 'x' }), /2 \\sin 3 x/g, '2 \\cos 3 x'],
    [gradient('exp(a*sin(b*x))', { wrt: 'a,b' }), /\\bar\{y\} x/g, '\\bar{a} x'],
    [hessian('x^2*y^3', { wrt: 'x,y' }), /6 x y\^2/g, '6 x y^3'],
  ])('%# lacks what was certified', (result, from, to) => {
    const html = toHtml(result);
    expect(missingIn(html, result)).toEqual([]);
    expect(missingIn(html.replace(from, to), result)).not.toEqual([]);
  });
});

/** Every row where all are wanted, else each so many. */
const step = process.env.READ_BACK === 'all' ? 1 : 40;

describe.each(Object.entries(resultTables('standard')))('the fragments of %s', (_table, rows) => {
  it('show what was certified', () => {
    const asked = rows.filter((_, at) => at % step === 0);
    const lost = asked.flatMap(({ asked: question, run }) => {
      const result = run();
      return missingIn(toHtml(result), result).map((text) => `${question}: ${text}`);
    });
    expect(lost).toEqual([]);
  }, 900_000);
});
