import type { Derivation, Gradient } from '../derivation/derivation.ts';
import type { DeriveOptions, Detail, Language } from '../options.ts';
import { deriveWith, gradientWith, splitVariables } from '../pipeline.ts';
import { toJson } from '../render/json.ts';
import { toLatex } from '../render/latex.ts';
import { toMarkdown } from '../render/markdown.ts';
import { toTerminal } from '../render/terminal.ts';
import type { Reader } from '../syntax/statement.ts';
import { readSeed, wantsColor, writeOutput } from './files.ts';
import { exit, guarded } from './report.ts';

/** Options as commander hands them over. */
export interface DeriveFlags {
  readonly wrt?: string;
  readonly order: string;
  readonly define: readonly string[];
  readonly shape?: string;
  readonly syntax?: 'text' | 'latex';
  readonly format: 'terminal' | 'markdown' | 'latex' | 'json';
  readonly detail: Detail;
  readonly expand?: boolean;
  readonly update?: string | boolean;
  readonly example?: string;
  readonly verify: boolean;
  readonly lang: Language;
  readonly seed: string;
  readonly output?: string;
  readonly color: boolean;
}

/** Runs `derive` with this reader and returns the exit code. */
export function deriveCommand(read: Reader, source: string, wrt: string, flags: DeriveFlags): number {
  return guarded(() => {
    const run = splitVariables(wrt).length > 1 ? gradientWith : deriveWith;
    const result = run(read, source, readOptions(wrt, flags));
    writeOutput(print(result, flags), flags.output);
    return exitCode(result);
  });
}

function readOptions(wrt: string, flags: DeriveFlags): DeriveOptions {
  return {
    wrt,
    order: Number(flags.order),
    define: flags.define,
    detail: flags.detail,
    verify: flags.verify,
    seed: readSeed(flags.seed),
    ...(flags.shape === undefined ? {} : { shapes: flags.shape }),
    ...(flags.syntax === undefined ? {} : { syntax: flags.syntax }),
    ...(flags.update === undefined ? {} : { update: flags.update }),
  };
}

function print(result: Derivation | Gradient, flags: DeriveFlags): string {
  const { lang, expand = false } = flags;
  switch (flags.format) {
    case 'terminal': {
      const width = process.stdout.columns;
      const color = wantsColor(flags.color, flags.output);
      return toTerminal(result, { lang, color, expand, ...(width === undefined ? {} : { width }) });
    }
    case 'markdown':
      return toMarkdown(result, { lang, expand });
    case 'latex':
      return toLatex(result, { lang, expand });
    case 'json':
      return toJson(result);
  }
}

/** 1 if something failed its certificate, 3 if a derivative is left standing, else 0. */
function exitCode(result: Derivation | Gradient): number {
  if (result.certificate.verdict === 'fails') return exit.found;
  const unresolved = result.schema === 'chainrule/derivation/1' && result.unresolved.length > 0;
  return unresolved ? exit.unresolved : exit.done;
}
