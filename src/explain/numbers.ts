/** Numbers for sentences: few digits, and a sign for what is no number. */

import type { Counterexample } from '../derivation/derivation.ts';
import { formula, join, type Phrase, words } from './explain.ts';

/** A value of a counterexample, four digits. */
export function valuePhrase(value: number): Phrase {
  return Number.isFinite(value) ? formula(String(Number(value.toPrecision(4)))) : words('—');
}

/** An error in one digit: 2·10⁻¹⁵. */
export function errorPhrase(value: number): Phrase {
  return Number.isFinite(value) ? formula(value.toExponential(0)) : words('—');
}

/** The values at which two sides differ: x = 0.4, f(t) = sin(1.2 t). */
export function valuesPhrase({ values }: Counterexample, separator: string): Phrase {
  const parts = Object.entries(values).map(([name, value]) =>
    formula(`${name} = ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`),
  );
  return join(parts, separator);
}
