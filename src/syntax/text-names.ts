/** Names of the text syntax: which letters are one. */

const letters =
  'A-Za-z_$\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02a8\\u0370-\\u03ff\\u1e00-\\u1eff\\u1fb1\\u1fd1\\u1fe1\\u2100-\\u214f';

const plainName = new RegExp(`[${letters}][${letters}0-9]*`, 'y');
/** With marks in it; made when one may follow, as V8 takes long to compile the class. */
const markedName = (): RegExp => new RegExp(`[${letters}](?:[${letters}0-9]|\\p{M})*`, 'uy');
/** What is no mark: nearly all that stands behind a name. */
const noMark = /^[\s!-\u02ff\u0370-\u03ff\u1d00-\u1dbf\u2010-\u20cf\u2100-\u2c7f]?$/;

/** The letters that touch at a place, with their digits and marks. */
export function nameAt(source: string, at: number): string | undefined {
  const found = stickyMatch(plainName, source, at);
  if (found === undefined || noMark.test(source.charAt(at + found.length))) return found;
  return stickyMatch(markedName(), source, at);
}

function stickyMatch(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** What goes on with a name or a number that ends before it. */
export const goesOn = new RegExp(`[${letters}0-9.([{]`, 'uy');

/**
 * The names in letters that touch: a Greek letter is a name by itself, 2πr and cosθ are products; the differences Δx and dθ are
 * one name. What stands below the last belongs to it.
 */
export function namesIn(found: string): readonly string[] {
  const run = /^[^_\d]*/.exec(found)?.[0] ?? '';
  if (run.length < 2 || !/[\u0370-\u03ff]/.test(run)) return [found];
  if (/^(?:[\u0370-\u03ff]|[Δδ]\p{L}+|d\p{L})\p{M}*$/u.test(run)) return [found];
  // A letter of Greek with its marks, or letters of other alphabets.
  const parts = run.match(/[\u0370-\u03ff]\p{M}*|(?:(?![\u0370-\u03ff])[^_\d])+/gu) ?? [];
  const script = found.slice(run.length);
  return parts.map((part, at) => (at === parts.length - 1 ? part + script : part));
}
