/** The rules of differentiation, in the order in which they are tried. */

import type { Term, Variable } from '../term/term.ts';
import { constantProductRule, indexedProductRule, sumRule, writtenOutRule } from './binder-rules.ts';
import { chainRule, elementaryRule, logAbsRule } from './function-rules.ts';
import { determinantEntryRule, inverseEntryRule, pseudoInverseEntryRule } from './matrix/entry-rules.ts';
import { exponentialRule, generalPowerRule, powerRule } from './power-rules.ts';
import type { DerivativeRule, Rewrite, RuleContext } from './rule.ts';
import {
  casesRule,
  constantFactorRule,
  constantRule,
  definitionRule,
  elementRule,
  linearityRule,
  productRule,
  quotientRule,
  symbolRule,
} from './structural-rules.ts';
import { dotComponentsRule, dotRule } from './vector-rules.ts';

/** All rules, in the order in which they are tried; each assumes that the ones before it did not apply. */
export const derivativeRules: readonly DerivativeRule[] = [
  constantRule,
  symbolRule,
  elementRule,
  definitionRule,
  linearityRule,
  constantFactorRule,
  quotientRule,
  productRule,
  powerRule,
  exponentialRule,
  generalPowerRule,
  chainRule,
  logAbsRule,
  elementaryRule,
  sumRule,
  writtenOutRule,
  constantProductRule,
  indexedProductRule,
  dotRule,
  dotComponentsRule,
  casesRule,
  inverseEntryRule,
  pseudoInverseEntryRule,
  determinantEntryRule,
];

const rulesByKind = new Map<Term['kind'], readonly DerivativeRule[]>();

/** The rules that can differentiate a kind of term, in their order. */
function rulesFor(kind: Term['kind']): readonly DerivativeRule[] {
  let known = rulesByKind.get(kind);
  if (known === undefined) {
    known = derivativeRules.filter((rule) => rule.kinds?.includes(kind) ?? true);
    rulesByKind.set(kind, known);
  }
  return known;
}

/** A rewrite and the rule that it came by. */
interface Application {
  readonly rule: DerivativeRule;
  readonly rewrite: Rewrite;
}

/** The rewrite of the derivative of `of` by `by` with all that a step tells, or undefined where no rule covers it. */
export function differentiateOnce(of: Term, by: Variable, context: RuleContext): Application | undefined {
  for (const rule of rulesFor(of.kind)) {
    const rewrite = rule.rewrite(of, by, context);
    if (rewrite === undefined) continue;
    const { after, facts = rule.facts?.(of, by, context), conditions = rule.conditions?.(of, by, context) } = rewrite;
    return { rule, rewrite: { after, ...(facts && { facts }), ...(conditions && { conditions }) } };
  }
  return undefined;
}

/** The derivative alone, as {@link differentiateOnce} finds it. */
export function derivativeOnce(of: Term, by: Variable, context: RuleContext): Term | undefined {
  for (const rule of rulesFor(of.kind)) {
    const rewrite = rule.rewrite(of, by, context);
    if (rewrite !== undefined) return rewrite.after;
  }
  return undefined;
}
