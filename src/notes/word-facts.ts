/** What the words of a noun phrase say of one name. */

import type { Role, Word } from './phrases.ts';
import type { Sentence } from './sentences.ts';
import { functionsOf, type Property, subjectsOf, type WrittenShape } from './written-facts.ts';
import type { WrittenName } from './written-names.ts';

type WordFact =
  | ({ readonly kind: 'shape' } & WrittenShape)
  | { readonly kind: 'property'; readonly property: Property }
  | { readonly kind: 'role'; readonly role: Role };

/** A fact that a sentence states, with the token at which its words begin and the formula that names its subject. */
export interface SaidFact {
  readonly name: WrittenName;
  readonly fact:
    | WordFact
    | { readonly kind: 'dependence' | 'independence'; readonly on: readonly WrittenName[] }
    | { readonly kind: 'fixed' | 'respect' };
  readonly mark: number;
  readonly at: number;
  readonly end: number;
  /** Whether the words around hold it to its sentence: "for a symmetric matrix A". */
  readonly isLocal: boolean;
}

interface Extent {
  readonly at: number;
  readonly end: number;
  readonly isLocal: boolean;
}

interface Description {
  readonly adjectives: readonly Word[];
  readonly noun?: Word;
  readonly shape?: WrittenShape;
}

/** What `phrase` says of the names in the formulas with these marks. */
export function saidOf(sentence: Sentence, marks: readonly number[], phrase: Description, extent: Extent): SaidFact[] {
  const all = marks.map((mark) => {
    const tex = sentence.formulas[mark]?.tex ?? '';
    const names = isFunction(phrase.noun) ? functionsOf(tex) : subjectsOf(tex);
    return { mark, names };
  });
  // What is said of several and makes no sense for one of them is said of something else.
  if (all.some(({ names }) => names.length === 0)) return [];
  return all.flatMap(({ mark, names }) =>
    names.flatMap((name) => factsOfWords(phrase, name).map((fact): SaidFact => ({ name, fact, mark, ...extent }))),
  );
}

/** The facts of a phrase said of `name`; none where its words contradict each other or could mean something else. */
function factsOfWords({ adjectives, noun, shape }: Description, name: WrittenName): readonly WordFact[] {
  const role = noun?.role;
  if (role !== undefined) {
    // A function has no axes of its own, and no sign or symmetry of a matrix.
    if (shape !== undefined) return [];
    const activation = adjectives.some((word) => word.role === 'activation');
    const facts: WordFact[] = [{ kind: 'role', role: activation ? 'activation' : role }];
    return noun?.axes === undefined
      ? facts
      : [...facts, { kind: 'shape', axes: 0, dims: [] }, ...propertiesOf(adjectives, 0)];
  }
  const axes = noun?.axes;
  // "the matrix A_ij" can be one by its entries, or a member of a family.
  if (axes !== undefined && axes > 0 && shape === undefined && !name.isBold && name.indices.length >= axes) return [];
  if (axes !== undefined && shape !== undefined && axes !== shape.axes) return [];
  if (axes === undefined)
    return canBeMatrix(name) || adjectives.every((word) => (word.axes ?? 0) < 2) ? bare(adjectives, name) : [];
  const known: WordFact = axes === 0 ? { kind: 'shape', axes, dims: [] } : { kind: 'shape', ...(shape ?? { axes }) };
  const nounProperties = (noun?.properties ?? []).map((property): WordFact => ({ kind: 'property', property }));
  return [known, ...nounProperties, ...propertiesOf(adjectives, axes)];
}

/** Adjectives alone: "A is symmetric" makes of A a matrix. */
function bare(adjectives: readonly Word[], name: WrittenName): readonly WordFact[] {
  const axes = adjectives.find((word) => word.axes !== undefined)?.axes;
  if (axes === undefined) return name.isBold ? [] : propertiesOf(adjectives, 0);
  return [{ kind: 'shape', axes }, ...propertiesOf(adjectives, axes)];
}

function propertiesOf(adjectives: readonly Word[], axes: number): readonly WordFact[] {
  return adjectives
    .filter((word) => (word.isNumeric === true ? axes === 0 : word.axes === axes))
    .flatMap((word) => word.properties ?? [])
    .map((property): WordFact => ({ kind: 'property', property }));
}

/** A capital or a bold letter: a small plain one that "is symmetric" is more likely a function. */
function canBeMatrix({ isBold, base }: WrittenName): boolean {
  return isBold || /^\p{Lu}/u.test(base);
}

export function isFunction(noun: Word | undefined): boolean {
  return noun?.role === 'function' || noun?.role === 'activation';
}
