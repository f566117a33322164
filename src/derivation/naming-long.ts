/**
 * Names for what is too long to be written out once for every variable: the sums of a network that is written with all its
 * weights. With r = v1 tanh(u_1) + ... - t and u_1 = w1_1 x1 + ... each derivative is a line, and all of them together have the
 * size of the function (Baur and Strassen, "The complexity of partial derivatives", 1983).
 */

import type { Model } from '../meaning/model.ts';
import { mapParts, symbol } from '../term/construct.ts';
import { freeIndices, settle } from '../term/inspect.ts';
import { type Definition, symbolsOf, variableSymbol } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { NamedModel } from './naming.ts';
import { widthOf } from './sharing.ts';

/** Arguments of functions and bases of powers that are wider than this, in characters, get names. */
const widestUnnamed = 40;

/** All derivatives together may be about so wide, in characters, before they do. */
const widestInAll = 400;

/**
 * The model with names for the long arguments of functions and the long bases of powers, from the inside out, if what is
 * differentiated is so long that no derivative by one of several variables could be read. Nothing is named under a sum over an index.
 */
export function nameLong(model: Model, named: NamedModel): NamedModel {
  const moving = new Set(model.variables.map(variableSymbol));
  if (model.variables.length < 2 || widthOfAll(named, moving) <= widestInAll) return named;
  const taken = new Set([...model.names, ...named.lets.map((one) => one.symbol.name)]);
  const lets: Definition[] = [];
  const names = new Map<Term, SymbolTerm>();
  let count = 0;
  const freshName = (): string => {
    do count++;
    while (taken.has(`u_${count}`));
    return `u_${count}`;
  };
  const introduce = (body: Term): SymbolTerm => {
    const name = names.get(body) ?? symbol(freshName());
    if (!names.has(body)) lets.push({ symbol: name, parameters: [], body });
    names.set(body, name);
    moving.add(name);
    return name;
  };
  const isLong = (part: Term): boolean =>
    part.rank === 0 &&
    part.parts.length > 0 &&
    freeIndices(part).size === 0 &&
    widthOf(part) > widestUnnamed &&
    [...symbolsOf(part)].some((one) => moving.has(one));
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const inner = part.height > 0 || part.kind === 'derivative' ? part : mapParts(part, noNames, visit);
    const holdsArguments = inner.kind === 'apply' || inner.kind === 'power';
    const result = holdsArguments ? mapParts(inner, noNames, (one) => (isLong(one) ? introduce(one) : one)) : inner;
    memo.set(part, result);
    return result;
  };
  for (const one of named.lets) {
    const body = one.parameters.length > 0 ? one.body : settle(one.body, visit);
    if ([...symbolsOf(body)].some((name) => moving.has(name))) moving.add(one.symbol);
    lets.push({ ...one, body });
  }
  return { ...named, target: settle(named.target, visit), lets };
}

/** About how wide the derivatives of all bodies by all that moves in them are: each is taken to be as wide as the body. */
function widthOfAll({ target, lets }: NamedModel, variables: ReadonlySet<SymbolTerm>): number {
  const moving = new Set(variables);
  const widthBy = (body: Term): number => {
    const count = [...symbolsOf(body)].filter((name) => moving.has(name)).length;
    return count * widthOf(body);
  };
  let total = 0;
  for (const { symbol: name, body } of lets) {
    const width = widthBy(body);
    total += width;
    if (width > 0) moving.add(name);
  }
  return total + widthBy(target);
}

const noNames: ReadonlySet<string> = new Set();
