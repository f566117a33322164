/**
 * All that one call of a verb hands over, formula, definitions and options, read in the light of one set of names: what
 * the formulas show of a name counts for the options, in whichever notation each is written.
 */

import type { Span } from '../problem.ts';
import { indexLetters } from '../syntax/latex-symbols.ts';
import { letters } from '../syntax/letters.ts';
import { dotMark, spelledName } from '../syntax/names.ts';
import { constantNode, elementNode, locate, type MathNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import type { NeutralSource, Reader, Statement } from '../syntax/statement.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import { withNorms } from './bars-of-members.ts';
import { type Declarations, noDeclarations } from './declare.ts';
import { holdValues } from './held-values.ts';
import { plainName } from './matrix-products.ts';
import { declarePower, type NamedPower, namePowers, withPowerNamed } from './named-powers.ts';
import type { PrimesAsked } from './names/choices-latex.ts';
import { isTakenMember, takeDerivatives, takeOtherwise } from './names/choices-text.ts';
import { applyConventions, type Convention } from './names/conventions.ts';
import { type Evidence, gatherEvidence, noEvidence } from './names/evidence.ts';
import { namingFrom } from './names/naming.ts';
import type { Difference, Reading } from './names/readings.ts';
import { withTypefaces } from './names/typefaces.ts';
import { matchDefinitions } from './names/values.ts';
import { type PointFamily, pointFamilies, withPointsNamed } from './point-families.ts';
import { matricesBehindRows, raiseFactors } from './raised-factors.ts';
import { withSamples } from './samples-above.ts';
import { takesVector } from './scalar-shapes.ts';
import { targetLast } from './target.ts';
import { flattenElement, gatherUsage, isBinder, nameOf, type Usage } from './usage.ts';

export interface Sources {
  readonly text: string;
  readonly notation: 'text' | 'latex';
  /** The statements of formula and definitions. */
  readonly statements: readonly Statement[];
  readonly declarations: Declarations;
  readonly evidence: Evidence;
  /** The choices that this reading takes otherwise than is likeliest. */
  readonly differs: readonly Difference[];
  /** How the names of the formulas are used. */
  readonly usage: ReadonlyMap<string, Usage>;
  /** What was read by a convention of the field alone. */
  readonly conventions: readonly Convention[];
  /** Values of functions that are read as one matrix, as they are written. */
  readonly held: readonly string[];
  /** Powers that are variables or defined, with the names that they have got. */
  readonly powers: readonly NamedPower[];
  /** Points that stand beside a name of theirs, with the letter that they have got. */
  readonly points: readonly PointFamily[];
  /** The statements of an option. */
  readonly read: (source: string) => readonly Statement[];
}

/** What is asked of the names of a source. */
interface SourceOptions {
  readonly syntax?: 'text' | 'latex';
  /** The variables as they are written. */
  readonly wanted?: readonly string[];
  /** Names that depend on others: their primes are derivatives. */
  readonly dependent?: readonly string[];
  /** What each of them depends on: y(x) is y, wherever it stands. */
  readonly dependsOn?: ReadonlyMap<string, readonly string[]>;
  readonly declarations?: Declarations;
  /** Where the source itself begins, behind its definitions, if one of its statements is asked for. */
  readonly start?: number;
}

/** A source with all that speaks for its names, before it is settled what they mean. */
export interface Scanned {
  readonly read: Reader;
  readonly main: NeutralSource;
  readonly evidence: Evidence;
  readonly declarations: Declarations;
  readonly options: SourceOptions;
}

/** Gathers what speaks for the names of `text` and of the options. Throws `MathError`. */
export function scanSources(read: Reader, text: string, options: SourceOptions): Scanned {
  const { declarations = noDeclarations, wanted = [], dependent = [] } = options;
  const evidence = { ...noEvidence(), tellsAlphabets: true };
  for (const [name, axes] of declarations.axes) declare(name, axes, evidence);
  for (const name of declarations.indices) evidence.bound.add(name);
  for (const name of wanted.flatMap(baseOf)) {
    evidence.wanted.add(name);
    evidence.variables.add(name);
  }
  for (const letter of wanted.flatMap(indicesOf)) evidence.fixed.add(letter);
  for (const name of dependent) evidence.dependent.add(name);
  const main = read(text, options.syntax);
  gatherEvidence(main.tokens, evidence);
  return { read, main, evidence, declarations, options };
}

/** The sources in one reading of their names. Throws `MathError`. */
export function sourcesIn(scanned: Scanned, { evidence, differs }: Reading): Sources {
  const { read, main, declarations, options } = scanned;
  const { dependent = [] } = options;
  const naming = namingFrom(evidence);
  const scalars = new Set(dependent.filter((name) => (declarations.axes.get(name) ?? 0) === 0));
  const { by } = primesAsked(scanned);
  const trees = (source: NeutralSource): readonly Statement[] => {
    const take = source.notation === 'text' ? takeOtherwise : takeDerivatives;
    const asWritten = source.statements(naming);
    return evidence.taken.size === 0 ? asWritten : mapStatements(asWritten, (node) => take(node, evidence, by));
  };
  const all = main.notation === 'text' ? withSamples(trees(main)) : trees(main);
  const inOrder = (options.start === undefined ? all : targetLast(all, options.start)).map(withoutDependence);
  const { dependsOn = new Map() } = options;
  const asWritten = dependsOn.size === 0 ? inOrder : mapStatements(inOrder, (node) => withoutCall(node, dependsOn));
  // In LaTeX the tree has a prime of its own, and a transpose is one.
  const isPrimed = main.notation === 'text' && scalars.size > 0;
  const written = !isPrimed ? asWritten : mapStatements(asWritten, (node) => primedName(node, scalars));
  const spelled = main.notation === 'text' ? withMembers(written, declarations.axes, evidence) : written;
  const isSettled = (name: string): boolean => evidence.declared.has(name) || evidence.wanted.has(name);
  const asked = new Set((options.wanted ?? []).map((one) => spelledName(one)));
  const heads = new Set(spelled.flatMap(({ sides: [head, body] }) => (head && body ? [calledName(head.node)] : [])));
  const isFactor = (name: string): boolean => (evidence.declared.has(name) || asked.has(name)) && !heads.has(name);
  const raised =
    main.notation === 'text'
      ? mapStatements(spelled, (node) =>
          raiseFactors(
            matricesBehindRows(node, (name) => heads.has(name)),
            isFactor,
          ),
        )
      : spelled;
  const matched = matchDefinitions(raised, isSettled);
  const { change, used } = applyConventions(matched, evidence);
  const agreed = used.length === 0 ? matched : mapStatements(matched, change);
  const { statements: valued, held } = holdValues(agreed, new Set([...evidence.wanted, ...dependent]));
  const points = pointFamilies(valued, declarations);
  const apart = (node: MathNode): MathNode => points.reduce(withPointsNamed, node);
  const named = points.length === 0 ? valued : mapStatements(valued, apart);
  const usageIn = (all: readonly Statement[]): ReadonlyMap<string, Usage> =>
    gatherUsage(all.flatMap(({ sides }) => sides.map(({ node }) => node)));
  const spelling = usageIn(named);
  const shown = { ...declarations, axes: withTypefaces(declarations.axes, evidence, spelling) };
  const settled = shown.axes.size === 0 ? named : mapStatements(named, (node) => withNorms(node, shown.axes));
  const vectors = vectorsIn(settled, shown.axes, spelling);
  const spell = (source: string): readonly Statement[] =>
    mapStatements(trees(read(source)), (node) => change(withSpelling(apart(node), spelling, vectors)));
  // Only a sign of powers is worth reading a variable twice.
  const asPowers = (options.wanted ?? []).filter((one) => /[\^²³⁻]/u.test(one)).flatMap((one) => spell(one)[0] ?? []);
  const powers = namePowers([...asPowers, ...settled.slice(0, -1).filter(isDefinition)], settled, shown);
  const withPowers = (all: readonly Statement[]): readonly Statement[] =>
    powers.reduce((named, power) => mapStatements(named, (node) => withPowerNamed(node, power)), all);
  const statements = withPowers(settled);
  return {
    text: main.text,
    notation: main.notation,
    statements,
    declarations: powers.reduce((known, power) => declarePower(power, known), shown as Declarations),
    evidence,
    differs,
    usage: powers.length === 0 ? spelling : usageIn(statements),
    conventions: used,
    held,
    powers,
    points,
    read: (source) => withPowers(spell(source)),
  };
}

/** What the options say of primes. */
export function primesAsked({ options: { wanted = [], dependent = [] } }: Scanned): PrimesAsked {
  const [only = '', second] = wanted;
  return { by: second === undefined ? spelledName(only) : undefined, dependent };
}

function declare(name: string, axes: number, evidence: Evidence): void {
  evidence.declared.set(name, axes);
  evidence.variables.add(name);
}

const firstWords = letters`^\s*([\p{L}][\p{L}\p{N}]*)(?:\s+([\p{L}]+))?`;

/** The letter that a variable begins with, and the whole name; with an accent the name alone. */
function baseOf(source: string): string[] {
  const whole = spelledName(source) ?? '';
  if (/_(?:hat|bar|tilde|d{0,3}dot)$/.test(whole)) return [whole];
  const plain = source
    .replace(/\\(?:mathbf|boldsymbol|bm|symbf(?:up|it)?|vec|mathrm|mathit|mathcal|mathbb)\b/g, '')
    .replace(/[\\{}$]/g, '');
  const [, name = '', next = ''] = firstWords.exec(plain) ?? [];
  if (name === '') return [];
  return name === 'Delta' && next !== '' ? [`Delta_${next}`, next] : [name, ...(whole === '' ? [] : [whole])];
}

const letter = letters`[\p{L}]`;

/** The letters that count in a variable: the j of beta_j, \\beta_{jk}, beta[j]; not the h of W_{hi}, beside which none does. */
function indicesOf(source: string): string[] {
  return [...source.matchAll(/_\{?([^{}]*)|\[([^\]]*)\]/g)].flatMap(([, below = '', within = '']) => {
    const letters = [...below, ...within].filter(letter.test);
    const isBlock = letters.length === 2 && below !== '' && !letters.every((letter) => indexLetters.has(letter));
    // A capital is a last one more often than any, c_T.
    return isBlock ? [] : letters.filter((letter) => letter === letter.toLowerCase());
  });
}

/** `E = E(w) = ...` says that E depends on w, which is no claim, and then what it is. */
function withoutDependence(statement: Statement): Statement {
  const [head, stated, ...values] = statement.sides;
  if (head === undefined || stated === undefined || values.length === 0) return statement;
  const [name, call] = [view(head.node), view(stated.node)];
  const isOwn = name.kind === 'symbol' && call.kind === 'call' && call.name === name.name;
  const isPlain = isOwn && call.args.every((arg) => ['symbol', 'element'].includes(view(arg).kind));
  if (!isPlain) return statement;
  return { ...statement, sides: [head, ...values], relations: statement.relations.slice(1) };
}

const isDefinition = ({ sides }: Statement): boolean => sides.length > 1;

function mapStatements(statements: readonly Statement[], change: (node: MathNode) => MathNode): readonly Statement[] {
  return statements.map((statement) => ({
    ...statement,
    sides: statement.sides.map((side) => ({ ...side, node: change(side.node) })),
  }));
}

/** The name of a call. */
function calledName(node: MathNode): string | undefined {
  const seen = view(node);
  return seen.kind === 'call' ? seen.name : undefined;
}

/** What a name may carry that a plain name in an option leaves out. */
const decorations = ['_hat', '_bar', '_tilde', '_bold', '_star'] as const;

/**
 * A name of an option under the spelling that the formulas have for it: w_j is w[j] where w has members, x[1] is x_1 where
 * that is a name by itself. Of `vectors` any letter below is an entry.
 */
function withSpelling(
  node: MathNode,
  usage: ReadonlyMap<string, Usage>,
  vectors: ReadonlySet<string> = new Set(),
): MathNode {
  const seen = view(node);
  if (seen.kind === 'symbol') {
    const decorated = usage.has(seen.name) ? [] : decorations.filter((mark) => usage.has(`${seen.name}${mark}`));
    if (decorated.length === 1) return locate(symbolNode(`${seen.name}${decorated[0]}`), spanOf(node));
    const { base, label } = labelled(seen.name);
    const axes = usage.get(base)?.subscripts ?? 0;
    if (usage.has(seen.name) || !(vectors.has(base) || axes > 0)) return node;
    if (isLetterOrNumber(label)) return memberNode(base, [label], spanOf(node));
    const isRow = axes > 1 && /^\p{L}+$/u.test(label) && label.length === axes;
    return isRow ? memberNode(base, [...label], spanOf(node)) : node;
  }
  if (seen.kind === 'operator' && seen.operator === "'") {
    const primed = `${nameOf(seen.args[0] as MathNode) ?? ''}_prime`;
    return usage.has(primed) ? locate(symbolNode(primed), spanOf(node)) : node;
  }
  if (seen.kind === 'operator' && seen.operator === '^') {
    // A label that stands above where the formulas are in LaTeX, W^Q.
    const [below, above] = seen.args.map(nameOf);
    const label = `${below}_${above}`;
    return usage.has(label) && !usage.has(below ?? '') ? locate(symbolNode(label), spanOf(node)) : node;
  }
  if (seen.kind !== 'element') return node;
  const { base, indices } = flattenElement(node);
  const name = view(base);
  const labels = indices.map(view);
  if (name.kind !== 'symbol' || (usage.get(name.name)?.subscripts ?? 0) > 0) return node;
  const spelled = [
    name.name,
    ...labels.map((one) => (one.kind === 'symbol' ? one.name : one.kind === 'constant' ? one.text : '?')),
  ].join('_');
  return usage.has(spelled) ? locate(symbolNode(spelled), spanOf(node)) : node;
}

/**
 * Names that stand as a whole where only a vector can: transposed, in softmax(z) and norm(z), or declared as one. Beside w_0 it
 * is open what w_j is.
 */
function vectorsIn(
  statements: readonly Statement[],
  axes: ReadonlyMap<string, number>,
  usage: ReadonlyMap<string, Usage>,
): ReadonlySet<string> {
  const vectors = new Set([...axes].flatMap(([name, count]) => (count === 1 ? [name] : [])));
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    const isTransposed = seen.kind === 'operator' && seen.operator === "'";
    const takes = seen.kind === 'call' && (takesVector(seen.name) || seen.name === 'softmax');
    if (isTransposed || takes) for (const arg of seen.args) addPlain(arg, vectors);
    waiting.push(...partsOf(node));
  }
  for (const name of usage.keys()) vectors.delete(name.slice(0, Math.max(0, name.lastIndexOf('_'))));
  return vectors;
}

function addPlain(node: MathNode, into: Set<string>): void {
  const name = plainName(node);
  if (name !== undefined && name === name.toLowerCase()) into.add(name);
}

function labelNode(label: string): MathNode {
  return /^\d/.test(label) ? constantNode(label) : symbolNode(label);
}

/**
 * In text `w_j` is the member w[j] where w has members, by its declaration, elsewhere in the source, or as a sum binds the letter
 * below it or below another member; `a_ij` is a[i, j] where sums bind both.
 */
function withMembers(
  statements: readonly Statement[],
  declared: ReadonlyMap<string, number>,
  known: Evidence,
): readonly Statement[] {
  const nodes = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  const usage = gatherUsage(nodes);
  const defined = new Set(
    statements.flatMap(({ sides }) => (sides.length > 1 && sides[0] ? [nameOf(sides[0].node)] : [])),
  );
  const bound = lettersBoundIn(nodes);
  const counted = new Set([...usage.keys()].flatMap((name) => countedBase(name, bound, declared)));
  const isMember = (name: string): boolean => {
    const { base, label } = labelled(name);
    if (declared.has(name) || declared.get(base) === 0) return false;
    if (counted.has(base) && (isRowOf(label, bound) || isLetterOrNumber(label))) return true;
    const axes = isTakenMember(base, label, known) ? 1 : (declared.get(base) ?? usage.get(base)?.subscripts ?? 0);
    return axes > 0 && isLetterOrNumber(label) && !defined.has(name);
  };
  const members = new Set([...usage.keys()].filter(isMember));
  if (members.size === 0) return statements;
  const change = (node: MathNode): MathNode => {
    const name = nameOf(node);
    if (name === undefined || !members.has(name)) return mapParts(node, change);
    const { base, label } = labelled(name);
    return memberNode(base, isLetterOrNumber(label) ? [label] : [...label], spanOf(node));
  };
  return mapStatements(statements, change);
}

/** `x_1` as x and 1. */
function labelled(name: string): { readonly base: string; readonly label: string } {
  const [, base = '', label = ''] = /^(.+)_([^_]+)$/.exec(name) ?? [];
  return { base, label };
}

const isLetterOrNumber = (label: string): boolean => /^(?:\p{L}|\d+)$/u.test(label) || greekIndices.has(label);

/** Letters that count and have more than one sign in text. */
const greekIndices: ReadonlySet<string> = new Set(['alpha', 'beta', 'mu', 'nu']);

/** Whether a label is a row of letters that are all bound. */
function isRowOf(label: string, bound: ReadonlySet<string>): boolean {
  return /^\p{L}{2,3}$/u.test(label) && [...label].every((letter) => bound.has(letter));
}

/** The name whose members a sum counts in `name`. */
function countedBase(name: string, bound: ReadonlySet<string>, declared: ReadonlyMap<string, number>): string[] {
  const { base, label } = labelled(name);
  return base !== '' && !declared.has(name) && (bound.has(label) || isRowOf(label, bound)) ? [base] : [];
}

/** The letters that sums and products bind. */
function lettersBoundIn(nodes: readonly MathNode[]): ReadonlySet<string> {
  const bound = new Set<string>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    const letter = seen.kind === 'call' && isBinder(seen.name) && seen.args[1] ? nameOf(seen.args[1]) : undefined;
    if (letter !== undefined) bound.add(letter);
    waiting.push(...partsOf(node));
  }
  return bound;
}

/** `base[i, j]`, all of it at one place. */
function memberNode(base: string, labels: readonly string[], span: Span | undefined): MathNode {
  const indices = labels.map((label) => locate(labelNode(label), span));
  return locate(elementNode(locate(symbolNode(base), span), indices), span);
}

/** y(x) of a y that is said to depend on x is y itself, and y'(x) its derivative. */
function withoutCall(node: MathNode, dependsOn: ReadonlyMap<string, readonly string[]>): MathNode {
  const seen = view(node);
  const [, name = '', primes = ''] = /^(.*?)('*)$/.exec(seen.kind === 'call' ? seen.name : '') ?? [];
  const on = dependsOn.get(name.replace(dotMark, ''));
  const isOwn = seen.kind === 'call' && on?.length === seen.args.length;
  if (!isOwn || !seen.args.every((arg, at) => nameOf(arg) === on[at])) {
    return mapParts(node, (part) => withoutCall(part, dependsOn));
  }
  return locate(symbolNode(name + '_prime'.repeat(primes.length)), spanOf(node));
}

/** `y'` of a name that depends on another is its derivative, y_prime, and no transpose. */
function primedName(node: MathNode, names: ReadonlySet<string>): MathNode {
  const seen = view(node);
  const inner =
    seen.kind === 'operator' && seen.operator === "'" ? primedName(seen.args[0] as MathNode, names) : undefined;
  const name = inner === undefined ? undefined : view(inner);
  const isOwn = name?.kind === 'symbol' && names.has(name.name.replace(/(?:_prime)+$/, ''));
  if (isOwn) return locate(symbolNode(`${name.name}_prime`), spanOf(node));
  return mapParts(node, (part) => primedName(part, names));
}
