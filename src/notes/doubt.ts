/** What speaks against a verdict: names without a value, and ways in which a claim that is no identity may be right. */

import { readDefinite } from '../meaning/binders.ts';
import { holdsEvaluation } from '../meaning/evaluations.ts';
import { namesIn } from '../meaning/known-names.ts';
import { gatherUsage } from '../meaning/usage.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import { isSeries } from '../term/construct.ts';
import { shapeOf } from '../term/dims.ts';
import { children, freeIndices } from '../term/inspect.ts';
import {
  type Definition,
  type Definitions,
  expand,
  symbolsBelow,
  symbolsOf,
  variableSymbol,
} from '../term/substitute.ts';
import type { DerivativeTerm, SymbolTerm, Term } from '../term/term.ts';
import type { Because } from './because.ts';
import type { Claim, Judgement, LoweredClaim } from './claim.ts';
import { unknown } from './claim.ts';
import { summedByConvention, withConvention } from './summation-convention.ts';

/** A name whose value the text does not give, so that nothing can be said of the claim. */
export function findOpenName({ left, right, definitions, circular }: LoweredClaim): Judgement | undefined {
  for (const term of [left, right]) {
    for (const derivative of derivativesIn(term)) {
      const problem = checkDerivative(derivative, definitions, [left, right]);
      if (problem !== undefined) return problem;
    }
  }
  for (const name of [...symbolsOf(left), ...symbolsOf(right)]) {
    if (circular.has(name.name)) return unknown('unsupported-notation', { code: 'circular', name: name.name });
  }
  const known = symbolsBelow(left, definitions);
  if (!holdsKnown(left, definitions)) return undefined;
  const lengths = lengthsOf(known);
  for (const name of symbolsBelow(right, definitions)) {
    if (known.has(name) || definitions.has(name) || lengths.has(name)) continue;
    return unknown('undefined-name', { code: 'undefined-right', name: name.name });
  }
  return undefined;
}

/** The names in the shapes of what is known: with x of length n, ones(n) has nothing that is not. */
function lengthsOf(known: Iterable<SymbolTerm>): ReadonlySet<SymbolTerm> {
  return new Set([...known].flatMap((name) => shapeOf(name)?.dims ?? []).flatMap((length) => [...symbolsOf(length)]));
}

/** Whether a name on the right alone makes the claim a definition of it: the left has derivatives or defined names. */
function holdsKnown(left: Term, definitions: Definitions): boolean {
  const isDefined = (name: SymbolTerm): boolean => definitions.has(name) && !isOpenIn(name, definitions);
  return derivativesIn(left).length > 0 || [...symbolsOf(left)].some(isDefined);
}

/** A derivative of a name that nothing defines says nothing. */
function checkDerivative(
  term: DerivativeTerm,
  definitions: Definitions,
  sides: readonly Term[],
): Judgement | undefined {
  const of = nameOf(term.of);
  const by = variableSymbol(term.by);
  if (of === undefined || of === by) return undefined;
  if (!definitions.has(of)) return unknown('undefined-name', { code: 'undefined', name: of.name });
  if (symbolsBelow(term.of, definitions).has(by) || isShared(by, sides, definitions)) return undefined;
  return unknown('not-enough-context', { code: 'open-dependence', name: of.name, other: by.name });
}

/** Whether another derivative in the claim is of what rests on the variable: in a Jacobian some entries are 0. */
function isShared(by: SymbolTerm, sides: readonly Term[], definitions: Definitions): boolean {
  return sides.flatMap(derivativesIn).some(({ of }) => {
    const name = nameOf(of);
    return name !== undefined && name !== by && definitions.has(name) && symbolsBelow(of, definitions).has(by);
  });
}

function nameOf(term: Term): SymbolTerm | undefined {
  return term.kind === 'element' ? term.base : term.kind === 'symbol' ? term : undefined;
}

export function derivativesIn(term: Term): DerivativeTerm[] {
  const found: DerivativeTerm[] = [];
  const seen = new Set<Term>();
  const visit = (part: Term): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.kind === 'derivative') found.push(part);
    children(part).forEach(visit);
  };
  visit(term);
  return found;
}

/**
 * The definitions of what is differentiated alone, where each holds its variable itself, so that all else may be held fixed;
 * undefined where there is none such.
 */
export function directDefinitions(sides: readonly Term[], definitions: Definitions): Definitions | undefined {
  const fixed = new Map<SymbolTerm, Definition>();
  for (const { of, by } of sides.flatMap(derivativesIn)) {
    const name = nameOf(of);
    const definition = name === undefined ? undefined : definitions.get(name);
    if (name === undefined || definition === undefined) continue;
    if (!symbolsOf(definition.body).has(variableSymbol(by))) return undefined;
    fixed.set(name, definition);
  }
  return fixed.size === 0 || fixed.size === definitions.size ? undefined : fixed;
}

/** Why a claim that is no identity may be right all the same; undefined where nothing speaks for that. */
export function findDoubt(claim: Claim, left: Term, right: Term, definitions: Definitions): Because | undefined {
  const usage = gatherUsage([claim.left, claim.right]);
  if ([claim.left, claim.right].some(holdsDifferential)) return { code: 'differential' };
  if (usage.get('i')?.bare !== undefined && usage.get('i')?.subscript !== true) return { code: 'imaginary' };
  if ([claim.left, claim.right].some(computesLabel)) return { code: 'computed-label' };
  const number = [claim.left, claim.right].map(doubtNumbers).find((one) => one !== undefined);
  if (number !== undefined) return number;
  const used = [...symbolsOf(left), ...symbolsOf(right)].some((name) => definitions.has(name));
  const derivatives = [...derivativesIn(left), ...derivativesIn(right)];
  if (!used && [left, right].some(holdsGeneric) && !isRule(left, right)) {
    return { code: 'open-function' };
  }
  // L = f(Y): the f that would be taken entry by entry may be one of all of Y.
  const bodies = [...definitions.values()].map(({ body }) => body);
  if (left.rank !== right.rank && [left, right, ...bodies].some(holdsEntrywiseGeneric))
    return { code: 'open-function' };
  if (differentiatesOnOneSide(left, right, definitions)) return { code: 'open-function' };
  const strange = derivatives.find(
    ({ of, by }) =>
      isStrange(of, variableSymbol(by), definitions) && !isShared(variableSymbol(by), [left, right], definitions),
  );
  if (strange !== undefined) return { code: 'open-variable', name: variableSymbol(strange.by).name };
  const variables = new Set(derivatives.flatMap((one) => [...freeIndices(one.by)]));
  const [onLeft, onRight] = [freeIndices(left), freeIndices(right)];
  const onBoth = [...onLeft].every((name) => onRight.has(name)) && [...onRight].every((name) => onLeft.has(name));
  const isFixed = [...onLeft, ...onRight].every((name) => variables.has(name));
  if (!onBoth && !isFixed) return { code: 'free-on-one-side' };
  if (convention([left, right]) !== undefined) return { code: 'repeated-index' };
  return undefined;
}

/**
 * Both sides with the sums that Einstein's convention leaves out; undefined where it leaves out none. What stands by itself on the
 * other side is not summed over.
 */
export function convention(sides: readonly [Term, Term]): readonly [Term, Term] | undefined {
  const variables = new Set(sides.flatMap(derivativesIn).flatMap((one) => [...freeIndices(one.by)]));
  const [onLeft, onRight] = sides.map((side) => summedByConvention(side, variables)) as [Set<string>, Set<string>];
  const free = (side: Term, summed: ReadonlySet<string>): string[] =>
    [...freeIndices(side)].filter((name) => !summed.has(name));
  const held = new Set([...variables, ...free(sides[0], onLeft), ...free(sides[1], onRight)]);
  if ([...onLeft, ...onRight].every((name) => held.has(name))) return undefined;
  return [withConvention(sides[0], held), withConvention(sides[1], held)];
}

const differentials: ReadonlySet<string> = new Set(['d', 'delta', 'Delta']);

/** Whether a d, delta or Delta stands before a name that it may be the change of, or by itself but for a bar: dx, d^2 x, \Delta y. */
function holdsDifferential(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'symbol') return seen.name !== 'd' && differentials.has(seen.name);
  // \delta_k is a name.
  if (seen.kind === 'element') return false;
  if (seen.kind !== 'operator' || seen.operator !== '*') return partsOf(node).some(holdsDifferential);
  return seen.args.some((arg, at) => {
    const next = seen.args[at + 1];
    return (isDifferentialSign(arg) && next !== undefined && isNamed(next)) || holdsDifferential(arg);
  });
}

function isDifferentialSign(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'operator' && seen.operator === '^') return isDifferentialSign(seen.args[0] as MathNode);
  if (seen.kind === 'operator' && seen.operator === '*') return isDifferentialSign(seen.args.at(-1) as MathNode);
  return seen.kind === 'symbol' && seen.name === 'd';
}

/** Whether a factor begins with a name. */
function isNamed(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'operator' && '*^'.includes(seen.operator)) return isNamed(seen.args[0] as MathNode);
  return seen.kind === 'symbol' || seen.kind === 'element';
}

/** Whether names stand in what is differentiated, and none of them is the variable or rests on it. */
function isStrange(of: Term, by: SymbolTerm, definitions: Definitions): boolean {
  const names = symbolsBelow(of, definitions);
  return names.size > 0 && !names.has(by);
}

/** Whether something that is computed of capitals stands below a name: the X + Y of a random variable, no index. */
function computesLabel(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'element') {
    const isComputed = (index: MathNode): boolean => view(index).kind === 'operator';
    if (seen.indices.some((index) => isComputed(index) && [...namesIn(index)].some((name) => /^[A-Z]/.test(name))))
      return true;
  }
  return partsOf(node).some(computesLabel);
}

const trigonometric: ReadonlySet<string> = new Set('sin cos tan cot sec csc'.split(' '));
/** No text has so large an angle in radians, as a whole number. */
const leastDegrees = 10;

/**
 * Whether a side counts by how long the zero is at which a function is called, and the other does not: log 3 is the logsumexp of
 * three zeros, where nobody has said how many there are.
 */
export function doubtLengths({ left, right, definitions }: LoweredClaim): Because | undefined {
  const zeros = [...definitions].filter(([name, { body }]) => name.rank > 0 && body.kind === 'number');
  if (zeros.length === 0) return undefined;
  const lengths = zeros.flatMap(([name]) => shapeOf(name)?.dims ?? []).flatMap((dim) => [...symbolsOf(dim)]);
  const [onLeft, onRight] = [left, right].map((side) => expand(side, definitions)) as [Term, Term];
  const isOpen =
    lengths.some((name) => symbolsOf(onLeft).has(name) !== symbolsOf(onRight).has(name)) ||
    holdsOpenSum(onLeft) !== holdsOpenSum(onRight);
  return isOpen ? { code: 'lengths' } : undefined;
}

function holdsOpenSum(term: Term): boolean {
  return (term.kind === 'sum' && term.range === undefined) || children(term).some(holdsOpenSum);
}

/** Numbers that may be meant otherwise: 3 1/2 as a mixed number, the 90 of sin 90 in degrees. */
function doubtNumbers(node: MathNode): Because | undefined {
  const seen = view(node);
  if (seen.kind === 'operator' && seen.operator === '*' && seen.implicit) {
    const [first, second] = seen.args.map((arg) => view(arg));
    const isFraction = second?.kind === 'operator' && second.operator === '/' && second.args.every(isWhole);
    if (first?.kind === 'constant' && isFraction) return { code: 'mixed-number' };
  }
  if (seen.kind === 'call' && trigonometric.has(seen.name)) {
    const [arg] = seen.args.map((one) => view(one));
    const isLarge = arg?.kind === 'constant' && Number(arg.text) >= leastDegrees;
    if (isLarge && Number.isInteger(Number(arg.text))) return { code: 'degrees' };
  }
  for (const part of partsOf(node)) {
    const doubt = doubtNumbers(part);
    if (doubt !== undefined) return doubt;
  }
  return undefined;
}

function isWhole(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'constant' && /^\d+$/.test(seen.text);
}

/**
 * Whether the claim is a rule about any functions, as the product rule is: what is differentiated holds several of them, or one
 * within another, and the same ones stand on both sides.
 */
function isRule(left: Term, right: Term): boolean {
  const [a, b] = [genericsIn(left), genericsIn(right)];
  if (a.size !== b.size || ![...a].every((name) => b.has(name))) return false;
  const derived = [left, right].flatMap(derivativesIn);
  if (derived.some(({ of }) => genericsIn(of).size > 1)) return true;
  // The chain rule keeps what f stands at; of f(-x) = f(x) more was said.
  const [atLeft, atRight] = [argumentsIn(left), argumentsIn(right)];
  const isKept = atLeft.size === atRight.size && [...atLeft].every((argument) => atRight.has(argument));
  return isKept && derived.length > 0 && [...atLeft].some(({ kind }) => kind !== 'symbol' && kind !== 'number');
}

/**
 * Whether one side differentiates a function that nothing defines, and on the other it stands as it is: sigma' = sigma (1 - sigma)
 * may have been used.
 */
function differentiatesOnOneSide(left: Term, right: Term, definitions: Definitions): boolean {
  const [onLeft, onRight] = [left, right].map((side) => openFunctionsBelow(side, definitions)) as [
    OpenFunctions,
    OpenFunctions,
  ];
  const isOneSided = (a: OpenFunctions, b: OpenFunctions): boolean =>
    [...a.derived].some((name) => !b.derived.has(name) && b.all.has(name));
  return isOneSided(onLeft, onRight) || isOneSided(onRight, onLeft);
}

interface OpenFunctions {
  readonly all: ReadonlySet<string>;
  /** Those that are differentiated. */
  readonly derived: ReadonlySet<string>;
}

function openFunctionsBelow(side: Term, definitions: Definitions): OpenFunctions {
  const moving = new Set([...definitions.keys()].map(({ name }) => name));
  const bodies = (term: Term): Term[] =>
    [...symbolsBelow(term, definitions)].flatMap((name) => definitions.get(name)?.body ?? []);
  const below = (term: Term): string[] =>
    [term, ...bodies(term)].flatMap((one) => [...genericsIn(one)]).filter((name) => !moving.has(name));
  const parts = [side, ...bodies(side)];
  const differentiated = parts.flatMap(derivativesIn).flatMap(({ of }) => below(of));
  return {
    all: new Set(valuesBelow(side, definitions)),
    derived: new Set([...parts.flatMap(primedIn), ...differentiated]),
  };
}

/** The functions of which values stand in a term by themselves, and not as what another is applied to. */
function valuesBelow(term: Term, definitions: Definitions, path: readonly Term[] = []): readonly string[] {
  if (path.includes(term) || term.kind === 'derivative') return [];
  if (term.kind === 'apply' && term.generic) return term.orders.every((order) => order === 0) ? [term.name] : [];
  const name = nameOf(term);
  const body = name === undefined ? undefined : definitions.get(name)?.body;
  if (body !== undefined) return isOpenIn(term, definitions) ? [] : valuesBelow(body, definitions, [...path, term]);
  return children(term).flatMap((part) => valuesBelow(part, definitions, path));
}

function primedIn(term: Term): readonly string[] {
  const own = term.kind === 'apply' && term.generic && term.orders.some((order) => order > 0) ? [term.name] : [];
  return [...own, ...children(term).flatMap(primedIn)];
}

/** What generic functions are applied to, where it is more than a name: the x^2 of f(x^2). */
function argumentsIn(term: Term): ReadonlySet<Term> {
  const own = term.kind === 'apply' && term.generic ? term.args : [];
  return new Set([...own, ...children(term).flatMap((part) => [...argumentsIn(part)])]);
}

function genericsIn(term: Term): ReadonlySet<string> {
  const own = term.kind === 'apply' && term.generic ? [term.name] : [];
  return new Set([...own, ...children(term).flatMap((part) => [...genericsIn(part)])]);
}

/** Whether a function that nothing defines stands in a term, through definitions. */
export function holdsGenericBelow(term: Term, definitions: Definitions): boolean {
  return [term, ...[...definitions.values()].map(({ body }) => body)].some(holdsGeneric);
}

function holdsGeneric(term: Term): boolean {
  return (term.kind === 'apply' && term.generic) || children(term).some(holdsGeneric);
}

function holdsEntrywiseGeneric(term: Term): boolean {
  return (term.kind === 'apply' && term.generic && term.rank > 0) || children(term).some(holdsEntrywiseGeneric);
}

/** Whether the claim is meant to hold for all values: a link of a chain, or about a derivative or a defined name. */
export function isIdentity(claim: Claim, left: Term, right: Term, definitions: Definitions): boolean {
  if (claim.isGeneral === true) return true;
  // Between derivatives of what nothing else is said of: a differential equation.
  const derived = [left, right].flatMap(derivativesIn);
  if (mayBeOneName(claim.left, right, definitions)) return false;
  if (derived.length > 0 && derived.every(({ of }) => isOpenIn(of, definitions))) return false;
  const leaves = [...symbolsBelow(left, definitions), ...symbolsBelow(right, definitions)];
  const lengths = lengthsOf(leaves);
  const isClosed =
    leaves.every((name) => definitions.has(name) || lengths.has(name)) && ![left, right].some(holdsGeneric);
  if (isClosed || isOfNumbers(left, right, definitions)) return true;
  // What is integrated is meant to have the antiderivative behind it.
  const sides = [claim.left, claim.right];
  if (sides.some((side) => readDefinite(side) !== undefined) && sides.some(holdsEvaluation)) return true;
  // With other names on each side one may be asked for: \int_0^k x dx = 2.
  if ([left, right].some(holdsLimit)) return sameLeaves(left, right, definitions);
  // A number may be what a side is at one place.
  if ([left, right].some(isNumber)) return false;
  if (derivativesIn(left).length > 0 || derivativesIn(right).length > 0) return true;
  if ([claim.left, claim.right].some(isAlongDirection)) return true;
  // a + 4 sqrt(2 p) = a + 2: a value may have been put in for a name that is gone.
  if (claim.linked) return sameLeaves(left, right, definitions);
  const isDefined = (name: SymbolTerm): boolean => definitions.has(name) && !isOpenIn(name, definitions);
  return [...symbolsOf(left)].some(isDefined) && [...symbolsOf(right)].length > 0;
}

/** Whether an integral, a series or a limit stands in a term. */
export function holdsLimit(term: Term): boolean {
  if (term.kind === 'integral' || term.kind === 'limit' || (term.kind === 'sum' && isSeries(term))) return true;
  return children(term).some(holdsLimit);
}

/** Whether a term holds no name: 3, or 200 pi. */
function isNumber(term: Term): boolean {
  return symbolsOf(term).size === 0 && derivativesIn(term).length === 0 && !holdsGeneric(term);
}

/** Whether no name is left where definitions are put in: f(0) of f(w) = log(1 + e^{w'x}). */
function isOfNumbers(left: Term, right: Term, definitions: Definitions): boolean {
  if (symbolsOf(right).size > 0 || symbolsOf(left).size === 0 || [left, right].some(holdsGeneric)) return false;
  const expanded = expand(left, definitions);
  return symbolsOf(expanded).size === 0 && !holdsGeneric(expanded);
}

/** Whether a side is a run of letters of which one stands nowhere else: MR may be the marginal revenue. */
function mayBeOneName(side: MathNode, other: Term, definitions: Definitions): boolean {
  const letters = lettersOf(side);
  if (letters === undefined || letters.length < 2) return false;
  const known = new Set([...definitions.keys(), ...symbolsBelow(other, definitions)].map(({ name }) => name));
  return letters.some((letter) => !known.has(letter));
}

/** The letters of a product that is written as one word; undefined for anything else. */
function lettersOf(node: MathNode): readonly string[] | undefined {
  const seen = view(node);
  if (seen.kind === 'symbol') return /^[A-Z]$/.test(seen.name) ? [seen.name] : undefined;
  if (seen.kind !== 'operator' || seen.operator !== '*' || !seen.implicit) return undefined;
  const parts = seen.args.map(lettersOf);
  return parts.every((one) => one !== undefined) ? parts.flat() : undefined;
}

/** Whether a derivative along a direction stands in it, which is carried out as it is read. */
function isAlongDirection(node: MathNode): boolean {
  const seen = view(node);
  return (seen.kind === 'call' && (seen.name === 'jvp' || seen.name === 'vjp')) || partsOf(node).some(isAlongDirection);
}

/** Whether a term is a name of which nothing is known but what it depends on, or a derivative of such. */
function isOpenIn(term: Term, definitions: Definitions): boolean {
  if (term.kind === 'derivative') return isOpenIn(term.of, definitions);
  const body = term.kind === 'symbol' ? definitions.get(term)?.body : undefined;
  return body?.kind === 'apply' && body.generic && term.kind === 'symbol' && body.name === term.name;
}

function sameLeaves(left: Term, right: Term, definitions: Definitions): boolean {
  const leaves = (term: Term): string =>
    [...symbolsBelow(term, definitions)]
      .filter((name) => !definitions.has(name))
      .map((name) => name.name)
      .sort()
      .join();
  return leaves(left) === leaves(right);
}
