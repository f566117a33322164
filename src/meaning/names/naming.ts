/** The answers to what the grammar asks of names, from what is known about them. */

import type { Naming } from '../../syntax/naming.ts';
import { isApplied, specialFunction } from './calls.ts';
import type { Evidence } from './evidence.ts';
import { subscriptPart, superscript } from './slots.ts';

/** Answers in the light of `known`. */
export function namingFrom(known: Evidence): Naming {
  return {
    spelling: ({ name }) => name,
    specialFunction: (use) => specialFunction(use, known),
    isApplied: (use) => isApplied(use, known),
    isFunction: (name) => known.functions.has(name),
    isBold: (name) => known.vectors.has(name),
    isVector: (name, indices) => {
      const axes = known.declared.get(name);
      return axes === undefined ? known.vectors.has(name) : axes - indices === 1;
    },
    subscriptPart: (part, base) => subscriptPart(part, base, known),
    superscript: (sup, base) => superscript(sup, base, known),
  };
}
