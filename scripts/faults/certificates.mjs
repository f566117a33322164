/** What a result says of itself: every certificate in its data, and every mark in what is printed of it. */

/** Signs at the beginning of a line under a derivation. */
const marks = new Map([
  ['✓', 'holds'],
  ['✗', 'fails'],
  ['?', 'unknown'],
]);

/** Stands on a page, with marks or without, whose own formulas are those of the certified answer. */
const answerVerified = 'the answer verified against the source';

/**
 * Verdicts by their places. Whatever looks like a certificate counts, wherever it stands, so that a new one is part of this
 * from its first day.
 *
 * @param {object} result what a verb returned
 * @param {Record<string, unknown>} printed its text in each format, or data on it
 * @returns {Record<string, string>}
 */
export function certificatesOf(result, printed) {
  const found = {};
  gather(result, 'result', found);
  for (const [format, text] of Object.entries(printed)) {
    if (typeof text === 'string') gatherMarks(text, format, found);
    else gather(text, format, found);
  }
  return found;
}

function gather(value, place, found) {
  if (typeof value !== 'object' || value === null) return;
  if (typeof value.verdict === 'string' && typeof value.method === 'string' && 'points' in value) {
    found[place] = value.verdict;
    return;
  }
  for (const [key, part] of Object.entries(value)) gather(part, `${place}.${key}`, found);
}

function gatherMarks(text, format, found) {
  const signs = [...text.matchAll(/^\s*([✓✗?]) /gmu)].map(([, sign]) => marks.get(sign));
  signs.forEach((verdict, at) => {
    found[`${format} mark ${at + 1}`] = verdict;
  });
  found[`${format} answer`] = text.includes(answerVerified) ? 'holds' : 'unknown';
}

/**
 * The certificate that sees a fault: one that held and holds no more, or a failure where there was none at all; undefined
 * where all is as it was.
 */
export function lostCertificate(sound, faulty) {
  const lost = Object.entries(faulty).find(([place, verdict]) => sound[place] === 'holds' && verdict !== 'holds');
  if (lost !== undefined) return lost;
  if (Object.values(sound).includes('fails')) return undefined;
  return Object.entries(faulty).find(([place, verdict]) => sound[place] === undefined && verdict === 'fails');
}
