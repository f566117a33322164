/** The verdicts of `check` as text for a terminal: place, what is wrong, the lines, values to retrace it with. */

import pc from 'picocolors';
import { wordsOf } from '../explain/explain.ts';
import type { Language } from '../explain/words.ts';
import type { Verdict } from '../notes/verdict.ts';
import type { Counterexample } from '../oracle/certificate.ts';

export interface CheckReportOptions {
  readonly lang: Language;
  readonly color: boolean;
}

/** Most values of a counterexample that are printed. */
const mostValues = 24;

/** A report on `verdicts`; `sources` holds the text of each file. Total. */
export function toCheckReport(
  verdicts: readonly Verdict[],
  sources: ReadonlyMap<string, string>,
  { lang, color }: CheckReportOptions,
): string {
  const paint = pc.createColors(color);
  const words = wordsOf(lang).check;
  const blocks = verdicts
    .filter((one) => one.verdict !== 'holds')
    .map((one) => {
      const fails = one.verdict === 'fails';
      const mark = fails ? paint.red(words.fails) : paint.yellow(words.unknown);
      const place = `${one.file}:${one.start.line}:${one.start.column}`;
      const long = fails ? words.failsLong : (one.detail ?? reasonText(one.reason, lang));
      const head = `  ${paint.bold(place)}  ${mark}  ${long}`;
      if (!fails) return head;
      const excerpt = excerptLines(sources.get(one.file) ?? '', one, paint.red);
      return [head, '', ...excerpt, '', ...exampleLines(one.counterexample, lang)].join('\n');
    });
  const count = (verdict: Verdict['verdict']): string =>
    String(verdicts.filter((one) => one.verdict === verdict).length);
  const summary =
    verdicts.length === 0
      ? words.noClaims
      : fillIn(words.summary, { fails: count('fails'), holds: count('holds'), unknown: count('unknown') });
  return `${[...blocks, `  ${summary}`].join('\n\n')}\n`;
}

function reasonText(reason: string | undefined, lang: Language): string {
  const { reasons, check } = wordsOf(lang);
  const known: Readonly<Record<string, string>> = reasons;
  return (reason === undefined ? undefined : known[reason]) ?? reason ?? check.unknownLong;
}

/** The line with the claim, the two lines before it, and a mark under the side that does not follow. */
function excerptLines(source: string, { start, end }: Verdict, paint: (text: string) => string): string[] {
  const lines = source.split(/\r?\n/);
  const width = String(start.line).length;
  const shown: string[] = [];
  for (let line = Math.max(1, start.line - 2); line <= start.line; line++) {
    shown.push(`    ${String(line).padStart(width)} │ ${lines[line - 1] ?? ''}`);
  }
  const text = lines[start.line - 1] ?? '';
  const stop = end.line === start.line ? end.column : text.length + 1;
  const marks = '^'.repeat(Math.max(1, stop - start.column));
  shown.push(`    ${' '.repeat(width)} │ ${' '.repeat(start.column - 1)}${paint(marks)}`);
  return shown;
}

function exampleLines(example: Counterexample | undefined, lang: Language): string[] {
  if (example === undefined) return [];
  const words = wordsOf(lang).check;
  const entries = Object.entries(example.values).map(([name, value]) => `${name} = ${value}`);
  const kept = entries.length > mostValues ? [...entries.slice(0, mostValues), '…'] : entries;
  const sides = `${words.left} ${shortNumber(example.left)}, ${words.right} ${shortNumber(example.right)}`;
  return [...wrap(`    ${fillIn(words.example, { values: kept.join(', ') })}:`), `    ${sides}`];
}

function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/(?<=,) /)) {
    if (line !== '' && line.length + word.length > 92) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((one) => `    ${one}`);
}
