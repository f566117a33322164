/** Names that a reader may have meant: equal up to case, alphabet or decoration, or inside a longer name. */

import { fail, type Span } from '../problem.ts';

/** The letters of a name without script, alphabet and decoration, in small letters. */
function bareName(name: string): string {
  return name
    .replace(/_(?:bold|cal|hat|bar|tilde|dot|ddot|prime|vec)(?=_|$)/g, '')
    .replace(/_/g, '')
    .toLowerCase();
}

/** The name among `known` that is nearest to `name`, and whether it is only inside a longer one. */
export function nearName(
  name: string,
  known: Iterable<string>,
): { readonly name: string; readonly within: boolean } | undefined {
  const names = [...known].filter((one) => one !== name && /^\p{L}/u.test(one));
  const alike = names.find((one) => bareName(one) === bareName(name));
  if (alike !== undefined) return { name: alike, within: false };
  const base = name.split('_')[0] as string;
  const labelled = names.find((one) => one.startsWith(`${name}_`) || (base !== name && one === base));
  if (labelled !== undefined) return { name: labelled, within: false };
  const longer = names.find((one) => isWithin(name, one));
  return longer === undefined ? undefined : { name: longer, within: true };
}

/** Whether a longer name is `name` and other single letters written together: xy, 2xy, axb. */
function isWithin(name: string, longer: string): boolean {
  return /^\p{L}{2,4}$/u.test(longer) && longer.length > name.length && longer.includes(name);
}

/** Ends with the message that a variable does not occur, though a near name does. */
export function refuseNear(
  source: string,
  wanted: string,
  near: { name: string; within: boolean },
  span?: Span,
): never {
  const { name, within } = near;
  const factors = within ? splitAround(name, wanted) : name;
  return fail({
    code: 'unknown-variable',
    message: `the expression holds no ${wanted}`,
    source,
    span: span ?? { start: 0, end: Math.max(1, source.length) },
    hint: within ? `${name} is one name; for a product write ${factors}` : `did you mean ${name}?`,
  });
}

function splitAround(longer: string, name: string): string {
  const at = longer.indexOf(name);
  const parts = [...longer.slice(0, at), name, ...longer.slice(at + name.length)];
  return parts.join('*');
}
