/**
 * Functions whose values are matrices, the M(q) of \dot q^\top M(q) \dot q. Nothing says what their entries are; but where nothing that is
 * differentiated by stands in their brackets, the value is one matrix, and is read as such.
 */

import { locate, type MathNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import type { Statement } from '../syntax/statement.ts';
import { factorsOf, mapParts, partsOf } from '../syntax/walk.ts';
import { variablesIn } from './tensor-use.ts';
import { gatherUsage } from './usage.ts';

/** A call that stands between a row and another factor. */
interface MatrixCall {
  readonly node: MathNode;
  readonly name: string;
  /** As it is written, M(q). */
  readonly text: string;
}

/** The calls of capitals that nothing defines, between a row and another factor. */
export function matrixCallsIn(statements: readonly Statement[]): readonly MatrixCall[] {
  const defined = new Set(
    statements.flatMap(({ sides }) => {
      const head = sides.length > 1 && sides[0] !== undefined ? view(sides[0].node) : undefined;
      return head?.kind === 'call' || head?.kind === 'symbol' ? [head.name] : [];
    }),
  );
  const found: MatrixCall[] = [];
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node)).reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const factors = factorsOf(node);
    factors.forEach((factor, at) => {
      const [before, seen, next] = [factors[at - 1], view(factor), factors[at + 1]];
      if (before === undefined || next === undefined || seen.kind !== 'call' || !isRow(before)) return;
      if (/^\p{Lu}[\p{Ll}\d_]*$/u.test(seen.name) && !defined.has(seen.name))
        found.push({ node: factor, name: seen.name, text: printText(factor) });
    });
    waiting.push(...(factors.length > 1 ? factors : partsOf(node)));
  }
  return found;
}

/**
 * The statements with such calls as names, and how these were written; calls in whose brackets one of the `moving` names stands, or one
 * by which something is differentiated, or that are written in two ways, stay.
 */
export function holdValues(
  statements: readonly Statement[],
  moving: ReadonlySet<string>,
): { readonly statements: readonly Statement[]; readonly held: readonly string[] } {
  const calls = matrixCallsIn(statements);
  if (calls.length === 0) return { statements, held: [] };
  const nodes = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  const usage = gatherUsage(nodes);
  const varied = new Set([...moving, ...variablesIn(nodes)]);
  const texts = new Map(calls.map(({ name, text }) => [name, text]));
  const all = nodes.flatMap((node) => callsBy(node, texts));
  const isHeld = ({ name, node }: MatrixCall): boolean =>
    usage.get(name)?.bare === undefined &&
    all.every((one) => one.name !== name || one.text === texts.get(name)) &&
    [...gatherUsage(partsOf(node)).keys()].every((inner) => !varied.has(inner));
  const held = new Map(calls.filter(isHeld).map(({ name, text }) => [name, text]));
  const change = (node: MathNode): MathNode => {
    const seen = view(node);
    if (seen.kind === 'call' && held.has(seen.name)) return locate(symbolNode(seen.name), spanOf(node));
    return mapParts(node, change);
  };
  if (held.size === 0) return { statements, held: [] };
  return {
    statements: statements.map((one) => ({
      ...one,
      sides: one.sides.map((side) => ({ ...side, node: change(side.node) })),
    })),
    held: [...held.values()],
  };
}

/** All calls by these names, primed ones under their own. */
function callsBy(node: MathNode, names: ReadonlyMap<string, string>): readonly { name: string; text: string }[] {
  const seen = view(node);
  const name = seen.kind === 'call' ? seen.name.replace(/'+$/, '') : '';
  const own = names.has(name) ? [{ name, text: printText(node) }] : [];
  return [...own, ...partsOf(node).flatMap((part) => callsBy(part, names))];
}

function isRow(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === "'";
}
