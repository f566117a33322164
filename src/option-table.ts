/**
 * The options of `derive` as a table: the flags and the help of the command line and the options of a block in a note are
 * both read from it, so that what one of them understands the other does too.
 */

import { defaultSeed, details, languages, layouts, methods, syntaxes } from './options.ts';
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
  /** May be given several times. */
  readonly repeated?: true;
  /** True unless `--no-name` is given. */
  readonly on?: true;
  /** Where it has a meaning, if not everywhere. */
  readonly only?: 'command' | 'block';
  /** Whether `derive` in the library takes it too: true, or the name that it has there. */
  readonly library?: true | string;
  /** What it takes there; a text, if not given. */
  readonly value?: OptionValue;
}

export const deriveOptionTable: readonly OptionEntry[] = [
  {
    name: 'wrt',
    library: true,
    value: 'texts',
    short: 'w',
    takes: '<variables>',
    help: 'what to differentiate by: x, "beta[j]", "beta[j],alpha[j]"',
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
  { name: 'method', library: true, takes: '<method>', help: 'how to derive', choices: methods, initial: 'chain' },
  {
    name: 'layout',
    library: true,
    takes: '<layout>',
    help: 'of derivatives by vectors and matrices',
    choices: layouts,
    initial: 'denominator',
  },
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
  },
  { name: 'syntax', library: true, takes: '<notation>', help: 'notation of the expression', choices: syntaxes },
  { name: 'detail', library: true, takes: '<level>', help: 'how much to show', choices: details, initial: 'standard' },
  { name: 'expand', help: 'put the named intermediates back into the answer' },
  { name: 'update', library: true, value: 'rate', takes: '[rate]', help: 'add the update rule of gradient descent' },
  {
    name: 'example',
    takes: '<name>',
    help: 'derive a built-in example',
    only: 'command',
  },
  { name: 'verify', library: true, value: 'flag', help: 'leave the verification out', on: true },
  { name: 'name', takes: '<name>', help: 'a name, by which later blocks refer to this one', only: 'block' },
  { name: 'use', takes: '<names>', help: 'start from the definitions of earlier blocks: "model"', only: 'block' },
  { name: 'figure', help: 'draw the model above the derivation', only: 'block' },
  { name: 'lang', takes: '<language>', help: 'language of the words', choices: languages, initial: 'en' },
  {
    name: 'seed',
    library: true,
    value: 'number',
    takes: '<number>',
    help: 'seed of the random points',
    initial: String(defaultSeed),
  },
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
