import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { readModel } from '../../src/pipeline.ts';
import {
  callNode,
  elementNode,
  type MathNode,
  type Operator,
  operatorNode,
  symbolNode,
  view,
} from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import { readText, scanText } from '../../src/syntax/text.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { driverDifference, unreadTexts, valueDifferences } from '../support/agreement.ts';

/** Letters of indices; a variable, a bound index and a free one may meet in any of them. */
const letters = ['i', 'j', 'k', 'l', 'm', 'p'] as const;
const letter = fc.constantFrom(...letters);

/**
 * Scalars over the indices in scope: elements of x, y and A, products, functions, and sums that bind a letter anew, be it
 * in scope already or not.
 */
function body(scope: readonly string[], depth: number): fc.Arbitrary<string> {
  const at = fc.constantFrom(...scope);
  const leaf = fc.oneof(
    at.map((index) => `x[${index}]`),
    at.map((index) => `y[${index}]`),
    fc.tuple(at, at).map(([row, column]) => `A[${row}, ${column}]`),
  );
  if (depth === 0) return leaf;
  const inner = body(scope, depth - 1);
  const bound = letter.chain((index) =>
    // The body holds its own index, so that the sum runs over a family.
    body([...scope, index], depth - 1).map((summand) => `sum(x[${index}] * ${summand}, ${index})`),
  );
  return fc.oneof(
    leaf,
    fc.tuple(inner, inner).map(([left, right]) => `${left} * ${right}`),
    fc.tuple(inner, inner).map(([left, right]) => `(x[${scope[0]}] * ${left} - ${right} * x[${scope[0]}])`),
    inner.map((argument) => `f(${argument})`),
    inner.map((argument) => `(${argument})^2`),
    bound,
  );
}

/** Closed sums: every index is bound. */
const closed = letter.chain((index) => body([index], 3).map((summand) => `sum(y[${index}] * ${summand}, ${index})`));
/** Expressions with free indices. */
const open = fc.tuple(letter, letter).chain(([first, second]) => body([first, second], 3));

function faults(source: string, wrt: string): string[] {
  const one = { source, wrt, order: 1 };
  const derivation = derive(source, { wrt, detail: 'every' });
  const { certificate, steps, unresolved } = derivation;
  return [
    ...unresolved.map((text) => `unresolved: ${text}`),
    ...(certificate.verdict === 'fails' ? ['fails as a whole'] : []),
    ...steps
      .filter((step) => step.certificate.verdict === 'fails')
      .map((step) => `${step.rule}, ${step.before} -> ${step.after}: fails`),
    ...driverDifference(one),
    ...unreadTexts(one),
    ...valueDifferences(derivation),
  ];
}

describe('an index is never captured', () => {
  it('in a closed sum, whatever the variable is called', () => {
    fc.assert(
      fc.property(closed, letter, (source, free) => {
        expect(faults(source, `x[${free}]`)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('in an expression with free indices', () => {
    fc.assert(
      fc.property(open, letter, (source, free) => {
        expect(faults(source, `x[${free}]`)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('in a derivative by an element of a matrix', () => {
    fc.assert(
      fc.property(closed, letter, letter, (source, row, column) => {
        expect(faults(source, `A[${row}, ${column}]`)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('through definitions of families', () => {
    fc.assert(
      fc.property(letter, letter, letter, letter, (parameter, inner, outer, free) => {
        fc.pre(parameter !== inner);
        const source = [
          `u[${parameter}] = f(sum(A[${parameter}, ${inner}] * x[${inner}], ${inner}) * x[${parameter}])`,
          `sum(u[${outer}] * y[${outer}], ${outer})^2`,
        ].join('; ');
        for (const wrt of [`x[${free}]`, `y[${free}]`, `A[${free}, ${outer}]`]) expect(faults(source, wrt)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('renaming a bound index', () => {
  it('changes the result by its name alone', () => {
    const templates = [
      'sum(a[@]*f(x[@]), @)',
      'sum(sum(x[@]*A[@, #]*x[#], #), @)',
      'sum(sum(f(x[@]*x[#]), #)*x[@], @)',
      'sum(x[@], @)*sum(y[#]*x[#], #)',
      'exp(sum(x[@]^2, @))/sum(exp(x[#]), #)',
      'g(sum(b[@]*f(dot(v[@], w[@])), @))',
    ];
    const variables = ['x[~]', 'y[~]', 'A[~, q]', 'w[~]', 'b[~]'];
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.constantFrom(...variables),
        fc.uniqueArray(letter, { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        (template, variable, [first, second, third, fourth, free], clash) => {
          const source = (a: string, b: string): string => template.replaceAll('@', a).replaceAll('#', b);
          const wrt = variable.replaceAll('~', free as string);
          fc.pre(template.includes(variable.slice(0, 2)));
          // With a clash one of the bound letters is that of the variable, and factors may change their places.
          const one = derive(source((clash ? free : first) as string, second as string), { wrt });
          const other = derive(source(third as string, fourth as string), { wrt });
          if (!clash) expect(namedByDepth(one.result)).toBe(namedByDepth(other.result));
          expect(isSameTerm(one.expanded, other.expanded, wrt)).toBe(true);
          expect(one.certificate.verdict).toBe('holds');
          expect(other.certificate.verdict).toBe('holds');
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Whether two texts mean one term. */
function isSameTerm(left: string, right: string, wrt: string): boolean {
  const shapes = 'x: family(scalar), y: family(scalar), a: family(scalar), b: family(scalar)';
  const rest = 'A: family(family(scalar)), v: family(vector), w: family(vector)';
  return inFreshStore(() => {
    const [one, other] = [left, right].map(
      (text) => readModel(scanText, text, { wrt, shapes: `${shapes}, ${rest}` }).target,
    );
    return one === other;
  });
}

/** A text whose bound indices are named by the depth of their sums. */
function namedByDepth(text: string): string {
  const side = readText(text)[0]?.sides[0];
  if (side === undefined) throw new Error(`nothing stands in ${text}`);
  return printText(rename(side.node, new Map()));
}

function rename(node: MathNode, bound: ReadonlyMap<string, string>): MathNode {
  const seen = view(node);
  const all = (parts: readonly MathNode[]): MathNode[] => parts.map((part) => rename(part, bound));
  switch (seen.kind) {
    case 'symbol':
      return symbolNode(bound.get(seen.name) ?? seen.name);
    case 'element':
      return elementNode(rename(seen.object, bound), all(seen.indices));
    case 'operator':
      return operatorNode(seen.operator as Operator, ...all(seen.args));
    case 'parenthesis':
      return rename(seen.content, bound);
    case 'call': {
      if (seen.name !== 'sum') return callNode(seen.name === '' ? seen.callee : seen.name, all(seen.args));
      const [summand, index] = seen.args as [MathNode, MathNode];
      const name = `bound_${bound.size + 1}`;
      return callNode('sum', [rename(summand, new Map(bound).set(printText(index), name)), symbolNode(name)]);
    }
    default:
      return node;
  }
}
