/** Intermediates: those the author named, and names for the inner expressions of generic functions. */

import type { Model } from '../meaning/model.ts';
import { divide, element, index, mapParts, power, replaceIndex, symbol } from '../term/construct.ts';
import { freeIndices, partsBelow, settle } from '../term/inspect.ts';
import type { Definition } from '../term/substitute.ts';
import { expand, symbolsBelow } from '../term/substitute.ts';
import { isTensor } from '../term/tensor/base.ts';
import type { PowerTerm, Term } from '../term/term.ts';

/** A model whose generic functions are applied to names alone: E(w) with w = g(z), z = sum(...), y[i] = ... */
export interface NamedModel {
  readonly target: Term;
  /** The right side, where an equation is differentiated. */
  readonly right?: Term;
  /** In the order in which they are computed, only those that the target rests on. */
  readonly lets: readonly Definition[];
}

/** Letters for new intermediates, in the order in which they are given out from the inside. */
export const chainLetters = ['y', 'z', 'w', 'u', 'v', 's', 't', 'p', 'q', 'r', 'h', 'a', 'b', 'c'] as const;
const singleLetters = ['u', 'v', 'w', 'z', 'y', 's', 't'] as const;

/** Names the composite arguments of generic functions, from the inside out. */
export function nameIntermediates(model: Model): NamedModel {
  const roots = [model.target, ...(model.right === undefined ? [] : [model.right])];
  const count = model.definitions.length === 0 ? countComposite(roots) : 2;
  const letters = count === 1 ? singleLetters : chainLetters;
  const taken = new Set(model.names);
  const lets: Definition[] = [];
  const byBody = new Map<Term, Term>();
  const introduce = (body: Term): Term => {
    const known = byBody.get(body);
    if (known !== undefined) return known;
    const name = freshName(letters, taken);
    taken.add(name);
    const parameters = [...freeIndices(body)].map((one) => index(one));
    const base = symbol(name, parameters.length);
    const named = parameters.length === 0 ? base : element(base, parameters);
    lets.push({ symbol: base, parameters, body });
    byBody.set(body, named);
    return named;
  };
  const memo = new Map<Term, Term>();
  const visit = (term: Term): Term => {
    if (term.kind === 'derivative') return term;
    const known = memo.get(term);
    if (known !== undefined) return known;
    const inner = mapParts(term, noNames, visit);
    const isGeneric = inner.kind === 'apply' && inner.generic;
    const result = isGeneric ? mapParts(inner, noNames, (arg) => (isComposite(arg) ? introduce(arg) : arg)) : inner;
    memo.set(term, result);
    return result;
  };
  const nameArguments = (term: Term): Term => settle(term, visit);
  for (const definition of model.definitions) {
    lets.push({ ...definition, body: nameArguments(definition.body) });
  }
  const target = nameArguments(model.target);
  const right = model.right === undefined ? undefined : nameArguments(model.right);
  const definitions = new Map(lets.map((one) => [one.symbol, one]));
  const needed = new Set(
    [target, ...(right === undefined ? [] : [right])].flatMap((one) => [...symbolsBelow(one, definitions)]),
  );
  return {
    target,
    ...(right === undefined ? {} : { right }),
    lets: lets.filter(({ symbol: name }) => needed.has(name)),
  };
}

const noNames: ReadonlySet<string> = new Set();

function isComposite(term: Term): boolean {
  return term.kind !== 'symbol' && term.kind !== 'element' && term.kind !== 'number' && term.kind !== 'index';
}

function countComposite(roots: readonly Term[]): number {
  const calls = roots.flatMap(partsBelow).filter((part) => part.kind === 'apply' && part.generic);
  return new Set(calls.flatMap((call) => call.parts.filter(isComposite))).size;
}

/** The first of the letters that is not taken. */
export function freshName(letters: readonly string[], taken: ReadonlySet<string>): string {
  const letter = letters.find((name) => !taken.has(name));
  if (letter !== undefined) return letter;
  for (let count = 1; ; count++) if (!taken.has(`u_${count}`)) return `u_${count}`;
}

/** How far from the output each name first appears: 0 in the target, 1 in the last intermediate, and so on. */
export function levelsOf({ target, right, lets }: NamedModel): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  [target, ...(right === undefined ? [] : [right]), ...lets.map((one) => one.body).reverse()].forEach((body, level) => {
    for (const name of namesIn(body)) if (!levels.has(name)) levels.set(name, level);
  });
  return levels;
}

function namesIn(term: Term): Set<string> {
  return new Set(
    partsBelow(term).flatMap((part) => (part.kind === 'symbol' || part.kind === 'apply' ? [part.name] : [])),
  );
}

/**
 * `term` with what the intermediates stand for replaced by their names: y (1 - y) for sigmoid(u) (1 - sigmoid(u)); `own`
 * says of a part what else becomes of it.
 */
export function foldNames(
  term: Term,
  lets: readonly Definition[],
  own: (part: Term, fold: (inner: Term) => Term) => Term | undefined = () => undefined,
): Term {
  if (lets.length === 0) return term;
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const named = isComposite(part) ? nameFor(part, lets) : undefined;
    const result = own(part, visit) ?? named ?? mapParts(part, noNames, visit);
    memo.set(part, result);
    return result;
  };
  return settle(term, visit);
}

/**
 * The same for what a step of matrix calculus leaves behind. Derivatives that still stand stay so, as they are of what was
 * unfolded; a weight before one is written in the names.
 */
export function foldAround(lets: readonly Definition[]): (term: Term) => Term {
  const stand = (part: Term, fold: (inner: Term) => Term): Term | undefined => {
    if (isTensor(part, 'vjp')) {
      const [weight, ...others] = part.args as readonly [Term, ...Term[]];
      return part.remake([fold(weight), ...others]);
    }
    return part.kind === 'derivative' || isTensor(part, 'jvp') ? part : undefined;
  };
  return (term) => foldNames(term, lets, stand);
}

function nameFor(part: Term, lets: readonly Definition[]): Term | undefined {
  for (const { symbol: name, parameters, body } of lets) {
    if (part.kind !== body.kind) continue;
    if (part.kind === 'power' && body.kind === 'power' && parameters.length === 0) {
      const exponent = exponentOver(part, body);
      if (exponent !== undefined) return power(name, exponent);
    }
    const [parameter, ...others] = parameters;
    if (parameter === undefined && body === part) return name;
    if (parameter === undefined || others.length > 0) continue;
    for (const free of freeIndices(part)) {
      if (replaceIndex(body, parameter, index(free)) === part) return element(name, [index(free)]);
    }
  }
  return undefined;
}

/** n with `part` = `body`^n: 1/sqrt(u) is r^(-1) for r = sqrt(u). */
function exponentOver(part: PowerTerm, body: PowerTerm): Term | undefined {
  if (part.base !== body.base || part.exponent.kind !== 'number' || body.exponent.kind !== 'number') return undefined;
  const ratio = divide(part.exponent, body.exponent);
  return ratio.kind === 'number' && ratio.value.denominator === 1n ? ratio : undefined;
}

/** The target with what the intermediates stand for put back. */
export function unfoldAll({ target, lets }: NamedModel): Term {
  return expand(target, new Map(lets.map((one) => [one.symbol, one])));
}
