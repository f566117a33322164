/**
 * Questions that have an answer nobody asked for, refused with the way out: a variable that does not occur while a near
 * name does, a name that is defined by itself, the derivative of a name that depends on nothing.
 */

import { fail, withSource } from '../problem.ts';
import { functionTable } from '../rules/elementary.ts';
import { functionAliases } from '../syntax/functions.ts';
import { dotMark } from '../syntax/names.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import { factorsOf, partsOf } from '../syntax/walk.ts';
import { partsBelow } from '../term/inspect.ts';
import type { Term } from '../term/term.ts';
import { constructs } from './constructs.ts';
import { matrixCallsIn } from './held-values.ts';
import { refuseSpelled } from './letter-rows.ts';
import type { Model } from './model.ts';
import { conjugatesByH } from './names/conventions.ts';
import { joinedName, nearName, openNames, openRows, refuseJoined, refuseNear } from './near-names.ts';
import { behindFactors } from './raised-factors.ts';
import { refuseOpenRecurrence } from './single-step.ts';
import type { Sources } from './sources.ts';
import { refuseDefinitionLast } from './target.ts';
import { tensorCalls } from './tensor-calls.ts';
import { flattenElement, gatherUsage, isBinder, nameOf, reachedNames, standsInHeadAlone } from './usage.ts';
import type { WantedVariable } from './wanted.ts';

/** Refuses what `sources` and variables ask by mistake; the names in `free` depend on others, or need not be written. */
export function refuseMistakes(
  sources: Sources,
  wanted: readonly WantedVariable[],
  free: readonly string[],
  form: 'expression' | 'equation',
): void {
  withSource(sources.text, () => {
    if (form === 'expression') {
      refuseOwnDefinition(sources.statements.at(-1));
      refuseDefinitionLast(sources.statements);
      refuseOpenRecurrence(sources.statements.at(-1), wanted);
    }
    refuseDeclaredTogether(sources);
    refuseEscape(sources);
    refuseBoldFunctions(sources);
    refuseConjugate(sources);
    if (free.length === 0) refuseConstantDerivatives(sources.statements);
  });
  for (const one of wanted) refuseMistaken(one, sources, free);
}

/**
 * Refuses x' A(t) x by t: of the values of A, which are matrices, nothing is known, and entry by entry A is no function of t. To be
 * asked of the reading that is gone by: another one of the brackets, a product, is further from what is meant.
 */
export function refuseMatrixValues({ statements, text }: Sources): void {
  const [call] = matrixCallsIn(statements);
  if (call === undefined) return;
  const span = spanOf(call.node);
  withSource(text, () =>
    fail({
      code: 'unsupported-notation',
      message: `${call.text} is a matrix here, and nothing says how it depends on what stands in its brackets`,
      ...(span === undefined ? {} : { span }),
      hint: `define it, or write its entries; ${call.name} without brackets is one that does not vary`,
    }),
  );
}

/**
 * Refuses f(x) + y' A x of a vector x: entry by entry f has a vector for its value, and beside a number that is made of vectors it is one
 * for each entry. What is meant is a number, of which nothing is known. To be asked of the reading that is gone by, too.
 */
export function refuseNumberValues({ differs, text }: Sources, { target, definitions }: Model): void {
  const products = differs.flatMap(({ choice, value }) => (value === 'product' ? [choice.name] : []));
  for (const term of [target, ...definitions.map(({ body }) => body)].flatMap(partsBelow)) {
    if (term.kind !== 'add' || term.rank === 0 || !term.terms.some(isNumberOfVectors)) continue;
    const wholes = term.terms.filter(({ rank }) => rank > 0);
    // In f(a) - mean(f(x)) the number is made of entries of f itself.
    const entrywise = new Set(
      term.terms.filter(isNumberOfVectors).flatMap((one) => partsBelow(one).flatMap(genericName)),
    );
    const names = wholes.flatMap((one) => partsBelow(one).flatMap(genericName));
    const name = names.find((one) => !entrywise.has(one)) ?? (names.length > 0 ? undefined : products[0]);
    if (name === undefined) continue;
    withSource(text, () =>
      fail({
        code: 'unsupported-notation',
        message: `${name}(...) of a vector is a number here, and nothing says how it depends on the vector`,
        hint: `define it, or write its value by a name; ${name} without brackets is one that does not vary`,
      }),
    );
  }
}

function isNumberOfVectors(term: Term): boolean {
  return term.rank === 0 && partsBelow(term).some(({ rank }) => rank > 0);
}

function genericName(term: Term): readonly string[] {
  return term.kind === 'apply' && term.generic && term.rank > 0 ? [term.name] : [];
}

/** A variable that does not occur, while a near name does, is a slip, and its derivative no 0. */
function refuseMistaken({ source, node }: WantedVariable, sources: Sources, free: readonly string[]): void {
  const { usage, declarations } = sources;
  const name = nameOf(flattenElement(node).base);
  if (name === undefined) refuseExpression(source, node);
  else refuseFunctionAsked(source, name, sources);
  // The derivative in time of a name that depends on it need not be written: it may come of one that is.
  const own = name?.replace(dotMark, '');
  if (name !== undefined && sources.notation === 'text') refuseRunTogether(source, name, sources);
  if (name !== undefined) refuseSpelled(source, name, sources);
  if (name === undefined || own === undefined || declarations.axes.has(name)) return;
  if (usage.has(name) && !standsInHeadAlone(name, sources.statements)) return;
  if (free.includes(own)) return;
  // The x of exp stands in no name of the author's.
  const names = [...usage.keys()].filter((one) => usage.get(one)?.applied !== true || !isKnownCall(one));
  const near = nearName(name, names);
  // d x of dx/dy is no product of two names; what it is, is refused where it stands.
  if (near !== undefined && near.name !== `d${name}`) refuseNear(source, name, near);
}

/** sigma^2 and q(x) are values of an expression: no name varies as they do unless one is given to them. */
function refuseExpression(source: string, node: MathNode): void {
  const seen = view(node);
  const isPower = seen.kind === 'operator' && seen.operator === '^';
  if (!isPower && (seen.kind !== 'call' || functionTable.has(seen.name))) return;
  const example = seen.kind === 'call' ? `${seen.name}_x` : 'v';
  fail({
    code: 'unknown-variable',
    message: `${source} is ${isPower ? 'a power' : 'the value of a function'}, and a derivative is taken by a name`,
    source,
    span: { start: 0, end: Math.max(1, source.length) },
    hint: `give it a name: write ${example} for ${source} in the formula, and take the derivative by ${example}${signHint(node)}`,
  });
}

/** Of an even power the base is known up to its sign, which a declaration settles. */
function signHint(node: MathNode): string {
  const seen = view(node);
  const [base, exponent] = seen.kind === 'operator' && seen.operator === '^' ? seen.args : [];
  const above = exponent === undefined ? undefined : view(exponent);
  const name = base === undefined ? undefined : nameOf(base);
  return name !== undefined && above?.kind === 'constant' ? `; or say --shape "${name}: positive"` : '';
}

/** The q of q(x) by q: what stands before a name in brackets alone is a function there, and no number. */
function refuseFunctionAsked(source: string, name: string, sources: Sources): void {
  const { statements, declarations } = sources;
  const inner = loneArgument(name, sources);
  const isDefined = statements.some(({ sides }) => sides.length > 1 && sides[0] && nameOf(sides[0].node) === name);
  if (inner === undefined || inner === name || declarations.axes.has(name) || isDefined) return;
  fail({
    code: 'unknown-variable',
    message: `${name}(${inner}) is the value of a function, and a derivative is taken by a number`,
    source,
    span: { start: 0, end: Math.max(1, source.length) },
    hint: `name the value: write ${name}_${inner} for ${name}(${inner}); for a product write ${name} ${inner}, without brackets`,
  });
}

/** What stands alone in brackets behind a name that stands nowhere else. */
function loneArgument(name: string, { evidence, statements, notation }: Sources): string | undefined {
  if (notation === 'latex') return evidence.free.has(name) ? undefined : [...(evidence.lone.get(name) ?? [])][0];
  const before = beforeBrackets.get(statements) ?? namesBeforeBrackets(statements);
  beforeBrackets.set(statements, before);
  if (!before.has(name)) return undefined;
  const found: string[] = [];
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const argument = bracketBehind(node, name);
    const inner = argument === undefined ? undefined : nameOf(flattenElement(argument).base);
    if (nameOf(node) === name || (argument !== undefined && inner === undefined)) return undefined;
    if (inner !== undefined) found.push(inner);
    waiting.push(...partsOf(node).filter((part) => argument === undefined || nameOf(part) !== name));
  }
  return found[0];
}

/** Names that stand before a bracket somewhere: asked for each of what may be thousands of variables. */
const beforeBrackets = new WeakMap<readonly Statement[], ReadonlySet<string>>();

function namesBeforeBrackets(statements: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'call' && seen.args.length === 1) found.add(seen.name);
    const left = seen.kind === 'operator' && seen.operator === '*' && seen.implicit ? seen.args[0] : undefined;
    const name = left === undefined ? undefined : nameOf(left);
    if (name !== undefined) found.add(name);
    waiting.push(...partsOf(node));
  }
  return found;
}

/** What stands in the bracket that is all of a call by `name`, or of the product that such a call was taken for. */
function bracketBehind(node: MathNode, name: string): MathNode | undefined {
  const seen = view(node);
  if (seen.kind === 'call' && seen.name === name) return seen.args.length === 1 ? seen.args[0] : undefined;
  if (seen.kind !== 'operator' || seen.operator !== '*' || !seen.implicit) return undefined;
  const [left, right] = seen.args as [MathNode, MathNode];
  const isCall = nameOf(left) === name && (spanOf(left)?.end ?? 0) > (spanOf(right)?.start ?? 0);
  return isCall ? withoutBracket(right) : undefined;
}

/** What stands in brackets, without these and what stands behind them. */
function withoutBracket(node: MathNode): MathNode {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return seen.content;
  return seen.kind === 'operator' && behindFactors.has(seen.operator) ? withoutBracket(seen.args[0] as MathNode) : node;
}

/** xy beside x and y, by x: without a sign it is another name, on which the answer would not depend. */
function refuseRunTogether(source: string, name: string, sources: Sources): void {
  const { usage, declarations } = sources;
  const { axes } = declarations;
  const isElsewhere = (one: string): boolean => usage.has(one) || axes.has(one);
  if (!isElsewhere(name)) return;
  const joined = joinedName(name, openRows(sources), isElsewhere);
  if (joined !== undefined) refuseJoined(source, name, joined);
}

/** AB where A and B are declared and AB is not: without a sign it is a name of its own, and nobody means one. */
function refuseDeclaredTogether({ usage, declarations, statements, notation, text }: Sources): void {
  if (notation !== 'text') return;
  const isDeclared = (one: string): boolean => declarations.axes.has(one);
  const open = openNames({ usage, declarations, statements });
  const joined = open.find((name) => /^\p{L}{2,4}$/u.test(name) && [...name].every(isDeclared));
  if (joined === undefined) return;
  fail({
    code: 'unknown-variable',
    message: `${joined} is one name, in which ${[...joined].join(' and ')} do not stand`,
    source: text,
    span: usage.get(joined)?.bare ?? { start: 0, end: Math.max(1, text.length) },
    hint: `for a product write ${[...joined].join('*')}; if it is one quantity, declare its shape`,
  });
}

function isKnownCall(name: string): boolean {
  const known = functionAliases.get(name) ?? name;
  return functionTable.has(known) || constructs.has(known) || tensorCalls.has(known);
}

/** `z = x z^2` as the last line: an equation for z, no value of it. */
function refuseOwnDefinition(last: Statement | undefined): void {
  const [left, right] = last?.sides ?? [];
  const name = left === undefined ? undefined : nameOf(left.node);
  if (name === undefined || right === undefined) return;
  const use = gatherUsage([right.node]).get(name);
  if (use?.bare === undefined) return;
  fail({
    code: 'circular-definition',
    message: `${name} is defined by itself`,
    span: use.bare,
    hint: `to differentiate it as an equation, hand it over by --implicit "${name} = ..." and leave the expression empty`,
  });
}

/** The value of a bold function is a vector, but of an unknown function of a number it would be a number. */
function refuseBoldFunctions({ statements, evidence, declarations }: Sources): void {
  const { vectors, transposed } = evidence;
  const isWhole = (name: string): boolean =>
    vectors.has(name) || transposed.has(name) || (declarations.axes.get(name) ?? 0) > 0 || /^\p{Lu}/u.test(name);
  const defined = new Set(statements.flatMap(({ sides: [head, body] }) => (head && body ? [callName(head.node)] : [])));
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    waiting.push(...partsOf(node));
    if (seen.kind !== 'call' || !vectors.has(seen.name) || isKnownCall(seen.name) || defined.has(seen.name)) continue;
    if ([...gatherUsage(seen.args).keys()].some(isWhole)) continue;
    const span = spanOf(node);
    fail({
      code: 'unsupported-notation',
      message: `${seen.name} is bold, and applied to a number: functions whose values are vectors are not covered`,
      ...(span === undefined ? {} : { span }),
      hint: `give the value a name: \\boldsymbol\\phi_n for \\boldsymbol\\phi(x_n), or \\mathbf{r} with --depends "r(t)"`,
    });
  }
}

/** The H of x^H A x is a conjugate transpose, of real quantities the transpose; a power it is not. */
function refuseConjugate({ statements, evidence }: Sources): void {
  const nodes = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  refuseStar(nodes, (name) => evidence.declared.has(name) || evidence.wanted.has(name));
  if (evidence.wanted.has('H') || !conjugatesByH(nodes, evidence)) return;
  fail({
    code: 'unsupported-notation',
    message: 'a conjugate transpose is not covered, and a power H is hardly meant here',
    hint: 'of real quantities write ^T; for a power say --shape "H: scalar"',
  });
}

/** The star of x^* A x, where nothing else is known of a name x^*. */
export function refuseStar(nodes: readonly MathNode[], isKnown: (name: string) => boolean): void {
  const starred = nodes.flatMap(starredBefore).find((name) => !isKnown(name));
  if (starred === undefined) return;
  const name = starred.replace(/_star$/, '');
  fail({
    code: 'unsupported-notation',
    message: `the star before ${name} is a conjugate transpose, which is not covered`,
    hint: `of real quantities write ${name}^\\top; another point than ${name} say by --shape "${starred}: vector(n)"`,
    found: 'a conjugate transpose',
  });
}

/** Starred names behind which, in a product, the name itself stands: x^* A x. */
function starredBefore(node: MathNode): readonly string[] {
  const names = factorsOf(node).map((factor) => nameOf(factor) ?? '');
  const own = names.filter((name, at) => /_star$/.test(name) && names.indexOf(name.replace(/_star$/, ''), at) > at);
  return own.length > 0 ? own : partsOf(node).flatMap(starredBefore);
}

function callName(node: MathNode): string | undefined {
  const seen = view(node);
  return seen.kind === 'call' ? seen.name : undefined;
}

/** The terms of a sum end at the next plus or minus; what goes on counting there was meant to be part of it. */
function refuseEscape({ statements, evidence: { fixed }, text }: Sources): void {
  const last = statements.at(-1);
  const [left, right] = last?.sides ?? [];
  const body = right ?? left;
  if (body === undefined || last === undefined || last.sides.length > 2) return;
  const heads = new Set(right === undefined || left === undefined ? [] : gatherUsage([left.node]).keys());
  const terms = termsOf(body.node);
  const bound = new Set<string>();
  for (const term of terms) {
    for (const [name, node] of freeLetters(term, [])) {
      if (!bound.has(name) || fixed.has(name) || heads.has(name)) continue;
      const span = spanOf(node);
      fail({
        code: 'free-index',
        message: `the index ${name} stands outside of its sum`,
        ...(span === undefined ? {} : { span }),
        hint: 'put all that the sum counts into brackets, or give one of the two another letter',
      });
    }
    for (const name of boundIn(term, text)) bound.add(name);
  }
}

/** The terms of a formula in their order. */
function termsOf(node: MathNode): readonly MathNode[] {
  const terms: MathNode[] = [];
  let rest = node;
  for (let seen = view(rest); seen.kind === 'operator' && '+-'.includes(seen.operator); seen = view(rest)) {
    const [first, ...others] = seen.args as [MathNode, ...MathNode[]];
    terms.unshift(...others);
    rest = first;
  }
  return [rest, ...terms];
}

/** Letters that the sums of a term bind, where these are its factors; `sum(x[i], i)` shows by its brackets how far it reaches. */
function boundIn(node: MathNode, text: string): string[] {
  const seen = view(node);
  if (seen.kind === 'operator' && seen.operator === '*') return seen.args.flatMap((arg) => boundIn(arg, text));
  if (seen.kind !== 'call' || !isBinder(seen.name) || seen.args[1] === undefined) return [];
  if (/^(?:sum|prod)\s*\(/.test(text.slice(spanOf(node)?.start))) return [];
  const name = nameOf(seen.args[1]);
  return [...(name === undefined ? [] : [name]), ...boundIn(seen.args[0] as MathNode, text)];
}

/** Letters that count in a term and are bound by nothing in it, with where they do. */
function freeLetters(node: MathNode, bound: readonly string[]): (readonly [name: string, node: MathNode])[] {
  const seen = view(node);
  if (seen.kind === 'call' && isBinder(seen.name) && seen.args[1] !== undefined) {
    const index = nameOf(seen.args[1]);
    const inner = index === undefined ? bound : [...bound, index];
    return seen.args.flatMap((arg, at) => (at === 1 ? [] : freeLetters(arg, at === 0 ? inner : bound)));
  }
  const own =
    seen.kind === 'element'
      ? flattenElement(node).indices.flatMap((part) => {
          const name = nameOf(part);
          return name === undefined || bound.includes(name) ? [] : [[name, node] as const];
        })
      : [];
  return [...own, ...partsOf(node).flatMap((part) => freeLetters(part, bound))];
}

/** dQ/dP of a Q that depends on nothing is 0, and never what is meant. */
function refuseConstantDerivatives(statements: readonly Statement[]): void {
  const definitions = new Map<string, readonly MathNode[]>();
  for (const { sides } of statements) {
    const [left, right] = sides;
    const head = left === undefined ? undefined : view(left.node);
    const name =
      head?.kind === 'call' ? head.name : left === undefined ? undefined : nameOf(flattenElement(left.node).base);
    if (name !== undefined && right !== undefined) definitions.set(name, [right.node]);
  }
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'call' && (seen.name === 'd' || seen.name === 'D') && seen.args.length === 2) {
      refuseConstantDerivative(node, seen.args as readonly [MathNode, MathNode], definitions);
    }
    waiting.push(...partsOf(node));
  }
}

function refuseConstantDerivative(
  node: MathNode,
  [of, by]: readonly [MathNode, MathNode],
  definitions: ReadonlyMap<string, readonly MathNode[]>,
): void {
  const [name, variable] = [nameOf(flattenElement(of).base), nameOf(flattenElement(by).base)];
  if (variable === undefined || name === variable) return;
  if (name === undefined) {
    refuseUnsaidMotion(node, of, variable, definitions);
    return;
  }
  const reached = reachedNames([name], definitions);
  if (reached.has(variable)) return;
  const span = spanOf(node);
  const inner = [...reached].filter((one) => one !== name && !definitions.has(one) && one !== 'pi' && one !== 'e');
  const example = definitions.has(name) ? (inner[0] ?? name) : name;
  fail({
    code: 'unknown-variable',
    message: `it is not said how ${name} depends on ${variable}`,
    ...(span === undefined ? {} : { span }),
    hint: `define ${name} before, or say --depends "${example}(${variable})"`,
  });
}

/** d/dt of what holds a dotted name is no 0, though no t stands in it. */
function refuseUnsaidMotion(
  node: MathNode,
  of: MathNode,
  variable: string,
  definitions: ReadonlyMap<string, readonly MathNode[]>,
): void {
  const reached = reachedNames(gatherUsage([of]).keys(), definitions);
  const dotted = [...reached].find((name) => dotMark.test(name));
  if (dotted === undefined || reached.has(variable) || dotMark.test(variable)) return;
  const name = dotted.replace(dotMark, '');
  // By q itself the derivative is partial: its dot is independent of it.
  if (name === variable || reached.has(`${variable}_dot`)) return;
  const span = spanOf(node);
  fail({
    code: 'unknown-variable',
    message: `it is not said how ${name} depends on ${variable}`,
    ...(span === undefined ? {} : { span }),
    hint: `say --depends "${name}(${variable})"`,
  });
}
