/** Repeatable numbers. */

/** A decimal text between `from` and `to` that depends on the name and the seed alone. */
export function draw(name: string, seed: number, from: number, to: number): string {
  let hash = 2166136261 ^ seed;
  for (const character of `${name} ${seed}`) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489917);
  return (from + (to - from) * ((hash >>> 0) / 4294967296)).toFixed(3);
}
