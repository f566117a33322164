/** Runs inputs of the campaign in this process, and says on standard output what each one came to. */

import { writeSync } from 'node:fs';
import { type CampaignInput, inputAt } from './inputs.ts';
import { readMaterial } from './material.ts';

/** The published modules, as far as they are called. */
interface Published {
  readonly MathError: new (...args: never[]) => Error & { readonly code: string };
  readonly [name: string]: unknown;
}

/** What is said of an input: that it begins, or how it ended, where that is worth a line. */
export type Line =
  | { readonly begins: number }
  | { readonly ends: number; readonly outcome: Outcome; readonly seconds: number }
  | { readonly done: number; readonly answered: number; readonly typed: number };

/** `typed` where a problem was thrown, `untyped` where anything else was. */
export type Outcome =
  | { readonly kind: 'answer' }
  | { readonly kind: 'typed'; readonly code: string }
  | { readonly kind: 'untyped'; readonly message: string; readonly frame: string; readonly input: string };

/** An input that takes longer than this is worth a line. */
const slow = 1;

/** One input in so many has its answer printed in all formats. */
const printedOf = 4;

/** Inputs `from` to `to`, by the modules in `dist` below `root`. */
export async function runInputs(root: URL, seed: number, from: number, to: number): Promise<void> {
  const library = (await import(new URL('dist/index.js', root).href)) as Published;
  const { toHtml } = (await import(new URL('dist/html.js', root).href)) as Published;
  const { toSvg } = (await import(new URL('dist/figure.js', root).href)) as Published;
  const { toLatex, toMarkdown, toTerminal, toTypst, toJson } = library;
  const printers = [toLatex, toMarkdown, toTerminal, toTypst, toJson, toHtml, toSvg] as ((result: unknown) => string)[];
  const material = readMaterial(root);
  const counts = { answer: 0, typed: 0, untyped: 0 };
  for (let at = from; at < to; at++) {
    say({ begins: at });
    const input = inputAt(seed, at, material);
    const clock = { seconds: 0 };
    const outcome = outcomeOf(library, input, at % printedOf === 0 ? printers : [], clock);
    const { seconds } = clock;
    counts[outcome.kind]++;
    if (outcome.kind === 'untyped' || seconds > slow) say({ ends: at, outcome, seconds });
  }
  say({ done: to, answered: counts.answer, typed: counts.typed });
}

/** At once: what is said before a hang must arrive. */
function say(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/** Processor time of the longest call of an input: the verb, or one format of its answer. */
interface Clock {
  seconds: number;
}

function timed<T>(clock: Clock, call: () => T): T {
  const begun = process.cpuUsage();
  try {
    return call();
  } finally {
    const { user, system } = process.cpuUsage(begun);
    clock.seconds = Math.max(clock.seconds, (user + system) / 1e6);
  }
}

function outcomeOf(
  { MathError, ...library }: Published,
  { verb, source, rest }: CampaignInput,
  printers: readonly ((result: unknown) => string)[],
  clock: Clock,
): Outcome {
  try {
    const result = timed(clock, () => (library[verb] as (...args: unknown[]) => unknown)(source, ...rest));
    if (verb !== 'check' && verb !== 'verify' && verb !== 'parse' && !isProblem(result)) {
      for (const print of printers) timed(clock, () => print(result));
    }
    return { kind: 'answer' };
  } catch (error) {
    if (error instanceof MathError) return { kind: 'typed', code: error.code };
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
    // A stack that ran over shows where it ended, which is anywhere.
    const frame = error instanceof RangeError ? '' : (frames[0] ?? '').replace(/ \(.*|.*\//, '').trim();
    return { kind: 'untyped', message, frame, input: show({ verb, source, rest }) };
  }
}

function isProblem(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'code' in result;
}

/** The input with this number, to be looked at. */
export function showInput(root: URL, seed: number, at: number): string {
  return show(inputAt(seed, at, readMaterial(root)));
}

/** An input as a person would type it, as far as that can be done. */
export function show({ verb, source, rest }: CampaignInput): string {
  return `${verb}(${[source, ...rest].map(showValue).join(', ')})`;
}

function showValue(value: unknown): string {
  try {
    if (typeof value === 'function' || typeof value === 'symbol' || value === undefined) return String(value);
    const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
    return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
  } catch {
    return Object.prototype.toString.call(value);
  }
}
