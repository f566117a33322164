import type { Result } from '../derivation/derivation.ts';
import type { DeriveOptions, Detail, deriveFormats, Language, Method } from '../options.ts';
import { deriveWith, gradientWith, hessianWith, splitVariables, stationaryWith } from '../pipeline.ts';
import { fail } from '../problem.ts';
import type { HtmlOptions } from '../render/html.ts';
import { toJson } from '../render/json.ts';
import { toLatex } from '../render/latex.ts';
import { toMarkdown } from '../render/markdown.ts';
import { toTerminal } from '../render/terminal.ts';
import type { Reader } from '../syntax/statement.ts';
import { readNumber, readSeed, wantsColor, writeOutput } from './files.ts';
import { exit, guarded } from './report.ts';

/** Options as commander hands them over. */
export interface DeriveFlags {
  readonly wrt?: string;
  readonly order: string;
  readonly mixed?: boolean;
  readonly implicit?: string;
  readonly depends?: string;
  readonly taylor?: string;
  readonly at?: string;
  readonly direction?: string;
  readonly unit?: boolean;
  readonly hessian?: boolean;
  readonly stationary?: boolean;
  readonly method: Method;
  readonly define: readonly string[];
  readonly shape?: string;
  readonly syntax?: 'text' | 'latex';
  readonly format: (typeof deriveFormats)[number];
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

/** What writes HTML, in a bundle of its own. */
export interface Pages {
  readonly printPage: (result: Result, options: HtmlOptions) => string;
}

/** Loads it when it is needed. */
export type LoadPages = () => Pages;

/** Runs `derive` with this reader and returns the exit code. */
export function deriveCommand(read: Reader, source: string, wrt: string, flags: DeriveFlags, pages: LoadPages): number {
  return guarded(() => {
    const result = chooseVerb(wrt, flags)(read, source, readOptions(wrt, flags));
    writeOutput(print(result, flags, pages), flags.output);
    return exitCode(result);
  });
}

/** Several variables mean a backward pass, unless another task says what to do with them. */
function chooseVerb(wrt: string, flags: DeriveFlags): (read: Reader, source: string, options: DeriveOptions) => Result {
  if (flags.hessian === true && flags.stationary === true) {
    return fail({
      code: 'unknown-option',
      message: "--hessian and --stationary can't go together",
      hint: 'ask for one of them at a time',
    });
  }
  if (flags.hessian === true) return hessianWith;
  if (flags.stationary === true) return stationaryWith;
  const isDerive =
    flags.mixed === true ||
    flags.implicit !== undefined ||
    flags.taylor !== undefined ||
    flags.direction !== undefined ||
    flags.method !== 'chain' ||
    flags.depends !== undefined;
  return splitVariables(wrt).length > 1 && !isDerive ? gradientWith : deriveWith;
}

function readOptions(wrt: string, flags: DeriveFlags): DeriveOptions {
  return {
    wrt,
    order: readNumber('--order', flags.order),
    define: flags.define,
    // A page holds every step, folded as far as the level of detail asks.
    detail: flags.format === 'html' ? 'every' : flags.detail,
    verify: flags.verify,
    seed: readSeed(flags.seed),
    ...(flags.shape === undefined ? {} : { shapes: flags.shape }),
    ...(flags.syntax === undefined ? {} : { syntax: flags.syntax }),
    ...(flags.update === undefined ? {} : { update: flags.update }),
    method: flags.method,
    ...(flags.mixed === undefined ? {} : { mixed: flags.mixed }),
    ...(flags.implicit === undefined ? {} : { implicit: flags.implicit }),
    ...(flags.depends === undefined ? {} : { depends: flags.depends }),
    ...(flags.taylor === undefined ? {} : { taylor: readNumber('--taylor', flags.taylor) }),
    ...(flags.at === undefined ? {} : { at: flags.at }),
    ...(flags.direction === undefined ? {} : { direction: flags.direction }),
    ...(flags.unit === undefined ? {} : { unit: flags.unit }),
  };
}

function print(result: Result, flags: DeriveFlags, pages: LoadPages): string {
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
    case 'html':
      return pages().printPage(result, { lang, expand, detail: flags.detail });
    case 'json':
      return toJson(result);
  }
}

/** 1 if something failed its certificate, 3 if a derivative is left standing, else 0. */
function exitCode(result: Result): number {
  if (result.certificate.verdict === 'fails') return exit.found;
  const unresolved = 'unresolved' in result && result.unresolved.length > 0;
  return unresolved ? exit.unresolved : exit.done;
}
