/**
 * The options of the commands as tables: the flags, the help and the completion of the command line and the options of a block
 * in a note are all read from them, so that what one of them understands the others do too.
 */

import {
  buildWords,
  checkFormats,
  defaultSeed,
  deriveFormats,
  details,
  languages,
  layouts,
  methods,
  syntaxes,
} from './options.ts';
import { fail } from './problem.ts';

/** The type of an option in the library: `rate` is a name, or whether there is one. */
export type OptionValue = 'text' | 'texts' | 'list' | 'number' | 'columns' | 'flag' | 'rate' | 'map';

/** One option, as it is written: `--name`, or `name=value` in a block. */
export interface OptionEntry {
  readonly name: string;
  readonly short?: string;
  /** What stands for its value in the help; in square brackets where it may be left out, nothing for a flag. */
  readonly takes?: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly initial?: string;
  /** May be given several times; `joined` is then one list, parted by commas. */
  readonly repeated?: true | 'joined';
  /** True unless `--no-name` is given. */
  readonly on?: true;
  /** Where it has a meaning, if not everywhere. */
  readonly only?: 'command' | 'block';
  /** The heading under which the help has it, where a command has many. */
  readonly group?: string;
  /** Whether its value is the name of a file or folder, which a shell can complete. */
  readonly path?: true;
  /** Whether `derive` in the library takes it too: true, or the name that it has there. */
  readonly library?: true | string;
  /** What it takes there; a text, if not given. */
  readonly value?: OptionValue;
}

const output: OptionEntry = {
  name: 'output',
  short: 'o',
  takes: '<file>',
  help: 'write to a file instead of standard output',
  only: 'command',
  path: true,
};
const color: OptionEntry = { name: 'color', help: 'no colours, as with NO_COLOR', on: true, only: 'command' };
/** A note says its language itself, so that nothing stands in for it there. */
const noteLang: OptionEntry = {
  name: 'lang',
  takes: '<language>',
  help: 'language of the words',
  choices: languages,
};
const lang: OptionEntry = { ...noteLang, initial: 'en' };
const seed: OptionEntry = {
  name: 'seed',
  library: true,
  value: 'number',
  takes: '<number>',
  help: 'seed of the random points',
  initial: String(defaultSeed),
};

const asked = grouped('What to derive', [
  {
    name: 'wrt',
    library: true,
    value: 'texts',
    short: 'w',
    takes: '<variables>',
    help: 'what to differentiate by: x, "beta[j]", "beta[j],alpha[j]"',
    repeated: 'joined',
  },
  {
    name: 'order',
    library: true,
    value: 'number',
    takes: '<number>',
    help: 'how often to differentiate, at most 12',
    initial: '1',
  },
  { name: 'mixed', library: true, value: 'flag', help: 'by each of the variables in turn, one after the other' },
  {
    name: 'implicit',
    library: true,
    takes: '<equation>',
    help: 'differentiate an equation; EXPRESSION names what depends on the variable',
  },
  {
    name: 'depends',
    library: true,
    value: 'texts',
    takes: '<names>',
    help: 'names that depend on others: "y(x)", "x(t), z(x, y)"; the derivative is then a total one',
    repeated: 'joined',
  },
  {
    name: 'taylor',
    library: true,
    value: 'number',
    takes: '<degree>',
    help: 'the Taylor polynomial of this degree, at most 12',
  },
  {
    name: 'at',
    library: true,
    takes: '<point>',
    help: 'the point of the Taylor polynomial, an expression; 0 unless given',
  },
  {
    name: 'direction',
    library: true,
    value: 'texts',
    takes: '<components>',
    help: 'the derivative along this direction: "3, 4", v; of a vector the Jacobian-vector product (forward mode)',
  },
  {
    name: 'vjp',
    library: true,
    takes: '<weight>',
    help: 'the vector-Jacobian product with this weight of the shape of the value (reverse mode)',
  },
  { name: 'unit', library: true, value: 'flag', help: 'divide the direction by its length, which counts otherwise' },
  { name: 'hessian', help: 'all second partial derivatives by the variables' },
  { name: 'stationary', help: 'set the derivatives to zero, and solve where they are linear' },
  {
    name: 'example',
    takes: '<name>',
    help: 'derive a built-in example',
    only: 'command',
  },
]);

const meaning = grouped('What the expression means', [
  {
    name: 'define',
    library: true,
    value: 'list',
    takes: '<definition>',
    help: 'a definition, such as "z = a*x + b"; may be repeated',
    repeated: true,
  },
  {
    name: 'shape',
    library: 'shapes',
    takes: '<declarations>',
    help: 'shapes and properties: "x: vector(n), t: positive"',
    repeated: 'joined',
  },
  { name: 'syntax', library: true, takes: '<notation>', help: 'notation of the expression', choices: syntaxes },
]);

const way = grouped('How to derive', [
  { name: 'method', library: true, takes: '<method>', help: 'how to derive', choices: methods, initial: 'chain' },
  {
    name: 'layout',
    library: true,
    takes: '<layout>',
    help: 'of derivatives by vectors and matrices',
    choices: layouts,
    initial: 'denominator',
  },
  { name: 'verify', library: true, value: 'flag', help: 'leave the verification out', on: true },
  seed,
]);

const shown = grouped('What is written, and where', [
  {
    name: 'explain',
    help: 'print how the source was read instead: each name, what it is and why',
    only: 'command',
  },
  { name: 'detail', library: true, takes: '<level>', help: 'how much to show', choices: details, initial: 'standard' },
  { name: 'expand', help: 'put the named intermediates back into the answer' },
  { name: 'update', library: true, value: 'rate', takes: '[rate]', help: 'add the update rule of gradient descent' },
  { name: 'name', takes: '<name>', help: 'a name, by which later blocks refer to this one', only: 'block' },
  { name: 'use', takes: '<names>', help: 'start from the definitions of earlier blocks: "model"', only: 'block' },
  { name: 'figure', help: 'draw the model above the derivation', only: 'block' },
  {
    name: 'format',
    takes: '<format>',
    help: 'what to print',
    choices: deriveFormats,
    initial: 'terminal',
    only: 'command',
  },
  lang,
  output,
  color,
]);

function grouped(group: string, entries: readonly OptionEntry[]): readonly OptionEntry[] {
  return entries.map((entry) => ({ ...entry, group }));
}

export const deriveOptionTable: readonly OptionEntry[] = [...asked, ...meaning, ...way, ...shown];

export const checkOptionTable: readonly OptionEntry[] = [
  { name: 'format', takes: '<format>', help: 'what to print', choices: checkFormats, initial: 'terminal' },
  { name: 'strict', help: 'count as failures what could not be decided, and notes without an equation' },
  { name: 'verbose', help: 'list every equality with its place, also those that hold or are not judged' },
  lang,
  seed,
  output,
  color,
];

export const buildOptionTable: readonly OptionEntry[] = [
  { ...output, help: 'where to write, - for standard output; the ending says the format: .html, .md, .tex, .typ' },
  {
    name: 'format',
    takes: '<format>',
    help: 'the format, whatever the ending; html on standard output',
    choices: buildWords,
  },
  {
    name: 'template',
    takes: '<name>',
    help: 'note, embed, slides, cheat-sheet, problem-sheet, or a Liquid file of your own',
    path: true,
  },
  {
    name: 'figures',
    takes: '<folder>',
    help: 'figures of Markdown as files in this folder, seen from the output: "." for beside it',
    path: true,
  },
  noteLang,
  seed,
  { name: 'watch', help: 'build again whenever the note or the template changes' },
];

/** The options of `derive` as they are written, before anything is read from them. */
export interface WrittenOptions {
  readonly wrt?: string;
  readonly order?: string;
  readonly mixed?: boolean;
  readonly implicit?: string;
  readonly depends?: string;
  readonly taylor?: string;
  readonly at?: string;
  readonly direction?: string;
  readonly vjp?: string;
  readonly unit?: boolean;
  readonly hessian?: boolean;
  readonly stationary?: boolean;
  readonly method?: string;
  readonly layout?: string;
  readonly define?: readonly string[];
  readonly shape?: string;
  readonly syntax?: string;
  readonly detail?: string;
  readonly expand?: boolean;
  readonly update?: string | boolean;
  readonly verify?: boolean;
  readonly seed?: string;
}

/** An option that is a number; what numbers make sense is for `options.ts` to say. */
export function readNumber(option: string, text: string): number {
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  return fail({
    code: 'unknown-option',
    message: `${option} takes a whole number, not "${text.slice(0, 40)}"`,
    hint: `for example ${option} 2`,
  });
}

/** The seed option as a number. */
export function readSeed(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return fail({
    code: 'unknown-option',
    message: `--seed takes a whole number, not "${text.slice(0, 40)}"`,
    hint: 'for example --seed 7',
  });
}
