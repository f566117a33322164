/** From a term back to a syntax tree, in the order in which a textbook writes: this is where looks are decided. */

import {
  bracket,
  callNode,
  conditionalNode,
  constantNode,
  elementNode,
  type MathNode,
  type Operator,
  operatorNode,
  symbolNode,
  view,
  wideNode,
} from '../syntax/node.ts';
import { isNumber, multiply, negate, number, open, power, subtract } from '../term/construct.ts';
import { children, freeIndices } from '../term/inspect.ts';
import { negateRational, oneRational, type Rational } from '../term/rational.ts';
import { isTensor, splitScalar } from '../term/tensor/base.ts';
import { matchMean } from '../term/tensor/entrywise.ts';
import { transpose } from '../term/tensor/products.ts';
import {
  type AddTerm,
  type ApplyTerm,
  type BinderTerm,
  type MultiplyTerm,
  type PowerTerm,
  type Term,
  unreachable,
} from '../term/term.ts';
import { compareNames } from '../term/written.ts';
import { isElementwise, raiseElementwise, raiseEntryPower, raiseForm, raiseTensor } from './raise-tensor.ts';
import { matchLogSumExp, matchSoftmax, type SoftmaxMatch } from './softmax.ts';

export interface RaiseOptions {
  /** Index names that no binder may show. */
  readonly taken: ReadonlySet<string>;
  /**
   * How far from the output a name first appears, for names of quantities and functions. In a chain of derivatives of
   * generic functions the factors are written in this order: E'(w) g'(z) beta[j] f'(y[j]) x[j].
   */
  readonly levels: ReadonlyMap<string, number>;
  /** Sums whose terms stand in an order of their own, as the author wrote them or as they came up in a derivation. */
  readonly sums?: ReadonlyMap<Term, readonly Term[]> | undefined;
  /** Places of names within a product; by the alphabet, if not given. */
  readonly ranks?: ReadonlyMap<string, number> | undefined;
  /** exp(x[j]) over its sum is written softmax(x[j], j), the logarithm of such a sum logsumexp, as the author did. */
  readonly softmax?: boolean;
  /** Inner products are written u' * v, as they stand among products of matrices. */
  readonly rows?: boolean;
  /** The vector that stands as the row of an inner product, as the author has it. */
  readonly leading?: ReadonlyMap<Term, Term> | undefined;
  /** Parts of a large term that are raised already; filled in on the way up. */
  readonly settled?: ReadonlyMap<Term, MathNode> | undefined;
  /** The indices of the sums around, from the outside in; filled in on the way down. */
  readonly bound?: readonly string[];
}

const plainRaise: RaiseOptions = { taken: new Set(), levels: new Map() };

/** The tree of a term. */
export function raise(term: Term, options: RaiseOptions = plainRaise): MathNode {
  const known = options.settled?.get(term);
  if (known !== undefined) return known;
  if (options.settled !== undefined || !isLarge(term)) return raiseTerm(term, options);
  // Parts are older than what they are parts of: in the order of their ids no step goes deep.
  const settled = new Map<Term, MathNode>();
  const inside = { ...options, settled };
  for (const part of partsUnbound(term)) settled.set(part, raiseTerm(part, inside));
  return raiseTerm(term, inside);
}

/** More parts than this may stand deeper than a recursion reaches. */
const fewParts = 400;

function isLarge(term: Term): boolean {
  const seen = new Set<Term>([term]);
  for (const part of seen) {
    for (const inner of children(part)) seen.add(inner);
    if (seen.size > fewParts) return true;
  }
  return false;
}

/** All parts that stand under no binder of their own, oldest first. */
function partsUnbound(term: Term): Term[] {
  const seen = new Set<Term>([term]);
  for (const part of seen) {
    if (part.kind === 'sum' || part.kind === 'product') continue;
    for (const inner of children(part)) seen.add(inner);
  }
  seen.delete(term);
  return [...seen].sort((a, b) => a.id - b.id);
}

function raiseTerm(term: Term, options: RaiseOptions): MathNode {
  switch (term.kind) {
    case 'number':
      return raiseNumber(term.value, term.literal);
    case 'symbol':
    case 'index':
      return symbolNode(term.name);
    case 'element':
      // The variable of an integral, which goes by the name of its index.
      if (term.base.constant) return raise(term.indices[0] as Term, options);
      return raiseElement(term.base.name, term.indices, term.rank === 0 && term.base.axes > 1, options);
    case 'apply':
      return raiseApply(term, options);
    case 'add':
      return isOfTransposes(term) ? operatorNode("'", raise(transpose(term), options)) : raiseAdd(term, options);
    case 'multiply':
      return raiseProduct(term, options);
    case 'power':
      return raisePower(term.base, term.exponent, options);
    case 'sum':
    case 'product':
    case 'integral':
    case 'limit':
      return raiseBinder(term, options);
    case 'delta': {
      const sides = [raise(term.left, options), raise(term.right, options)];
      sides.sort((a, b) => (a.toString() < b.toString() ? -1 : 1));
      return callNode('delta', sides);
    }
    case 'derivative':
      return callNode('d', [raise(term.of, options), raise(term.by, options)]);
    case 'relation':
      return operatorNode(term.operator, raise(term.left, options), raise(term.right, options));
    case 'cases':
      return conditionalNode(raise(term.condition, options), raise(term.then, options), raise(term.otherwise, options));
    case 'tensor':
      return raiseTensor(term, (part) => raise(part, options));
    case 'dot': {
      if (options.rows === true) {
        const turned = options.leading?.get(term) === term.right;
        const sides = turned ? [term.right, term.left] : [term.left, term.right];
        return raiseForm(sides, (part) => raise(part, options));
      }
      const sides = [term.left, term.right].sort((a, b) => nameOrder(a) - nameOrder(b) || a.id - b.id);
      return callNode(
        'dot',
        sides.map((side) => raise(side, options)),
      );
    }
    default:
      return unreachable(term);
  }
}

function raiseNumber(value: Rational, literal?: string): MathNode {
  if (literal !== undefined) return constantNode(literal);
  if (value.numerator < 0n) return negateLeading(raiseNumber(negateRational(value)));
  const top = constantNode(String(value.numerator));
  return value.denominator === 1n ? top : operatorNode('/', top, constantNode(String(value.denominator)));
}

/** `X[i, j]` of a matrix, `alpha[i][k]` of a family of vectors: nested brackets, which read the same. */
function raiseElement(name: string, indices: readonly Term[], nested: boolean, options: RaiseOptions): MathNode {
  const raised = indices.map((at) => raise(at, options));
  if (!nested) return elementNode(symbolNode(name), raised);
  return raised.reduce((object, at) => elementNode(object, [at]), symbolNode(name));
}

function raiseApply(term: ApplyTerm, options: RaiseOptions): MathNode {
  const summed = options.softmax === true ? matchLogSumExp(term) : undefined;
  if (summed !== undefined) return raiseBinder(summed, options, 'logsumexp');
  const args = term.args.map((arg) => raise(arg, options));
  if (term.orders.every((order) => order === 0)) return callNode(term.name, args);
  const [order = 0] = term.orders;
  if (args.length === 1) return callNode(term.name + "'".repeat(order), args);
  const positions = term.orders.flatMap((count, at) =>
    Array.from({ length: count }, () => constantNode(String(at + 1))),
  );
  return callNode(callNode('D', [symbolNode(term.name), ...positions]), args);
}

function raiseBinder(term: BinderTerm, options: RaiseOptions, as?: 'logsumexp'): MathNode {
  const opened = open(term, options.taken);
  const { name: index } = opened.index;
  const inner: RaiseOptions = {
    ...options,
    settled: undefined,
    taken: new Set([...options.taken, index]),
    bound: [...(options.bound ?? []), index],
  };
  const bounds = term.range === undefined ? [] : [raise(term.range.from, options), raise(term.range.to, options)];
  const name = as ?? (term.kind === 'product' ? 'prod' : term.kind);
  const body = as !== undefined && opened.body.kind === 'apply' ? (opened.body.args[0] as Term) : opened.body;
  return callNode(name, [raise(body, inner), symbolNode(opened.index.name), ...bounds]);
}

/** The terms of a sum: as its order is given, else as its parts came up, higher powers first and a number last. */
export function orderTerms(term: AddTerm, { sums, rows }: Pick<RaiseOptions, 'sums' | 'rows'>): readonly Term[] {
  return (
    sums?.get(term) ??
    term.terms
      .map((part) => ({
        part,
        key: [part.kind === 'number' ? 1 : 0, rows === true && isBareTensor(part) ? 1 : 0, ...origins(part)],
        degree: degreeOf(part),
      }))
      .sort((a, b) => compareKeys(a.key, b.key) || b.degree - a.degree || a.part.id - b.part.id)
      .map(({ part }) => part)
  );
}

/** The degree of a monomial; of anything else it says nothing about its place. */
function degreeOf(term: Term): number {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  return factors.reduce((total, factor) => {
    const base = factor.kind === 'power' ? factor.base : factor;
    if (base.kind !== 'symbol') return 0;
    const exponent = factor.kind === 'power' ? factor.exponent : undefined;
    return (
      total + (exponent?.kind === 'number' ? Number(exponent.value.numerator) / Number(exponent.value.denominator) : 1)
    );
  }, 0);
}

/** What would begin with a minus begins with its positive terms instead. */
function raiseAdd(term: AddTerm, options: RaiseOptions): MathNode {
  const inOrder = orderTerms(term, options);
  const positive = inOrder.filter((part) => !isNegative(part));
  const turned = isNegative(inOrder[0] as Term) && positive.length > 0;
  const ordered = turned ? [...positive, ...inOrder.filter(isNegative)] : inOrder;
  if (ordered.length > 100)
    return wideNode(
      '+',
      ordered.map((part) => raise(part, options)),
    );
  return ordered
    .slice(1)
    .reduce<MathNode>(
      (left, part) =>
        isNegative(part)
          ? operatorNode('-', left, raise(negate(part), options))
          : operatorNode('+', left, raise(part, options)),
      raise(ordered[0] as Term, options),
    );
}

/** A' - 2 B' is written (A - 2 B)'. */
function isOfTransposes(term: AddTerm): boolean {
  return term.rank === 2 && term.terms.every((part) => isTransposed(splitScalar(part)[1]));
}

function isTransposed(term: Term): boolean {
  return isTensor(term, 'transpose') && (term.args[0] as Term).rank === 2;
}

/** A vector or matrix that is a name stands behind products: A x + b. */
function isBareTensor(term: Term): boolean {
  const inside = isTensor(term, 'transpose') ? (term.args[0] as Term) : term;
  return term.rank > 0 && (inside.kind === 'symbol' || inside.kind === 'element');
}

/**
 * When the factors of a term came up, latest first; a derivative counts as what it differentiates. So terms keep their
 * places from one step of a derivation to the next, and those of the source stay in the order of the source.
 */
function origins(term: Term): number[] {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  const ids = factors.map(originOf);
  return ids.sort((a, b) => b - a);
}

/** When the name of a vector came up, whatever index it has: x_i . alpha_i stays so for every i. */
function nameOrder(vector: Term): number {
  return vector.kind === 'element' ? vector.base.id : vector.id;
}

function originOf(term: Term): number {
  if (term.kind === 'derivative') return originOf(term.of);
  return term.kind === 'power' ? originOf(term.base) : term.id;
}

function isNegative(term: Term): boolean {
  return splitSign(term) < 0;
}

function splitSign(term: Term): number {
  const coefficient = term.kind === 'number' ? term.value : term.kind === 'multiply' ? term.coefficient : oneRational;
  return coefficient.numerator < 0n ? -1 : 1;
}

function raiseProduct(term: MultiplyTerm, options: RaiseOptions): MathNode {
  const { coefficient } = term;
  const averaged = options.rows === true ? matchMean(term) : undefined;
  if (averaged !== undefined) return raise(multiply(averaged.mean, averaged.rest), options);
  if (isElementwise(term)) return raiseElementwise(term, (part) => raise(part, options));
  const shared = options.softmax === true ? matchSoftmax(term) : undefined;
  if (shared !== undefined) return raiseSoftmax(shared, options);
  if (coefficient.numerator < 0n) {
    return negateLeading(raise(negate(term), options));
  }
  const below = term.factors.filter(isDivisor);
  const above = term.factors.filter((factor) => !isDivisor(factor));
  const sum = above.some((factor) => factor.kind === 'sum' || factor.kind === 'product');
  // 1/2 sum(...) keeps its fraction in front; x/2 and 2 x/(3 y) do not.
  if (sum && below.length === 0 && coefficient.denominator !== 1n) {
    return chainProduct([raiseNumber(coefficient), ...orderFactors(above, options).map((one) => raise(one, options))]);
  }
  const decimal = decimalOf(coefficient);
  if (decimal !== undefined) {
    const product = chainProduct([decimal, ...orderFactors(above, options).map((one) => raise(one, options))]);
    if (below.length === 0) return product;
    return operatorNode('/', product, productOf(1n, below.map(invertPower), options));
  }
  const top = productOf(coefficient.numerator, above, options);
  if (below.length === 0 && coefficient.denominator === 1n) return top;
  const inverted = below.map(invertPower);
  return operatorNode('/', top, productOf(coefficient.denominator, inverted, options));
}

/** Whole denominators from this one on, of powers of 2 and 5 alone, come from decimals: 1.702 x, and not 851 x/500. */
const leastDecimal = 100;

function decimalOf({ top, bottom }: Rational): MathNode | undefined {
  if (bottom < leastDecimal || bottom % 5 !== 0 || 1e6 % bottom !== 0 || top === 1) return undefined;
  return constantNode(String(top / bottom));
}

/** A member of a softmax to a power, times the rest. */
function raiseSoftmax({ argument, place, sum, times, rest }: SoftmaxMatch, options: RaiseOptions): MathNode {
  const bounds = sum.range === undefined ? [] : [raise(sum.range.from, options), raise(sum.range.to, options)];
  const member = callNode('softmax', [raise(argument, options), symbolNode(place), ...bounds]);
  const power = times === 1 ? member : operatorNode('^', member, constantNode(String(times)));
  if (isNumber(rest, 1)) return power;
  if (isNumber(rest, -1)) return operatorNode('-', power);
  const others = raise(rest, options);
  return rest.kind === 'add' ? operatorNode('*', power, others) : operatorNode('*', others, power);
}

/** -(a b / c) as (-a) b / c: the minus stands before the first factor, without brackets. */
function negateLeading(node: MathNode): MathNode {
  const seen = view(node);
  if (seen.kind !== 'operator' || (seen.operator !== '*' && seen.operator !== '/')) return operatorNode('-', node);
  const [first, ...others] = seen.args as [MathNode, ...MathNode[]];
  return operatorNode(seen.operator, negateLeading(first), ...others);
}

function isDivisor(factor: Term): factor is PowerTerm {
  return factor.kind === 'power' && isDivisorExponent(factor.exponent);
}

/** x^(-2) and x^(-(n + 1)) stand below a stroke, x^(-n) does not. */
function isDivisorExponent(exponent: Term): boolean {
  if (exponent.kind === 'number') return exponent.value.numerator < 0n;
  return exponent.kind === 'multiply' && exponent.coefficient.numerator < 0n && exponent.rest?.kind === 'add';
}

function invertPower({ base, exponent }: PowerTerm): Term {
  return power(base, negate(exponent));
}

function productOf(coefficient: bigint, factors: readonly Term[], options: RaiseOptions): MathNode {
  const nodes = orderFactors(factors, options).map((factor) => raise(factor, options));
  if (coefficient !== 1n || nodes.length === 0) nodes.unshift(constantNode(String(coefficient)));
  return chainProduct(nodes);
}

function chainProduct(nodes: readonly MathNode[]): MathNode {
  if (nodes.length > 100) return wideNode('*', [...nodes]);
  return nodes.reduce((left, right) => operatorNode('*', bracket(left), bracket(right)));
}

function raisePower(base: Term, exponent: Term, options: RaiseOptions): MathNode {
  if (base.rank > 0 || exponent.rank > 0) return raiseEntryPower(base, exponent, (part) => raise(part, options));
  if (isDivisorExponent(exponent)) {
    return operatorNode('/', constantNode('1'), raise(power(base, negate(exponent)), options));
  }
  if (exponent.kind === 'number') {
    const { numerator, denominator } = exponent.value;
    if (denominator === 2n && base.kind === 'dot' && base.left === base.right) {
      const norm = callNode('norm', [raise(base.left, options)]);
      return numerator === 1n ? norm : operatorNode('^', norm, constantNode(String(numerator)));
    }
    if (numerator === 1n && denominator === 2n) return callNode('sqrt', [raise(base, options)]);
  }
  return operatorNode('^' as Operator, raise(base, options), raise(exponent, options));
}

/** Factors in the order of a textbook; in chains of generic functions by their distance from the output first. */
function orderFactors(factors: readonly Term[], options: RaiseOptions): Term[] {
  const chained = options.levels.size > 0 && factors.some(isChainFactor);
  const bracketed = factors.some((factor) => factor.kind === 'add');
  const key = (factor: Term): number[] => [
    factor.rank,
    isAdjoint(factor) ? 0 : 1,
    factor.kind === 'derivative' ? 1 : 0,
    chained ? level(factor, options.levels) : 0,
    factorClass(factor, bracketed && !meetsComplement(factor, factors)),
    rankOf(factor, options.ranks),
    nameKey(factor),
    isSmall(factor),
    indexKey(factor, options.bound ?? []),
    factor.id,
  ];
  return factors
    .map((factor) => ({ factor, key: key(factor) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ factor }) => factor);
}

/** p[i] stands before its bracket in p[i] (1 - p[i]), though data stand behind theirs: (w x[i] - y[i]) x[i]. */
function meetsComplement(factor: Term, factors: readonly Term[]): boolean {
  const complement = factor.kind === 'element' && factor.rank === 0 ? subtract(number(1), factor) : undefined;
  return complement !== undefined && factors.includes(complement);
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? -1) - (b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Names that end so are adjoints, shown with a bar; they lead their product. */
export const adjointSuffix = '_bar';

function isAdjoint(term: Term): boolean {
  const name = term.kind === 'element' ? term.base.name : term.kind === 'symbol' ? term.name : '';
  return name.endsWith(adjointSuffix);
}

function isChainFactor(factor: Term): boolean {
  if (factor.kind === 'power') return isChainFactor(factor.base);
  return factor.kind === 'apply' && factor.generic && factor.orders.some((order) => order > 0);
}

function level(factor: Term, levels: ReadonlyMap<string, number>): number {
  let least = Number.POSITIVE_INFINITY;
  const visit = (part: Term): void => {
    switch (part.kind) {
      case 'symbol':
        least = Math.min(least, levels.get(part.name) ?? Number.POSITIVE_INFINITY);
        break;
      case 'element':
        visit(part.base);
        break;
      case 'apply':
        least = Math.min(least, levels.get(part.name) ?? Number.POSITIVE_INFINITY);
        part.args.forEach(visit);
        break;
      case 'power':
        visit(part.base);
        break;
      case 'add':
        part.terms.forEach(visit);
        break;
      case 'multiply':
        part.factors.forEach(visit);
        break;
      case 'sum':
      case 'product':
        visit(part.body);
        break;
      default:
        break;
    }
  };
  visit(factor);
  return Math.min(least, 1e6);
}

/** Names and generic functions stand in the order of the alphabet: a x, b x, f'(x) g(x) + f(x) g'(x); capitals among them. */
function nameKey(factor: Term): number {
  if (factor.kind === 'power') return nameKey(factor.base);
  if (factor.kind === 'element') return nameKey(factor.base);
  if (factor.kind !== 'symbol' && !(factor.kind === 'apply' && factor.generic)) return 0;
  const name = factor.name.toLowerCase();
  return [0, 1, 2].reduce((key, at) => key * 0x10000 + (name.charCodeAt(at) || 0), 0);
}

/** A before a. */
function isSmall(factor: Term): number {
  if (factor.kind === 'power') return isSmall(factor.base);
  return factor.kind === 'symbol' && factor.name !== factor.name.toUpperCase() ? 1 : 0;
}

/** The place that the author gives to a name; one that is not the author's stands by the alphabet. */
function rankOf(factor: Term, ranks: ReadonlyMap<string, number> | undefined): number {
  if (ranks === undefined) return 0;
  if (factor.kind === 'power') return rankOf(factor.base, ranks);
  if (factor.kind === 'element') return rankOf(factor.base, ranks);
  if (factor.kind !== 'symbol') return 0;
  const known = ranks.get(factor.name);
  if (known !== undefined) return known;
  let last = -1;
  for (const [name, rank] of ranks) if (compareNames(name, factor.name) < 0 && rank > last) last = rank;
  return last + 0.5;
}

/** Of elements of one name the one with free indices stands first: x[j] x[i] under a sum over i. */
function indexKey(factor: Term, bound: readonly string[]): number {
  if (factor.kind === 'power') return indexKey(factor.base, bound);
  if (factor.kind !== 'element') return 0;
  return Math.max(...[...freeIndices(factor)].map((name) => bound.indexOf(name) + 1), 0);
}

/** The usual order within a product: numbers, constants, deltas, names, functions, brackets, indexed data, sums. */
function factorClass(factor: Term, bracketed: boolean): number {
  switch (factor.kind) {
    case 'number':
      return 0;
    case 'delta':
      return 2;
    case 'symbol':
    case 'index':
      return factor.kind === 'symbol' && factor.constant ? 1 : 3;
    case 'element':
      if (bracketed && freeIndices(factor).size > 0) return 8;
      // A[i, k] x[k]: the matrix first.
      return factor.indices.length > 1 && factor.rank === 0 ? 2.5 : 3;
    case 'power':
      if (factor.exponent.kind === 'number') {
        return factor.base.kind === 'number' ? 1 : factorClass(factor.base, bracketed);
      }
      // x 2^x, and x a^x.
      return factor.base.kind === 'symbol' || factor.base.kind === 'number' ? 3.5 : 4;
    case 'apply':
      // exp(x) cos(x), whatever came up first.
      return factor.generic ? 6 : factor.name === 'exp' ? 4.9 : 5;
    case 'dot':
      return 6;
    case 'add':
      // (1 - t) log(u), but sigmoid(u) (1 - sigmoid(u)).
      return holdsFunction(factor) ? 7 : 4;
    case 'cases':
      return 7;
    default:
      return 9;
  }
}

const functionMemo = new WeakMap<Term, boolean>();

function holdsFunction(term: Term): boolean {
  const known = functionMemo.get(term);
  if (known !== undefined) return known;
  const result = term.kind === 'apply' || children(term).some(holdsFunction);
  functionMemo.set(term, result);
  return result;
}
