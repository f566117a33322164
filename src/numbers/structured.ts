/**
 * Values of matrices and vectors with a property: made from free values, so that every point has it. Properties are those that
 * are declared; where a name has several, the first of `structures` makes its values.
 */

/** The free value of an entry, within -1 and 1, so that no matrix is far from others of its kind. */
export type Free = (...indices: readonly number[]) => number;

const span = (size: number): number[] => Array.from({ length: size }, (_, k) => k + 1);

/** The properties that decide values, in the order in which they are asked. */
export const structures = [
  'definite',
  'orthogonal',
  'diagonal',
  'antisymmetric',
  'symmetric',
  'lower',
  'upper',
  'onehot',
  'probability',
  'sumone',
  'binary',
  'label',
] as const;

export type Structure = (typeof structures)[number];

/** The entry of an array with a property; `size` is how long its first axis is. */
export const structuredEntry = (structure: Structure, indices: readonly number[], free: Free, size: number): number =>
  entries[structure](indices, free, size);

type Entry = (indices: readonly number[], free: Free, size: number) => number;

/** By turns a reflection and a rotation, which is two reflections, one after the other: determinants -1 and 1. */
function orthogonalEntry(i: number, j: number, free: Free, size: number): number {
  const reflect = (own: number) => {
    const axis = span(size).map((k) => free(k, own) + 0.1);
    const square = axis.reduce((sum, value) => sum + value * value, 0);
    return (a: number, b: number): number =>
      (a === b ? 1 : 0) - (2 * (axis[a - 1] as number) * (axis[b - 1] as number)) / square;
  };
  const [first, second] = [reflect(1), reflect(2)];
  if (free(0, 0) < 0) return first(i, j);
  return span(size).reduce((sum, k) => sum + first(i, k) * second(k, j), 0);
}

const entries: Readonly<Record<Structure, Entry>> = {
  definite: ([i = 1, j = 1], free, size) =>
    span(size).reduce((sum, k) => sum + free(i, k) * free(j, k), i === j ? 0.5 : 0),
  symmetric: ([i = 1, j = 1], free) => 2 * free(Math.min(i, j), Math.max(i, j)),
  antisymmetric: ([i = 1, j = 1], free) => (i === j ? 0 : Math.sign(j - i) * 2 * free(Math.min(i, j), Math.max(i, j))),
  diagonal: ([i, j], free) => (i === j && i !== undefined ? free(i, i) : 0),
  orthogonal: ([i = 1, j = 1], free, size) => orthogonalEntry(i, j, free, size),
  lower: ([i = 1, j = 1], free) => (i < j ? 0 : 2 * free(i, j)),
  upper: ([i = 1, j = 1], free) => (i > j ? 0 : 2 * free(i, j)),
  onehot: ([i = 1], free, size) => (i === 1 + (Math.floor(Math.abs(free(0)) * 997) % size) ? 1 : 0),
  probability: ([i = 1], free, size) =>
    (0.1 + Math.abs(free(i))) / span(size).reduce((sum, k) => sum + 0.1 + Math.abs(free(k)), 0),
  sumone: ([i = 1], free, size) =>
    (i === size ? 1 : 0) + free(i) - (i === size ? span(size).reduce((sum, k) => sum + free(k), 0) : 0),
  binary: (indices, free) => (free(...indices) > 0 ? 1 : 0),
  label: (indices, free) => (free(...indices) > 0 ? 1 : -1),
};
