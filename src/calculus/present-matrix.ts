/**
 * Results of matrix calculus in their short form: what sums of products have in common is taken out on the left, on the
 * right and in front, wherever that makes the text shorter.
 */

import { printText } from '../syntax/print.ts';
import { addAll, apply, isNumber, mapParts, multiply, negate, number, one, power } from '../term/construct.ts';
import { knownDims, type Shape, setShape, shapeOf } from '../term/dims.ts';
import {
  equalRational,
  isNegativeRational,
  isOneRational,
  negateRational,
  oneRational,
  type Rational,
  rational,
} from '../term/rational.ts';
import { variableSymbol } from '../term/substitute.ts';
import { eye, isDiagonal, isTensor, splitScalar } from '../term/tensor/base.ts';
import { diag } from '../term/tensor/parts.ts';
import { matmul, transpose } from '../term/tensor/products.ts';
import { isSelection } from '../term/tensor/selection.ts';
import type { AddTerm, MultiplyTerm, TensorTerm, Term, Variable } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import { absorbedSign, cyclicTraces, otherForms } from './matrix/forms.ts';
import { pick } from './pick.ts';
import { tidyTensorSum } from './present/tensor-sums.ts';
import { present } from './present.ts';

/** `term` tidied from the inside out. */
export function presentMatrix(term: Term): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    // What a product rule leaves in a trace is one product turned round: seen before anything is taken out of it.
    const whole = cyclicTraces(part) ?? part;
    const inner = shortSelection(
      whole.kind === 'symbol' || whole.parts.length === 0 ? whole : mapParts(whole, noNames, visit),
    );
    const plain =
      inner.rank === 0 ? present(normWithoutNumber(inner)) : tidy(inner.kind === 'add' ? withoutOnes(inner) : inner);
    // A form that leads back here ends here.
    memo.set(part, plain);
    const result = otherForms(plain).map(visit).reduce(shorter, plain);
    memo.set(part, result);
    return result;
  };
  const result = visit(term);
  return shorter(result, absorbedSign(result) ?? result);
}

/** The norm of 2 x as twice that of x. */
function normWithoutNumber(term: Term): Term {
  const operation = norms.find((name) => isTensor(term, name));
  const [scalar, bare] = operation === undefined ? [one(), term] : splitScalar((term as TensorTerm).args[0] as Term);
  const coefficient = scalar.kind === 'multiply' ? number(scalar.coefficient) : scalar;
  if (coefficient.kind !== 'number' || isOneRational(coefficient.value)) return term;
  const rest = multiply(scalar, power(coefficient, number(-1)), bare);
  return multiply(apply('abs', coefficient), (term as TensorTerm).remake([rest]));
}

const norms = ['norm', 'norm1', 'norminf'] as const;

/** A column of a sum or product as the sum or product of columns, where that is shorter. */
function shortSelection(term: Term): Term {
  return isSelection(term) ? shorter(term, tidy(pick(term, term.args[0] as Term))) : term;
}

/** The properties of a variable hold for its value, and so for the result, once nothing is differentiated any more. */
export function withProperties(
  result: Term,
  variables: readonly Variable[],
  change: (term: Term) => Term = renew,
): Term {
  const names = variables.map(variableSymbol).filter((name) => {
    const shape = shapeOf(name);
    return shape?.varied === true && shape.traits.size > 0;
  });
  const shapes = names.map((name) => shapeOf(name) as Shape);
  for (const [at, name] of names.entries()) setShape(name, { ...(shapes[at] as Shape), varied: false });
  const renewed = renew(change(result));
  for (const [at, name] of names.entries()) setShape(name, shapes[at] as Shape);
  return renewed;
}

/** Ones change nothing in a product entry by entry. */
function withoutFactorOnes(term: MultiplyTerm): Term {
  const others = term.factors.filter((factor) => !isTensor(factor, 'ones'));
  const isNeeded = others.length === term.factors.length || others.every((factor) => factor.rank < term.rank);
  return isNeeded ? term : multiply(number(term.coefficient), ...others);
}

function remade(term: Term): Term {
  if (term.kind === 'dot') return matmul(transpose(term.left), term.right);
  if (term.kind === 'multiply') return withoutFactorOnes(term);
  return term.kind === 'tensor' ? term.remake(term.args) : term;
}

const noNames: ReadonlySet<string> = new Set();

/** `term` with every operation made anew, so that what has become known of its names counts. */
export function renew(term: Term): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const result = remade(mapParts(part, noNames, visit));
    memo.set(part, result);
    return result;
  };
  return visit(term);
}

/** A multiple of ones beside other terms is a scalar that stands for all entries. */
function withoutOnes(term: AddTerm): Term {
  const split = term.terms.map((part) => [part, splitScalar(part)] as const);
  const isOnes = (rest: Term): boolean => isTensor(rest, 'ones');
  if (!split.some(([part, [, rest]]) => part.rank > 0 && !isOnes(rest)) || term.terms.some(isDiagonal)) return term;
  return addAll(split.map(([part, [scalar, rest]]) => (isOnes(rest) ? scalar : part)));
}

function tidy(term: Term): Term {
  if (term.kind === 'sum') return notLonger(term, tidyTensorSum(term));
  if (term.kind !== 'add') return shorter(term, present(term));
  const presented = present(term);
  return [presented, ...(presented.kind === 'add' ? [factored(presented)] : [])].reduce(shorter, factored(term));
}

/** How long a term is as text. */
export function lengthOf(term: Term): number {
  return printText(raise(term, { taken: noNames, levels: new Map(), rows: true })).replaceAll(' ', '').length;
}

function shorter(left: Term, right: Term): Term {
  return left !== right && lengthOf(right) < lengthOf(left) ? right : left;
}

/** `right`, unless its text is longer. */
export function notLonger(left: Term, right: Term): Term {
  return left !== right && lengthOf(right) <= lengthOf(left) ? right : left;
}

/** A term as a scalar and the links of a product. */
interface Split {
  readonly scalar: Term;
  readonly links: readonly Term[];
}

function split(term: Term): Split {
  const [scalar, rest] = splitScalar(term);
  return { scalar, links: isTensor(rest, 'matmul') ? rest.args : [rest] };
}

/** A sum with what its terms share taken out, by the choice that leaves the shortest text. */
function factored(term: Term): Term {
  let best = term;
  for (;;) {
    if (best.kind !== 'add') return best;
    // (A + A') x is as long as A x + A' x, and says more.
    const linked = byLinks(best.terms).reduce(notLonger, best);
    const next = [...byScalars(best.terms), ...byDiagonals(best.terms)].reduce(shorter, linked);
    if (next === best) return best;
    best = next;
  }
}

/** For each link with which several terms end or begin: the sum with it taken out of these. */
function byLinks(terms: readonly Term[]): Term[] {
  const splits = terms.map(split);
  const found: Term[] = [];
  for (const end of ['last', 'first'] as const) {
    const at = ({ links }: Split): Term => links[end === 'last' ? links.length - 1 : 0] as Term;
    for (const link of new Set(splits.map(at))) {
      const own = splits.map((one, k) => ({ ...one, k })).filter((one) => at(one) === link && !isTensor(link, 'eye'));
      // A scalar among matrices stands for all entries, and ends in no link.
      if (link.rank === 0 || own.length < 2 || (link.rank === 1 && end === 'first') || isRowLink(link, end)) continue;
      const rests = own.map(({ scalar, links }) => {
        const others = end === 'last' ? links.slice(0, -1) : links.slice(1);
        return multiply(scalar, others.length === 0 ? identity(link, end) : matmul(...others));
      });
      const common = tidy(addAll(rests));
      const product = end === 'last' ? matmul(common, link) : matmul(link, common);
      const others = terms.filter((_, k) => !own.some((one) => one.k === k));
      found.push(addAll([product, ...others]));
    }
  }
  return found;
}

/** A row at the end of an outer product is taken out with what stands before it as a column. */
function isRowLink(link: Term, end: 'first' | 'last'): boolean {
  return end === 'first' && isTensor(link, 'transpose') && (link.args[0] as Term).rank === 1;
}

function identity(link: Term, end: 'first' | 'last'): Term {
  const dims = knownDims(link);
  return eye((end === 'last' ? dims[0] : dims[1]) as Term);
}

/** The sum with a scalar factor that several terms share taken out of these. */
function byScalars(terms: readonly Term[]): Term[] {
  const splits = terms.map((term) => {
    const [scalar, rest] = splitScalar(term);
    return {
      scalar,
      rest,
      factors:
        scalar.kind === 'multiply' ? scalar.factors : isNumber(scalar, 1) || scalar.kind === 'number' ? [] : [scalar],
    };
  });
  const found: Term[] = [];
  for (const factor of new Set(splits.flatMap(({ factors }) => factors))) {
    const own = splits.filter(({ factors }) => factors.includes(factor));
    if (own.length < 2) continue;
    const rests = own.map(({ scalar, rest }) => multiply(without(scalar, factor), rest));
    const others = terms.filter((_, k) => !own.includes(splits[k] as (typeof splits)[0]));
    found.push(addAll([multiply(factor, tidy(addAll(rests))), ...others]));
  }
  const numbers = terms.map(coefficientOf);
  if (numbers.every(isNegativeRational)) found.push(multiply(number(-1), addAll(terms.map(negate))));
  const [first] = numbers;
  if (
    first !== undefined &&
    numbers.every((one) => sameSize(one, first)) &&
    !isOneRational(isNegativeRational(first) ? negateRational(first) : first)
  ) {
    const size = isNegativeRational(first) ? negateRational(first) : first;
    const inverse = number(rational(size.denominator, size.numerator));
    found.push(multiply(number(size), tidy(addAll(terms.map((term) => multiply(inverse, term))))));
  }
  return found;
}

/** Diagonal matrices as one. */
function byDiagonals(terms: readonly Term[]): Term[] {
  const split = terms.map(splitScalar);
  const own = split.flatMap(([scalar, rest]) =>
    isTensor(rest, 'diag') ? [multiply(scalar, rest.args[0] as Term)] : [],
  );
  if (own.length < 2) return [];
  return [
    addAll([
      diag(tidy(addAll(own))),
      ...terms.filter((_, at) => !isTensor((split[at] as readonly [Term, Term])[1], 'diag')),
    ]),
  ];
}

function without(scalar: Term, factor: Term): Term {
  if (scalar === factor) return number(1);
  if (scalar.kind !== 'multiply') return scalar;
  return multiply(number(scalar.coefficient), ...scalar.factors.filter((one) => one !== factor));
}

function coefficientOf(term: Term): Rational {
  if (term.kind === 'number') return term.value;
  return term.kind === 'multiply' ? term.coefficient : oneRational;
}

function sameSize(a: Rational, b: Rational): boolean {
  return equalRational(a, b) || equalRational(a, negateRational(b));
}
