/** A claim as terms, and what the oracle says of them: over all values, among positive ones, in places, or among whole numbers. */

import type { Certificate } from '../certificate.ts';
import { bindVariables } from '../meaning/bound-variables.ts';
import { describe } from '../meaning/call-demands.ts';
import { type Declarations, noDeclarations } from '../meaning/declare.ts';
import { modelOfEquation, reachedDefinitions } from '../meaning/equation.ts';
import { type Taking, withDifferences } from '../meaning/evaluations.ts';
import { foldDefinitions } from '../meaning/fold-definitions.ts';
import { type DefinitionTable, type WrittenDefinition, writeOut } from '../meaning/known-names.ts';
import type { Evidence } from '../meaning/names/evidence.ts';
import { withTypefaces } from '../meaning/names/typefaces.ts';
import { gatherUsage } from '../meaning/usage.ts';
import { type Allowance, createOracle, type IndexBounds } from '../oracle/certify.ts';
import type { Constraint } from '../oracle/constraints.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import type { MathNode } from '../syntax/node.ts';
import { number } from '../term/construct.ts';
import { dimsOf } from '../term/dims.ts';
import { type Definition, type Definitions, symbolsBelow, variableSymbol } from '../term/substitute.ts';
import { entryOf } from '../term/tensor/selection.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { ValuesAround } from './at-values.ts';
import type { LoweredClaim } from './claim.ts';
import { derivativesIn, holdsLimit } from './doubt.ts';
import type { Equation } from './given.ts';

export interface JudgeContext {
  readonly table: DefinitionTable;
  /** Whether a claim may be said to fail by a definition: not if the text defines the name twice, or in another section. */
  readonly firm: (kind: WrittenDefinition['kind'], name: string) => boolean;
  readonly functions: FunctionTable;
  readonly evidence: Evidence;
  readonly declarations?: Declarations;
  /** Equations that the text takes for granted: those to be solved, and derivatives that it gives. */
  readonly given?: readonly Equation[];
  /** The values that names are said to take next to the claim. */
  readonly values?: ValuesAround;
  /** Maps of indices that lie within their ranges. */
  readonly inside?: readonly IndexBounds[];
  /** Equations that the points at which a claim is tested satisfy. */
  readonly constraints?: readonly Constraint[];
  readonly seed: number;
  /** Writes the conditions under which a claim holds, if they are asked for. */
  readonly print?: (term: Term) => string;
  /** Whether a claim that fails is shown with values that a reader can count with; so unless told. */
  readonly isShown?: boolean;
  /** How values at the bounds of an evaluation are found; by putting them in unless told. */
  readonly taking?: Taking;
  /** How many terms may be evaluated for this claim and those after it. */
  readonly allowance?: Allowance;
}

/** Whether it holds where all names are positive, or in the first quadrant, where roots and inverse functions have one branch. */
export function holdsAmongPositive({ left, right, definitions }: LoweredClaim, context: JudgeContext): boolean {
  const leaves = [...symbolsBelow(left, definitions), ...symbolsBelow(right, definitions)];
  const positive = new Set([...(context.declarations?.positive ?? []), ...leaves.map((name) => name.name)]);
  const own = { ...context, declarations: { ...noDeclarations, ...context.declarations, positive } };
  if (oracleOver(definitions, own).compare(left, right).verdict === 'holds') return true;
  const scalars = leaves.filter((name) => name.rank === 0 && !definitions.has(name));
  if (scalars.length === 0 || scalars.length < leaves.filter((name) => !definitions.has(name)).length) return false;
  const constraints = scalars.map((name): Constraint => ({ unknown: name, residual: number(0), isPrincipal: true }));
  return oracleOver(definitions, { ...own, constraints }).compare(left, right).verdict === 'holds';
}

/** Whether what holds of an integral does so on one side of a kink or a pole alone: \int_0^1 |x - a| dx = 1/2 - a + a^2. */
export function holdsInPlaces({ left, right, definitions }: LoweredClaim, context: JudgeContext): boolean {
  return [left, right].some(holdsLimit) && oracleOver(definitions, context).agreeInPlaces(left, right);
}

/** Letters that count in all texts where an integral holds them: \int_0^\pi x \sin(nx) dx. */
const counting: ReadonlySet<string> = new Set(['n', 'm', 'k']);

/** What is found of an integral or a series with such letters as whole numbers, where as others it does not hold. */
export function compareAmongIntegers(
  lowered: LoweredClaim,
  certificate: Certificate,
  context: JudgeContext,
): Certificate {
  const { left, right, definitions } = lowered;
  if (certificate.verdict === 'holds' || ![left, right].some(holdsLimit)) return certificate;
  const leaves = [...symbolsBelow(left, definitions), ...symbolsBelow(right, definitions)];
  const letters = leaves.filter((name) => name.rank === 0 && !definitions.has(name) && counting.has(name.name));
  if (letters.length === 0) return certificate;
  const { declarations = noDeclarations } = context;
  const integer = new Set([...declarations.integer, ...letters.map(({ name }) => name)]);
  const counted = compare(lowered, { ...context, declarations: { ...declarations, integer } });
  return counted.verdict === 'unknown' ? certificate : counted;
}

export function illustrate(
  { left, right, definitions }: Pick<LoweredClaim, 'left' | 'right' | 'definitions'>,
  certificate: Certificate,
  context: JudgeContext,
): Certificate {
  if (context.isShown === false) return certificate;
  return oracleOver(definitions, context).illustrate(left, right, certificate);
}

/** Both sides as terms. Throws `MathError`. */
export function lowerSides(left: MathNode, right: MathNode, context: JudgeContext): LoweredClaim {
  const { table, functions, evidence, declarations = noDeclarations, taking = 'values' } = context;
  const full = [writeOut(left, table), writeOut(right, table)] as const;
  const [a, b] = withDifferences(full, table, taking).map((side) => bindVariables(side, table)) as [MathNode, MathNode];
  const { definitions: reached, circular } = reachedDefinitions([a, b], table);
  const written = reached.map((one) => ({ ...one, body: bindVariables(one.body, table) }));
  const nodes = [a, b, ...written.flatMap(({ head, body }) => [head, body])];
  const axes = withTypefaces(declarations.axes, evidence, gatherUsage(nodes));
  const model = modelOfEquation(a, b, written, functions, { ...declarations, axes });
  const [target, other] = [asScalar(model.target), asScalar(model.right as Term)];
  const known = new Map(model.definitions.map((one): [Definition['symbol'], Definition] => [one.symbol, one]));
  // Names that are differentiated by must be found in what is differentiated, even where it was written out.
  const bodies = model.definitions.map((one) => one.body);
  const by = [target, other, ...bodies].flatMap(derivativesIn).map((one) => variableSymbol(one.by));
  const varied = by.filter((name) => known.has(name) && !isCopy(name, known));
  const definitions = foldDefinitions(known, new Set(varied));
  return {
    left: target,
    right: other,
    definitions,
    circular,
    usesTensors: model.tensors,
  };
}

/** Whether a name that no text can hold stands for a variable or a number, in whose place it must not be put elsewhere. */
function isCopy(name: SymbolTerm, definitions: Definitions): boolean {
  const kind = definitions.get(name)?.body.kind;
  return name.name.includes(' ') && (kind === 'symbol' || kind === 'number');
}

/** A matrix of one row and one column is its entry. */
function asScalar(term: Term): Term {
  const dims = dimsOf(term) ?? [];
  const isSingle = dims.length > 0 && dims.every((dim) => dim.kind === 'number' && dim.integer === 1);
  if (!isSingle) return term;
  return entryOf(
    term,
    dims.map(() => number(1)),
  );
}

export function compare({ left, right, definitions }: LoweredClaim, context: JudgeContext): Certificate {
  const misfit = clashOf(left, right);
  if (misfit !== undefined) return misfit;
  const bodies = [...definitions.values()].map(({ body }) => body);
  const by = [left, right, ...bodies].flatMap(derivativesIn).map((one) => variableSymbol(one.by).name);
  return oracleOver(definitions, withVaried(context, new Set(by))).compare(left, right);
}

/** Names by which something is differentiated vary freely, whatever values they are said to take. */
function withVaried(context: JudgeContext, varied: ReadonlySet<string>): JudgeContext {
  const { declarations = noDeclarations } = context;
  if (![...declarations.traits.keys()].some((name) => varied.has(name))) return context;
  const traits = new Map([...declarations.traits].filter(([name]) => !varied.has(name)));
  return { ...context, declarations: { ...declarations, traits } };
}

export function oracleOver(
  definitions: Definitions,
  { seed, allowance, print, constraints = [], inside = [], declarations = noDeclarations }: JudgeContext,
): ReturnType<typeof createOracle> {
  const { positive, integer, traits } = declarations;
  return createOracle({
    definitions,
    seed,
    positive,
    integer,
    traits,
    constraints,
    inside,
    thorough: true,
    ...(allowance === undefined ? {} : { allowance }),
    ...(print === undefined ? {} : { print }),
  });
}

/** What does not fit can't be equal; there are no numbers to show for it. */
export function clashOf(left: Term, right: Term): Certificate | undefined {
  const [a, b] = [dimsOf(left), dimsOf(right)];
  const isZero = [left, right].some((side) => side.kind === 'number' && side.integer === 0);
  if (a === undefined || b === undefined || isZero) return undefined;
  if (a.length === b.length && a.every((dim, k) => dim === b[k])) return undefined;
  return clash(`the sides are ${describe(a)} and ${describe(b)}`);
}

/** The certificate of a clash of shapes. */
export function clash(message: string): Certificate {
  return { verdict: 'fails', method: 'proved', points: 0, worst: 0, reason: `shape-clash: ${message}` };
}
