/**
 * Names that depend on others, y = y(x), for total derivatives and implicit differentiation.
 *
 * Inside, y is the generic function y(x), so that the rules and the oracle need to know nothing new. On paper it stays y,
 * and its derivatives are dy/dx, d2y/dx2.
 */

import type { Dependence } from '../meaning/reading.ts';
import { fail } from '../problem.ts';
import { dots } from '../syntax/names.ts';
import { derivative, genericApply, mapParts, symbol } from '../term/construct.ts';
import { children } from '../term/inspect.ts';
import type { ApplyTerm, SymbolTerm, Term } from '../term/term.ts';
import type { NamedModel } from './naming.ts';

/** Dependences made ready: how to put them into a term, and how to show a term in the names. */
export interface Dependences {
  readonly all: readonly Dependence[];
  /** Whether a name depends on others, or is a derivative of one that does, written as a name. */
  readonly moves: (name: SymbolTerm) => boolean;
  readonly apply: (term: Term) => Term;
  readonly show: (term: Term) => Term;
}

const noNames: ReadonlySet<string> = new Set();

export const independent: Dependences = { all: [], moves: () => false, apply: (term) => term, show: (term) => term };

/**
 * The names of the derivatives of `base`, first to one more than is written: with up to four dots, or with primes. None where
 * no derivative is written so.
 */
function jetsOf(base: string, names: ReadonlySet<string>): readonly string[] {
  const dotted = dots.map((mark) => `${base}_${mark}`);
  const highest = dotted.findLastIndex((name) => names.has(name));
  if (highest >= 0) return dotted.slice(0, Math.max(2, highest + 2));
  const primes = [...names].flatMap((name) => (name.startsWith(base) ? primesIn(name.slice(base.length)) : []));
  if (primes.length === 0) return [];
  const count = Math.max(2, 1 + Math.max(...primes));
  return Array.from({ length: count }, (_, at) => base + '_prime'.repeat(at + 1));
}

function primesIn(marks: string): number[] {
  return /^(?:_prime)+$/.test(marks) ? [marks.length / '_prime'.length] : [];
}

/**
 * Makes dependences ready. Where the formulas (`names`) write derivatives of a dependent name as names, with dots or
 * primes, these are its derivatives, and the answer is written so too: for a partial derivative they are independent of it.
 * There must be no circle among them: see {@link refuseCircles}.
 */
export function createDependences(
  all: readonly Dependence[],
  names: ReadonlySet<string> = new Set<string>(),
): Dependences {
  if (all.length === 0) return independent;
  const applied = new Map<SymbolTerm, ApplyTerm>();
  const jets = new Map<SymbolTerm, readonly SymbolTerm[]>();
  const function_ = ({ symbol, on }: Dependence): ApplyTerm => {
    const known = applied.get(symbol);
    if (known !== undefined) return known;
    const args = on.map((name) => {
      const inner = all.find((one) => one.symbol === name);
      return inner === undefined ? name : function_(inner);
    });
    const result = genericApply(symbol.name, args);
    applied.set(symbol, result);
    return result;
  };
  for (const one of all) {
    const own = function_(one);
    const chain = one.on.length === 1 ? jetsOf(one.symbol.name, names).map((name) => symbol(name)) : [];
    if (chain.length === 0) continue;
    jets.set(one.symbol, chain);
    for (const [at, name] of chain.entries()) applied.set(name, genericApply(one.symbol.name, own.args, [at + 1]));
  }
  const apply = mapTerms((part) => (part.kind === 'symbol' ? applied.get(part) : undefined));
  const show = mapTerms((part, inner) => shownName(part, inner, applied, jets));
  return { all, moves: (name) => applied.has(name), apply, show };
}

/** `y` for y(x), and the inert derivatives of y for those of y(x). */
function shownName(
  part: Term,
  inner: Term,
  applied: ReadonlyMap<SymbolTerm, ApplyTerm>,
  jets: ReadonlyMap<SymbolTerm, readonly SymbolTerm[]>,
): Term | undefined {
  if (part.kind !== 'apply' || !part.generic) return undefined;
  for (const [own, { name, args, orders }] of applied) {
    if (orders.some((count) => count > 0)) continue;
    if (part.name !== name || part.args.length !== args.length || args.some((arg, at) => arg !== part.args[at]))
      continue;
    const [by] = part.args;
    const [order = 0] = part.orders;
    if (part.orders.every((count) => count === 0)) return own;
    if (args.length > 1 || by?.kind !== 'symbol') return inner;
    const chain: readonly Term[] = [own, ...(jets.get(own) ?? [])];
    const written = Math.min(order, chain.length - 1);
    let shown = chain[written] as Term;
    for (let count = written; count < order; count++) shown = derivative(shown, by);
    return shown;
  }
  return undefined;
}

/** A change of parts, from the inside out, that leaves the variables of derivatives alone. */
function mapTerms(changed: (part: Term, inner: Term) => Term | undefined): (term: Term) => Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const inner = part.kind === 'derivative' ? derivative(visit(part.of), part.by) : mapParts(part, noNames, visit);
    const result = changed(part, inner) ?? inner;
    memo.set(part, result);
    return result;
  };
  return visit;
}

/** The model with its dependent names as functions. */
export function applyDependences(named: NamedModel, { all, apply, moves }: Dependences): NamedModel {
  for (const { symbol } of all) if (named.lets.some((one) => one.symbol === symbol)) refuseDefined(symbol.name);
  const sides = named.right === undefined ? [named.target] : [named.target, named.right];
  for (const term of [...sides, ...named.lets.map((one) => one.body)]) refuseVaried(term, moves);
  return {
    target: apply(named.target),
    ...(named.right === undefined ? {} : { right: apply(named.right) }),
    lets: named.lets.map((one) => ({ ...one, body: apply(one.body) })),
  };
}

/** Refuses a derivative by a dependent name or by a derivative of one: with the name as a function it would vanish. */
function refuseVaried(term: Term, moves: Dependences['moves']): void {
  const seen = new Set<Term>();
  const visit = (part: Term): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.kind === 'derivative' && part.by.kind === 'symbol' && moves(part.by)) {
      const { name } = part.by;
      fail({
        code: 'unsupported-notation',
        message: `${name} depends on others, and is differentiated by`,
        hint: `leave ${name} out of --depends, or differentiate by what it depends on`,
      });
    }
    children(part).forEach(visit);
  };
  visit(term);
}

/** Refuses names that depend on themselves, directly or through one another: y(z) and z(y). */
export function refuseCircles(all: readonly Dependence[]): void {
  const below = (symbol: SymbolTerm): readonly SymbolTerm[] => all.find((one) => one.symbol === symbol)?.on ?? [];
  for (const { symbol, on } of all) {
    const reached = new Set(on);
    for (const name of reached) for (const next of below(name)) reached.add(next);
    if (reached.has(symbol)) refuseCircle(symbol.name);
  }
}

function refuseCircle(name: string): never {
  return fail({
    code: 'circular-definition',
    message: `${name} depends on itself`,
    hint: 'for example --depends "y(x), z(x, y)"',
  });
}

function refuseDefined(name: string): never {
  return fail({
    code: 'duplicate-definition',
    message: `${name} has a definition, so what it depends on is known`,
    hint: `leave ${name} out of --depends`,
  });
}
