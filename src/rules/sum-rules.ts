/** The rules for sums whose bodies hold no derivative any more, in the order in which they are tried. */

import type { Term } from '../term/term.ts';
import { countRule, emptyRangeRule, narrowRangeRule, zeroTermRule } from './range-rules.ts';
import type { Rewrite, RuleContext, SumRule } from './rule.ts';
import { siftingRule } from './sifting-rules.ts';
import { constantOutRule, deltaFromCasesRule, splitRule } from './splitting-rules.ts';

export const sumRules: readonly SumRule[] = [
  emptyRangeRule,
  siftingRule,
  deltaFromCasesRule,
  splitRule,
  narrowRangeRule,
  zeroTermRule,
  constantOutRule,
  countRule,
];

/** One rewrite of a sum, or undefined where there is nothing to collapse. */
export function collapseOnce(term: Term, context: RuleContext): (Rewrite & { readonly rule: string }) | undefined {
  if (term.kind !== 'sum') return undefined;
  for (const rule of sumRules) {
    const rewrite = rule.rewrite(term, context);
    if (rewrite !== undefined) return { ...rewrite, rule: rule.id };
  }
  return undefined;
}
