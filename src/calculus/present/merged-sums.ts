/** Two sums over one range as one, where what stands in them has a factor in common. */

import { addAll, multiply, number, open, replaceIndex, sum } from '../../term/construct.ts';
import type { AddTerm, BinderTerm, IndexTerm, Term } from '../../term/term.ts';
import { takeConstantsOut } from './binders.ts';

/** sum(a[i] b[i], i) + sum(c[k] b[k], k) as sum((a[i] + c[i]) b[i], i): only where both bodies share a factor. */
export function mergedBinders(flat: AddTerm, tidy: (body: AddTerm) => Term): Term | undefined {
  if (flat.height === 0) return undefined;
  const sums = flat.terms.flatMap((term) => {
    const [scalar, binder] = splitBinder(term);
    return binder === undefined ? [] : [{ term, scalar, binder }];
  });
  for (const [at, one] of sums.entries()) {
    const other = sums.slice(at + 1).find(({ binder }) => sameRange(binder, one.binder));
    if (other === undefined) continue;
    const taken = new Set([...one.term.free, ...other.term.free]);
    const opened = open(one.binder, taken);
    const body = addAll([
      multiply(one.scalar, opened.body),
      multiply(other.scalar, replaceBound(other.binder, opened.index, taken)),
    ]);
    const tidied = body.kind === 'add' ? tidy(body) : body;
    if (tidied.kind === 'add') continue;
    const others = flat.terms.filter((term) => term !== one.term && term !== other.term);
    const merged = sum(opened.index, tidied, one.binder.range, one.binder.hint);
    return addAll([...others, merged.kind === 'sum' ? takeConstantsOut(merged) : merged]);
  }
  return undefined;
}

function splitBinder(term: Term): readonly [scalar: Term, binder: BinderTerm | undefined] {
  if (term.kind === 'sum') return [number(1), term];
  if (term.kind !== 'multiply') return [term, undefined];
  const binder = term.factors.find((factor) => factor.kind === 'sum') as BinderTerm | undefined;
  const others = term.factors.filter((factor) => factor !== binder);
  return [multiply(number(term.coefficient), ...others), binder];
}

function sameRange(left: BinderTerm, right: BinderTerm): boolean {
  return left.range?.from === right.range?.from && left.range?.to === right.range?.to && left.range !== undefined;
}

/** The body of a binder with this index. */
function replaceBound(binder: BinderTerm, at: IndexTerm, taken: ReadonlySet<string>): Term {
  const opened = open(binder, new Set([...taken, at.name]));
  return replaceIndex(opened.body, opened.index, at);
}
