import { check } from '../check.ts';
import type { Verdict } from '../notes/verdict.ts';
import { readSeed } from '../option-table.ts';
import type { Language } from '../options.ts';
import { toCheckReport } from '../render/check-terminal.ts';
import { readInput, wantsColor } from './files.ts';
import { refuseSameFile, writeOutput } from './output.ts';
import { exit, guarded } from './report.ts';

/** Options as commander hands them over. */
export interface CheckFlags {
  readonly format: 'terminal' | 'json';
  readonly strict?: boolean;
  readonly lang: Language;
  readonly seed: string;
  readonly output?: string;
  readonly color: boolean;
}

/** Runs `check` over all files and returns the exit code: 1 if an equality fails, or is unknown with `--strict`. */
export function runCheck(files: readonly string[], flags: CheckFlags): number {
  return guarded(() => checkFiles(files, flags));
}

function checkFiles(files: readonly string[], flags: CheckFlags): number {
  const seed = readSeed(flags.seed);
  for (const file of files) refuseSameFile(file, flags.output);
  const sources = new Map(files.map((file) => [file === '-' ? 'stdin' : file, readInput(file)]));
  const verdicts: Verdict[] = [];
  for (const [file, source] of sources) verdicts.push(...check(source, { file, seed }));
  const color = wantsColor(flags.color, flags.output);
  const report =
    flags.format === 'json'
      ? `${JSON.stringify(verdicts, null, 2)}\n`
      : toCheckReport(verdicts, sources, { lang: flags.lang, color });
  writeOutput(report, flags.output);
  const counts = (verdict: Verdict['verdict']): boolean => verdicts.some((one) => one.verdict === verdict);
  return counts('fails') || (flags.strict === true && counts('unknown')) ? exit.found : exit.done;
}
