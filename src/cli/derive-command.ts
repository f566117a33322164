import type { Result } from '../derivation/derivation.ts';
import type { WrittenOptions } from '../option-table.ts';
import type { DeriveFormat, Language } from '../options.ts';
import { fail, type Problem } from '../problem.ts';
import type { SvgOptions } from '../render/figure/to-svg.ts';
import { toJson } from '../render/json.ts';
import { toLatex } from '../render/latex.ts';
import { toMarkdown } from '../render/markdown.ts';
import { toTerminal } from '../render/terminal.ts';
import { toTypst } from '../render/typst.ts';
import { deriveWritten } from '../request.ts';
import type { Reader } from '../syntax/statement.ts';
import { wantsColor, writeOutput } from './files.ts';
import { exitCode } from './outcome.ts';
import { guarded } from './report.ts';

/** Options as commander hands them over: those of the table, and those of the command alone. */
export interface DeriveFlags extends WrittenOptions {
  readonly define: readonly string[];
  readonly format: DeriveFormat;
  readonly example?: string;
  readonly lang: Language;
  readonly output?: string;
  readonly color: boolean;
}

/** Draws a result; see `figure.ts`. */
export type DrawFigure = (result: Result, options: SvgOptions) => string | Problem;

/** Runs `derive` with this reader and returns the exit code. */
export function deriveCommand(
  read: Reader,
  source: string,
  wrt: string,
  flags: DeriveFlags,
  loadFigure: () => DrawFigure,
): number {
  return guarded(() => {
    const result = deriveWritten(read, source, { ...flags, wrt });
    writeOutput(print(result, flags, loadFigure), flags.output);
    return exitCode(result);
  });
}

function print(result: Result, flags: DeriveFlags, loadFigure: () => DrawFigure): string {
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
    case 'typst':
      return toTypst(result, { lang, expand });
    case 'json':
      return toJson(result);
    case 'svg': {
      const drawn = loadFigure()(result, { lang });
      return typeof drawn === 'string' ? drawn : fail(drawn);
    }
  }
}
