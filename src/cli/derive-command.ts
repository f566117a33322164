import type { Result } from '../derivation/derivation.ts';
import { noticeLines } from '../explain/reading.ts';
import { fail } from '../problem.ts';
import type { HtmlOptions } from '../render/html.ts';
import { toJson } from '../render/json.ts';
import { toLatex } from '../render/latex.ts';
import { toMarkdown } from '../render/markdown.ts';
import { namesTable } from '../render/names-terminal.ts';
import { toTerminal } from '../render/terminal.ts';
import { toTypst } from '../render/typst.ts';
import { deriveWritten } from '../request.ts';
import type { Reader } from '../syntax/statement.ts';
import type { Load } from './commands.ts';
import { columnsOf, wantsColor } from './files.ts';
import type { DeriveFlags } from './flags.ts';
import { exitCode } from './outcome.ts';
import { writeOutput } from './output.ts';
import { guarded } from './report.ts';

/** What writes HTML, in a bundle of its own. */
export interface Pages {
  readonly printPage: (result: Result, options: HtmlOptions) => string;
}

/** Loads it when it is needed. */
export type LoadPages = () => Pages;

/** Runs `derive` with this reader and returns the exit code. */
export function deriveCommand(read: Reader, source: string, wrt: string, flags: DeriveFlags, load: Load): number {
  return guarded(() => {
    // A page holds every step, folded as far as the level of detail asks.
    const detail = flags.format === 'html' ? 'every' : flags.detail;
    const result = deriveWritten(read, source, { ...flags, wrt, detail });
    for (const line of noticeLines(result, flags.lang)) process.stderr.write(`${line}\n`);
    const text = flags.explain === true ? namesTable(result, flags.lang) : print(result, flags, load);
    writeOutput(text, flags.output);
    return exitCode(result);
  });
}

function print(result: Result, flags: DeriveFlags, load: Load): string {
  const { lang, expand = false } = flags;
  switch (flags.format) {
    case 'terminal': {
      const width = columnsOf(flags.output);
      const color = wantsColor(flags.color, flags.output);
      return toTerminal(result, { lang, color, expand, ...(width === undefined ? {} : { width }) });
    }
    case 'markdown':
      return toMarkdown(result, { lang, expand });
    case 'latex':
      return toLatex(result, { lang, expand });
    case 'html':
      return load('html').printPage(result, { lang, expand, detail: flags.detail });
    case 'typst':
      return toTypst(result, { lang, expand });
    case 'json':
      return toJson(result);
    case 'svg': {
      const drawn = load('figure').drawFigure(result, { lang });
      return typeof drawn === 'string' ? drawn : fail(drawn);
    }
  }
}
