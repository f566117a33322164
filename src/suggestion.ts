/** "Did you mean": the name that was probably meant by one that nobody knows. */

import { distance } from 'fastest-levenshtein';

/** At most so many of the letters of the longer name may have to be changed. */
const mostChanged = 0.4;

/** The name among `known` that is nearest to `name`, if it is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of known) {
    const changes = distance(name.toLowerCase(), one.toLowerCase());
    const isNear = changes <= mostChanged * Math.max(name.length, one.length);
    if (isNear && changes < least) [best, least] = [one, changes];
  }
  return best;
}
