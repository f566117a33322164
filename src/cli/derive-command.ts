import type { Result } from '../derivation/derivation.ts';
import { noticeLines } from '../explain/reading.ts';
import { latexPage, markdownPage, type Page, terminalPage } from '../printed/pages.ts';
import { fail } from '../problem.ts';
import type { HtmlOptions } from '../render/html.ts';
import { toJson } from '../render/json.ts';
import { namesTable } from '../render/names-terminal.ts';
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

/** The reader of the source, and the one of LaTeX, which takes its time to load. */
export interface Readers {
  readonly read: Reader;
  readonly latex: () => Reader;
}

/** Runs `derive` with these readers and returns the exit code. */
export function deriveCommand(readers: Readers, source: string, wrt: string, flags: DeriveFlags, load: Load): number {
  return guarded(() => {
    // A page holds every step, folded as far as the level of detail asks.
    const detail = flags.format === 'html' ? 'every' : flags.detail;
    const result = deriveWritten(readers.read, source, { ...flags, wrt, detail });
    for (const line of noticeLines(result, flags.lang)) process.stderr.write(`${line}\n`);
    const isExplained = flags.explain === true;
    const page = isExplained ? { text: namesTable(result, flags.lang), result } : print(result, flags, readers, load);
    writeOutput(page.text, flags.output);
    return exitCode(page.result);
  });
}

function print(result: Result, flags: DeriveFlags, { latex }: Readers, load: Load): Page {
  const { lang, expand = false } = flags;
  switch (flags.format) {
    case 'terminal': {
      const width = columnsOf(flags.output);
      const color = wantsColor(flags.color, flags.output);
      return terminalPage(result, { lang, color, expand, ...(width === undefined ? {} : { width }) });
    }
    case 'markdown':
      return markdownPage(result, { lang, expand }, latex());
    case 'latex':
      return latexPage(result, { lang, expand }, latex());
    case 'html':
      return { text: load('html').printPage(result, { lang, expand, detail: flags.detail }), result };
    case 'typst':
      return { text: toTypst(result, { lang, expand }), result };
    case 'json':
      return { text: toJson(result), result };
    case 'svg': {
      const drawn = load('figure').drawFigure(result, { lang });
      return { text: typeof drawn === 'string' ? drawn : fail(drawn), result };
    }
  }
}
