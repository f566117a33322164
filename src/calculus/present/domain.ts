/**
 * What the signs that a formula tells of are good for: |u| is u where u >= 0, and a root of a quotient or a product is
 * taken apart where no factor is negative. sqrt((1 - x)/(1 + x)) is sqrt(1 - x)/sqrt(1 + x), as the two add up to 2 and so
 * are not both negative; what is left of it collects with the factors beside it.
 */

import { addAll, isNumber, multiply, multiplyAll, number, one, power, relation } from '../../term/construct.ts';
import { baseOf } from '../../term/inspect.ts';
import { isIntegerRational, isNegativeRational } from '../../term/rational.ts';
import type { ApplyTerm, MultiplyTerm, NumberTerm, PowerTerm, Term } from '../../term/term.ts';
import { expandProduct } from './expand.ts';
import { areNotBothNegative, signsIn } from './facts.ts';
import { holdsRoot, type Known, type Sign, signOf } from './positive.ts';
import { sizeOf } from './size.ts';

/** Brackets within brackets are looked into so far. */
const deepest = 3;

/** The whole formula by what it tells of signs. What was needed is added to `conditions`, as relations. */
export function useDomain(formula: Term, conditions: Term[] = []): Term {
  if (!asks(formula, 0)) return formula;
  let known: Known | undefined;
  const needed = new Map<Term, Sign>();
  const facts: Facts = {
    sign(term) {
      const own = signOf(term);
      if (own === 'positive') return own;
      known ??= signsIn(formula);
      const told = signOf(term, known);
      if (told !== undefined && told !== own) needed.set(term, told);
      return told;
    },
  };
  const result = rewrite(formula, facts, 0);
  if (result === formula || !tells(result, needed)) return formula;
  for (const [term, sign] of needed) conditions.push(relation(sign === 'positive' ? '>' : '>=', term, number(0)));
  return result;
}

/** Whether a formula tells of these signs: else it would have values where the one that it came from has none. */
function tells(formula: Term, needed: ReadonlyMap<Term, Sign>): boolean {
  if (needed.size === 0) return true;
  const known = signsIn(formula);
  for (const [term, sign] of needed) {
    const told = signOf(term, known);
    if (told !== sign && told !== 'positive') return false;
  }
  return true;
}

interface Facts {
  readonly sign: (term: Term) => ReturnType<typeof signOf>;
}

/** Whether a term holds, not in functions, |u| or sign(u), a root of a product of brackets, or several roots. */
function asks(term: Term, depth: number): boolean {
  if (term.kind === 'add') {
    if (depth > deepest) return false;
    for (const part of term.terms) if (asks(part, depth + 1)) return true;
    return false;
  }
  if (term.kind !== 'multiply') return asksFactor(term, depth);
  let roots = 0;
  for (const factor of term.factors) {
    if (asksFactor(factor, depth)) return true;
    if (isRoot(factor)) roots++;
  }
  return roots > 1;
}

function asksFactor(factor: Term, depth: number): boolean {
  switch (factor.kind) {
    case 'apply':
      return isSign(factor);
    case 'add':
      return asks(factor, depth + 1);
    case 'power':
      if (factor.base.kind === 'multiply') return isRootOfProduct(factor);
      return factor.base.kind === 'add' ? asks(factor.base, depth + 1) : isSign(factor.base);
    default:
      return false;
  }
}

function isSign(base: Term): base is ApplyTerm {
  return base.kind === 'apply' && !base.generic && (base.name === 'abs' || base.name === 'sign');
}

type Root = PowerTerm & { readonly exponent: NumberTerm };

function isRoot(factor: Term): factor is Root {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && !isIntegerRational(factor.exponent.value);
}

function isRootOfProduct(factor: Term): factor is Root & { readonly base: MultiplyTerm } {
  return (
    isRoot(factor) && factor.base.kind === 'multiply' && factor.base.factors.some((part) => baseOf(part).kind === 'add')
  );
}

function rewrite(term: Term, facts: Facts, depth: number): Term {
  if (depth > deepest || !asks(term, depth)) return term;
  if (term.kind === 'add') return addAll(term.terms.map((part) => rewrite(part, facts, depth + 1)));
  const factors = term.kind === 'multiply' ? term.factors : [term];
  const coefficient = term.kind === 'multiply' ? number(term.coefficient) : one();
  const changed = factors.map((factor) => rewriteFactor(factor, facts, depth));
  const plain = changed.every((factor, at) => factor === factors[at]) ? term : multiplyAll([coefficient, ...changed]);
  return joinRoots(splitRoots(plain, facts));
}

function rewriteFactor(factor: Term, facts: Facts, depth: number): Term {
  const [base, exponent] = factor.kind === 'power' ? [factor.base, factor.exponent] : [factor, one()];
  if (base.kind === 'add') return power(rewrite(base, facts, depth + 1), exponent);
  if (!isSign(base)) return factor;
  const argument = base.args[0] as Term;
  if (holdsRoot(argument)) return factor;
  const sign = facts.sign(argument);
  if (base.name === 'abs') return sign === undefined ? factor : power(argument, exponent);
  return sign === 'positive' ? one() : factor;
}

/** (a/b)^r as a^r/b^r where neither a nor b is negative, if the formula gets shorter by it. */
function splitRoots(term: Term, facts: Facts): Term {
  let best = term;
  for (const factor of term.kind === 'multiply' ? term.factors : [term]) {
    if (!isRootOfProduct(factor) || isNegativeRational(factor.base.coefficient)) continue;
    const { base, exponent } = factor;
    // Of (u^2)^r the root would be |u|^(2 r), which openRoots has.
    if (!base.factors.every((part) => facts.sign(baseOf(part)) !== undefined)) continue;
    const parts = base.factors.map((part) => power(baseOf(part), multiply(exponentOf(part), exponent)));
    const root = power(number(base.coefficient), exponent);
    const apart = joinRoots(multiplyAll([term, power(factor, number(-1)), root, ...parts]));
    if (sizeOf(apart) < sizeOf(best)) best = apart;
  }
  return best;
}

const exponentOf = (factor: Term): Term => (factor.kind === 'power' ? factor.exponent : one());

/** sqrt(1 - x) sqrt(1 + x) as sqrt(1 - x^2), of factors of which not both can be negative, if that is shorter. */
function joinRoots(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  const roots = term.factors.filter(isRoot);
  for (let at = 0; at < roots.length; at++) {
    for (let other = at + 1; other < roots.length; other++) {
      const joined = join(term, roots[at] as Root, roots[other] as Root);
      if (joined !== undefined && sizeOf(joined) < sizeOf(term)) return joinRoots(joined);
    }
  }
  return term;
}

function join(term: MultiplyTerm, first: Root, second: Root): Term | undefined {
  const gap = addAll([first.exponent, multiply(number(-1), second.exponent)]);
  if (gap.kind !== 'number' || !isIntegerRational(gap.value) || !areNotBothNegative(first.base, second.base))
    return undefined;
  const isDivisor = isNegativeRational(first.exponent.value);
  if (isDivisor !== isNegativeRational(second.exponent.value)) return undefined;
  const firstIsCloser = isNegativeRational(gap.value) !== isDivisor || isNumber(gap, 0);
  const [closer, further] = firstIsCloser ? [first, second] : [second, first];
  const product = multiply(first.base, second.base);
  const expanded = expandProduct(product) ?? product;
  const radicand = sizeOf(expanded) < sizeOf(product) ? expanded : product;
  const rest = power(further.base, addAll([further.exponent, multiply(number(-1), closer.exponent)]));
  const others = term.factors.filter((factor) => factor !== first && factor !== second);
  return multiplyAll([number(term.coefficient), ...others, power(radicand, closer.exponent), rest]);
}
