/**
 * What is open about the names of formulas: choices between two or three values that no declaration, definition, bold type or
 * bound index settles. The first value is the likeliest, and what the formulas are read by at first.
 */

/** What can be open about a name, in the order in which other answers are tried. */
export const choiceKinds = [
  'sum-reach',
  'sum-binds',
  'derivative-reach',
  'logarithm-base',
  'slash-reach',
  'argument-reach',
  'transpose-or-power',
  'prime',
  'inner-or-product',
  'call-or-product',
  'member-or-label',
  'separate-or-entry',
  'sample-or-label',
] as const;

export type ChoiceKind = (typeof choiceKinds)[number];

/** What a name can be taken for beside what is likeliest. */
export const secondValues = [
  'call',
  'product',
  'label',
  'member',
  'separate',
  'entry',
  'sum',
  'free',
  'name',
  'derivative',
  'transpose',
  'power',
  'onward',
  'two',
  'ten',
  'beside',
  'below',
  'first',
  'numbers',
] as const;

export type SecondValue = (typeof secondValues)[number];

/**
 * What a name can be taken for; a sum and a derivative end with their term, a sum binds what counts in it, a logarithm is the natural
 * one, unless something speaks against it; what a slash or a function without brackets reaches goes by how it is written.
 */
type ChoiceValue = SecondValue | 'inner' | 'term' | 'bound' | 'natural' | 'written';

/** Why a value comes where it does in the order of likelihood. */
type ChoiceReason =
  /** The letter, or what stands in brackets, usually is that. */
  | 'usual'
  /** The notation says so by itself. */
  | 'notation'
  /** Nothing speaks for it but that it can be meant. */
  | 'possible'
  /** Otherwise a part of the formula would hang in the air: an index that counts nothing, or behind its sum. */
  | 'escapes'
  | 'counts-nothing';

export interface Choice {
  readonly kind: ChoiceKind;
  /** The letter; of a sum the letters that it binds, '' where it names none; '' for an expression in brackets. */
  readonly name: string;
  /** Likeliest first. */
  readonly values: readonly [Valued<ChoiceValue>, ...(readonly Valued<SecondValue>[])];
}

interface Valued<Value> {
  readonly value: Value;
  readonly because: ChoiceReason;
}

type Ordered = readonly [ChoiceValue, ...(readonly SecondValue[])];

/** A list of choices, one for each name and kind: what is said first of it stands. */
export interface ChoiceList {
  readonly add: (kind: ChoiceKind, name: string, values: Ordered, because?: ChoiceReason) => void;
  readonly found: () => readonly Choice[];
}

export function choiceList(): ChoiceList {
  const known = new Map<string, Choice>();
  return {
    add: (kind, name, [likeliest, ...others], because = 'possible') => {
      const key = choiceKey(kind, name);
      if (known.has(key)) return;
      const first: ChoiceReason = kind === 'call-or-product' ? 'usual' : 'notation';
      known.set(key, {
        kind,
        name,
        values: [{ value: likeliest, because: first }, ...others.map((value) => ({ value, because }))],
      });
    },
    found: () => [...known.values()],
  };
}

/** Answers to open choices, by {@link choiceKey}. */
export type Taken = ReadonlyMap<string, string>;

/** The T above names is one letter, or one sign, wherever it stands. */
export function choiceKey(kind: ChoiceKind, name: string): string {
  return kind === 'transpose-or-power' ? kind : `${kind} ${name}`;
}

/** The answer that a reading gives to the choice of `kind` about `name`; undefined where it goes by the evidence. */
export function takenFor({ taken }: { readonly taken: Taken }, kind: ChoiceKind, name: string): string | undefined {
  return taken.size === 0 ? undefined : taken.get(choiceKey(kind, name));
}
