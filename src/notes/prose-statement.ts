/** What the sentences around formulas state, as data: nothing is judged here. */

import type { Span } from '../problem.ts';
import type { Formula } from './formula.ts';
import type { Introduction, Role } from './phrases.ts';
import type { Sentence } from './sentences.ts';
import type { Property, WrittenShape } from './written-facts.ts';
import type { WrittenName } from './written-names.ts';

/**
 * How far a statement holds. `onward`: from its sentence to the end of its section; `sentence`: for the formulas of its
 * sentence; `backward`: from the formula that it stands behind, as "where" does, onward; `formula`: in its formula alone.
 */
type ProseScope = 'onward' | 'sentence' | 'backward' | 'formula';

interface Placed {
  /** Where it stands in the document. */
  readonly span: Span;
  readonly scope: ProseScope;
  /** The formula that names what it speaks of. */
  readonly formula: Formula;
  /** What it was read in; none where it stands within a formula. */
  readonly sentence?: Sentence;
  /** The formula that a statement with the scope `backward` stands behind. */
  readonly behind?: Formula;
}

export type ProseStatement = Placed &
  (
    | ({ readonly kind: 'shape'; readonly name: WrittenName } & WrittenShape)
    | { readonly kind: 'property'; readonly name: WrittenName; readonly property: Property }
    | { readonly kind: 'role'; readonly name: WrittenName; readonly role: Role }
    /** `name` is a function of each of `on`, or said not to be. */
    | { readonly kind: 'dependence'; readonly name: WrittenName; readonly on: readonly WrittenName[] }
    | { readonly kind: 'independence'; readonly name: WrittenName; readonly on: readonly WrittenName[] }
    /** Held fixed while something else varies. */
    | { readonly kind: 'fixed'; readonly name: WrittenName }
    /** What is differentiated by. */
    | { readonly kind: 'respect'; readonly name: WrittenName }
    /** As what its formula, or the part of it in `part`, is introduced. */
    | { readonly kind: Introduction; readonly part: Span }
  );
