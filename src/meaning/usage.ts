/** How each name is used in a set of syntax trees: the evidence from which its kind and its axes are decided. */

import type { Span } from '../problem.ts';
import { letterFunctions } from '../syntax/functions.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import { partsOf } from '../syntax/walk.ts';

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

/** Uses of every name in `nodes`. In a computed index, such as `i + (j - 1) m`, the names `lengths` are no indices. */
export function gatherUsage(nodes: readonly MathNode[], lengths: ReadonlySet<string> = noNames): Map<string, Usage> {
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
  const subscript = (node: MathNode, isComputed: boolean): void => {
    const seen = view(node);
    if (seen.kind === 'symbol') {
      if (isComputed && lengths.has(seen.name)) return;
      const usage = use(seen.name);
      usage.subscript = true;
      usage.behindName = true;
    } else if (seen.kind === 'operator') for (const arg of seen.args) subscript(arg, true);
    else if (seen.kind === 'parenthesis') subscript(seen.content, isComputed);
  };
  const bind = (node: MathNode | undefined): void => {
    const seen = node === undefined ? undefined : view(node);
    if (seen?.kind === 'symbol') use(seen.name).subscript = true;
  };
  /** Notes what a node itself shows; what stands below it is the result, to be looked at next. */
  const note = (node: MathNode): readonly MathNode[] => {
    const seen = view(node);
    switch (seen.kind) {
      case 'symbol':
        use(seen.name).bare ??= spanOf(node) ?? { start: 0, end: 0 };
        return [];
      case 'element': {
        const { base, indices } = flattenElement(node);
        for (const at of indices) subscript(at, false);
        const name = view(base);
        if (name.kind !== 'symbol') return [base];
        const usage = use(name.name);
        if (indices.length > usage.subscripts) {
          usage.subscripts = indices.length;
          usage.subscriptsAt = spanOf(node);
        }
        return [];
      }
      case 'call': {
        if (seen.name !== '') use(seen.name.replace(/'+$/, '')).applied = true;
        if (isBinder(seen.name)) bind(seen.args[1]);
        if (seen.name === 'delta') {
          for (const arg of seen.args) subscript(arg, false);
          return [];
        }
        const args = isBinder(seen.name) ? seen.args.filter((_, at) => at !== 1) : seen.args;
        if (seen.name !== '') return args;
        const partial = partialOf(seen.callee);
        if (partial !== undefined) use(partial).applied = true;
        return partial === undefined ? [seen.callee, ...args] : args;
      }
      default:
        return partsOf(node);
    }
  };
  // A stack of our own: a source may be nested deeper than a recursion can go.
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const below = note(node);
    for (let at = below.length - 1; at >= 0; at--) waiting.push(below[at] as MathNode);
  }
  return uses;
}

/** The f of D(f, 2), which is applied. */
function partialOf(callee: MathNode): string | undefined {
  const seen = view(callee);
  const first = seen.kind === 'call' && seen.name === 'D' ? view(seen.args[0] as MathNode) : undefined;
  return first?.kind === 'symbol' ? first.name : undefined;
}

const noNames: ReadonlySet<string> = new Set();

/** Adds the uses of a name as a subscript in what stands beside the formulas. */
export function mergeUsage(usage: Map<string, Usage>, name: string, use: Usage): void {
  const known = usage.get(name);
  if (known === undefined) {
    usage.set(name, use);
    return;
  }
  known.subscript ||= use.subscript;
  known.behindName ||= use.behindName;
}

/** Names of whose members `nodes` speak: with indices behind them, or where a call goes through the entries of a vector. */
export function namesWithMembers(nodes: readonly MathNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'element') {
      const base = view(flattenElement(node).base);
      if (base.kind === 'symbol') names.add(base.name);
    }
    const goesThrough = seen.kind === 'call' && seen.args.length === 1 && entryCalls.has(seen.name);
    if (goesThrough) for (const name of gatherUsage(seen.args).keys()) names.add(name);
    for (const part of partsOf(node)) waiting.push(part);
  }
  return names;
}

/** Calls that go through the entries of a vector without an index. */
const entryCalls: ReadonlySet<string> = new Set(['sum', 'softmax', 'logsumexp']);

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

/** Whether an index is the colon of `A[:, j]`. */
export function isWholeAxis(index: MathNode): boolean {
  return view(index).kind === 'whole';
}

/** Indices behind others: where a colon left an axis open, they stand on it, so that A[:, j][i] is A[i, j]. */
function fillAxes(indices: readonly MathNode[], further: readonly MathNode[]): readonly MathNode[] {
  if (!indices.some(isWholeAxis)) return [...indices, ...further];
  const waiting = [...further];
  const filled = indices.map((index) => (isWholeAxis(index) ? (waiting.shift() ?? index) : index));
  return [...filled, ...waiting];
}

/** `alpha[i][k]` as its base `alpha` and all its subscripts. */
export function flattenElement(node: MathNode): { base: MathNode; indices: readonly MathNode[] } {
  let base = node;
  const groups: (readonly MathNode[])[] = [];
  for (let seen = view(base); seen.kind === 'parenthesis' || seen.kind === 'element'; seen = view(base)) {
    if (seen.kind === 'element') groups.push(seen.indices);
    base = seen.kind === 'element' ? seen.object : seen.content;
  }
  if (groups.length === 0) return { base, indices: [] };
  return { base, indices: groups.reverse().reduce(fillAxes) };
}

/** The name that a tree is, and nothing else. */
export function nameOf(node: MathNode): string | undefined {
  const seen = view(node);
  return seen.kind === 'symbol' ? seen.name : undefined;
}

/** `names`, and all on which they rest by what defines each. */
export function reachedNames(
  names: Iterable<string>,
  definitions: ReadonlyMap<string, readonly MathNode[]>,
): Set<string> {
  const reached = new Set(names);
  for (const name of reached) {
    for (const used of gatherUsage(definitions.get(name) ?? []).keys()) reached.add(used);
  }
  return reached;
}

/** Whether a name stands in L(theta) = ... alone, and nowhere in what that is. */
export function standsInHeadAlone(name: string, statements: readonly Statement[]): boolean {
  const known = besideHeads.get(statements) ?? usageBesideHeads(statements);
  besideHeads.set(statements, known);
  return !known.has(name);
}

/** What stands beside the heads of functions: asked for each of what may be thousands of variables. */
const besideHeads = new WeakMap<readonly Statement[], ReadonlyMap<string, Usage>>();

function usageBesideHeads(statements: readonly Statement[]): ReadonlyMap<string, Usage> {
  const nodes = statements.flatMap(({ sides }) => {
    const isHead = sides.length > 1 && sides[0] !== undefined && view(sides[0].node).kind === 'call';
    return (isHead ? sides.slice(1) : sides).map(({ node }) => node);
  });
  return gatherUsage(nodes);
}
