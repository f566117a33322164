/** Rows of a display that solve an equation for one name: what the last row says the name is has to satisfy those before it. */

import { namesIn } from '../meaning/known-names.ts';
import type { Judgement, StatementKind } from './claim.ts';
import { isClosed } from './closed.ts';
import { type Circumstances, judgeAt } from './judge-link.ts';
import type { Knowledge } from './knowledge.ts';
import type { Link } from './links.ts';
import type { ReadFormula } from './read-formulas.ts';

/** A link with what was said of it. */
export interface JudgedLink {
  readonly link: Link;
  readonly kind: StatementKind;
  readonly judgement: Judgement;
}

/** Less than this, relative to the sides, may come of a solution that is rounded. */
const clear = 0.05;

/** `judged` with the equations that the solution behind them contradicts; `known` are the names that were defined before. */
export function againstSolution(
  judged: readonly JudgedLink[],
  read: ReadFormula,
  known: ReadonlySet<string>,
  knowledge: Knowledge,
  context: Circumstances,
): readonly JudgedLink[] {
  const solutions = judged.flatMap((one, at) => (isSolution(one, known) ? [{ link: one.link, at }] : []));
  const [solution] = solutions;
  if (solution === undefined || solutions.length > 1 || !read.formula.display) return judged;
  const name = solution.link.head?.name ?? '';
  const value = { name, head: solution.link.left, body: solution.link.right };
  const equations = judged.filter((one, at) => at < solution.at && isIn(name, one));
  const refuted = equations
    .map((one) => ({ ...one, judgement: judgeAt(one.link, value, read, knowledge, context), kind: 'claim' as const }))
    .filter(isContradicted);
  const [first] = refuted;
  // A value behind one equation may be another that is tried.
  if (first === undefined || equations.length < 2) return judged;
  // Where none of them is satisfied, it is the solution that is wrong.
  const shown = refuted.length === equations.length ? [contradicted(solution, first)] : refuted;
  return judged.map((one) => shown.find(({ link }) => link === one.link) ?? one);
}

/** The solution, which the equations refute; their numbers are not those of its sides. */
function contradicted({ link }: { readonly link: Link }, { judgement }: JudgedLink): JudgedLink {
  const { counterexample: _, ...certificate } = judgement.certificate;
  return { link, kind: 'claim', judgement: { certificate, because: { code: 'contradicted' } } };
}

/** Whether it is an equation for this name alone. */
function isIn(name: string, { link, kind }: JudgedLink): boolean {
  const names = new Set([...namesIn(link.left), ...namesIn(link.right)]);
  names.delete('e');
  names.delete('pi');
  return kind === 'equation' && names.size === 1 && names.has(name);
}

/** The only value of a name of which nothing was known: k = \ln 2. */
function isSolution({ link, kind }: JudgedLink, known: ReadonlySet<string>): boolean {
  const { head, right, sign } = link;
  const isValue = kind === 'definition' || kind === 'special-case';
  if (!isValue || sign !== '=' || head?.kind !== 'quantity' || head.parameters.length > 0) return false;
  return isClosed(right) && !known.has(head.name);
}

function isContradicted({ judgement: { certificate, kind = 'claim' } }: JudgedLink): boolean {
  const { verdict, counterexample } = certificate;
  if (verdict !== 'fails' || kind !== 'claim' || counterexample === undefined) return false;
  const { left, right } = counterexample;
  return Math.abs(left - right) > clear * Math.max(Math.abs(left), Math.abs(right));
}
