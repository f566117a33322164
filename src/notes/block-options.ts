/** The options of a block, from its opening line and from lines at its head, by the table of the command line. */

import { deriveOptionTable, type OptionEntry, type WrittenOptions } from '../option-table.ts';
import { checkChoice, type Detail, type Language, languages } from '../options.ts';
import { fail } from '../problem.ts';
import type { WrittenBlock, WrittenOption } from './block.ts';

/** What a block asks for: the options of `derive`, and those of notes. */
export interface BlockOptions extends WrittenOptions {
  readonly name?: string;
  /** Names of earlier blocks whose definitions hold here. */
  readonly use: readonly string[];
  readonly figure: boolean;
  readonly lang?: Language;
  readonly detail?: Detail;
}

/** The options of a block and what is left of its body; `start` is where that begins in the body. */
export interface ReadBlock {
  readonly options: BlockOptions;
  readonly source: string;
  readonly start: number;
}

const table: ReadonlyMap<string, OptionEntry> = new Map(
  deriveOptionTable.filter(({ only }) => only !== 'command').map((entry) => [entry.name, entry]),
);

/** Reads the options of `block`. Throws `MathError` for one that is unknown, or that has no such value. */
export function readBlockOptions({ options, body }: WrittenBlock): ReadBlock {
  const { lines, start } = headOf(body);
  const values: Record<string, string | boolean | string[]> = {};
  for (const { name, value } of [...options, ...lines]) {
    const entry = table.get(name.replace(/^no-(?=verify$)/, ''));
    if (entry === undefined) refuseName(name);
    const read = readValue(entry, name.startsWith('no-') ? 'false' : value);
    values[entry.name] = entry.repeated === true ? [...((values[entry.name] as string[]) ?? []), read as string] : read;
  }
  const { use, figure, ...others } = values;
  return {
    options: { ...others, use: splitNames(use), figure: figure === true } as BlockOptions,
    source: body.slice(start),
    start,
  };
}

/** Lines `name: value` before the first line of mathematics. */
function headOf(body: string): { lines: WrittenOption[]; start: number } {
  const lines: WrittenOption[] = [];
  let start = 0;
  while (start < body.length) {
    const end = body.indexOf('\n', start);
    const line = body.slice(start, end < 0 ? body.length : end);
    const match = /^\s*([A-Za-z][A-Za-z-]*)\s*:(?!=)\s*(.*?)\s*$/.exec(line);
    if (match === null && line.trim() !== '') break;
    if (match !== null) lines.push({ name: match[1] as string, value: match[2] === '' ? true : (match[2] as string) });
    start += line.length + (end < 0 ? 0 : 1);
  }
  return { lines, start };
}

function readValue({ name, takes, choices }: OptionEntry, value: string | true): string | boolean {
  if (takes === undefined) {
    return checkChoice(name, String(value), ['true', 'false', 'yes', 'no']) === 'true' || value === 'yes';
  }
  if (value === true) {
    if (takes.startsWith('[')) return true;
    return fail({ code: 'unknown-option', message: `${name} needs a value`, hint: `for example ${name}="..."` });
  }
  return choices === undefined ? value : checkChoice(name, value, choices);
}

function splitNames(use: unknown): string[] {
  return typeof use === 'string' ? use.split(/[\s,]+/).filter((name) => name !== '') : [];
}

function refuseName(name: string): never {
  return fail({
    code: 'unknown-option',
    message: `a block has no option "${name.slice(0, 40)}"`,
    hint: `there are ${[...table.keys()].join(', ')}`,
  });
}

/** The language that is named by a front matter or a caller, if there are words in it. */
export function languageOf(text: string | undefined): Language | undefined {
  const short = text?.toLowerCase().split(/[-_]/)[0];
  return languages.find((one) => one === short);
}
