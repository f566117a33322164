/** The stages of the verbs, in order. The reader is handed in, so that a caller who reads text need not load KaTeX. */

import { certifyResult } from './answer.ts';
import type { Certificate } from './certificate.ts';
import { type BuildOptions, buildDerivation } from './derivation/build.ts';
import { createDependences, refuseCircles } from './derivation/dependence.ts';
import type {
  Result as Answered,
  Derivation,
  Gradient,
  Hessian,
  Reading,
  Stationary,
} from './derivation/derivation.ts';
import { buildGradient } from './derivation/gradient.ts';
import { buildHessian } from './derivation/hessian.ts';
import { authorsNames } from './derivation/matrix.ts';
import { buildMatrixHessian } from './derivation/matrix-hessian.ts';
import { buildMatrixStationary } from './derivation/matrix-stationary.ts';
import { type NamedModel, nameIntermediates } from './derivation/naming.ts';
import { nameLong } from './derivation/naming-long.ts';
import { nameNested } from './derivation/naming-nested.ts';
import { buildStationary } from './derivation/stationary.ts';
import { type Asked, planTask } from './derivation/tasks.ts';
import { appliesFactor, asksInVain, holdsSelfApplied, inFirstReading, isRowByT } from './meaning/first-reading.ts';
import type { Model } from './meaning/model.ts';
import { describeNames, noticesOf } from './meaning/names/table.ts';
import {
  modelOf,
  type ReadingAims,
  readDependences,
  readExpression,
  readName,
  readVariables,
  scanOptions,
  splitParts,
} from './meaning/reading.ts';
import { refuseMatrixValues, refuseMistakes, refuseNumberValues } from './meaning/refusals.ts';
import type { Sources } from './meaning/sources.ts';
import type { WantedVariable } from './meaning/wanted.ts';
import {
  checkChoice,
  checkDegree,
  checkOrder,
  checkSeed,
  type DeriveOptions,
  defaultSeed,
  details,
  layouts,
  methods,
  type Task,
  taskOf,
} from './options.ts';
import { createOracle } from './oracle/certify.ts';
import { unverified } from './oracle/combine.ts';
import { fail, type Problem, withinStack } from './problem.ts';
import { detectSyntax } from './syntax/detect.ts';
import type { Naming } from './syntax/naming.ts';
import { relocate } from './syntax/plain-source.ts';
import type { NeutralSource, Reader, Statement } from './syntax/statement.ts';
import { type Definition, variableSymbol } from './term/substitute.ts';
import { inFreshStore, type Term } from './term/term.ts';
import { mostWork, withinWork } from './work.ts';

export { readModel, splitVariables } from './meaning/reading.ts';

/** The derivation of `source`: by one variable, or what the options ask for beyond that. */
export function deriveWith(read: Reader, source: string, options: DeriveOptions): Derivation {
  return derivationOf(() => {
    const task = taskOf(options);
    return prepare({ read, source, options, task }, ({ model, named, build, asked, reading, withAnswer }) => {
      const plan = planTask(task, { model, named, asked, build });
      const result = buildDerivation(model, plan.shown ?? named, plan.outline, plan.goal, plan.build ?? build);
      return { ...withAnswer(result), ...reading(result.problem.shapes) };
    });
  });
}

/** The derivatives of `source` by several variables, in one backward pass. */
export function gradientWith(read: Reader, source: string, options: DeriveOptions): Gradient {
  return derivationOf(() => {
    const task = taskOf(options);
    const isPlain = task === 'derivative' && options.depends === undefined && (options.method ?? 'chain') === 'chain';
    if (!isPlain) refuseGradient();
    return prepare(
      { read, source, options, task, name: nameForGradient },
      ({ model, named, build, reading, withAnswer }) => {
        if (build.order !== 1) {
          fail({
            code: 'unknown-option',
            message: 'a backward pass has order 1',
            hint: 'ask for one variable at a time',
          });
        }
        const result = buildGradient(model, named, build);
        return { ...withAnswer(result), ...reading(result.problem.shapes) };
      },
    );
  });
}

function nameForGradient(model: Model): NamedModel {
  return nameLong(model, nameNested(model, nameIntermediates(model)));
}

/** The second partial derivatives of `source` by each pair of variables. */
export function hessianWith(read: Reader, source: string, options: DeriveOptions): Hessian {
  return derivationOf(() =>
    prepare(
      { read, source, options, task: taskOf(options, ['hessian']) },
      ({ model, named, build, reading, withAnswer }) => {
        const result = model.tensors ? buildMatrixHessian(model, build) : buildHessian(model, named, build);
        return { ...withAnswer(result), ...reading(result.problem.shapes) };
      },
    ),
  );
}

/** Where the gradient of `source` by the variables is zero. */
export function stationaryWith(read: Reader, source: string, options: DeriveOptions): Stationary {
  return derivationOf(() =>
    prepare(
      { read, source, options, task: taskOf(options, ['stationary']) },
      ({ model, named, build, reading, withAnswer }) => {
        const result = model.tensors ? buildMatrixStationary(model, build) : buildStationary(model, named, build);
        return { ...withAnswer(result), ...reading(result.problem.shapes) };
      },
    ),
  );
}

/** The certificate of an answer to `source`, in whatever words it is written: `asked` as for the verb that answers. */
export function answersTo(
  read: Reader,
  source: string,
  options: DeriveOptions,
  asked: readonly Task[] = [],
): (result: Answered) => Certificate {
  return derivationOf(() => prepare({ read, source, options, task: taskOf(options, asked) }, ({ certify }) => certify));
}

/** What a verb is called with. */
interface Call {
  readonly read: Reader;
  readonly source: string;
  readonly options: DeriveOptions;
  readonly task: Task;
  readonly name?: (model: Model) => NamedModel;
}

interface Prepared {
  readonly model: Model;
  readonly named: NamedModel;
  readonly build: BuildOptions;
  readonly asked: Asked;
  /** How the source was read, with the shapes that its quantities turned out to have. */
  readonly reading: (shapes: Readonly<Record<string, string>>) => Reading;
  /** The certificate of an answer. */
  readonly certify: (result: Answered) => Certificate;
  /** The result with the certificate of its answer. */
  readonly withAnswer: <Kind extends Answered>(result: Kind) => Kind;
}

/** A source and its options in one reading of their names. */
interface Found {
  readonly sources: Sources;
  readonly variables: readonly WantedVariable[];
  readonly model: Model;
  readonly asked: Asked;
}

/** Reads, lowers, names and makes the oracle ready, in the first reading of the source in which all this and `finish` can be done. */
function prepare<Result>(call: Call, finish: (prepared: Prepared) => Result): Result {
  const { source, options, task, name = nameIntermediates } = call;
  const last = task === 'implicit' ? (options.implicit as string) : source;
  const lines = [...(options.define ?? []), last];
  const isMixed = options.syntax === undefined && new Set(lines.map(detectSyntax)).size > 1;
  const text = isMixed ? lines.join(mixedGap) : joinLines(lines, options.syntax);
  const read = isMixed ? lineByLine(call.read, lines, text) : call.read;
  const detail = checkChoice('detail', options.detail ?? 'standard', details);
  const order = checkOrder(options.order ?? 1);
  const seed = checkSeed(options.seed ?? defaultSeed);
  const depends = readDependences(options.depends);
  refuseCircles(depends);
  const isPlain = task === 'implicit' || (task === 'derivative' && order === 1 && depends.length === 0);
  const free = depends.flatMap((one) => [one.symbol.name, ...one.on.map(({ name }) => name)]);
  const form = task === 'implicit' ? 'equation' : 'expression';
  const aims: ReadingAims = isPlain
    ? {}
    : {
        wholes: depends.map((one) => one.symbol.name),
        beside: besideOf(options, task),
        scalars: depends.length > 0,
      };
  const modelIn = (sources: Sources): Found => {
    const variables = readVariables(sources, options.wrt);
    refuseMistakes(sources, variables, free, form);
    const model = modelOf(sources, variables, form, aims);
    return { sources, variables, model, asked: { ...readAsked(sources, source, options, task, model), depends } };
  };
  const isVain = (found: Found): boolean =>
    holdsSelfApplied(found.sources) ||
    appliesFactor(found.sources) ||
    isRowByT(found.sources, found.model) ||
    asksInVain(found.sources, found.variables, free);
  const ready = ({ sources, model, asked, variables }: Found): Prepared => {
    refuseMatrixValues(sources);
    refuseNumberValues(sources, model);
    const named = model.tensors ? authorsNames(model) : name(model);
    const dependences = createDependences(model.tensors ? [] : depends, model.names);
    const oracleWith = options.verify === false ? () => undefined : oracles(model, named, seed);
    const build: BuildOptions = {
      source: text,
      detail,
      order,
      update: readRate(sources, options.update),
      oracle: oracleWith([]),
      oracleWith,
      dependences,
    };
    const wanted = model.variables.map((one) => variableSymbol(one).name);
    const dependent = depends.map((one) => one.symbol.name);
    const reading = (shapes: Readonly<Record<string, string>>): Reading => ({
      names: describeNames(sources, model, { wanted, dependent, shapes }),
      notices: noticesOf(sources, model, wanted, free),
    });
    const certify = (result: Answered): Certificate =>
      certifyResult(result, { sources, model, variables, options, seed });
    const withAnswer = <Kind extends Answered>(result: Kind): Kind => {
      if (options.verify === false) return { ...result, answer: unverified };
      const answer = certify(result);
      return { ...result, answer, ...(answer.verdict === 'fails' ? { certificate: answer } : {}) };
    };
    return { model, named, build, asked, reading, certify, withAnswer };
  };
  const start = task === 'implicit' ? undefined : text.length - source.length;
  const scanned = scanOptions(read, text, options, start);
  return inFirstReading(scanned, { find: modelIn, isVain, finish: (found) => finish(ready(found)) });
}

/** Expressions that belong to the source and have shapes of it: one for each variable, or for its value. */
function besideOf({ direction, at, vjp }: DeriveOptions, task: Task): NonNullable<ReadingAims['beside']> {
  switch (task) {
    case 'directional':
      return splitParts(direction as string | readonly string[]).map((one, of) => ({ source: one, of }));
    case 'taylor':
      return [{ source: at ?? '0', of: 0 }];
    case 'vjp':
      return [{ source: vjp as string, of: 'value' }];
    default:
      return [];
  }
}

/** What the task needs beyond expression and variables. */
function readAsked(
  sources: Sources,
  source: string,
  options: DeriveOptions,
  task: Task,
  { tensors, beside }: Model,
): Omit<Asked, 'depends'> {
  const method = checkChoice('method', options.method ?? 'chain', methods);
  const directionOf = (): readonly Term[] => {
    if (task !== 'directional') return [];
    if (tensors) return beside;
    return splitParts(options.direction as string | readonly string[]).map((one) => readExpression(sources, one));
  };
  return {
    method,
    layout: checkChoice('layout', options.layout ?? 'denominator', layouts),
    dependent:
      task === 'implicit' && source.trim() !== '' ? readName(sources, source, 'the dependent quantity') : undefined,
    degree: task === 'taylor' ? checkDegree(options.taylor as number) : 0,
    point: task !== 'taylor' ? undefined : tensors ? beside[0] : readExpression(sources, options.at ?? '0'),
    direction: directionOf(),
    weight: task === 'vjp' ? beside[0] : undefined,
    unit: options.unit === true,
  };
}

function readRate(sources: Sources, update: string | boolean | undefined): string | undefined {
  if (update === undefined || update === false) return undefined;
  return update === true ? 'eta' : readName(sources, update, 'the step size of an update');
}

/** Oracles over the definitions of a model, with more where a step needs them; one for each set. */
function oracles(model: Model, named: NamedModel, seed: number): BuildOptions['oracleWith'] {
  const { positive, integer } = model.declarations;
  const known = new Map<readonly Definition[], ReturnType<typeof createOracle>>();
  const none: readonly Definition[] = [];
  return (given) => {
    const key = given.length === 0 ? none : given;
    let oracle = known.get(key);
    if (oracle === undefined) {
      const definitions = new Map([...named.lets, ...key].map((one) => [one.symbol, one]));
      oracle = createOracle({ definitions, seed, positive, integer });
      known.set(key, oracle);
    }
    return oracle;
  };
}

/** Definitions and target as one source; a line that ends too early must not run on into the next. */
function joinLines(lines: readonly string[], syntax = detectSyntax(lines.join(' '))): string {
  return lines.join(syntax === 'latex' ? '\n\n' : ';\n');
}

/** `read` for lines of which some are LaTeX and some text, each by its own reader, once they are joined to `text`. */
function lineByLine(read: Reader, lines: readonly string[], text: string): Reader {
  return (source, syntax) => {
    if (source !== text) return read(source, syntax);
    const parts = lines.map((line) => read(line));
    // The trees of a text are made once, and so moved once.
    const moved = new Map<NeutralSource, readonly Statement[]>();
    const statements = (naming: Naming): readonly Statement[] => {
      let start = 0;
      return parts.flatMap((part) => {
        const from = start;
        start += part.text.length + mixedGap.length;
        const inPlace =
          moved.get(part) ??
          relocate(part.statements(naming), (span) => ({ start: span.start + from, end: span.end + from }));
        if (part.notation === 'text') moved.set(part, inPlace);
        return inPlace;
      });
    };
    return { text, notation: 'latex', tokens: parts.flatMap((part) => [...part.tokens]), statements };
  };
}

const mixedGap = ';\n';

/** Terms nested deeper than the stack allows are refused, like everything else that is too large. */
const tooDeep: Problem = {
  code: 'nesting-too-deep',
  message: 'definitions and brackets are nested too deep',
  hint: 'differentiate it in parts: by an intermediate first, then on from there',
};

function derivationOf<T>(work: () => T): T {
  return withinStack(tooDeep, () => inFreshStore(() => withinWork(mostWork, work)));
}

function refuseGradient(): never {
  return fail({
    code: 'unknown-option',
    message: 'a backward pass takes no other task or method',
    hint: 'use derive for --mixed, --implicit, --depends, --taylor, --direction, --vjp and --method',
  });
}
