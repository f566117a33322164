/** Rules that bring a sum into the form in which its deltas can be carried out. */

import { add, cases, multiply, number, one, sum } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import type { CasesTerm, IndexTerm, Term } from '../term/term.ts';
import { distribute, isSelective, openSum } from './opened-sum.ts';
import type { SumRule } from './rule.ts';

export const splitRule: SumRule = {
  id: 'split-sum',
  states: 'sum(u + v, i) = sum(u, i) + sum(v, i)',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    if (opened === undefined) return undefined;
    const { over, range } = opened;
    const body = distribute(opened.body);
    if (body.kind !== 'add') return undefined;
    const [apart, kept] = partition(body.terms, isSelective);
    if (apart.length === 0) return undefined;
    const parts = [...groupByDelta(apart, over), ...(kept.length === 0 ? [] : [add(...kept)])];
    const after = add(...parts.map((part) => sum(over, part, range)));
    // All terms may hold the delta that is a factor of the bracket: that one is for another rule to take out.
    return after === term ? undefined : { after, facts: { index: over } };
  },
};

/**
 * Terms with one delta as one: there is then one case for them where the delta leaves a case. Of several deltas the one
 * that holds the index of the sum counts.
 */
function groupByDelta(terms: readonly Term[], over: IndexTerm): readonly Term[] {
  const groups = new Map<Term, Term[]>();
  for (const term of terms) {
    const factors = term.kind === 'multiply' ? term.factors : [term];
    const deltas = factors.filter((factor) => factor.kind === 'delta');
    const delta = deltas.find((one) => freeIndices(one).has(over.name)) ?? deltas[0];
    const rest = multiply(
      ...(term.kind === 'multiply' ? [number(term.coefficient)] : []),
      ...factors.filter((factor) => factor !== delta),
    );
    const key = delta ?? term;
    groups.set(key, [...(groups.get(key) ?? []), delta === undefined ? one() : rest]);
  }
  return [...groups].map(([key, rests]) => multiply(key, add(...rests)));
}

export const constantOutRule: SumRule = {
  id: 'constant-out-of-sum',
  states: 'sum(c * u, i) = c * sum(u, i)',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    if (opened === undefined) return undefined;
    const { over, body, range } = opened;
    const [coefficient, factors] =
      body.kind === 'multiply' ? [number(body.coefficient), body.factors] : [one(), [body]];
    const [outside, inside] = partition(factors, (factor) => !freeIndices(factor).has(over.name));
    if (!outside.some(isSelective)) return undefined;
    const rest = sum(over, multiply(coefficient, ...inside), range);
    return { after: multiply(...outside, rest), facts: { factor: multiply(...outside), index: over } };
  },
};

export const deltaFromCasesRule: SumRule = {
  id: 'delta-from-cases',
  states: 'sum(c ? delta(i, j) * u : v, i) = sum(delta(i, j) * (c ? u : 0) + (c ? 0 : v), i)',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    if (opened === undefined) return undefined;
    const { over, body, range } = opened;
    const factors = body.kind === 'multiply' ? body.factors : [body];
    const chosen = factors.find((factor) => factor.kind === 'cases' && holdsDelta(factor));
    if (chosen?.kind !== 'cases') return undefined;
    const coefficient = body.kind === 'multiply' ? number(body.coefficient) : one();
    const others = factors.filter((factor) => factor !== chosen);
    const terms = pullFromCases(chosen).map((part) => multiply(coefficient, ...others, part.delta, part.rest));
    return { after: sum(over, add(...terms), range), facts: { index: over } };
  },
};

/** Whether a delta stands as a factor in a term, or in a branch of its cases. */
function holdsDelta(term: Term): boolean {
  switch (term.kind) {
    case 'delta':
      return true;
    case 'multiply':
      return term.factors.some(holdsDelta);
    case 'add':
      return term.terms.some(holdsDelta);
    case 'cases':
      return holdsDelta(term.then) || holdsDelta(term.otherwise);
    default:
      return false;
  }
}

/** A product of a delta, or of 1, and a rest without it. */
interface Pulled {
  readonly delta: Term;
  readonly rest: Term;
}

function pull(term: Term): readonly Pulled[] {
  if (!holdsDelta(term)) return [{ delta: one(), rest: term }];
  if (term.kind === 'cases') return pullFromCases(term);
  if (term.kind === 'add') return term.terms.flatMap((part) => pull(part));
  if (term.kind !== 'multiply') return [{ delta: term, rest: one() }];
  const holder = term.factors.find(holdsDelta) as Term;
  const others = multiply(number(term.coefficient), ...term.factors.filter((factor) => factor !== holder));
  return pull(holder).map(({ delta, rest }) => ({ delta, rest: multiply(others, rest) }));
}

/** Of each delta the cases in which it stands. */
function pullFromCases({ condition, then, otherwise }: CasesTerm): readonly Pulled[] {
  const branches = [pull(then), pull(otherwise)] as const;
  const deltas = [...new Set(branches.flat().map(({ delta }) => delta))];
  const at = (parts: readonly Pulled[], delta: Term): Term =>
    add(...parts.filter((part) => part.delta === delta).map(({ rest }) => rest));
  return deltas.map((delta) => ({
    delta,
    rest: cases(condition, at(branches[0], delta), at(branches[1], delta)),
  }));
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
