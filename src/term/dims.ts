/** The lengths of the axes of terms, and what is known of the names of vectors and matrices. */

import { fail } from '../problem.ts';
import type { SymbolTerm, Term } from './term.ts';

/** A property of a vector or matrix, as it is declared. */
export const traits = [
  'symmetric',
  'antisymmetric',
  'diagonal',
  'orthogonal',
  'definite',
  'invertible',
  'lower',
  'upper',
  'onehot',
  'probability',
  'sumone',
  'binary',
  'label',
] as const;

export type Trait = (typeof traits)[number];

/** Properties of the values alone, which speak of no matrix: the last axis is the one along which they sum to one. */
export const valueTraits: ReadonlySet<Trait> = new Set<Trait>(['onehot', 'probability', 'sumone', 'binary', 'label']);

/** What is declared of a name. */
export interface Shape {
  /** Symbols and whole numbers; one for each axis. */
  readonly dims: readonly Term[];
  readonly traits: ReadonlySet<Trait>;
  /** Of a family, how many of the first axes count its members: these have the properties, each for itself. */
  readonly families?: number;
  /** Whether its entries vary one by one, as those of a variable: then nothing is simplified by its properties. */
  readonly varied: boolean;
}

const shapes = new WeakMap<SymbolTerm, Shape>();

/** Notes the shape of a name; symbols live in one store, so nothing is remembered beyond it. */
export function setShape(symbol: SymbolTerm, shape: Shape): void {
  shapes.set(symbol, shape);
}

/** The declared shape of a name, if it has one. */
export function shapeOf(symbol: SymbolTerm): Shape | undefined {
  return shapes.get(symbol);
}

/** Whether a term is a name with this property, or a member of a family of which each has it. */
export function hasTrait(term: Term, trait: Trait): boolean {
  const [symbol, indices] =
    term.kind === 'symbol' ? [term, 0] : term.kind === 'element' ? [term.base, term.indices.length] : [];
  const shape = symbol === undefined ? undefined : shapes.get(symbol);
  return shape !== undefined && !shape.varied && (shape.families ?? 0) === indices && shape.traits.has(trait);
}

const scalar: readonly Term[] = [];

/** The lengths of the axes of a term; empty for a scalar, undefined where a name in it has no declared shape. */
export function dimsOf(term: Term): readonly Term[] | undefined {
  if (term.rank === 0) return scalar;
  switch (term.kind) {
    case 'symbol':
      return shapes.get(term)?.dims;
    case 'element':
      return shapes.get(term.base)?.dims.slice(term.indices.length);
    case 'tensor':
      return term.dims;
    case 'derivative': {
      const [of, by] = [dimsOf(term.of), dimsOf(term.by)];
      return of === undefined || by === undefined ? undefined : [...by, ...of];
    }
    case 'sum':
    case 'product':
    case 'integral':
    case 'limit':
      return dimsOf(term.body);
    default: {
      for (const part of term.parts) if (part.rank === term.rank) return dimsOf(part);
      return undefined;
    }
  }
}

/** The dims of a term; refuses a name that has axes and no lengths, as in a note that declares nothing. */
export function knownDims(term: Term): readonly Term[] {
  const dims = dimsOf(term);
  if (dims !== undefined) return dims;
  const name = nameWithoutShape(term);
  return fail({
    code: 'unsupported-notation',
    message: `the shape of ${name ?? 'a part of this'} is not known`,
    hint: `declare it: --shape "${name ?? 'A'}: matrix(m, n)"`,
  });
}

function nameWithoutShape(term: Term): string | undefined {
  if (term.kind === 'symbol') return term.rank > 0 && shapes.get(term) === undefined ? term.name : undefined;
  for (const part of term.parts) {
    const name = nameWithoutShape(part);
    if (name !== undefined) return name;
  }
  return undefined;
}
