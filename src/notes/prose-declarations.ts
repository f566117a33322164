/** From what prose states to declarations of names, as the option `shapes` gives them. */

import type { Declarations } from '../meaning/declare.ts';
import { type Trait, traits, valueTraits } from '../term/dims.ts';
import type { Formula } from './formula.ts';
import type { ProseStatement } from './prose-statement.ts';
import type { ScannedNote } from './scan.ts';
import type { Property } from './written-facts.ts';
import type { WrittenName } from './written-names.ts';

/** What the caller knows of names beyond the prose. */
export interface Spelling {
  /** Letters that are indices where they stand as scripts; the rest are labels. */
  readonly indices?: ReadonlySet<string>;
  /** The spelling in text of a name without its scripts, where letters differ in their alphabet alone. */
  readonly baseOf?: (name: WrittenName) => string;
}

export const usualIndices: ReadonlySet<string> = new Set(['i', 'j', 'k', 'l']);

/** Where a formula stands, or what could be one. */
export type Place = Pick<Formula, 'start' | 'section'>;

/** The statements that hold where `formula` stands: by their scope, and within their section and those below it. */
export function statementsAt(
  statements: readonly ProseStatement[],
  formula: Place,
  { headings }: Pick<ScannedNote, 'headings'>,
): ProseStatement[] {
  return statements.filter((statement) => {
    switch (statement.scope) {
      case 'formula':
        return statement.formula.start === formula.start;
      case 'sentence':
        return statement.sentence?.formulas.some(({ start }) => start === formula.start) ?? false;
      case 'backward':
        return reachesFrom(statement.behind ?? statement.formula, formula, headings);
      default: {
        const inSentence = statement.sentence?.formulas.some(({ start }) => start === formula.start) ?? false;
        return inSentence || reachesFrom(statement.formula, formula, headings);
      }
    }
  });
}

/** Whether what is said at `from` holds at `to`: not before it, and not behind a heading of its own level or above. */
function reachesFrom(from: Formula, to: Place, headings: ScannedNote['headings']): boolean {
  if (to.start < from.start) return false;
  const own = headings[from.section - 1]?.depth ?? 0;
  return headings.slice(from.section, to.section).every(({ depth }) => depth > own);
}

/**
 * Declarations of the names that `statements` speak of. Said anew, a shape replaces an earlier one with what was known of
 * it; two that contradict each other in one sentence declare nothing.
 */
export function declarationsFrom(statements: readonly ProseStatement[], spelling: Spelling = {}): Declarations {
  const known = new Map<string, Known>();
  const bases = basesFor(statements, spelling);
  for (const statement of statements) {
    if (statement.kind !== 'shape' && statement.kind !== 'property') continue;
    const { key, scripts } = keyOf(statement.name, spelling.indices ?? usualIndices, bases);
    const before = known.get(key);
    if (statement.kind === 'shape') {
      const shape = { axes: scripts + statement.axes, dims: lengthsOf(key, scripts, statement.dims) };
      // What is said of the whole counts more than what is said of its members.
      if (before?.shape !== undefined && scripts > 0 && before.scripts === 0) continue;
      known.set(key, joined(before, { shape, scripts, properties: [], sentence: statement.sentence?.span.start }));
    } else if (scripts === 0 || isOfMembers(statement.property)) {
      const properties = [...(before?.properties ?? []), statement.property];
      known.set(key, { scripts, ...before, properties });
    }
  }
  return declared(known, spelling.indices ?? noIndices);
}

/** Whether a property of x_i is one of all members of x. */
function isOfMembers(property: Property): boolean {
  return property === 'positive' || property === 'integer' || (isTrait(property) && valueTraits.has(property));
}

const noIndices: ReadonlySet<string> = new Set();

const isTrait = (property: string): property is Trait => (traits as readonly string[]).includes(property);

interface Known {
  readonly shape?: { readonly axes: number; readonly dims: readonly string[] | undefined };
  /** How many of the axes are counted by scripts. */
  readonly scripts: number;
  readonly properties: readonly string[];
  readonly sentence?: number | undefined;
  readonly isContradicted?: true;
}

function joined(before: Known | undefined, now: Known): Known {
  if (before?.shape === undefined) return { ...now, properties: before?.properties ?? [] };
  const isSame = before.shape.axes === now.shape?.axes;
  if (!isSame && before.sentence === now.sentence) return { ...before, isContradicted: true };
  if (!isSame) return now;
  const shape = now.shape?.dims === undefined ? before.shape : now.shape;
  return { ...now, ...(shape === undefined ? {} : { shape }), properties: before.properties };
}

/** The spelling of names without scripts: a letter in bold is a name of its own where prose speaks of the plain one too. */
function basesFor(statements: readonly ProseStatement[], { baseOf }: Spelling): (name: WrittenName) => string {
  if (baseOf !== undefined) return baseOf;
  const names = statements.flatMap((statement) => ('name' in statement ? [statement.name] : []));
  const plain = new Set(names.filter(({ isBold }) => !isBold).map(({ base }) => base));
  return ({ base, isBold }) => (isBold && plain.has(base) ? `${base}_bold` : base);
}

function keyOf(
  name: WrittenName,
  indices: ReadonlySet<string>,
  baseOf: (name: WrittenName) => string,
): { readonly key: string; readonly scripts: number } {
  const base = baseOf(name);
  const counting = name.indices.filter((letter) => indices.has(letter)).length;
  // Beside an index, a letter in the same place is one, too: the n of t_{nk}.
  const areIndices = counting > 0 && (counting === name.indices.length || name.name.split('_').length === 2);
  if (areIndices) return { key: base, scripts: name.indices.length };
  return { key: base + name.name.slice(name.base.length), scripts: 0 };
}

function lengthsOf(key: string, scripts: number, dims: readonly string[] | undefined): readonly string[] | undefined {
  if (dims === undefined || scripts > 1) return undefined;
  return scripts === 0 ? dims : [`N_${key}`, ...dims];
}

function declared(known: ReadonlyMap<string, Known>, indices: ReadonlySet<string>): Declarations {
  const certain = [...known].filter(([, { isContradicted }]) => isContradicted !== true);
  const having = (property: string): ReadonlySet<string> =>
    new Set(certain.filter(([, { properties }]) => properties.includes(property)).map(([name]) => name));
  const traitsOf = certain.map(([name, { properties }]) => [name, new Set(properties.filter(isTrait))] as const);
  const axes = certain.flatMap(([name, { shape, properties, scripts }]) => {
    // What is said of the values of members leaves open what they are members of, and a sum may be one of anything.
    const isSaid =
      shape !== undefined ||
      (scripts === 0 && properties.some((one) => one !== 'sumone' && (isTrait(one) || isOfMembers(one as Property))));
    // A condition on an index, j >= 2, makes no quantity of it.
    if (shape === undefined && indices.has(name)) return [];
    return isSaid ? [[name, shape?.axes ?? axesOfTraits(properties)] as const] : [];
  });
  return {
    axes: new Map(axes),
    dims: new Map(
      certain.flatMap(([name, { shape }]) =>
        (shape?.dims?.length ?? 0) > 0 ? [[name, shape?.dims ?? []] as const] : [],
      ),
    ),
    traits: new Map(traitsOf.filter(([, own]) => own.size > 0)),
    positive: having('positive'),
    integer: having('integer'),
    families: new Map(),
    indices: new Set(),
  };
}

/** The axes of what has these properties and no shape: a matrix is symmetric, a label is a number. */
function axesOfTraits(properties: readonly string[]): number {
  const matrix = ['symmetric', 'antisymmetric', 'diagonal', 'orthogonal', 'definite', 'invertible', 'lower', 'upper'];
  if (properties.some((property) => matrix.includes(property))) return 2;
  return properties.includes('onehot') || properties.includes('probability') ? 1 : 0;
}

/** The same as the text of the option `shapes`: `A: matrix(m, n) symmetric, t: scalar positive`. */
export function declarationsText({ axes, dims, traits: traitsOf, positive, integer }: Declarations): string {
  return [...axes]
    .flatMap(([name, count]) => {
      const lengths = dims.get(name);
      const shape = shapeText(count, lengths);
      if (shape === undefined) return [];
      const words = [
        ...(traitsOf.get(name) ?? []),
        ...(positive.has(name) ? ['positive'] : []),
        ...(integer.has(name) ? ['integer'] : []),
      ];
      return [`${name}: ${[shape, ...words].join(' ')}`];
    })
    .join(', ');
}

function shapeText(axes: number, lengths: readonly string[] | undefined): string | undefined {
  const words = ['scalar', 'vector', 'matrix'];
  const inner = lengths === undefined ? '' : `(${lengths.join(', ')})`;
  if (axes < words.length) return `${words[axes]}${inner}`;
  return lengths === undefined ? undefined : `tensor${inner}`;
}
