/** The rules of differentiation, in the order in which they are tried. */

import type { Term, Variable } from '../term/term.ts';
import { sumRule } from './binder-rules.ts';
import { chainRule, elementaryRule } from './function-rules.ts';
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
  elementaryRule,
  sumRule,
  dotRule,
  dotComponentsRule,
  casesRule,
];

/** The rewrite of the derivative of `of` by `by`, or undefined where no rule covers it. */
export function differentiateOnce(
  of: Term,
  by: Variable,
  context: RuleContext,
): (Rewrite & { readonly rule: string }) | undefined {
  for (const rule of derivativeRules) {
    const rewrite = rule.rewrite(of, by, context);
    if (rewrite !== undefined) return { ...rewrite, rule: rule.id };
  }
  return undefined;
}
