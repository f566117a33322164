/**
 * What a caller of the library hands over, checked before anything is done with it. JavaScript has no types at run time,
 * and an option that is misspelt or of a wrong type must not be passed over, or end in an exception of the engine.
 */

import { nearest } from './nearest.ts';
import { deriveOptionTable, type OptionEntry, type OptionValue } from './option-table.ts';
import { checkChoice, details, languages, syntaxes } from './options.ts';
import { fail } from './problem.ts';

/** An option as the library takes it. */
type LibraryOption = Pick<OptionEntry, 'name' | 'choices'> & { readonly value: OptionValue };

const ofDerive: readonly LibraryOption[] = deriveOptionTable.flatMap(({ name, library, value = 'text', choices }) =>
  library === undefined ? [] : [{ name: library === true ? name : library, value, ...(choices && { choices }) }],
);

const seed: LibraryOption = { name: 'seed', value: 'number' };
const printed: readonly LibraryOption[] = [
  { name: 'lang', value: 'text', choices: languages },
  { name: 'expand', value: 'flag' },
];

/** The options of each function of the library. */
const tables = {
  derive: ofDerive,
  gradient: ofDerive,
  hessian: ofDerive,
  stationary: ofDerive,
  verify: [seed, { name: 'shapes', value: 'text' }],
  check: [seed, { name: 'file', value: 'text' }, { name: 'all', value: 'flag' }],
  parse: [{ name: 'syntax', value: 'text', choices: syntaxes }],
  toMarkdown: printed,
  toTypst: printed,
  toLatex: [...printed, { name: 'width', value: 'columns' }],
  toTerminal: [...printed, { name: 'width', value: 'columns' }, { name: 'color', value: 'flag' }],
  toHtml: [
    ...printed,
    { name: 'id', value: 'text' },
    { name: 'detail', value: 'text', choices: details },
    { name: 'markup', value: 'map' },
  ],
  toSvg: [printed[0] as LibraryOption, { name: 'id', value: 'text' }],
} as const satisfies Readonly<Record<string, readonly LibraryOption[]>>;

export type LibraryFunction = keyof typeof tables;

/** What an option takes, in words, how one tells, and an example of it. */
const values: Readonly<Record<OptionValue, { says: string; fits: (value: unknown) => boolean; example: string }>> = {
  text: { says: 'a text', fits: isText, example: "'x'" },
  texts: { says: 'a text or a list of texts', fits: (value) => isText(value) || isTexts(value), example: "['x', 'y']" },
  list: { says: 'a list of texts', fits: isTexts, example: "['z = a*x']" },
  number: { says: 'a number', fits: (value) => typeof value === 'number', example: '2' },
  columns: {
    says: 'a whole number of columns',
    fits: (value) => Number.isSafeInteger(value) && Number(value) > 0,
    example: '80',
  },
  flag: { says: 'true or false', fits: (value) => typeof value === 'boolean', example: 'true' },
  rate: {
    says: 'a text, true or false',
    fits: (value) => isText(value) || typeof value === 'boolean',
    example: "'eta'",
  },
  map: { says: 'a Map', fits: (value) => value instanceof Map, example: 'new Map()' },
};

/**
 * The options of `verb` that `given` holds, as a plain object of their own. Throws `MathError` where `given` is no object,
 * has an option that the function does not know, or one of another type than it takes.
 */
export function readOptions<T extends object>(verb: LibraryFunction, given: unknown): T {
  if (given === undefined) return {} as T;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse(
      `the options of ${verb} are an object, not ${describeValue(given)}`,
      `for example ${exampleOf(verb)}`,
    );
  }
  const table: readonly LibraryOption[] = tables[verb];
  const options: Record<string, unknown> = {};
  for (const name of Object.keys(given)) if (!table.some((one) => one.name === name)) refuseName(verb, name, table);
  for (const { name, value, choices } of table) {
    const own = (given as Record<string, unknown>)[name];
    if (own === undefined) continue;
    const { says, fits, example } = values[value];
    const hint = choices === undefined ? `for example { ${name}: ${example} }` : `it is one of ${choices.join(', ')}`;
    if (!fits(own)) refuse(`${name} takes ${says}, not ${describeValue(own)}`, hint);
    options[name] = choices === undefined ? own : checkChoice(name, own as string, choices);
  }
  return options as T;
}

/** `source` if it is a text; refuses everything else. */
export function readText(verb: LibraryFunction, source: unknown): string {
  if (isText(source)) return source;
  return refuse(
    `${verb} takes a text, not ${describeValue(source)}`,
    `for example ${verb}(${sourceOf(verb)})`,
    'syntax',
  );
}

/** Refuses what is neither text nor a tree of mathjs. */
export function refuseSource(verb: LibraryFunction, source: unknown): never {
  return refuse(
    `${verb} takes a text or a mathjs node, not ${describeValue(source)}`,
    `for example ${verb}(${sourceOf(verb)}, ${exampleOf(verb)})`,
    'syntax',
  );
}

/** Refuses what no verb has answered with; `toLatex(parse(...))` is easily written. */
export function demandResult(printer: LibraryFunction | 'toJson', result: unknown): void {
  const schema = typeof result === 'object' && result !== null && 'schema' in result ? result.schema : undefined;
  if (typeof schema === 'string' && /^chainrule\/(?:derivation|gradient|hessian|stationary)\/1$/.test(schema)) return;
  refuse(
    `${printer} takes what derive, gradient, hessian or stationary returns, not ${describeValue(result)}`,
    `for example ${printer}(derive('x^2', { wrt: 'x' }))`,
    'syntax',
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && Array.from(value as unknown[]).every(isText);
}

function exampleOf(verb: LibraryFunction): string {
  switch (verb) {
    case 'derive':
    case 'gradient':
    case 'hessian':
    case 'stationary':
      return "{ wrt: 'x' }";
    case 'verify':
    case 'check':
      return '{ seed: 7 }';
    case 'parse':
      return "{ syntax: 'latex' }";
    default:
      return "{ lang: 'en' }";
  }
}

function sourceOf(verb: LibraryFunction): string {
  return verb === 'verify' || verb === 'check' ? "'d(x^2, x) = 2*x'" : "'x^2'";
}

/** A value in words, without asking it anything: its own methods may do what they like. */
function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${value.slice(0, 40)}"`;
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'bigint':
      return 'a bigint';
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    default:
      if (value === null) return 'null';
      return Array.isArray(value) ? describeList(value) : 'an object';
  }
}

/** A list is wrong because of one of its items, if it has any. */
function describeList(list: readonly unknown[]): string {
  const odd = Array.from(list).find((one) => !isText(one));
  return odd === undefined ? 'a list' : `a list that holds ${Array.isArray(odd) ? 'a list' : describeValue(odd)}`;
}

function refuseName(verb: LibraryFunction, name: string, table: readonly LibraryOption[]): never {
  const known = table.map((one) => one.name);
  const near = nearest(name, known);
  const takes = `it takes ${known.join(', ')}`;
  return refuse(
    `${verb} has no option "${name.slice(0, 40)}"`,
    near === undefined ? takes : `did you mean ${near}? ${takes[0]?.toUpperCase()}${takes.slice(1)}`,
  );
}

function refuse(message: string, hint: string, code: 'unknown-option' | 'syntax' = 'unknown-option'): never {
  return fail({ code, message, hint });
}
