/** The statements of all formulas of a document, read in the light of one set of names. */

import { applyConventions } from '../meaning/names/conventions.ts';
import type { Evidence } from '../meaning/names/evidence.ts';
import { gatherLatexEvidence, readGathered } from '../meaning/read-source.ts';
import { fail, MathError } from '../problem.ts';
import { listSign } from '../syntax/functions.ts';
import { callNode, locate, type MathNode, spanOf, view } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import type { Formula } from './scan.ts';

/** A formula with its statements; a statement without sides stands for a row that could not be read. */
export interface ReadFormula {
  readonly formula: Formula;
  readonly statements: readonly Statement[];
  readonly unread: readonly MathError[];
}

/** Operators that are written with brackets and are no product with them: the mean, the variance. */
const statistical =
  /(?:\\mathbb\s*\{?\s*E\s*\}?|\bE|\bVar|\bCov|\\(?:operatorname|mathrm|text)\{(?:E|Var|Cov)\})\s*(?:\\left|\\[bB]igg?l?)?\s*\[/;

/** Reads `formulas`; what they show of their names is added to `evidence` first. */
export function readFormulas(formulas: readonly Formula[], evidence: Evidence): readonly ReadFormula[] {
  for (const { tex } of formulas) gatherLatexEvidence(tex, evidence);
  return byConventions(
    formulas.map((formula) => readOne(formula, evidence)),
    evidence,
  );
}

/** The formulas with what conventions of the field make of their names. */
export function byConventions(read: readonly ReadFormula[], evidence: Evidence): readonly ReadFormula[] {
  const statements = read.flatMap((one) => one.statements);
  const { change, used } = applyConventions(statements, evidence);
  if (used.length === 0) return read;
  const meant = (statement: Statement): Statement => ({
    ...statement,
    sides: statement.sides.map((side) => ({ ...side, node: change(side.node) })),
  });
  return read.map((one) => ({ ...one, statements: one.statements.map(meant) }));
}

function readOne(formula: Formula, evidence: Evidence): ReadFormula {
  const unread: MathError[] = [];
  try {
    if (statistical.test(formula.tex)) {
      const span = { start: 0, end: formula.tex.length };
      fail({
        code: 'unsupported-notation',
        message: 'means and variances are not covered yet',
        span,
        found: 'a mean or variance',
      });
    }
    const statements = readGathered(formula.tex, evidence, (error) => unread.push(error)).map(listsAsVectors);
    return { formula, statements, unread };
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    return { formula, statements: [], unread: [error] };
  }
}

/** `\mathbf r = (a, b)`: a list of components is a vector, but where it stands beside another one, as (x, y) = (1, 2) does. */
function listsAsVectors(statement: Statement): Statement {
  const { sides } = statement;
  const lists = sides.map(({ node }) => listIn(node));
  if (lists.every((list) => list !== undefined)) return statement;
  return {
    ...statement,
    sides: sides.map((side, at) => {
      const parts = lists[at];
      return parts === undefined ? side : { ...side, node: locate(callNode('vcat', [...parts]), spanOf(side.node)) };
    }),
  };
}

/** The components of a list, or of a transposed one, which is a column. */
function listIn(node: MathNode): readonly MathNode[] | undefined {
  const seen = view(node);
  if (seen.kind === 'operator' && seen.operator === "'") return listIn(seen.args[0] as MathNode);
  return seen.kind === 'call' && seen.name === listSign ? seen.args : undefined;
}
