/** A chain of equal formulas in LaTeX, in each of which is marked what a step brought, and what the next one takes. */

import type { MathNode } from '../syntax/node.ts';
import { landings, partsOf } from '../syntax/walk.ts';
import { type Changes, compareTrees, inner } from './changes.ts';
import { parseExpression } from './expression.ts';
import type { FormulaOptions } from './formula.ts';
import { toLatexFormula } from './formula-latex.ts';
import { latexOf } from './formula-text.ts';
import { type Mark, opening } from './marks.ts';

/** Formulas with more levels are not compared. */
const mostLevels = 200;

/**
 * The formulas of a chain in LaTeX with marks in them. A formula of which nothing stays is not marked: that everything
 * is new tells nothing.
 */
export function markChain(formulas: readonly string[], options: FormulaOptions): string[] {
  const trees = formulas.map(readTree);
  const changes = trees.map((tree, at) => compare(trees[at - 1], tree));
  return formulas.map((formula, at) => {
    const tree = trees[at];
    if (tree === undefined) return latexOf(formula, options);
    const marks = marksOf(tree, changes[at]?.come, changes[at + 1]?.gone);
    return toLatexFormula(tree, { ...options, marks });
  });
}

/** The tree of a formula; undefined where it is none, or too deep to be drawn. */
function readTree(formula: string): MathNode | undefined {
  try {
    const tree = parseExpression(formula);
    return landings(tree, mostLevels).length > 0 ? undefined : tree;
  } catch {
    return undefined;
  }
}

function compare(before: MathNode | undefined, after: MathNode | undefined): Changes | undefined {
  if (before === undefined || after === undefined) return undefined;
  const changes = compareTrees(before, after);
  return changes.come.has(inner(after)) || changes.gone.has(inner(before)) ? undefined : changes;
}

/** What opens each node at which the marks change. */
function marksOf(
  root: MathNode,
  come: ReadonlySet<MathNode> = new Set(),
  gone: ReadonlySet<MathNode> = new Set(),
): Map<MathNode, string> {
  const marks = new Map<MathNode, string>();
  const waiting: { readonly node: MathNode; readonly isNew: boolean; readonly goes: boolean }[] = [
    { node: root, isNew: false, goes: false },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const isNew = next.isNew || come.has(next.node);
    const goes = next.goes || gone.has(next.node);
    if (isNew !== next.isNew || goes !== next.goes) marks.set(next.node, opening[nameOf(isNew, goes)]);
    for (const node of partsOf(next.node)) waiting.push({ node, isNew, goes });
  }
  return marks;
}

function nameOf(isNew: boolean, goes: boolean): Mark {
  return isNew && goes ? 'both' : isNew ? 'come' : 'gone';
}
