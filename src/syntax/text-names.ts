/** Names of the text syntax: which letters are one. */

const letters =
  'A-Za-z_$\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02a8\\u0370-\\u03ff\\u1e00-\\u1eff\\u1fb1\\u1fd1\\u1fe1\\u2100-\\u214f';

/** Letters that touch, with their digits and marks. */
export const name = new RegExp(`[${letters}](?:[${letters}0-9]|\\p{M})*`, 'uy');

/** What goes on with a name or a number that ends before it. */
export const goesOn = new RegExp(`[${letters}0-9.([{]`, 'uy');

/** A letter of Greek with its marks, or letters of other alphabets. */
const alphabetRuns = /[\u0370-\u03ff]\p{M}*|(?:(?![\u0370-\u03ff])[^_\d])+/gu;

/**
 * The names in letters that touch: a Greek letter is a name by itself, 2πr and cosθ are products; the differences Δx and dθ are
 * one name. What stands below the last belongs to it.
 */
export function namesIn(found: string): readonly string[] {
  const letters = /^[^_\d]*/.exec(found)?.[0] ?? '';
  const isOne = !/[\u0370-\u03ff]/.test(letters) || /^(?:[\u0370-\u03ff]|[Δδ]\p{L}+|d\p{L})\p{M}*$/u.test(letters);
  if (isOne) return [found];
  const parts = letters.match(alphabetRuns) ?? [];
  const script = found.slice(letters.length);
  return parts.map((part, at) => (at === parts.length - 1 ? part + script : part));
}
