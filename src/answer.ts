/** The answer's own certificate for each kind of result: which of its texts are the answer, and what they claim. */

import type { Certificate } from './certificate.ts';
import type { Derivation, Gradient, Hessian, NamedExpression, Result, Stationary } from './derivation/derivation.ts';
import { certifyAnswer, unchecked } from './endtoend/certify.ts';
import {
  type Claim,
  derivativeClaim,
  directionalClaim,
  gradientClaim,
  implicitClaim,
  stationaryClaim,
  type Target,
  taylorClaim,
  weightedClaim,
} from './endtoend/claims.ts';
import { readExpression } from './endtoend/read.ts';
import { type Definition, flatten, type Names, nameOf, namesIn, type Roles } from './endtoend/roles.ts';
import { sizeOf } from './meaning/lengths.ts';
import type { Model } from './meaning/model.ts';
import { readDependences, splitParts } from './meaning/reading.ts';
import type { Sources } from './meaning/sources.ts';
import type { WantedVariable } from './meaning/wanted.ts';
import type { DeriveOptions } from './options.ts';
import { MathError } from './problem.ts';
import { type MathNode, view } from './syntax/node.ts';
import { partsOf } from './syntax/walk.ts';

/** What was asked, as it was read. */
interface Asking {
  readonly sources: Sources;
  readonly model: Model;
  readonly variables: readonly WantedVariable[];
  readonly options: DeriveOptions;
  readonly seed: number;
}

/** Whether the answer, as its texts print it, is that of the source. */
export function certifyResult(result: Result, asking: Asking): Certificate {
  try {
    const texts = textsOf(result);
    const names = namesOf(texts, asking.model);
    const source = sourceNames(asking.model);
    const target = targetOf(asking.model);
    const { claims, nodes } = claimsOf(result, target, asking);
    const roles = rolesOf(result, texts, asking, nodes);
    const own = [target.node, ...(target.right === undefined ? [] : [target.right])];
    return certifyAnswer({
      roles,
      source: { names: source, nodes: [...own, ...nodes.source] },
      answer: { names, nodes: nodes.answer },
      claims,
      seed: asking.seed,
      isMany: isMany(result),
    });
  } catch (error) {
    if (error instanceof MathError)
      return unchecked(`unsupported-notation: the answer is not read back: ${error.message}`);
    if (error instanceof Unclaimed) return unchecked(error.message);
    if (error instanceof RangeError) return unchecked('too-deep: the answer is nested too deeply to be read back');
    throw error;
  }
}

/** What keeps an answer from being a claim. */
class Unclaimed extends Error {}

function unclaimed(reason: string): never {
  throw new Unclaimed(reason);
}

/** Definitions that the answer is printed with. */
function textsOf(result: Result): readonly NamedExpression[] {
  const own = 'sharing' in result ? (result.sharing ?? []) : [];
  const adjoints = 'adjoints' in result ? result.adjoints : [];
  return [...result.lets, ...own, ...adjoints];
}

/** Longer texts are not read back: that would take longer than it took to derive them. */
const mostCharacters = 20_000;

function read(text: string): MathNode {
  if (text.length > mostCharacters) return unclaimed('too-large: the answer is too long to be read back');
  return readExpression(text) ?? unclaimed('unsupported-notation: this is no expression');
}

function namesOf(texts: readonly NamedExpression[], model: Model): Names {
  const { definitions, functions } = sourceNames(model);
  const own = new Map(definitions);
  for (const { name, expression } of texts) {
    const [key, definition] = definitionOf(read(name), read(expression));
    own.set(key, definition);
  }
  return { definitions: own, functions };
}

function definitionOf(head: MathNode, body: MathNode): [string, Definition] {
  const { base, indices } = flatten(head);
  const name = nameOf(base);
  const parameters = indices.map(
    (index) => nameOf(index) ?? unclaimed('unsupported-notation: a definition for one member'),
  );
  return [name ?? unclaimed('unsupported-notation: a definition of what is no name'), { parameters, body }];
}

/** The author's own definitions and functions. */
function sourceNames({ read: { parts } }: Model): Names {
  const definitions = new Map<string, Definition>();
  const functions = new Map<string, Definition>();
  for (const { kind, name, parameters, body, isLast } of parts) {
    if (name === undefined) continue;
    if (kind === 'function') functions.set(name, { parameters, body });
    else if (kind === 'definition' && !isLast) definitions.set(name, { parameters, body });
  }
  return { definitions, functions };
}

function targetOf({ read: { parts } }: Model): Target {
  const last = parts[parts.length - 1];
  if (last === undefined) return unclaimed('unsupported-notation: there is no formula');
  return { node: last.body, ...(last.right === undefined ? {} : { right: last.right }) };
}

interface Nodes {
  /** What stands as an index in the variables and the entry of the answer. */
  readonly letters: readonly MathNode[];
  readonly source: readonly MathNode[];
  readonly answer: readonly MathNode[];
}

interface Claims {
  readonly claims: readonly Claim[];
  readonly nodes: Nodes;
}

function claimsOf(result: Result, target: Target, asking: Asking): Claims {
  switch (result.schema) {
    case 'chainrule/derivation/1':
      return claimsOfDerivation(result, target, asking);
    case 'chainrule/gradient/1':
      return claimsOfGradient(result, target);
    case 'chainrule/hessian/1':
      return claimsOfHessian(result, target);
    case 'chainrule/stationary/1':
      return claimsOfStationary(result, target);
  }
}

/** The result and, where it is another text and not too long, the same with all names put back. */
function printedOf({ result, expanded }: { readonly result: string; readonly expanded: string }): MathNode[] {
  const isOther = expanded !== result && expanded.length <= mostCharacters;
  return (isOther ? [result, expanded] : [result]).map(read);
}

function claimsOfDerivation(result: Derivation, target: Target, asking: Asking): Claims {
  const { problem } = result;
  const printed = printedOf(result);
  const layout = result.layout ?? 'denominator';
  switch (problem.task) {
    case 'directional': {
      const by = asking.variables.map(({ node }) => node);
      const direction = besides(asking, asking.options.direction);
      const common = { target, by, direction, isUnit: problem.unit === true };
      const claims = printed.map((one) => directionalClaim({ ...common, result: one }));
      return { claims, nodes: { letters: lettersOf(by), source: [...by, ...direction], answer: printed } };
    }
    case 'vjp': {
      const [by] = asking.variables.map(({ node }) => node) as [MathNode];
      const [weight] = besides(asking, asking.options.vjp) as [MathNode];
      const claims = printed.map((one) => weightedClaim(target, by, weight, one, layout));
      return { claims, nodes: { letters: lettersOf([by]), source: [by, weight], answer: printed } };
    }
    case 'taylor': {
      const [by] = asking.variables.map(({ node }) => node) as [MathNode];
      const [point] = besides(asking, asking.options.at ?? '0') as [MathNode];
      const common = { target, by, point, degree: problem.degree ?? 0 };
      const claims = printed.map((one) => taylorClaim({ ...common, result: one }));
      return { claims, nodes: { letters: lettersOf([by]), source: [by, point], answer: printed } };
    }
    case 'implicit': {
      const [by] = asking.variables.map(({ node }) => node) as [MathNode];
      const common = { target, by, dependent: problem.dependent ?? '', order: problem.order };
      const claims = printed.map((one) => implicitClaim({ ...common, result: one }));
      return { claims, nodes: { letters: lettersOf([by]), source: [by], answer: printed } };
    }
    default: {
      const count = problem.task === 'mixed' ? asking.variables.length : problem.order;
      const { by, entry } = derivedBy(read(result.wanted), count, asking);
      const isEntry = asking.model.target.rank > 0 && entry.indices.length > 0;
      const of: Target = isEntry ? { ...target, entry } : target;
      const claims = [derivativeClaim({ target: of, by, results: printed, layout })];
      return {
        claims,
        nodes: {
          letters: [...lettersOf(by), ...(isEntry ? entry.indices : [])],
          source: by,
          answer: [...printed, ...(isEntry ? [entry.printed] : [])],
        },
      };
    }
  }
}

const lettersOf = (nodes: readonly MathNode[]): readonly MathNode[] => nodes.flatMap((node) => flatten(node).indices);

function besides({ sources }: Asking, texts: string | readonly string[] | undefined): readonly MathNode[] {
  return splitParts(texts ?? []).map((text) => {
    const [side] = sources.read(text)[0]?.sides ?? [];
    return side?.node ?? unclaimed('unsupported-notation: what stands beside the source');
  });
}

/**
 * The variables that the left side of the answer names, the first one first, and the entry of a matrix that it is about. They
 * have to be those that were asked for.
 */
function derivedBy(
  wanted: MathNode,
  count: number,
  { variables, model }: Asking,
): { readonly by: readonly MathNode[]; readonly entry: NonNullable<Target['entry']> } {
  const by: MathNode[] = [];
  const shown = view(wanted);
  // In numerator layout it is the transpose.
  let of = shown.kind === 'operator' && shown.operator === "'" ? (shown.args[0] as MathNode) : wanted;
  for (let seen = view(of); seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2; seen = view(of)) {
    const [inner, variable] = seen.args as [MathNode, MathNode];
    if (by.length === count) break;
    by.unshift(variable);
    of = inner;
  }
  const asked = new Set(variables.map(({ node }) => nameOf(flatten(node).base)));
  const isAsked = by.length > 0 && by.every((node) => asked.has(nameOf(flatten(node).base)));
  if (!isAsked) return unclaimed('unsupported-notation: the left side of the answer names other variables');
  const indices = entryLetters(of, by).filter((index) => !model.indices.has(nameOf(index) ?? ''));
  return { by, entry: { indices, printed: of } };
}

/**
 * The letters at which an entry is written: behind a vector or matrix, or, where a scalar was taken out or a sum taken apart,
 * behind its parts. A variable with all its indices asks for an entry, if the value is more than a scalar.
 */
function entryLetters(of: MathNode, by: readonly MathNode[]): readonly MathNode[] {
  if (view(of).kind === 'element') return flatten(of).indices;
  const known = new Set(by.flatMap((node) => flatten(node).indices.flatMap(namesIn)));
  const found = new Map<string, MathNode>();
  const waiting = [of];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { indices } = flatten(node);
    for (const index of view(node).kind === 'element' ? indices : []) {
      const letter = nameOf(index);
      if (letter !== undefined && !known.has(letter)) found.set(letter, index);
    }
    waiting.push(...partsOf(node));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, index]) => index);
}

/** More derivatives than these are not asked one by one, but all of them at once. */
const mostClaims = 12;

function isMany(result: Result): boolean {
  return 'results' in result && result.results.length > mostClaims;
}

function claimsOfGradient(result: Gradient, target: Target): Claims {
  const parts = result.results.map((one) => ({ by: read(one.wrt), printed: printedOf(one) }));
  const claims = isMany(result)
    ? [gradientClaim({ target, parts: parts.map(({ by, printed }) => ({ by, results: printed })) })]
    : parts.map(({ by, printed }) => derivativeClaim({ target, by: [by], results: printed, layout: 'denominator' }));
  return {
    claims,
    nodes: {
      letters: lettersOf(parts.map(({ by }) => by)),
      source: parts.map(({ by }) => by),
      answer: parts.flatMap(({ printed }) => printed),
    },
  };
}

function claimsOfHessian(result: Hessian, target: Target): Claims {
  const by = result.problem.wrt.map(read);
  const entries = result.matrix.flatMap((row, a) =>
    row.map((text, b) => ({
      by: [by[b], by[a]] as MathNode[],
      printed: printedOf({ result: text, expanded: result.expanded[a]?.[b] ?? text }),
    })),
  );
  const claims = entries.map(({ by: both, printed }) =>
    derivativeClaim({ target, by: both, results: printed, layout: 'denominator' }),
  );
  return { claims, nodes: { letters: lettersOf(by), source: by, answer: entries.flatMap(({ printed }) => printed) } };
}

function claimsOfStationary(result: Stationary, target: Target): Claims {
  const by = result.problem.wrt.map(read);
  const equations = result.equations.map(({ left, right }) => [read(left), read(right)] as const);
  const solved = result.solution.map(({ name, expression }) => {
    const left = read(name);
    const seen = view(left);
    const inner = seen.kind === 'call' && seen.name === 'vec' ? seen.args[0] : left;
    return {
      left,
      name: nameOf(inner) ?? unclaimed('unsupported-notation: what is solved for'),
      body: read(expression),
    };
  });
  const claims = [stationaryClaim({ target, by, equations, solved })];
  return {
    claims,
    nodes: { letters: lettersOf(by), source: by, answer: [...equations.flat(), ...solved.map(({ body }) => body)] },
  };
}

function rolesOf(result: Result, texts: readonly NamedExpression[], asking: Asking, nodes: Nodes): Roles {
  const { model, options } = asking;
  const { declarations } = model;
  const axes = new Map(model.axes);
  for (const [name, shape] of Object.entries(result.problem.shapes)) {
    if (!axes.has(name)) axes.set(name, axesOf(shape));
  }
  for (const { name } of texts) {
    const { base, indices } = flatten(read(name));
    const own = nameOf(base);
    if (own !== undefined && !axes.has(own)) axes.set(own, indices.length);
  }
  const letters = nodes.letters.flatMap((node) => nameOf(node) ?? []);
  return {
    axes,
    lengths: model.read.shapes,
    lengthOf: sizeOf,
    indices: new Set([...model.indices, ...letters.filter((letter) => !model.lengths.has(letter))]),
    quantities: model.read.quantities,
    shadowed: model.read.shadowed,
    positive: declarations.positive,
    integer: new Set([...declarations.integer, ...model.lengths]),
    traits: declarations.traits,
    families: declarations.families,
    depends: new Map(readDependences(options.depends).map((one) => [one.symbol.name, one.on.map(({ name }) => name)])),
  };
}

/** How many axes a shape has in words. */
export function axesOf(shape: string): number {
  const families = shape.split('family(').length - 1;
  const [, inside] = /(?:tensor)\(([^)]*)\)/.exec(shape) ?? [];
  if (inside !== undefined) return families + inside.split(',').length;
  return families + (shape.includes('matrix') ? 2 : shape.includes('vector') ? 1 : 0);
}
