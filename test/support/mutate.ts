/** Every single mutation of an expression by a fixed list of the mistakes that people make. */

import {
  callNode,
  conditionalNode,
  constantNode,
  elementNode,
  type MathNode,
  type Operator,
  operatorNode,
  parenthesisNode,
  symbolNode,
  view,
} from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';

export const kinds = [
  'sign',
  'factor',
  'exponent',
  'inner-derivative',
  'prime',
  'argument',
  'application',
  'index',
  'delta',
  'term',
] as const;

export type Kind = (typeof kinds)[number];

export interface Mutant {
  readonly kind: Kind;
  readonly node: MathNode;
}

/** All mutants of `node`, one for each place and kind. `indices` are the free and bound letters an index may become. */
export function mutate(node: MathNode, indices: readonly string[]): Mutant[] {
  const whole: Mutant[] = [
    { kind: 'sign', node: operatorNode('-', parenthesisNode(node)) },
    { kind: 'factor', node: operatorNode('*', constantNode('2'), parenthesisNode(node)) },
    { kind: 'factor', node: operatorNode('/', parenthesisNode(node), constantNode('2')) },
  ];
  return [...whole, ...places(node, indices)];
}

function places(node: MathNode, indices: readonly string[]): Mutant[] {
  return [...here(node, indices), ...below(node, indices)];
}

/** Mutations of the root itself. */
function here(node: MathNode, indices: readonly string[]): Mutant[] {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return [
        { kind: 'factor', node: constantNode(String(2 * Number(seen.text))) },
        { kind: 'factor', node: constantNode(String(Number(seen.text) + 1)) },
      ];
    case 'element': {
      const changed = seen.indices.flatMap((at, k) => {
        const own = view(at);
        if (own.kind !== 'symbol') return [];
        return indices
          .filter((name) => name !== own.name)
          .map((name) =>
            elementNode(
              seen.object,
              seen.indices.map((other, l) => (l === k ? symbolNode(name) : other)),
            ),
          );
      });
      return changed.map((one): Mutant => ({ kind: 'index', node: one }));
    }
    case 'call': {
      const mutants: Mutant[] = [];
      const [first] = seen.args;
      if (seen.name.endsWith("'"))
        mutants.push({ kind: 'prime', node: callNode(seen.name.slice(0, -1), [...seen.args]) });
      if (seen.name === 'delta') {
        mutants.push({ kind: 'delta', node: constantNode('1') });
        seen.args.forEach((own, at) => {
          for (const name of indices.filter((other) => other !== printText(own))) {
            const args = seen.args.map((other, k) => (k === at ? symbolNode(name) : other));
            mutants.push({ kind: 'index', node: callNode('delta', args) });
          }
        });
      }
      if (seen.name === '') mutants.push(...argumentMutants(seen.callee, seen.args));
      const applies = !['sum', 'd', 'delta', 'dot', ''].includes(seen.name);
      if (applies && seen.args.length === 1 && first !== undefined) {
        mutants.push({ kind: 'application', node: parenthesisNode(first) });
      }
      return mutants;
    }
    case 'operator': {
      const [left, right] = seen.args;
      if (left === undefined) return [];
      if (right === undefined) return seen.operator === '-' ? [{ kind: 'sign', node: parenthesisNode(left) }] : [];
      if (seen.operator === '+') {
        return [
          { kind: 'sign', node: operatorNode('-', left, right) },
          { kind: 'term', node: left },
          { kind: 'term', node: right },
        ];
      }
      if (seen.operator === '-') {
        return [
          { kind: 'sign', node: operatorNode('+', left, right) },
          { kind: 'term', node: left },
          { kind: 'term', node: operatorNode('-', parenthesisNode(right)) },
        ];
      }
      if (seen.operator === '/') {
        const numeric = view(right).kind === 'constant';
        return [{ kind: numeric ? 'factor' : 'term', node: left }];
      }
      if (seen.operator === '^') return exponentMutants(left, right);
      if (seen.operator !== '*') return [];
      return [dropped(left, right), dropped(right, left)].flatMap((one) => (one === undefined ? [] : [one]));
    }
    default:
      return [];
  }
}

/** The square and the exponent of the power rule: lost, or off by one. */
function exponentMutants(base: MathNode, exponent: MathNode): Mutant[] {
  const seen = view(exponent);
  if (seen.kind !== 'constant') return [];
  return [
    { kind: 'exponent', node: base },
    { kind: 'exponent', node: operatorNode('^', base, constantNode(String(Number(seen.text) + 1))) },
  ];
}

/** D(f, 1)(a, b) without its derivative, or by the other argument. */
function argumentMutants(callee: MathNode, args: readonly MathNode[]): Mutant[] {
  const partial = view(callee);
  if (partial.kind !== 'call' || partial.args.length !== 2 || args.length !== 2) return [];
  const [fn, position] = partial.args as [MathNode, MathNode];
  const other = printText(position) === '1' ? '2' : '1';
  return [
    { kind: 'prime', node: callNode(printText(fn), [...args]) },
    { kind: 'argument', node: callNode(callNode('D', [fn, constantNode(other)]), [...args]) },
  ];
}

/** The product without `factor`, as far as that is a mistake of the list. */
function dropped(factor: MathNode, rest: MathNode): Mutant | undefined {
  const seen = view(factor);
  if (seen.kind === 'constant') return { kind: 'factor', node: rest };
  if (seen.kind === 'call' && (seen.name.endsWith("'") || seen.name === 'd' || seen.name === ''))
    return { kind: 'inner-derivative', node: rest };
  return undefined;
}

/** Mutations of one part of the root. */
function below(node: MathNode, indices: readonly string[]): Mutant[] {
  const seen = view(node);
  const within = (parts: readonly MathNode[], rebuild: (parts: MathNode[]) => MathNode, from = 0): Mutant[] =>
    parts.flatMap((part, at) =>
      at < from
        ? []
        : places(part, indices).map(({ kind, node: changed }) => ({
            kind,
            node: rebuild(parts.map((other, k) => (k === at ? changed : other))),
          })),
    );
  switch (seen.kind) {
    case 'operator':
      // An exponent is no factor.
      return within(seen.operator === '^' ? seen.args.slice(0, 1) : seen.args, (parts) =>
        operatorNode(seen.operator as Operator, ...parts, ...(seen.operator === '^' ? seen.args.slice(1) : [])),
      );
    case 'call': {
      // The variable of a derivative and the index of a sum are no places for these mistakes.
      const [first, ...rest] = seen.args;
      if (first === undefined || seen.name === 'delta') return [];
      if (seen.name === 'sum') return within([first], ([body]) => callNode('sum', [body as MathNode, ...rest]));
      if (seen.name === 'd') {
        // A bare name in d(b, x) may be said elsewhere to depend on x: the judge can't know, and says so.
        return within([first], ([of]) => callNode('d', [of as MathNode, ...rest])).filter(({ node: changed }) => {
          const call = view(changed);
          return call.kind === 'call' && view(call.args[0] as MathNode).kind !== 'symbol';
        });
      }
      return within(seen.args, (parts) => callNode(seen.name === '' ? seen.callee : seen.name, parts));
    }
    case 'parenthesis':
      return within([seen.content], ([content]) => parenthesisNode(content as MathNode));
    case 'conditional':
      return within([seen.then, seen.else], ([then, otherwise]) =>
        conditionalNode(seen.condition, then as MathNode, otherwise as MathNode),
      );
    default:
      return [];
  }
}
