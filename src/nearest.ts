import distanceBetween from 'damerau-levenshtein';

/** The word that `given` was probably meant to be: a third of its letters differ at most, or it is the beginning of one word. */
export function nearest(given: string, words: readonly string[]): string | undefined {
  const short = given.toLowerCase().slice(0, 60);
  const measured = words.map((word) => ({ word, far: distanceBetween(short, word).steps }));
  const [best] = measured.sort((one, other) => one.far - other.far);
  const allowed = Math.max(1, Math.floor(Math.max(short.length, best?.word.length ?? 0) / 3));
  if (best !== undefined && best.far <= allowed) return best.word;
  const begun = words.filter((word) => short.length > 1 && word.startsWith(short));
  return begun.length === 1 ? begun[0] : undefined;
}
