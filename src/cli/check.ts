import { relative, resolve } from 'node:path';
import { check } from '../check.ts';
import type { Verdict } from '../notes/verdict.ts';
import { readSeed } from '../option-table.ts';
import type { Language } from '../options.ts';
import { MathError } from '../problem.ts';
import { toCheckReport } from '../render/check-terminal.ts';
import { columnsOf, wantsColor } from './files.ts';
import { oddities, readInput } from './input.ts';
import { refuseSameFile, writeOutput } from './output.ts';
import { describeBug, describeRefusal, exit, guarded } from './report.ts';

/** Options as commander hands them over. */
export interface CheckFlags {
  readonly format: 'terminal' | 'json';
  readonly strict?: boolean;
  readonly verbose?: boolean;
  readonly lang: Language;
  readonly seed: string;
  readonly output?: string;
  readonly color: boolean;
}

/**
 * Runs `check` over all files and returns the exit code: 2 if a file can't be read, 1 if an equality fails; with
 * `--strict` also 1 if not all hold, or if there is none.
 */
export function runCheck(files: readonly string[], flags: CheckFlags): number {
  return guarded(() => checkFiles(files, flags));
}

function checkFiles(files: readonly string[], flags: CheckFlags): number {
  const seed = readSeed(flags.seed);
  for (const file of files) refuseSameFile(file, flags.output);
  const outcomes = distinct(files).map((path) => checkFile(path, seed));
  const read = outcomes.filter((one) => 'source' in one);
  const verdicts = read.flatMap((one) => one.verdicts);
  warnOfNothing(read);
  if (read.length > 0) writeOutput(reportOn(read, flags), flags.output);
  const lost = Math.max(exit.done, ...outcomes.map((one) => ('code' in one ? one.code : exit.done)));
  if (lost !== exit.done) return lost;
  const strictly = flags.strict === true && (!verdicts.some(isClaim) || verdicts.some(isDoubtful));
  return strictly || verdicts.some((one) => one.verdict === 'fails') ? exit.found : exit.done;
}

const isClaim = ({ kind }: Verdict): boolean => kind === 'claim';

/** What `--strict` counts as a failure too; what is no claim is none. */
const isDoubtful = ({ verdict }: Verdict): boolean => verdict === 'warns' || verdict === 'unknown';

/** Each file once, also where it is named in two ways. */
function distinct(files: readonly string[]): string[] {
  return [...new Map(files.map((path) => [path === '-' ? path : resolve(path), path])).values()];
}

function reportOn(read: readonly Checked[], { format, lang, color, output, strict, verbose }: CheckFlags): string {
  if (format === 'json') {
    return `${JSON.stringify(
      read.flatMap((one) => one.verdicts.filter(isClaim)),
      null,
      2,
    )}\n`;
  }
  const files = read.map((one) => ({ ...one, name: fromHere(one.name) }));
  const list = verbose === true ? 'all' : strict === true ? 'unknown' : 'findings';
  const width = columnsOf(output);
  return toCheckReport(files, {
    lang,
    color: wantsColor(color, output),
    list,
    ...(width === undefined ? {} : { width }),
  });
}

/** A path as one would write it here; what lies outside stays as it was named. */
function fromHere(path: string): string {
  const found = relative('', path);
  return found === '' || found.startsWith('..') ? path : found;
}

interface Checked {
  readonly name: string;
  readonly source: string;
  readonly verdicts: readonly Verdict[];
  readonly isEmpty: boolean;
}

/** What is wrong with one file is said at once, and the others are checked all the same. */
function checkFile(path: string, seed: number): Checked | { readonly code: number } {
  const name = path === '-' ? 'stdin' : path;
  try {
    const source = readInput(path);
    for (const one of oddities(path, source)) process.stderr.write(`warning: ${one}\n`);
    return { name, source, verdicts: check(source, { file: name, seed, all: true }), isEmpty: source.trim() === '' };
  } catch (error) {
    if (!(error instanceof MathError)) {
      process.stderr.write(`${name}: ${describeBug(error)}`);
      return { code: exit.bug };
    }
    process.stderr.write(describeRefusal(name, error.problem));
    return { code: exit.badInput };
  }
}

/** Most names of files in one sentence. */
const mostNames = 5;

/** A file without an equation may be one whose equations we don't see. */
function warnOfNothing(read: readonly Checked[]): void {
  const names = read.filter((one) => one.verdicts.length === 0 && !one.isEmpty).map(({ name }) => name);
  if (names.length === 0) return;
  const shown = [...names.slice(0, mostNames), ...(names.length > mostNames ? ['…'] : [])].join(', ');
  process.stderr.write(`warning: no equations in ${names.length} ${names.length === 1 ? 'file' : 'files'}: ${shown}\n`);
}
