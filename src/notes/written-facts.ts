/** What a formula states of its names by its form alone: `A \in \mathbb{R}^{m \times n}`, `x > 0`, `f: \mathbb{R} \to \mathbb{R}`. */

import type { Trait } from '../term/dims.ts';
import { listedNames, partsOf, type Relation, sidesOf, type WrittenName, writtenName } from './written-names.ts';

/** What can be true of a name. */
export type Property = Trait | 'positive' | 'nonnegative' | 'negative' | 'nonzero' | 'integer';

/** What can be true of the values of a name, whatever its shape. */
export type ValueProperty = Extract<Property, 'onehot' | 'probability' | 'sumone' | 'binary' | 'label'>;

/** How many axes a value has and, where they are plain, how long each is: `n`, `3`, `n+1`. */
export interface WrittenShape {
  readonly axes: number;
  readonly dims?: readonly string[];
}

type WrittenFact =
  | ({ readonly kind: 'shape'; readonly name: WrittenName } & WrittenShape)
  | { readonly kind: 'property'; readonly name: WrittenName; readonly property: Property }
  | { readonly kind: 'function'; readonly name: WrittenName }
  /** A value between bounds, or an index that runs: a condition, of which nothing else is known. */
  | { readonly kind: 'range'; readonly name: WrittenName };

/** Facts with the place of the part of `tex` that states them. */
export interface PlacedFact {
  readonly fact: WrittenFact;
  readonly start: number;
  readonly end: number;
}

/** What is longer is an equation, and no list of memberships and bounds. */
const longestFact = 2000;

/** The facts in `tex`, part by part between commas. */
export function writtenFacts(tex: string): PlacedFact[] {
  const found: PlacedFact[] = [];
  if (tex.length > longestFact) return found;
  let waiting: WrittenName[] = [];
  let from = 0;
  for (const { text, start } of partsOf(tex)) {
    const alone = writtenName(text);
    // x_1, ..., x_n: which members there are, nothing of one.
    if (/^\s*(?:\\[lc]?dots|\.\.\.|…)\s*$/.test(text)) return found;
    if (waiting.length === 0) from = start;
    if (alone !== undefined) {
      waiting.push(alone);
      continue;
    }
    for (const fact of factsIn(text, waiting)) found.push({ fact, start: from, end: start + text.length });
    waiting = [];
  }
  return found;
}

function factsIn(part: string, before: readonly WrittenName[]): readonly WrittenFact[] {
  const map = mapIn(part, before);
  if (map !== undefined) return map;
  const { sides, relations } = sidesOf(part);
  const [left = '', right = ''] = sides;
  const last = writtenName(left);
  const names = last === undefined ? [] : [...before, last];
  if (relations.length === 1 && relations[0] === 'member') {
    return names.flatMap((name) => membership(right).map((fact): WrittenFact => ({ ...fact, name })));
  }
  if (relations.length === 1 && relations[0] === 'equal' && isTransposeOf(left, right)) {
    const name = last ?? writtenName(right);
    return name === undefined ? [] : [{ kind: 'property', name, property: 'symmetric' }];
  }
  const summed = relations.length === 1 && relations[0] === 'equal' ? summedToOne(left, right) : undefined;
  if (summed !== undefined) return [{ kind: 'property', name: summed, property: 'sumone' }];
  if (relations.length === 1 && relations[0] === 'equal' && last !== undefined) {
    return chosen(right).map((property) => ({ kind: 'property', name: last, property }));
  }
  if (relations.length === 1 && relations[0] === 'definite' && /^\s*(?:0|\\mathbf\{?0\}?)\s*$/.test(right)) {
    return names.map((name) => ({ kind: 'property', name, property: 'definite' }));
  }
  return bounded(sides, relations, before);
}

/** The t of `\sum_k t_k = 1`, where the index of the sum is the last one of the name. */
function summedToOne(left: string, right: string): WrittenName | undefined {
  if (!/^\s*1\s*[.,;]?\s*$/.test(right)) return undefined;
  const sum =
    /^\s*\\(?:displaystyle\s*\\)?sum\s*(?:\\n?o?limits)?\s*(?:_\s*(\{[^{}]*\}|[A-Za-z]))?\s*(?:\^\s*(?:\{[^{}]*\}|[A-Za-z0-9]))?\s*(.*)$/s.exec(
      left,
    );
  const name = sum === null ? undefined : writtenName(sum[2] as string);
  const [index] = /[A-Za-z]/.exec(sum?.[1] ?? '') ?? [];
  if (name === undefined || name.indices.length === 0) return undefined;
  return index === undefined || name.indices.at(-1) === index ? name : undefined;
}

/** `y = \pm 1`, `y = 0 \text{ or } 1`. */
function chosen(values: string): readonly ValueProperty[] {
  if (/^\s*\{?\s*\\pm\s*1\s*\}?\s*$/.test(values)) return ['label'];
  const bare = values
    .replace(/\\(?:text|mbox|textrm|mathrm)\s*\{\s*(?:or|または|か)\s*\}|\\(?:lor|vee)(?![A-Za-z])/g, ',')
    .replace(/[\s{}~]|\\[,;:! ]/g, '');
  if (bare === '0,1' || bare === '1,0') return ['binary'];
  return bare === '-1,1' || bare === '-1,+1' || bare === '1,-1' || bare === '+1,-1' ? ['label'] : [];
}

/** `f, g: \mathbb{R}^n \to \mathbb{R}`. */
function mapIn(part: string, before: readonly WrittenName[]): readonly WrittenFact[] | undefined {
  const match =
    /^([^:]*?)(?::|\\colon(?![A-Za-z]))(?!=)(.*?)(?:\\to|\\rightarrow|\\longrightarrow|→)(?![A-Za-z])/s.exec(part);
  if (match === null) return undefined;
  const name = writtenName(match[1] as string);
  return name === undefined ? [] : [...before, name].map((one) => ({ kind: 'function', name: one }));
}

type Unnamed =
  | ({ readonly kind: 'shape' } & WrittenShape)
  | { readonly kind: 'property'; readonly property: Property }
  | { readonly kind: 'range' };

const blackboard = (letters: string): string =>
  String.raw`(?:\\mathbb\s*\{?\s*[${letters}]\s*\}?|\\[${letters}](?![A-Za-z])|\\mathbf\s*\{[${letters}]\})`;
const script = (sign: string): string =>
  String.raw`(?:\s*[${sign}]\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[A-Za-z0-9+\-*]))`;
const space = new RegExp(`^\\s*${blackboard('R')}${script('_')}?${script('\\^')}?${script('_')}?\\s*$`);
const whole = new RegExp(`^\\s*${blackboard('NZ')}${script('_')}?${script('\\^')}?\\s*$`);
const definiteSet =
  /^\s*\\mathbb\s*\{?\s*S\s*\}?\s*(?:_\s*\{\+\+\}\s*\^\s*(\{[^{}]*\}|\w)|\^\s*(\{[^{}]*\}|\w)\s*_\s*\{\+\+\})\s*$/;

/** What a member of the set is. */
function membership(set: string): readonly Unnamed[] {
  const real = space.exec(set);
  if (real !== null) {
    const shape = shapeOfPower(real[2] ?? '');
    const signs = (real[1] ?? real[3] ?? '').replace(/[\s{}]/g, '');
    if (shape === undefined) return [];
    return [{ kind: 'shape', ...shape }, ...(shape.axes === 0 ? signOf(signs) : [])];
  }
  const integers = whole.exec(set);
  if (integers !== null) {
    const power = (integers[2] ?? '').replace(/[\s{}]/g, '');
    if (power !== '' && power !== '+' && power !== '*') return [];
    const signs = (integers[1] ?? power).replace(/[\s{}]/g, '');
    const positive: Unnamed[] = /^(?:\+|>0|\\geq?1|\\ge1)$/.test(signs)
      ? [{ kind: 'property', property: 'positive' }]
      : [];
    return [{ kind: 'shape', axes: 0, dims: [] }, { kind: 'property', property: 'integer' }, ...positive];
  }
  const definite = definiteSet.exec(set);
  if (definite !== null) {
    const dim = lengthIn(definite[1] ?? definite[2] ?? '');
    const shape: Unnamed = { kind: 'shape', axes: 2, ...(dim === undefined ? {} : { dims: [dim, dim] }) };
    return [shape, { kind: 'property', property: 'symmetric' }, { kind: 'property', property: 'definite' }];
  }
  return [...enumerated(set), ...interval(set)];
}

function signOf(signs: string): readonly Unnamed[] {
  if (/^(?:>0|\+\+)$/.test(signs)) return [{ kind: 'property', property: 'positive' }];
  if (/^\\geq?0$/.test(signs)) return [{ kind: 'property', property: 'nonnegative' }];
  return [];
}

/** The shape that the exponent of the reals gives; undefined for one that is no length. */
function shapeOfPower(power: string): WrittenShape | undefined {
  const inner = unwrapped(power);
  if (inner === '') return { axes: 0, dims: [] };
  if (/^\+{1,2}$/.test(inner)) return { axes: 0, dims: [] };
  const lengths = inner.split(/\\times(?![A-Za-z])|×/);
  if (lengths.some((one) => one.trim() === '' || /[,;]/.test(one))) return undefined;
  const dims = lengths.map(lengthIn);
  return { axes: lengths.length, ...(dims.includes(undefined) ? {} : { dims: dims as string[] }) };
}

/** A size that stands alone: `m \times n`. */
export function writtenSize(tex: string): WrittenShape | undefined {
  const lengths = tex.split(/\\times(?![A-Za-z])|×/);
  if (lengths.length < 2 || sidesOf(tex).relations.length > 0) return undefined;
  const dims = lengths.map(lengthIn);
  return dims.includes(undefined) ? undefined : { axes: dims.length, dims: dims as string[] };
}

/** A length as declarations take it: a name, a whole number, or a sum of such. */
export function lengthIn(tex: string): string | undefined {
  const parts = unwrapped(tex)
    .split('+')
    .map((part) => (/^\s*[1-9]\d*\s*$/.test(part) ? part.trim() : writtenName(part)?.name));
  return parts.includes(undefined) ? undefined : parts.join('+');
}

function unwrapped(tex: string): string {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(tex)?.[1] ?? tex;
  return inner.trim();
}

function enumerated(set: string): readonly Unnamed[] {
  // The corners of a simplex are what is one-hot, and its points what has positive entries that sum to one.
  if (/^\s*\\(?:Delta|triangle|bigtriangleup)\s*(?:[_^]\s*(?:\{[^{}]*\}|[A-Za-z0-9])\s*)*$/.test(set)) {
    return [{ kind: 'property', property: 'probability' }];
  }
  const match =
    /^\s*\\(?:left\s*\\)?\{(.*?)\\(?:right\s*\\)?\}\s*(\^\s*(?:\{[^{}]*\}|[A-Za-z0-9]|\\[A-Za-z]+))?\s*$/s.exec(set);
  const inner = match?.[1]?.replace(/[\s{}]|\\[,;:! ]/g, '');
  if (inner === undefined) return [];
  if (inner === '0,1' || inner === '1,0') return [{ kind: 'property', property: 'binary' }];
  if (/^(?:-1,\+?1|\+?1,-1|\\pm1)$/.test(inner)) return [{ kind: 'property', property: 'label' }];
  const [first = '', second = ''] = inner.split(',');
  const isRun = /\\[lc]?dots|\.\.\./.test(inner) && /^\d+$/.test(first) && /^(?:\d+|\\[lc]?dots|\.\.\.)$/.test(second);
  return isRun ? [{ kind: 'property', property: 'integer' }, { kind: 'range' }] : [];
}

function interval(set: string): readonly Unnamed[] {
  const match = /^\s*(?:\\left\s*)?([[(])(.*),(.*?)(?:\\right\s*)?[\])]\s*$/s.exec(set);
  if (match === null) return [];
  const from = (match[2] as string).trim();
  const above = Number(from);
  if (from === '' || !Number.isFinite(above) || above < 0) return [{ kind: 'range' }];
  const property = above > 0 || match[1] === '(' ? 'positive' : 'nonnegative';
  return [{ kind: 'property', property }, { kind: 'range' }];
}

/** What inequalities say: `0 < x < 1`, `x, y > 0`, `a \ne 0`; an index that runs, `i = 1, \ldots, n`. */
function bounded(
  sides: readonly string[],
  relations: readonly Relation[],
  before: readonly WrittenName[],
): readonly WrittenFact[] {
  const facts: WrittenFact[] = [];
  relations.forEach((relation, at) => {
    const [left, right] = [sides[at] as string, sides[at + 1] as string];
    const number = (text: string): number | undefined =>
      /^\s*-?\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
    const names =
      writtenName(left) === undefined ? [] : [...(at === 0 ? before : []), writtenName(left) as WrittenName];
    const [bound, flipped] = [number(right), number(left)];
    if (bound !== undefined) {
      const property = signFrom(relation, bound);
      if (property !== undefined) facts.push(...names.map((name) => ({ kind: 'property', name, property }) as const));
    } else if (flipped !== undefined) {
      const name = writtenName(right);
      const property = signFrom(mirrored(relation), flipped);
      if (property !== undefined && name !== undefined) facts.push({ kind: 'property', name, property });
    }
  });
  return facts;
}

function mirrored(relation: Relation): Relation {
  const mirror: Partial<Record<Relation, Relation>> = {
    less: 'greater',
    greater: 'less',
    'at-most': 'at-least',
    'at-least': 'at-most',
  };
  return mirror[relation] ?? relation;
}

function signFrom(relation: Relation, bound: number): Property | undefined {
  if (relation === 'greater' && bound >= 0) return 'positive';
  if (relation === 'at-least' && bound > 0) return 'positive';
  if (relation === 'at-least' && bound === 0) return 'nonnegative';
  if (relation === 'less' && bound <= 0) return 'negative';
  if (relation === 'at-most' && bound < 0) return 'negative';
  if (relation === 'unequal' && bound === 0) return 'nonzero';
  return undefined;
}

function isTransposeOf(left: string, right: string): boolean {
  const bare = (text: string): string | undefined =>
    /^(.*?)\s*\^\s*\{?\s*(?:\\top|\\intercal|T|\\mathrm\{?T\}?|\\mathsf\{?T\}?)\s*\}?\s*$/s.exec(text)?.[1]?.trim();
  return bare(left) === right.trim() || bare(right) === left.trim();
}

/** The names that a formula is about where a sentence says something of it: `x`; the x of `x \in S`, `x = 3`, `x > 0`. */
export function subjectsOf(tex: string): readonly WrittenName[] {
  const listed = listedNames(tex);
  if (listed !== undefined) return listed;
  const parts = partsOf(tex);
  const names = parts.slice(0, -1).map(({ text }) => writtenName(text));
  const { sides, relations } = sidesOf(parts.at(-1)?.text ?? '');
  const last = writtenName(sides[0] ?? '');
  const speaks =
    relations[0] === 'member' || (relations[0] === 'equal' && names.length === 0) || relations[0] === 'greater';
  if (!speaks || last === undefined || names.includes(undefined)) return [];
  return [...(names as WrittenName[]), last];
}

/**
 * Of formulas that stand together, those that are what is said of them: "where $y = x^2$, and $t$ is one-hot" says of t alone that
 * it is so.
 */
export function saidTogether(marks: readonly number[], texAt: (mark: number) => string): readonly number[] {
  const last = marks.at(-1);
  if (last === undefined || listedNames(texAt(last)) === undefined) return marks;
  return marks.filter((mark) => mark === last || sidesOf(texAt(mark)).relations.length === 0);
}

/** The function that a formula is, where it is applied to names or to a dot: `f(x)`, `\sigma(\cdot)`. */
export function functionIn(tex: string): WrittenName | undefined {
  const match =
    tex.length > longestFact ? null : /^([^()]*?)(?:\\left)?\((?:[^()]*)(?:\\right)?\)\s*(?:=.*)?$/s.exec(tex.trim());
  return match === null ? undefined : writtenName(match[1] as string);
}

/** The functions that a formula is where a sentence calls it one: `f`, `f(x)`, `f: A \to B`; of y = f(x), it can be either. */
export function functionsOf(tex: string): readonly WrittenName[] {
  const applied = functionIn(tex);
  if (applied !== undefined) return [applied];
  return listedNames(tex) ?? writtenFacts(tex).flatMap(({ fact }) => (fact.kind === 'function' ? [fact.name] : []));
}
