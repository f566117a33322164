/** The stages of `derive`, in order. The reader is handed in, so that a caller who reads text need not load KaTeX. */

import { type BuildOptions, buildDerivation } from './derivation/build.ts';
import type { Derivation, Gradient } from './derivation/derivation.ts';
import { buildGradient } from './derivation/gradient.ts';
import { nameIntermediates } from './derivation/naming.ts';
import { checkChoice, checkOrder, type DeriveOptions, defaultSeed, details } from './options.ts';
import { createOracle } from './oracle/certify.ts';
import { fail, type Problem, withinStack, withSource } from './problem.ts';
import { functionTable } from './rules/elementary.ts';
import { detectSyntax } from './syntax/detect.ts';
import type { Reader } from './syntax/statement.ts';
import { noDeclarations, readDeclarations } from './term/declare.ts';
import { buildModel, type Model, type WantedVariable } from './term/model.ts';
import { inFreshStore } from './term/term.ts';

/** The derivation of `source` by one variable. */
export function deriveWith(read: Reader, source: string, options: DeriveOptions): Derivation {
  return derivationOf(() => {
    const { model, build } = prepare(read, source, options);
    const [variable] = model.variables;
    if (variable === undefined || model.variables.length > 1) refuseVariables(model.variables.length);
    return buildDerivation(model, build.named, variable, build);
  });
}

/** The derivatives of `source` by several variables, in one backward pass. */
export function gradientWith(read: Reader, source: string, options: DeriveOptions): Gradient {
  return derivationOf(() => {
    const { model, build } = prepare(read, source, options);
    if (build.order !== 1) {
      fail({ code: 'unknown-option', message: 'a backward pass has order 1', hint: 'ask for one variable at a time' });
    }
    return buildGradient(model, build.named, build);
  });
}

/** Read, lower, name, and make the oracle ready. */
function prepare(read: Reader, source: string, options: DeriveOptions) {
  const text = joinLines([...(options.define ?? []), source], options.syntax);
  const detail = checkChoice('detail', options.detail ?? 'standard', details);
  const order = checkOrder(options.order ?? 1);
  const model = readModel(read, text, options);
  const named = nameIntermediates(model);
  const seed = options.seed ?? defaultSeed;
  const { positive, integer } = model.declarations;
  const definitions = new Map(named.lets.map((one) => [one.symbol, one]));
  const oracle = options.verify === false ? undefined : createOracle({ definitions, seed, positive, integer });
  const rate = options.update === true ? 'eta' : options.update === false ? undefined : options.update;
  const build: BuildOptions & { named: typeof named } = { source: text, detail, order, update: rate, oracle, named };
  return { model, build };
}

/** Definitions and target as one source; a line that ends too early must not run on into the next. */
function joinLines(lines: readonly string[], syntax = detectSyntax(lines.join(' '))): string {
  return lines.join(syntax === 'latex' ? '\n\n' : ';\n');
}

/** Terms nested deeper than the stack allows are refused, like everything else that is too large. */
const tooDeep: Problem = {
  code: 'nesting-too-deep',
  message: 'definitions and brackets are nested too deep',
  hint: 'differentiate it in parts: by an intermediate first, then on from there',
};

function derivationOf<T>(work: () => T): T {
  return withinStack(tooDeep, () => inFreshStore(work));
}

/** Reads source, variables and declarations into a model. */
export function readModel(
  read: Reader,
  text: string,
  options: Pick<DeriveOptions, 'wrt' | 'shapes' | 'syntax'>,
): Model {
  const statements = read(text, options.syntax);
  const declarations = options.shapes === undefined ? noDeclarations : readDeclarations(options.shapes);
  const wanted = (typeof options.wrt === 'string' ? splitVariables(options.wrt) : options.wrt).map((one) =>
    readVariable(read, one),
  );
  if (wanted.length === 0) refuseVariables(0);
  return withSource(text, () => buildModel(statements, wanted, functionTable, declarations));
}

function readVariable(read: Reader, source: string): WantedVariable {
  const [statement, ...others] = read(source);
  const [side, ...sides] = statement?.sides ?? [];
  if (side === undefined || others.length > 0 || sides.length > 0) {
    return fail({
      code: 'unknown-variable',
      message: 'a variable is a name or an element',
      source,
      span: { start: 0, end: source.length },
      hint: 'for example x, beta[j] or \\beta_j',
    });
  }
  return { source, node: side.node };
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

function refuseVariables(count: number): never {
  return fail({
    code: 'unknown-variable',
    message: count === 0 ? 'it is not said by what to differentiate' : 'derive takes one variable at a time',
    hint: count === 0 ? 'for example --wrt x' : 'use gradient for several',
  });
}
