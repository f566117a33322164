/** From texts to models, variables, names and expressions, by whatever reader the caller has. */

import type { DeriveOptions } from '../options.ts';
import { fail, withSource } from '../problem.ts';
import { functionTable } from '../rules/elementary.ts';
import { isReservedName, spelledName } from '../syntax/names.ts';
import { type MathNode, view } from '../syntax/node.ts';
import type { Reader } from '../syntax/statement.ts';
import { symbol } from '../term/construct.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { noDeclarations, readDeclarations } from './declare.ts';
import { buildModel, type Model } from './model.ts';
import { type Scanned, type Sources, scanSources, sourcesIn } from './sources.ts';
import type { WantedVariable } from './wanted.ts';

/** A name as a function of others: y(x). */
export interface Dependence {
  readonly symbol: SymbolTerm;
  readonly on: readonly SymbolTerm[];
}

/** What is to be done with the source, as far as it matters for what it means. */
export interface ReadingAims {
  /** Names that must not be taken apart where they are vectors: the variables and these. */
  readonly wholes?: readonly string[];
  /** Expressions beside the source: the direction for each variable, a point, a weight. */
  readonly beside?: readonly { readonly source: string; readonly of: number | 'value' }[];
  /** Whether the variables are scalars. */
  readonly scalars?: boolean;
}

/** What decides about names: the variables, the declarations, the notation. */
type NamingOptions = Pick<DeriveOptions, 'wrt' | 'shapes' | 'syntax' | 'depends'>;

/**
 * Formula, definitions and options before it is settled what their names mean; `start` is where the formula begins.
 */
export function scanOptions(
  read: Reader,
  text: string,
  { wrt, shapes, syntax, depends }: NamingOptions,
  start?: number,
): Scanned {
  const declarations = shapes === undefined ? noDeclarations : readDeclarations(shapes);
  const dependences = readDependences(depends);
  return scanSources(read, text, {
    declarations,
    wanted: splitParts(wrt),
    dependent: dependences.map((one) => one.symbol.name),
    dependsOn: new Map(dependences.map(({ symbol, on }) => [symbol.name, on.map(({ name }) => name)])),
    ...(syntax === undefined ? {} : { syntax }),
    ...(start === undefined ? {} : { start }),
  });
}

/** Reads source, variables and declarations into a model. */
export function readModel(
  read: Reader,
  text: string,
  options: NamingOptions,
  form: 'expression' | 'equation' = 'expression',
  aims: ReadingAims = {},
): Model {
  const scanned = scanOptions(read, text, options, form === 'equation' ? undefined : 0);
  const sources = sourcesIn(scanned, { evidence: scanned.evidence, differs: [] });
  return modelOf(sources, readVariables(sources, options.wrt), form, aims);
}

/** The model of formulas that are read, by the variables that are asked for. */
export function modelOf(
  sources: Sources,
  wanted: readonly WantedVariable[],
  form: 'expression' | 'equation' = 'expression',
  aims: ReadingAims = {},
): Model {
  const { statements, declarations, text } = sources;
  if (wanted.length === 0) refuseNoVariable();
  const beside = (aims.beside ?? []).map(({ source, of }) => ({ source, of, node: readBeside(sources, source) }));
  const { wholes, scalars } = aims;
  return withSource(text, () =>
    buildModel(statements, wanted, functionTable, declarations, form, {
      beside,
      members: true,
      ...(wholes === undefined ? {} : { wholes }),
      ...(scalars === undefined ? {} : { scalars }),
    }),
  );
}

function readBeside(sources: Sources, source: string): MathNode {
  const node = onlySide(sources, source);
  if (node !== undefined) return node;
  return fail({
    code: 'syntax',
    message: 'one expression is expected here',
    source,
    span: { start: 0, end: Math.max(1, source.length) },
    hint: 'for example "3", "a" or "x - b"',
  });
}

/** The variables that are asked for, as the formulas spell them. */
export function readVariables(sources: Sources, wrt: DeriveOptions['wrt']): WantedVariable[] {
  return splitParts(wrt).map((one) => readVariable(sources, one));
}

function readVariable(sources: Sources, source: string): WantedVariable {
  const node = onlySide(sources, source);
  if (node !== undefined) return { source, node };
  return fail({
    code: 'unknown-variable',
    message: 'a variable is a name or an element',
    source,
    span: { start: 0, end: source.length },
    hint: 'for example x, beta[j] or \\beta_j',
  });
}

/** The tree of a source that holds one expression and nothing else. */
function onlySide(sources: Sources, source: string): MathNode | undefined {
  const [statement, ...others] = sources.read(source);
  const [side, ...sides] = statement?.sides ?? [];
  return others.length > 0 || sides.length > 0 ? undefined : side?.node;
}

/** A name and nothing else; `what` says for what it is wanted. */
export function readName(sources: Sources, source: string, what: string): string {
  const node = onlySide(sources, source);
  const seen = node === undefined ? undefined : view(node);
  if (seen?.kind === 'symbol') return seen.name;
  return fail({
    code: 'unknown-variable',
    message: `${what} is a name`,
    source,
    span: { start: 0, end: source.length },
    hint: 'for example y or eta',
  });
}

/** An expression that stands beside the source: the point of a Taylor polynomial, a component of a direction. */
export function readExpression(sources: Sources, source: string): Term {
  const statements = sources.read(source);
  return withSource(source, () => buildModel(statements, [], functionTable, noDeclarations).target);
}

/** `y(x), z(x, y)` as dependences, in either notation. */
export function readDependences(depends: DeriveOptions['depends']): Dependence[] {
  if (depends === undefined) return [];
  const seen = new Set<string>();
  return splitParts(depends).map((source) => {
    const [, head = '', inside = ''] = /^\s*([^()]+?)\s*(?:\\left)?\(\s*(.*?)\s*(?:\\right)?\)\s*$/.exec(source) ?? [];
    const name = spelledName(head);
    const names = inside.split(',').map(spelledName);
    if (name === undefined || isReservedName(name) || names.some((one) => one === undefined))
      return refuseDependence(source, 'a dependence reads y(x)');
    if (seen.has(name)) refuseDependence(source, `what ${name} depends on is said twice`);
    seen.add(name);
    return { symbol: symbol(name), on: [...new Set(names)].map((one) => symbol(one as string)) };
  });
}

function refuseDependence(source: string, message: string): never {
  return fail({
    code: 'syntax',
    message,
    source,
    span: { start: 0, end: Math.max(1, source.length) },
    hint: 'for example --depends "y(x), z(x, y)"',
  });
}

/** A list as it is, a text split at its commas. */
export function splitParts(parts: string | readonly string[]): readonly string[] {
  return typeof parts === 'string' ? splitVariables(parts).map((one) => (one.trim() === '' ? one : one.trim())) : parts;
}

/** Splits `beta[j],X[i, j]` at the commas outside brackets. */
export function splitVariables(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const character = text.charAt(at);
    if ('([{'.includes(character) && character !== '') depth++;
    if (')]}'.includes(character) && character !== '') depth--;
    if (at === text.length || (character === ',' && depth === 0)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return parts;
}

function refuseNoVariable(): never {
  return fail({
    code: 'unknown-variable',
    message: 'it is not said by what to differentiate',
    hint: 'for example --wrt x',
  });
}
