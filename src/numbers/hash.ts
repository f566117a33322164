/**
 * Seeded hashing of names and integers to 32 bits: every random choice of the oracle is a function of a seed and a
 * key, so that a value can be looked up again without being stored, and a run can be repeated.
 *
 * Strings and integers are mixed by the steps of MurmurHash3 (Appleby 2011).
 */

const textHashes = new Map<string, number>();

/** The hash of a name. */
export function hashText(text: string): number {
  const known = textHashes.get(text);
  if (known !== undefined) return known;
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at));
  if (textHashes.size > 10_000) textHashes.clear();
  textHashes.set(text, hash);
  return hash;
}

/** `hash` with the integer `key` mixed in; not yet evenly spread: see {@link finish}. */
export function mix(hash: number, key: number): number {
  let k = Math.imul(key, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** An evenly spread unsigned 32-bit integer from a mixed hash. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1) from a mixed hash. */
export function uniform(hash: number): number {
  return finish(hash) / 0x1_0000_0000;
}
