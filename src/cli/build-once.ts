/** One run of `build`: reads a note and a template, writes the built note whole or not at all. */

import type { VFile } from 'vfile';
import { type Built, buildNote } from '../build/build-note.ts';
import type { Memory } from '../build/derive-blocks.ts';
import { stylesFor } from '../build/styles.ts';
import { type BuildFormat, type BuildWord, buildFormats, buildWords } from '../options.ts';
import { describeProblem, fail } from '../problem.ts';
import type { Load } from './commands.ts';
import { figureFiles } from './figure-files.ts';
import { inputImage, readInput } from './files.ts';
import type { BuildFlags } from './flags.ts';
import { stylesFor as katexFor } from './katex-assets.ts';
import { exitCode } from './outcome.ts';
import { isStandardOutput, refuseSameFile, writeOutput } from './output.ts';
import { openProgress } from './progress.ts';
import { exit } from './report.ts';
import { readTemplate } from './templates.ts';

/** What one run leaves to the next. */
export interface Session {
  readonly memory: Memory;
  readonly load: Load;
}

/** What was built, and the exit code that says how it went. */
export interface Run extends Built {
  readonly code: number;
}

/** Builds `note` and writes it. Throws `MathError` for input that can't be used; nothing is written then. */
export function buildOnce(note: string, flags: BuildFlags, { memory, load }: Session): Run {
  const output = flags.output ?? refuseNoOutput();
  const format = formatOf(output, flags.format);
  const source = readInput(note);
  refuseSameFile(note, output);
  const template = readTemplate(flags.template, format);
  if (flags.template !== undefined) refuseSameFile(flags.template, output);
  const figures = flags.figures === undefined ? undefined : figureFiles(note, output, format, flags.figures);
  const progress = openProgress();
  const built = buildNote(source, {
    format,
    template,
    memory,
    seed: flags.seed,
    ...(flags.lang === undefined ? {} : { lang: flags.lang }),
    styles: (html) => stylesFor(katexFor(html)),
    image: (path) => inputImage(note, path),
    figure: (result, options) => load('figure').drawFigure(result, options),
    ...(figures === undefined ? {} : { address: figures.address }),
    onBlock: progress.show,
  });
  progress.close();
  figures?.write();
  writeOutput(built.text, output);
  process.stderr.write(describeMessages(built.file, note === '-' ? 'stdin' : note));
  return { ...built, code: codeOf(built) };
}

/** The format that is asked for, or that the ending of the file names; HTML on standard output, as pandoc does. */
function formatOf(output: string, asked: BuildWord | undefined): BuildFormat {
  if (asked !== undefined) return buildFormats[buildWords.indexOf(asked)] as BuildFormat;
  if (isStandardOutput(output)) return 'html';
  const ending = /\.([a-z]+)$/i.exec(output)?.[1]?.toLowerCase();
  const format = buildFormats.find((one) => one === ending);
  if (format !== undefined) return format;
  return fail({
    code: 'unknown-option',
    message: `it is not clear what ${output.slice(0, 80)} should be`,
    hint: `its ending says the format: ${buildFormats.map((one) => `.${one}`).join(', ')}; or --format does: ${buildWords.join(', ')}`,
  });
}

function refuseNoOutput(): never {
  return fail({
    code: 'unknown-option',
    message: 'it is not said where to write',
    hint: 'chainrule build notes.md -o notes.html, or -o - for standard output; see chainrule build --help',
  });
}

/** 2 for a block that is wrong, 1 for a certificate that fails, 3 for a derivative left standing, else 0. */
function codeOf({ outcomes }: Built): number {
  const codes = outcomes.map((one) => (one.kind === 'refused' ? exit.badInput : exitCode(one.result)));
  return [exit.badInput, exit.found, exit.unresolved].find((code) => codes.includes(code)) ?? exit.done;
}

/** The messages with source line and caret, each under its place. */
function describeMessages(file: VFile, name: string): string {
  return file.messages
    .map((message) => {
      const { line, column, fatal, reason, note, place } = message;
      const start = place !== undefined && 'start' in place ? place.start.offset : undefined;
      const end = place !== undefined && 'start' in place ? place.end.offset : undefined;
      const text = describeProblem({
        code: 'syntax',
        message: reason,
        ...(start === undefined ? {} : { source: String(file), span: { start, end: end ?? start + 1 } }),
        ...(typeof note === 'string' ? { hint: note } : {}),
      });
      const place_ = line === undefined ? name : `${name}:${line}:${column}`;
      return `${place_} ${fatal === true ? text : text.replace(/^error/, 'warning')}\n`;
    })
    .join('\n');
}
