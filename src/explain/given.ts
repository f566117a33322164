/**
 * What a page rests on, in words: which of its names are vectors and matrices, over which spaces, and with which properties.
 * The sentences are few and regular, as `check` reads them in notes.
 */

import type { Result } from '../derivation/derivation.ts';
import { type Trait, traits } from '../term/dims.ts';
import { fill, formula, join, type Phrase, wordsOf } from './explain.ts';
import type { Language, Words } from './words.ts';

/** A quantity with its declaration taken apart. */
interface Quantity {
  readonly name: string;
  /** The lengths of its axes; none for a scalar. */
  readonly lengths: readonly string[];
  readonly traits: readonly Trait[];
  readonly isPositive: boolean;
  readonly isInteger: boolean;
}

/** What is known of each name, `A in R(m, n)` as a formula and its properties in words; none for a page of plain scalars. */
export function givenPhrases(result: Result, language: Language): Phrase[] {
  const said = wordsOf(language);
  const change = result.problem.method === 'differential' ? changeIn(result) : undefined;
  const all = quantitiesOf(result).filter(({ name }) => name !== change?.change);
  const isPlain = all.every(({ lengths }) => lengths.length === 0);
  const told = isPlain ? all.filter(({ isPositive, isInteger }) => isPositive || isInteger) : all;
  const groups = new Map<string, [Quantity, ...Quantity[]]>();
  for (const one of told) {
    const key = JSON.stringify([one.lengths, one.traits, one.isPositive, one.isInteger]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  const changes =
    change === undefined
      ? []
      : [fill(said.given.change, { name: formula(change.name), change: formula(change.change) })];
  return [...[...groups.values()].flatMap((group) => tellGroup(group, said)), ...changes, ...powersIn(result)];
}

/** What a letter stands for that is no author's: v = sigma^2, where the derivative by sigma^2 was asked. */
function powersIn({ notices = [] }: Result): Phrase[] {
  return notices.flatMap(({ code, name, other }) =>
    (code === 'named-power' || code === 'named-points') && other !== undefined ? [formula(`${name} == ${other}`)] : [],
  );
}

/** The change dX of the variable X, or dX_ where dX is taken. */
function changeIn({ problem }: Result): { name: string; change: string } | undefined {
  const [name = ''] = problem.wrt;
  const change = [`d${name}_`, `d${name}`].find((one) => Object.hasOwn(problem.shapes, one));
  return change === undefined ? undefined : { name, change };
}

/** The phrases as one: `x in R(n), t > 0`; empty where there are none. */
export function givenPhrase(result: Result, language: Language): Phrase {
  return join(givenPhrases(result, language), wordsOf(language).list);
}

/** The names of one group with what they have in common. */
function tellGroup(group: readonly [Quantity, ...Quantity[]], { given, list }: Words): Phrase[] {
  const [{ lengths, traits: own, isPositive, isInteger }] = group;
  const names = group.map(({ name }) => name).join(', ');
  const isScalar = lengths.length === 0;
  if (isScalar && isPositive && !isInteger) return group.map(({ name }) => formula(`${name} > 0`));
  const space = formula(`${names} in ${isInteger ? 'Z' : 'R'}${isScalar ? '' : `(${lengths.join(', ')})`}`);
  if (isScalar) return [space, ...(isPositive ? group.map(({ name }) => formula(`${name} > 0`)) : [])];
  const properties = [...own.map((trait) => given.traits[trait]), ...(isPositive ? [given.positive] : [])];
  if (properties.length === 0) return [space];
  const template = group.length === 1 ? given.has : given.have;
  return [fill(template, { names: space, properties: properties.join(given.and === '' ? list : given.and) })];
}

/** The quantities of a page in the order of its shapes: no indices, no lengths, and nothing that the page defines itself. */
function quantitiesOf(result: Result): Quantity[] {
  const { problem, lets, formula: written } = result;
  const defined = new Set([...lets, ...problem.definitions].map(({ name }) => name.replace(/[[(].*$/s, '')));
  const shapes = Object.entries(problem.shapes).filter(([name]) => !defined.has(name));
  const lengths = new Set(shapes.flatMap(([, shape]) => lengthsOf(shape)).flatMap((one) => one.split(/[+*]/)));
  const texts = [written, ...lets.map(({ expression }) => expression), ...problem.wrt];
  const isTaken = (name: string): boolean => texts.some((text) => new RegExp(`\\b${name}\\b`).test(text));
  const hasFamilies = shapes.some(([, shape]) => shape.includes('family('));
  const said = hasFamilies ? [] : conditionsOf(result).flatMap((one) => /<= (n)$/.exec(one)?.[1] ?? []);
  const free = [...said, 'd', 'p', 'q', 'k', 'l'].find((name) => !isTaken(name)) ?? 'd';
  return shapes.flatMap(([name, shape]) => {
    if (shape === 'index' || (shape === 'scalar' && lengths.has(name))) return [];
    const depth = shape.split('family(').length - 1;
    if (depth > 0 && !/family\((?:vector|matrix)/.test(shape)) return [];
    const words = shape.replace(/(?:vector|matrix|tensor)(?:\([^()]*\))?|family\(|\)/g, ' ').split(' ');
    const rank = /vector/.test(shape) ? 1 : /matrix/.test(shape) ? 2 : 0;
    const own = lengthsOf(shape);
    return [
      {
        name: name + indicesOf(name, depth, texts),
        lengths: own.length > 0 ? own : Array.from({ length: rank }, () => free),
        traits: traits.filter((trait) => words.includes(trait)),
        isPositive: words.includes('positive'),
        isInteger: words.includes('integer'),
      },
    ];
  });
}

/** Under what its steps hold, as it is printed; where no family has members, their n is the length of the vectors. */
function conditionsOf(result: Result): readonly string[] {
  return 'steps' in result ? result.steps.flatMap(({ conditions }) => conditions) : [];
}

/** m and n of `matrix(m, n) symmetric`. */
function lengthsOf(shape: string): string[] {
  const inside = /(?:vector|matrix|tensor)\(([^()]*)\)/.exec(shape)?.[1];
  return inside === undefined ? [] : inside.split(', ');
}

/** The indices of a member of a family, as the page writes them: [i] of x[i]. */
function indicesOf(name: string, depth: number, texts: readonly string[]): string {
  if (depth === 0) return '';
  const written = texts.flatMap((text) => new RegExp(`\\b${name}((?:\\[[^\\]]*\\])+)`).exec(text)?.[1] ?? [])[0] ?? '';
  const indices = (written.match(/\[[^\]]*\]/g) ?? []).slice(0, depth);
  return indices.length === depth ? indices.join('') : ['[i]', '[j]', '[k]'].slice(0, depth).join('');
}
