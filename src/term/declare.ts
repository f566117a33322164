/** Declarations of shapes and properties: `A: matrix(m, n) symmetric, x: vector(n), t: positive`. */

import { fail, withSource } from '../problem.ts';
import { canonicalName, isReservedName } from '../syntax/names.ts';

export interface Declarations {
  /** Axes by name. */
  readonly axes: ReadonlyMap<string, number>;
  readonly positive: ReadonlySet<string>;
  readonly integer: ReadonlySet<string>;
  /** Names that are indices, though nothing in the text says so: the i of x^i. */
  readonly indices: ReadonlySet<string>;
}

export const noDeclarations: Declarations = {
  axes: new Map(),
  positive: new Set(),
  integer: new Set(),
  indices: new Set(),
};

const shapes: ReadonlyMap<string, number> = new Map([
  ['scalar', 0],
  ['vector', 1],
]);
const properties = ['positive', 'integer'] as const;

/** Reads declarations. `family(vector(d))` and `family(scalar)` add one axis each. Throws on an unknown word. */
export function readDeclarations(source: string): Declarations {
  return withSource(source, () => {
    const axes = new Map<string, number>();
    const positive = new Set<string>();
    const integer = new Set<string>();
    const indices = new Set<string>();
    for (const { text, start } of splitDeclarations(source)) {
      const match = /^\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*:\s*(.*?)\s*$/su.exec(text);
      const span = { start, end: start + Math.max(1, text.length) };
      const [, written = '', words = ''] = match ?? [];
      if (match === null || isReservedName(written)) {
        fail({
          code: 'syntax',
          message: 'a declaration reads name: shape',
          span,
          hint: 'for example x: vector(n), t: positive',
        });
      }
      const name = canonicalName(written);
      if (axes.has(name)) {
        fail({
          code: 'duplicate-definition',
          message: `${name} is declared twice`,
          span,
          hint: 'put shape and properties into one declaration, such as t: scalar positive',
        });
      }
      const rest = words.split(/\s+(?![^(]*\))/).filter((word) => word !== '');
      let count = 0;
      for (const word of rest) {
        const depth = shapeAxes(word);
        if (depth !== undefined) count = depth;
        else if (word === 'positive') positive.add(name);
        else if (word === 'integer') integer.add(name);
        else if (word === 'index') indices.add(name);
        else {
          fail({
            code: 'unknown-option',
            message: `"${word}" is not a shape or property that is known here`,
            span,
            hint: `known are scalar, vector(n), family(...), index and ${properties.join(', ')}`,
          });
        }
      }
      if (!indices.has(name)) axes.set(name, count);
    }
    return { axes, positive, integer, indices };
  });
}

/** Splits at commas and line ends outside parentheses. */
function splitDeclarations(source: string): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= source.length; at++) {
    const character = source.charAt(at);
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (at === source.length || ((character === ',' || character === '\n' || character === ';') && depth === 0)) {
      const text = source.slice(start, at);
      if (text.trim() !== '') found.push({ text, start });
      start = at + 1;
    }
  }
  return found;
}

function shapeAxes(word: string): number | undefined {
  const family = /^family\((.*)\)$/.exec(word);
  if (family !== null) {
    const inner = shapeAxes(family[1]?.trim() ?? '');
    return inner === undefined ? undefined : inner + 1;
  }
  return shapes.get(/^(\w+)(?:\([^()]*\))?$/.exec(word)?.[1] ?? '');
}
