/** The last lines of a report: `1 mistake · 31 equalities hold · 4 not judged (2 integrals, 2 limits: --verbose)`. */

import { widthOf } from '../columns.ts';
import { counted, countReasons, fillWords } from '../explain/unjudged.ts';
import type { Language, Words } from '../explain/words.ts';
import { statementKinds } from '../notes/claim.ts';
import type { Verdict } from '../notes/verdict.ts';

interface SummaryOptions {
  readonly lang: Language;
  readonly words: Words;
  readonly width: number;
  /** Whether what is not judged stands above with its places. */
  readonly isListed: boolean;
  /** How many files there were. */
  readonly files: number;
}

/** Most reasons that stand in the line itself. */
const mostReasons = 3;

/** How many of each kind there are; below it, where they are many, the reasons for which some are not judged. */
export function summaryLines(verdicts: readonly Verdict[], options: SummaryOptions): string[] {
  const { lang, words, width, isListed, files } = options;
  const { summary, noClaims } = words.check;
  if (verdicts.length === 0) return [noClaims];
  const open = verdicts.filter((one) => one.verdict === 'unknown');
  const head = files > 1 ? counted(summary.files, files) : '';
  const before = countsOf(verdicts, words).join(summary.separator);
  if (open.length === 0) return [head + before];
  const unjudged = counted(summary.unknown, open.length);
  const whole = head + [before, unjudged].filter((part) => part !== '').join(summary.separator);
  const reasons = countReasons(open, lang);
  if (reasons.length <= mostReasons) {
    const parts = reasons.map(({ count, phrase }) => counted([summary.reason, summary.reason], count, { phrase }));
    const why = fillWords(isListed ? summary.listed : summary.which, { parts: parts.join(words.list) });
    const line = whole + words.wordGap + why;
    return widthOf(line) <= width || before === '' ? [line] : [head + before, unjudged + words.wordGap + why];
  }
  const digits = String(reasons[0]?.count ?? 0).length;
  const list = reasons.map(({ count, phrase }) => `  ${String(count).padStart(digits)}  ${phrase}`);
  return [isListed ? whole : whole + words.wordGap + summary.verbose, ...list];
}

/** What was decided, and what is no claim. */
function countsOf(verdicts: readonly Verdict[], { check }: Words): string[] {
  const count = (verdict: Verdict['verdict']): number => verdicts.filter((one) => one.verdict === verdict).length;
  const judged = (['fails', 'warns', 'holds'] as const).map((verdict) => {
    const number = count(verdict);
    return number === 0 ? [] : [counted(check.summary[verdict], number)];
  });
  const listed = statementKinds.map((kind) => {
    if (kind === 'claim') return [];
    const number = verdicts.filter((one) => one.kind === kind).length;
    const phrase = check.kinds[kind][number === 1 ? 0 : 1];
    return number === 0 ? [] : [counted([check.summary.reason, check.summary.reason], number, { phrase })];
  });
  return [...judged, ...listed].flat();
}
