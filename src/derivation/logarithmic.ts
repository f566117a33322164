/**
 * Logarithmic differentiation: log|y| taken apart by the rules of logarithms, differentiated, multiplied by y. It is how
 * products of many factors and powers with a variable exponent are differentiated by hand (Apostol, Calculus I, 1967,
 * section 6.9).
 */

import { resolve } from '../calculus/value.ts';
import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import type { Condition, RuleContext } from '../rules/rule.ts';
import {
  add,
  apply,
  derivative,
  divide,
  isNumber,
  multiply,
  number,
  relation,
  symbol,
  zero,
} from '../term/construct.ts';
import type { Term, Variable } from '../term/term.ts';
import type { NamedModel } from './naming.ts';
import { type Carried, carryOut, change, contextOf, type Outline, type Passage, statement, tidy } from './outline.ts';

/** `factor * log|base|`; without a base, `factor` alone. */
interface LogPart {
  readonly factor: Term;
  readonly base: Term | undefined;
  /** The base has to be positive for the power to have a value. */
  readonly needsPositive: boolean;
}

export function logarithmicOutline(model: Model, named: NamedModel, by: Variable, name: string): Outline {
  const { target } = named;
  if (target.rank > 0 || by.rank > 0 || !canBeTakenApart(target)) refuseTarget();
  const parts = logParts(target, model.declarations.positive);
  const bases = parts.flatMap(({ base }) => (base === undefined ? [] : [base]));
  const positive = parts.every(
    ({ base, needsPositive }) => base === undefined || needsPositive || isPositive(base, model.declarations.positive),
  );
  const y = symbol(name);
  const sum = add(...parts.map((part) => multiply(part.factor, logOf(part, model.declarations.positive))));
  const whole = apply('log', positive ? target : apply('abs', target));
  const context = contextOf(named, [by]);
  const differentiated = add(
    ...parts.flatMap((part) => differentiatePart(part, by, context, model.declarations.positive)),
  );
  const start = derivative(sum, by);
  const carried: Carried = carryOut(differentiated, named, context);
  const product = multiply(target, carried.result);
  const result = carried.unresolved.length > 0 ? product : tidy(product, named);
  const back = derivative(y, by);
  const passages: Passage[] = [
    {
      left: apply('log', positive ? y : apply('abs', y)),
      start: sum,
      moves: [
        statement(
          'take-logarithm',
          sum,
          { left: whole, right: sum },
          { conditions: conditionsOf(parts, bases, target, model.declarations.positive) },
        ),
      ],
    },
    {
      left: divide(back, y),
      start,
      moves: [
        statement(
          'both-sides',
          start,
          { left: divide(derivative(target, by), target), right: differentiated },
          { facts: {} },
        ),
        ...(differentiated === start ? [] : [change('log-derivative', start, differentiated)]),
        ...carried.moves,
      ],
    },
    {
      left: back,
      start: product,
      moves: [
        statement('multiply-back', product, { left: derivative(target, by), right: product }, { facts: { factor: y } }),
        ...(result === product ? [] : [change('simplify', product, result)]),
      ],
    },
  ];
  return {
    passages,
    result,
    unresolved: carried.unresolved,
    exhausted: carried.exhausted,
    claims: [{ left: derivative(target, by), right: result }],
  };
}

function canBeTakenApart(term: Term): boolean {
  return (
    term.kind === 'power' || term.kind === 'multiply' || (term.kind === 'apply' && term.name === 'exp' && !term.generic)
  );
}

function logParts(term: Term, positive: ReadonlySet<string>): LogPart[] {
  switch (term.kind) {
    case 'multiply': {
      const scale = number(term.coefficient);
      const own = isNumber(scale, 1) ? [] : [{ factor: number(1), base: scale, needsPositive: false }];
      return [...own, ...term.factors.flatMap((factor) => logParts(factor, positive))];
    }
    case 'power': {
      const isWhole = term.exponent.kind === 'number' && term.exponent.value.denominator === 1n;
      // sqrt(u v) needs u v > 0, not u > 0 and v > 0.
      const isSingle = term.base.kind !== 'multiply' && term.base.kind !== 'power';
      return logParts(term.base, positive).map((part) => ({
        ...part,
        factor: multiply(term.exponent, part.factor),
        needsPositive: part.needsPositive || (!isWhole && isSingle),
      }));
    }
    case 'apply':
      if (term.name === 'exp' && !term.generic)
        return [{ factor: term.args[0] as Term, base: undefined, needsPositive: false }];
      return [{ factor: number(1), base: term, needsPositive: false }];
    default:
      return [{ factor: number(1), base: term, needsPositive: false }];
  }
}

function logOf({ base, needsPositive }: LogPart, positive: ReadonlySet<string>): Term {
  if (base === undefined) return number(1);
  return apply('log', needsPositive || isPositive(base, positive) ? base : apply('abs', base));
}

function isPositive(term: Term, positive: ReadonlySet<string>): boolean {
  if (term.kind === 'number') return term.value.numerator > 0n;
  if (term.kind === 'symbol') return term.constant || positive.has(term.name);
  return (
    term.kind === 'apply' && !term.generic && (term.name === 'exp' || term.name === 'cosh' || term.name === 'sigmoid')
  );
}

/** c' log|u| + c u'/u, of which only what changes with the variable is written. */
function differentiatePart(part: LogPart, by: Variable, context: RuleContext, positive: ReadonlySet<string>): Term[] {
  const { depends } = context;
  const { factor, base } = part;
  // What is as plain as (x + 1)' = 1 takes no line of its own.
  const inner = (term: Term): Term => {
    const slope = resolve(derivative(term, by), context);
    return slope.kind === 'number' ? slope : derivative(term, by);
  };
  const byFactor = depends(factor, by) ? [multiply(inner(factor), logOf(part, positive))] : [];
  const byBase = base !== undefined && depends(base, by) ? [multiply(factor, divide(inner(base), base))] : [];
  return [...byFactor, ...byBase];
}

function conditionsOf(
  parts: readonly LogPart[],
  bases: readonly Term[],
  target: Term,
  positive: ReadonlySet<string>,
): Condition[] {
  const needed = parts.filter(
    ({ base, needsPositive }) => base !== undefined && needsPositive && !isPositive(base, positive),
  );
  const above = [...new Set(needed.map(({ base }) => base as Term))].map(
    (base): Condition => ({ kind: 'relation', relation: relation('>', base, zero()) }),
  );
  const open = bases.filter(
    (base) => !isPositive(base, positive) && !needed.some((one) => one.base === base) && !isNonZero(base),
  );
  if (open.length === 0) return above;
  const only = open.length === 1 ? (open[0] as Term) : target;
  return [...above, { kind: 'relation', relation: relation('!=', only, zero()) }];
}

function isNonZero(term: Term): boolean {
  return term.kind === 'number' && term.value.numerator !== 0n;
}

function refuseTarget(): never {
  return fail({
    code: 'unknown-option',
    message: 'a logarithm takes products, quotients and powers apart, and this is none',
    hint: 'use --method chain',
  });
}
