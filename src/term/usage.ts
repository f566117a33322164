/** How each name is used in a set of syntax trees: the evidence from which its kind and its axes are decided. */

import type { Span } from '../problem.ts';
import { letterFunctions } from '../syntax/functions.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';

export interface Usage {
  /** Applied as a function somewhere, or differentiated with a prime. */
  applied: boolean;
  /** Stands as a subscript outside any sum that binds it, or is bound by a sum. */
  subscript: boolean;
  /** Stands behind a name or in a delta, bound or not: such a name is an index and nothing else. */
  behindName: boolean;
  /** Stands on its own somewhere, neither applied nor with a subscript of its own, nor as one. */
  bare: Span | undefined;
  /** The largest number of subscripts seen behind it, and where. */
  subscripts: number;
  subscriptsAt: Span | undefined;
}

/** Uses of every name in `nodes`. */
export function gatherUsage(nodes: readonly MathNode[]): Map<string, Usage> {
  const uses = new Map<string, Usage>();
  const use = (name: string): Usage => {
    const known = uses.get(name);
    if (known !== undefined) return known;
    const fresh: Usage = {
      applied: false,
      subscript: false,
      behindName: false,
      bare: undefined,
      subscripts: 0,
      subscriptsAt: undefined,
    };
    uses.set(name, fresh);
    return fresh;
  };
  const subscript = (node: MathNode): void => {
    const seen = view(node);
    if (seen.kind === 'symbol') {
      const usage = use(seen.name);
      usage.subscript = true;
      usage.behindName = true;
    } else if (seen.kind === 'operator') seen.args.forEach(subscript);
    else if (seen.kind === 'parenthesis') subscript(seen.content);
  };
  const bind = (node: MathNode | undefined): void => {
    const seen = node === undefined ? undefined : view(node);
    if (seen?.kind === 'symbol') use(seen.name).subscript = true;
  };
  const visit = (node: MathNode): void => {
    const seen = view(node);
    switch (seen.kind) {
      case 'symbol':
        use(seen.name).bare ??= spanOf(node) ?? { start: 0, end: 0 };
        break;
      case 'element': {
        const { base, indices } = flattenElement(node);
        const name = view(base);
        if (name.kind === 'symbol') {
          const usage = use(name.name);
          if (indices.length > usage.subscripts) {
            usage.subscripts = indices.length;
            usage.subscriptsAt = spanOf(node);
          }
        } else {
          visit(base);
        }
        indices.forEach(subscript);
        break;
      }
      case 'call':
        if (seen.name !== '') use(seen.name.replace(/'+$/, '')).applied = true;
        else visit(seen.callee);
        if (isBinder(seen.name)) bind(seen.args[1]);
        if (seen.name === 'delta') seen.args.forEach(subscript);
        seen.args.forEach((arg, at) => {
          if (seen.name === 'delta') return;
          if (!(isBinder(seen.name) && at === 1)) visit(arg);
        });
        break;
      case 'operator':
        seen.args.forEach(visit);
        break;
      case 'conditional':
        [seen.condition, seen.then, seen.else].forEach(visit);
        break;
      case 'parenthesis':
        visit(seen.content);
        break;
      case 'constant':
      case 'other':
        break;
    }
  };
  nodes.forEach(visit);
  return uses;
}

/** Names such as gamma and beta that stand for a quantity somewhere, and so for no function anywhere. */
export function letterQuantities(usage: ReadonlyMap<string, Usage>): string[] {
  return [...letterFunctions.keys()].filter((name) => {
    const use = usage.get(name);
    return use !== undefined && (use.bare !== undefined || use.subscript || use.subscripts > 0);
  });
}

/** Whether a call by this name binds the index in its second argument. */
export function isBinder(name: string): boolean {
  return binders.has(name);
}

const binders: ReadonlySet<string> = new Set(['sum', 'prod', 'logsumexp', 'softmax']);

/** `alpha[i][k]` as its base `alpha` and all its subscripts. */
export function flattenElement(node: MathNode): { base: MathNode; indices: readonly MathNode[] } {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return flattenElement(seen.content);
  if (seen.kind !== 'element') return { base: node, indices: [] };
  const inner = flattenElement(seen.object);
  return { base: inner.base, indices: [...inner.indices, ...seen.indices] };
}
