/** Names that a reader may have meant: equal up to case, alphabet or decoration, or inside a longer name. */

import { fail } from '../problem.ts';
import { letters } from '../syntax/letters.ts';
import { greekNames } from '../syntax/names.ts';
import type { Sources } from './sources.ts';
import { flattenElement, nameOf } from './usage.ts';

/** The letters of a name without script, alphabet and decoration, in small letters. */
function bareName(name: string): string {
  return name
    .replace(/_(?:bold|cal|hat|bar|tilde|d{0,3}dot|prime|vec)(?=_|$)/g, '')
    .replace(/_/g, '')
    .toLowerCase();
}

/** A near name, and where in it the name that is looked for stands, if it is only a part. */
interface NearName {
  readonly name: string;
  readonly within?: 'product' | 'label';
}

/** The name among `known` that is nearest to `name`; undefined where none is near. */
export function nearName(name: string, known: Iterable<string>): NearName | undefined {
  const names = [...known].filter((one) => one !== name && /^\p{L}/u.test(one));
  const alike = names.find((one) => bareName(one) === bareName(name));
  if (alike !== undefined) return { name: alike };
  const label = names.find((one) => one.split('_').slice(1).includes(name));
  if (label !== undefined) return { name: label, within: 'label' };
  const base = name.split('_')[0] as string;
  const labelled = names.find(
    (one) => one.startsWith(`${name}_`) || one.replace(/\d+$/, '') === name || (base !== name && one === base),
  );
  if (labelled !== undefined) return { name: labelled };
  const longer = names.find((one) => isWithin(name, one));
  return longer === undefined ? undefined : { name: longer, within: 'product' };
}

/** Greek letters by their names: the t of tau is no factor. */
const greekWords: ReadonlySet<string> = new Set([...greekNames.values()].map((name) => name.toLowerCase()));

const fewLetters = letters`^[\p{L}]{2,4}$`;

/** Whether a name may be single letters written together: xy, axb. */
function isRow(name: string): boolean {
  return !greekWords.has(name) && fewLetters.test(name);
}

/** Whether a longer name is `name` and other single letters written together: xy, 2xy, axb. */
function isWithin(name: string, longer: string): boolean {
  return longer.length > name.length && longer.includes(name) && isRow(longer);
}

/** Those of the open names that may be others written together; asked for each of what may be thousands of variables. */
export function openRows(sources: Sources): readonly string[] {
  const known = rows.get(sources) ?? openNames(sources).filter(isRow);
  rows.set(sources, known);
  return known;
}

const rows = new WeakMap<Sources, readonly string[]>();

/** The names that stand by themselves and that nothing declares or defines. */
export function openNames({
  usage,
  declarations,
  statements,
}: Pick<Sources, 'usage' | 'declarations' | 'statements'>): readonly string[] {
  const defined = new Set(
    statements.flatMap(({ sides }) =>
      sides.length > 1 && sides[0] ? [nameOf(flattenElement(sides[0].node).base)] : [],
    ),
  );
  const isSaid = (name: string): boolean =>
    declarations.axes.has(name) || declarations.indices.has(name) || defined.has(name);
  return [...usage].flatMap(([name, { bare }]) => (bare === undefined || isSaid(name) ? [] : [name]));
}

/** A name of two or three letters, one of them `name`, which may be their product as well: kt by t. */
export function mayBeJoined(name: string, used: Iterable<string>): string | undefined {
  return [...used].find((longer) => isWithin(name, longer) && longer.length < 4 && longer !== `d${name}`);
}

/**
 * The name in which `name` and other single letters are written together though they stand apart elsewhere: xy beside x and y, or
 * a matrix before the variable, Ax. It would pass for a constant.
 */
export function joinedName(
  name: string,
  used: Iterable<string>,
  isElsewhere: (name: string) => boolean,
): string | undefined {
  return [...used].find((longer) => {
    if (!isWithin(name, longer) || longer === `d${name}`) return false;
    const others = [...longer.replace(name, '')];
    return /^\p{Lu}\p{Ll}$/u.test(longer)
      ? longer.endsWith(name)
      : others.every((one) => one === name || one === 'e' || isElsewhere(one));
  });
}

/** Ends with the message that a product is written as one name. */
export function refuseJoined(source: string, wanted: string, joined: string): never {
  return fail({
    code: 'unknown-variable',
    message: `${joined} is one name, in which ${wanted} does not stand`,
    source,
    span: { start: 0, end: Math.max(1, source.length) },
    hint: `for a product write ${splitAround(joined, wanted)}; if it is one quantity, say --shape "${joined}: scalar"`,
  });
}

/** Ends with the message that a variable does not occur, though a near name does. */
export function refuseNear(source: string, wanted: string, { name, within }: NearName): never {
  return fail({
    code: 'unknown-variable',
    message: `the expression holds no ${wanted}`,
    source,
    span: { start: 0, end: Math.max(1, source.length) },
    hint: hintFor(name, wanted, within),
  });
}

function hintFor(name: string, wanted: string, within: NearName['within']): string {
  if (within === undefined) return `did you mean ${name}?`;
  if (within === 'product') return `${name} is one name; for a product write ${splitAround(name, wanted)}`;
  return `in ${name} it is a label; what depends on it has it as an argument: ${name.split('_')[0]}(${wanted}, ...)`;
}

export function splitAround(longer: string, name: string): string {
  const at = longer.indexOf(name);
  const parts = [...longer.slice(0, at), name, ...longer.slice(at + name.length)];
  return parts.join('*');
}

/**
 * A name of a text that is others written together, AB beside A and B, or beside BA, where nothing declares or defines it: a claim that
 * fails of names may hold of products.
 */
export function joinedInClaim(sources: Pick<Sources, 'usage' | 'declarations' | 'statements'>): string | undefined {
  const { usage, declarations, statements } = sources;
  const open = openNames({ ...sources, statements: statements.slice(0, -1) }).filter(
    (name) => fewLetters.test(name) && !greekWords.has(name.toLowerCase()),
  );
  const sorted = (name: string): string => [...name].sort().join('');
  const isElsewhere = (letter: string): boolean => usage.has(letter) || declarations.axes.has(letter);
  return open.find(
    (name) => [...name].every(isElsewhere) || open.some((one) => one !== name && sorted(one) === sorted(name)),
  );
}
