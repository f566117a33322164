import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import katex from 'katex';
import { all, create } from 'mathjs';
import { describe, expect, test } from 'vitest';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { readSource } from '../../src/meaning/read-source.ts';
import { parseExpression } from '../../src/render/expression.ts';
import { toLatexFormula } from '../../src/render/formula-latex.ts';
import { toUnicode } from '../../src/render/formula-unicode.ts';
import { toHtml } from '../../src/render/html.ts';
import { toJson } from '../../src/render/json.ts';
import { toLatex } from '../../src/render/latex.ts';
import { toMarkdown } from '../../src/render/markdown.ts';
import { toTerminal } from '../../src/render/terminal.ts';
import {
  callNode,
  conditionalNode,
  constantNode,
  elementNode,
  type MathNode,
  operatorNode,
  symbolNode,
} from '../../src/syntax/node.ts';
import { strayTags } from '../support/tags.ts';
import { backprop, step } from './fixtures.ts';

if (all === undefined) throw new Error('mathjs without its functions');
const math = create(all);

const names = fc.constantFrom('x', 'y_1', 'beta', 'w_bar', 'loss', 'W1', 'x_in', 'pi', 'e');
const functions = fc.constantFrom(
  'f',
  "g'",
  'sin',
  'exp',
  'log',
  'sqrt',
  'abs',
  'sigmoid',
  'relu',
  'norm',
  'inv',
  'log2',
);
const operators = fc.constantFrom('+', '-', '*', '/', '^', '<=', '.*', './', '.^');

const { tree } = fc.letrec<{ tree: MathNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    names.map(symbolNode),
    fc.constantFrom('0', '2', '-3', '0.5', '1e-9').map(constantNode),
    fc.tuple(operators, tie('tree'), tie('tree')).map(([operator, a, b]) => operatorNode(operator, a, b)),
    fc.tuple(fc.constantFrom('-', '!', "'"), tie('tree')).map(([operator, a]) => operatorNode(operator as '-', a)),
    fc.tuple(functions, tie('tree')).map(([name, a]) => callNode(name, [a])),
    fc.tuple(names, tie('tree')).map(([name, a]) => elementNode(symbolNode(name), [a])),
    fc
      .tuple(fc.constantFrom('sum', 'prod', 'd'), tie('tree'), names)
      .map(([name, a, by]) => callNode(name, [a, symbolNode(by)])),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([a, b, c]) => conditionalNode(a, b, c)),
  ),
}));

const { arithmetic } = fc.letrec<{ arithmetic: MathNode }>((tie) => ({
  arithmetic: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.constantFrom('x', 'y').map(symbolNode),
    fc.constantFrom('2', '3', '0.5').map(constantNode),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('arithmetic'), tie('arithmetic'))
      .map(([operator, a, b]) => operatorNode(operator as '+', a, b)),
    tie('arithmetic').map((a) => operatorNode('-', a)),
    fc.tuple(fc.constantFrom('tanh', 'exp', 'log', 'sqrt'), tie('arithmetic')).map(([name, a]) => callNode(name, [a])),
  ),
}));

/** The value of a tree, every bracket written; complex roots and overflow have none. */
function evaluated(node: MathNode, y = 1.3): number {
  const value: unknown = math.evaluate(node.toString({ parenthesis: 'all', implicit: 'show' }), {
    x: 0.7,
    y,
    e: Math.E,
  });
  return typeof value === 'number' ? value : Number.NaN;
}

test('brackets are neither lost nor misplaced: LaTeX has the value of its tree', () => {
  fc.assert(
    fc.property(arithmetic, (node) => {
      const value = evaluated(node);
      // (-1)^(y - log(e^y)) has a value or none by the last digit of its exponent, however the tree is written.
      const isSteady = Number.isFinite(evaluated(node, 1.3 + 1e-9)) && Number.isFinite(evaluated(node, 1.3 - 1e-9));
      fc.pre(Number.isFinite(value) && Math.abs(value) < 1e6 && isSteady);
      const latex = toLatexFormula(node);
      const read = readSource(latex, 'latex')[0]?.sides[0]?.node ?? symbolNode('nothing');
      expect([latex, evaluated(read)]).toEqual([latex, expect.closeTo(value, 6)]);
    }),
    { numRuns: 500 },
  );
});

describe('any tree', () => {
  test('is printed, and KaTeX is pleased', () => {
    fc.assert(
      fc.property(tree, (node) => {
        expect(toUnicode(node)).not.toMatch(/undefined|NaN/);
        katex.renderToString(toLatexFormula(node), { strict: 'error', throwOnError: true, displayMode: true });
      }),
      { numRuns: 300 },
    );
  });

  test('of any text in a derivation, no renderer throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (state, rule) => {
        const steps = [step(rule, state, { free: state, variable: rule }, { conditions: [state] })];
        const broken: Derivation = {
          ...backprop,
          steps,
          wanted: state,
          uses: [state],
          unused: [rule],
          unresolved: [state],
        };
        for (const lang of ['en', 'ja'] as const) {
          for (const text of [
            toTerminal(broken, { lang, color: false }),
            toMarkdown(broken, { lang }),
            toLatex(broken, { lang }),
          ]) {
            expect(text.endsWith('\n')).toBe(true);
          }
          expect(strayTags(toHtml(broken, { lang, id: rule }))).toEqual([]);
        }
        expect(JSON.parse(toJson(broken))).toEqual(broken);
      }),
      { numRuns: 200 },
    );
  });
});

/** What LaTeX writes in the same way as something else, or what the reader leaves to the text syntax. */
const notReadBack =
  /dot\(|outer|infinity|floor|log2|log10|logdet|log\(x, 2\)|D\(f|\.\^|[<>]|!=|e10|_\$|é|ʨ|^\.5|omicron|a_b_c|exp\(-x\^2/;

test('LaTeX is read back as what was written', () => {
  const texts = readFileSync(new URL('../cases/print.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.includes(' => ') && !line.startsWith('#'))
    .map((line) => line.split(' => ')[0] as string)
    .filter((text) => !notReadBack.test(text));
  expect(texts.length).toBeGreaterThan(150);
  for (const text of texts) {
    const written = parseExpression(text);
    const read = readSource(toLatexFormula(written), 'latex')[0]?.sides[0]?.node ?? symbolNode('nothing');
    expect([text, toUnicode(read)]).toEqual([text, toUnicode(written)]);
  }
});
