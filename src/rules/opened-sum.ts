/** A sum with its index named, and what in its body chooses terms: Kronecker deltas, and cases of indices. */

import { add, index, isNumber, multiply, number, open } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import type { BinderTerm, CasesTerm, IndexTerm, Range, Term } from '../term/term.ts';
import { isIndexMap } from './index-map.ts';
import type { RuleContext } from './rule.ts';

export interface OpenedSum {
  readonly term: BinderTerm;
  readonly over: IndexTerm;
  readonly body: Term;
  readonly range: Range | undefined;
}

/** The sum with an index that is none of those in its range; undefined for any other term. */
export function openSum(term: Term, context: RuleContext): OpenedSum | undefined {
  if (term.kind !== 'sum') return undefined;
  const ends = term.range === undefined ? [] : [...freeIndices(term.range.from), ...freeIndices(term.range.to)];
  const opened = open(term, new Set([...context.taken, ...ends]));
  return { term, over: index(opened.index.name), body: opened.body, range: term.range };
}

/** Whether a product holds a factor that is 0 but for some values of indices: a delta, or a case of indices. */
export function isSelective(term: Term): boolean {
  if (term.kind === 'multiply') return term.factors.some(isSelective);
  return term.kind === 'delta' || isIndicator(term);
}

/** `c ? u : 0` where c compares indices. */
export function isIndicator(term: Term): term is CasesTerm {
  if (term.kind !== 'cases' || !isNumber(term.otherwise, 0)) return false;
  const { left, right } = term.condition;
  return (isIndexMap(left) || isIndexMap(right)) && [left, right].every((side) => isIndexMap(side) || isWhole(side));
}

function isWhole(term: Term): boolean {
  return term.kind === 'number' || term.kind === 'symbol';
}

/** A product with a bracket of which some terms are selective, multiplied out; anything else as it is. */
export function distribute(body: Term): Term {
  if (body.kind !== 'multiply') return body;
  const bracket = body.factors.find((factor) => factor.kind === 'add' && factor.terms.some(isSelective));
  if (bracket?.kind !== 'add') return body;
  const others = body.factors.filter((factor) => factor !== bracket);
  return add(...bracket.terms.map((part) => multiply(number(body.coefficient), ...others, part)));
}
