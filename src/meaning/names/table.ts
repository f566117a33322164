/**
 * The table of names as plain data: what each name of a source is, and the places that speak for it. It is what `--explain`
 * prints and what `names` in JSON holds; beside it the notices, in which a reader might have taken something otherwise.
 */

import { nearest } from '../../nearest.ts';
import type { Span } from '../../problem.ts';
import { functionTable } from '../../rules/elementary.ts';
import { functionAliases } from '../../syntax/functions.ts';
import { densities, usualFunctions } from '../../syntax/latex-symbols.ts';
import { smallLetter } from '../../syntax/letters.ts';
import { dotMark, greekNames } from '../../syntax/names.ts';
import { isStop, type MathNode, spanOf, view } from '../../syntax/node.ts';
import { printText } from '../../syntax/print.ts';
import type { Statement } from '../../syntax/statement.ts';
import { partsOf } from '../../syntax/walk.ts';
import { constructs } from '../constructs.ts';
import { wordsOfLetters } from '../letter-rows.ts';
import type { Model } from '../model.ts';
import { powerNode } from '../named-powers.ts';
import { mayBeJoined, openRows, splitAround } from '../near-names.ts';
import { pointText } from '../point-families.ts';
import type { Sources } from '../sources.ts';
import { tensorCalls } from '../tensor-calls.ts';
import { flattenElement, isBinder, nameOf, standsInHeadAlone } from '../usage.ts';
import { isLoneFunction } from './calls.ts';
import type { ChoiceKind, SecondValue } from './choices.ts';
import type { Difference } from './readings.ts';

/** What a name is. */
const nameRoles = [
  'quantity',
  'function',
  'index',
  'constant',
  'length',
  'identity',
  'ones',
  'unit',
  'logistic',
  'kronecker',
  'transpose',
] as const;

/** Why it is that. */
const nameReasons = [
  'declared',
  'variable',
  'depends',
  'defined',
  'lone',
  'factor',
  'applied',
  'primed',
  'bound',
  'counts',
  'limit',
  'indexed',
  'transposed',
  'bold',
  'label',
  'jet',
  'convention',
  'nothing',
] as const;

export type NameRole = (typeof nameRoles)[number];
export type NameReason = (typeof nameReasons)[number];

export interface NameEntry {
  readonly name: string;
  readonly role: NameRole;
  /** Of a quantity, in the words of `--shape`. */
  readonly shape?: string;
  /** Strongest first; `start` and `end` count in the source, as far as a place speaks for it. */
  readonly because: readonly { readonly reason: NameReason; readonly start?: number; readonly end?: number }[];
}

/** What choices are about that are about no name. */
const unnamed: Readonly<Partial<Record<ChoiceKind, string>>> = {
  'derivative-reach': 'd/dx',
  'logarithm-base': 'log',
  'slash-reach': '/',
  'argument-reach': 'f x y',
  'inner-or-product': 'u . v',
};

/** Of a reading that is not the likeliest, what it takes a name for. */
export function aboutReading({ choice: { kind, name }, value }: Difference): ReadingNotice {
  if (unnamed[kind] !== undefined) return { code: `taken-${value}`, name: unnamed[kind] };
  const spelled = kind === 'sum-reach' ? `Σ${name === '' ? '' : `_${name}`}` : name;
  return { code: `taken-${value}`, name: spelled === '' ? '(...)' : spelled };
}

/** What a reader could take otherwise, or did not mean to write. */
const noticeCodes = [
  'identity',
  'ones',
  'unit',
  'logistic',
  'kronecker',
  'transpose',
  'inner-product',
  'slash-reach',
  'entrywise',
  'held-value',
  'named-power',
  'named-points',
  'pair-set',
  'layer-of-numbers',
  'from-prose',
  'last-line',
  'absent-variable',
  'unused-declaration',
  'joined-name',
  'letter-product',
  'near-function',
  'applied-letter',
] as const;

export interface ReadingNotice {
  /** With `taken-` where a reading is not the likeliest, and what the name is taken for. */
  readonly code: (typeof noticeCodes)[number] | `taken-${SecondValue}`;
  readonly name: string;
  /** Another name that takes part: the function that may be meant. */
  readonly other?: string;
}

type Places = Map<NameReason, Span | undefined>;

const known = new WeakMap<Sources, Map<string, Places>>();

/** What the formulas show of each name, found once. */
function usesOf(sources: Sources): Map<string, Places> {
  const found = known.get(sources) ?? usesIn(sources.statements.flatMap(({ sides }) => sides.map(({ node }) => node)));
  known.set(sources, found);
  return found;
}

/** What the trees show of each name, with the first place for each kind of use. */
function usesIn(nodes: readonly MathNode[]): Map<string, Places> {
  const uses = new Map<string, Places>();
  const note = (name: string, reason: NameReason, node: MathNode): void => {
    const places = uses.get(name) ?? new Map();
    uses.set(name, places);
    if (!places.has(reason)) places.set(reason, spanOf(node));
  };
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'symbol') note(seen.name, 'nothing', node);
    if (seen.kind === 'element') {
      const { base, indices } = flattenElement(node);
      const name = view(base);
      if (name.kind === 'symbol') note(name.name, 'indexed', node);
      for (const index of indices) noteIndices(index, note);
    } else if (seen.kind === 'call' && seen.name !== '') {
      const bare = seen.name.replace(/'+$/, '');
      note(bare, bare === seen.name ? 'applied' : 'primed', node);
      const index = seen.args[1] === undefined ? undefined : view(seen.args[1]);
      if (isBinder(seen.name) && index?.kind === 'symbol') note(index.name, 'bound', node);
      for (const limit of isBinder(seen.name) ? seen.args.slice(2) : []) {
        const name = view(limit);
        if (name.kind === 'symbol') note(name.name, 'limit', limit);
      }
    } else if (seen.kind === 'operator' && seen.operator === "'") {
      const name = view(flattenElement(seen.args[0] as MathNode).base);
      if (name.kind === 'symbol') note(name.name, 'transposed', node);
    }
    const parts = partsOf(node).filter((part) => seen.kind !== 'element' || view(part).kind !== 'symbol');
    for (let at = parts.length - 1; at >= 0; at--) waiting.push(parts[at] as MathNode);
  }
  return uses;
}

function noteIndices(index: MathNode, note: (name: string, reason: NameReason, node: MathNode) => void): void {
  const seen = view(index);
  if (seen.kind === 'symbol') note(seen.name, 'counts', index);
  for (const part of partsOf(index)) noteIndices(part, note);
}

/** What is asked of the names beside the formulas. */
interface NamesAsked {
  readonly wanted: readonly string[];
  readonly dependent: readonly string[];
  readonly shapes: Readonly<Record<string, string>>;
}

/** The entries of all names that a reader can see, in the order in which they stand. */
export function describeNames(sources: Sources, model: Model, asked: NamesAsked): NameEntry[] {
  const uses = usesOf(sources);
  const defined = new Set(model.definitions.map((one) => one.symbol.name));
  const entries = [...uses].flatMap(([name, places]): NameEntry[] => {
    if (isKnown(name, places)) return [];
    const role = sources.evidence.declared.has(name) ? 'quantity' : roleOf(name, places, model);
    const whole = asked.shapes[name] ?? 'scalar';
    const shape = role !== 'quantity' ? undefined : places.has('nothing') ? whole : asFamily(whole);
    const reasons = reasonsOf(name, role, places, sources, asked, defined);
    const because = reasons.map((reason) => {
      const place = places.get(reason === 'lone' ? 'applied' : reason === 'factor' ? 'nothing' : reason);
      return place === undefined ? { reason } : { reason, start: place.start, end: place.end };
    });
    return [{ name, role, ...(shape === undefined ? {} : { shape }), because }];
  });
  const conventional = sources.conventions.map(
    ({ id, letter }): NameEntry => ({ name: letter, role: id, because: [{ reason: 'convention' }] }),
  );
  return [...entries, ...conventional];
}

/** The shape of a name that stands with an index everywhere: its members' shape is what a reader sees. */
function asFamily(shape: string): string {
  const [, word = '', lengths = '', rest = ''] = /^(vector|matrix|tensor)\(([^()]*)\)(.*)$/.exec(shape) ?? [];
  if (word === '') return shape;
  const member = lengths
    .split(',')
    .slice(1)
    .map((one) => one.trim());
  if (member.length === 0) return `family(scalar)${rest}`;
  return `family(${['vector', 'matrix'][member.length - 1] ?? 'tensor'}(${member.join(', ')}))${rest}`;
}

/** A function of the language itself, which needs no explaining. */
function isKnown(name: string, places: Places): boolean {
  const own = functionAliases.get(name) ?? name;
  const isFunction = functionTable.has(own) || tensorCalls.has(name) || constructs.has(name) || name === 'd';
  return isFunction && [...places.keys()].every((reason) => reason === 'applied' || reason === 'primed');
}

function roleOf(name: string, places: Places, { indices, lengths, axes }: Model): NameRole {
  if (indices.has(name)) return 'index';
  const isCalled = places.has('applied') || places.has('primed');
  if (isCalled && !places.has('nothing') && !places.has('indexed')) return 'function';
  if (lengths.has(name) && [...places.keys()].every((reason) => reason === 'nothing')) return 'length';
  return (name === 'e' || name === 'pi') && !axes.has(name) ? 'constant' : 'quantity';
}

function reasonsOf(
  name: string,
  role: NameRole,
  places: Places,
  { declarations, evidence }: Sources,
  { wanted, dependent }: NamesAsked,
  defined: ReadonlySet<string>,
): NameReason[] {
  const isDeclared = evidence.declared.has(name) || declarations.indices.has(name);
  // Where both stand, the plain letter is another name.
  const areTwo = evidence.tellsAlphabets && evidence.bold.has(name) && evidence.plain.has(name);
  const isBold = name.endsWith('_bold') || (!areTwo && (evidence.bold.has(name) || evidence.vectors.has(name)));
  const isJet = dependent.some((one) => name.startsWith(`${one}_`) && /_(?:d{0,3}dot|prime)$/.test(name));
  const isLone = !evidence.functions.has(name) && isLoneFunction(name, evidence);
  const found: readonly (readonly [NameReason, boolean])[] = [
    ['declared', isDeclared],
    ['depends', dependent.includes(name)],
    ['jet', isJet],
    ['defined', defined.has(name)],
    ['variable', wanted.includes(name)],
    ['primed', places.has('primed')],
    ['lone', role === 'function' && isLone],
    ['factor', role === 'quantity' && evidence.lone.has(name) && !places.has('applied')],
    ['applied', role === 'function' && places.has('applied') && !isLone],
    ['bound', places.has('bound')],
    ['counts', places.has('counts') && role === 'index'],
    ['limit', places.has('limit') && role !== 'index'],
    ['indexed', places.has('indexed')],
    ['transposed', places.has('transposed')],
    ['bold', isBold],
    ['label', /_(?!(?:hat|bar|tilde|d{0,3}dot|prime|bold)$)[^_]+$/.test(name) && !isJet],
  ];
  const reasons = found.flatMap(([reason, holds]) => (holds ? [reason] : []));
  return reasons.length === 0 ? ['nothing'] : reasons;
}

/** What a reader should be told of how the source was read. */
export function noticesOf(
  sources: Sources,
  model: Model,
  wanted: readonly string[],
  free: readonly string[],
): ReadingNotice[] {
  const { usage, declarations, conventions, held, powers, points } = sources;
  const uses = usesOf(sources);
  const isUsed = (name: string): boolean =>
    usage.has(name) || model.lengths.has(name) || free.includes(name.replace(dotMark, ''));
  const inOptions = new Set([...wanted, ...model.beside.flatMap((term) => [...namesBelow(term)])]);
  return [
    ...sources.differs.map(aboutReading),
    ...powers.map(
      (power): ReadingNotice => ({ code: 'named-power', name: power.name, other: printText(powerNode(power)) }),
    ),
    ...points.map(
      (family): ReadingNotice => ({
        code: 'named-points',
        name: `${family.name}[${family.index}]`,
        other: pointText(family),
      }),
    ),
    ...[...sources.evidence.pairSets]
      .filter((name) => usage.get(name)?.subscripts === 2)
      .map((name): ReadingNotice => ({ code: 'pair-set', name })),
    ...held.map((name): ReadingNotice => ({ code: 'held-value', name })),
    ...conventions.map(({ id, letter }): ReadingNotice => ({ code: id, name: letter })),
    ...aboutLayers(sources, model),
    ...aboutStop(sources),
    ...aboutSlash(sources),
    ...aboutTarget(sources),
    ...wanted.flatMap((name): ReadingNotice[] =>
      isUsed(name) && !(usage.has(name) && standsInHeadAlone(name, sources.statements))
        ? []
        : [{ code: 'absent-variable', name }],
    ),
    ...wanted.flatMap((name) => aboutJoined(name, sources)),
    ...wordsOfLetters(sources).map(
      (name): ReadingNotice => ({ code: 'letter-product', name, other: `\\mathrm{${name}}` }),
    ),
    ...aboutBoldFunctions(sources),
    ...[...declarations.axes.keys()].flatMap((name): ReadingNotice[] =>
      isUsed(name) || inOptions.has(name) ? [] : [{ code: 'unused-declaration', name }],
    ),
    ...[...uses].flatMap(([name, places]) => aboutFunction(name, places, sources)),
  ];
}

/** In text, letters that stand together are one name; of two or three the product may be meant. */
function aboutJoined(name: string, sources: Sources): ReadingNotice[] {
  const joined = sources.notation === 'text' ? mayBeJoined(name, openRows(sources)) : undefined;
  return joined === undefined ? [] : [{ code: 'joined-name', name: joined, other: splitAround(joined, name) }];
}

/** A full stop between two names is taken for an inner product, which vectors alone have. */
function aboutStop({ statements, text }: Sources): ReadingNotice[] {
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node)).reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const span = isStop(node) ? spanOf(node) : undefined;
    if (span !== undefined) return [{ code: 'inner-product', name: text.slice(span.start, span.end) }];
    waiting.push(...[...partsOf(node)].reverse());
  }
  return [];
}

/** A bold function of a vector is read as one of each entry; a Jacobian of another kind would not be a diagonal. */
function aboutBoldFunctions({ statements, evidence }: Sources): ReadingNotice[] {
  const nodes = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  const found = [...usesIn(nodes)].find(
    ([name, places]) => places.has('applied') && evidence.vectors.has(name) && !isKnown(name, places),
  );
  const isDefined = statements.some(({ sides }) => {
    const head = sides.length > 1 && sides[0] !== undefined ? view(sides[0].node) : undefined;
    return head?.kind === 'call' && head.name === found?.[0];
  });
  return found === undefined || isDefined ? [] : [{ code: 'entrywise', name: found[0] }];
}

/** In text `a / b c` divides by both b and c, and `a/b c` by b alone; who leaves the blanks may mean the other. */
function aboutSlash({ statements, text, notation }: Sources): ReadingNotice[] {
  if (notation !== 'text') return [];
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node)).reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const apart = factorApart(node, text) ?? quotientApart(node, text);
    if (apart !== undefined) return [apart];
    waiting.push(...[...partsOf(node)].reverse());
  }
  return [];
}

/** The quotient by a name behind which a factor stands apart, a/b c. */
function quotientApart(node: MathNode, text: string): ReadingNotice | undefined {
  const seen = view(node);
  const [quotient, factor] = seen.kind === 'operator' && seen.operator === '*' ? seen.args : [];
  if (quotient === undefined || factor === undefined) return undefined;
  const behind = view(factor);
  // A sum behind a quotient leaves nothing open.
  if (behind.kind === 'call' && isBinder(behind.name)) return undefined;
  const divided = view(quotient);
  const divisor = divided.kind === 'operator' && divided.operator === '/' ? divided.args[1] : undefined;
  const [left, right] = [spanOf(quotient), spanOf(factor)];
  if (divisor === undefined || view(divisor).kind !== 'symbol' || left === undefined || right === undefined) return;
  if (!/^\s+$/.test(text.slice(left.end, right.start))) return undefined;
  const name = text.slice(left.start, right.end);
  return {
    code: 'slash-reach',
    name,
    other: `(${text.slice(left.start, left.end)})${text.slice(left.end, right.end)}`,
  };
}

/** The quotient by a product without brackets, of which a factor stands apart behind a blank. */
function factorApart(node: MathNode, text: string): ReadingNotice | undefined {
  const seen = view(node);
  const below = seen.kind === 'operator' && seen.operator === '/' ? seen.args[1] : undefined;
  const product = below === undefined ? undefined : view(below);
  if (below === undefined || product?.kind !== 'operator' || product.operator !== '*') return undefined;
  const [whole, inner] = [spanOf(node), spanOf(below)];
  const spans = product.args.map(spanOf);
  const isApart = spans.some((span, at) => {
    const before = at === 0 ? undefined : spans[at - 1];
    if (before === undefined || span === undefined) return false;
    // A blank, or a bracket: m/2(x - a)^2 may be meant as half of it.
    return /^\s+$/.test(text.slice(before.end, span.start)) || text.charAt(before.end) === '(';
  });
  if (!isApart || whole === undefined || inner === undefined) return undefined;
  const name = text.slice(whole.start, whole.end);
  return {
    code: 'slash-reach',
    name,
    other: `${text.slice(whole.start, inner.start)}(${text.slice(inner.start, inner.end)})`,
  };
}

/** Functions that stand at the end of a layer of a network. */
const activations: ReadonlySet<string> = new Set(['sigmoid', 'tanh', 'relu', 'softplus', 'gelu', 'silu', 'elu']);

/** \tanh(W x + b) by numbers: where nothing else tells, a capital before a small letter in a layer may be a matrix. */
function aboutLayers({ statements, declarations }: Sources, { tensors }: Model): ReadingNotice[] {
  if (tensors) return [];
  const isOpen = (node: MathNode, pattern: RegExp): string | undefined => {
    const name = nameOf(flattenElement(node).base);
    return name !== undefined && pattern.test(name) && !declarations.axes.has(name) ? name : undefined;
  };
  // One step of a system, x_{k+1} = A x_k + B u_k, is like a layer.
  const isStep = ({ sides: [head, value] }: Statement): boolean =>
    head !== undefined && value !== undefined && view(head.node).kind === 'element';
  const waiting = statements.flatMap((one) => one.sides.map(({ node }) => [node, isStep(one)] as const));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, isInside] = next;
    const seen = view(node);
    if (isInside && seen.kind === 'operator' && seen.operator === '*') {
      const [first, second] = seen.args as [MathNode, MathNode];
      // W[k, l] is an entry, and x_k one step.
      const name = view(first).kind === 'symbol' ? isOpen(first, /^[A-Z]/) : undefined;
      const other = isOpen(second, /^[a-z]/);
      if (name !== undefined && other !== undefined) return [{ code: 'layer-of-numbers', name, other }];
    }
    const isLayer = isInside || (seen.kind === 'call' && activations.has(seen.name));
    waiting.push(...partsOf(node).map((part) => [part, isLayer] as const));
  }
  return [];
}

/** The last line is what is differentiated; where an earlier one stands for itself, it may have been meant. */
function aboutTarget({ statements }: Sources): ReadingNotice[] {
  const heads = statements.map(definedBy);
  const last = heads.at(-1);
  if (last === undefined) return [];
  const name = heads.slice(0, -1).find((head, at) => head !== undefined && !isUsedBeside(at, head, statements));
  return name === undefined ? [] : [{ code: 'last-line', name: last, other: name }];
}

/** What a statement defines: the name of z, y[i] or f(x). */
function definedBy({ sides }: Statement): string | undefined {
  const head = sides.length > 1 && sides[0] !== undefined ? view(flattenElement(sides[0].node).base) : undefined;
  return head?.kind === 'symbol' || head?.kind === 'call' ? head.name : undefined;
}

function isUsedBeside(at: number, name: string, statements: readonly Statement[]): boolean {
  return statements.some(({ sides }, other) => {
    const body = sides.at(-1);
    return other !== at && body !== undefined && usesIn([body.node]).has(name);
  });
}

function namesBelow(term: {
  readonly kind: string;
  readonly parts: readonly unknown[];
  readonly name?: string;
}): string[] {
  const own = term.kind === 'symbol' && term.name !== undefined ? [term.name] : [];
  return [...own, ...term.parts.flatMap((part) => namesBelow(part as Parameters<typeof namesBelow>[0]))];
}

/** Greek letters by their names, in small letters. */
const greekWords: ReadonlySet<string> = new Set([...greekNames.values()].filter((one) => one === one.toLowerCase()));

/** An unknown function whose name is nearly that of a known one, or a letter that usually names no function. */
function aboutFunction(name: string, places: Places, sources: Sources): ReadingNotice[] {
  const { statements, declarations, evidence } = sources;
  if (!places.has('applied') || isKnown(name, places)) return [];
  if (declarations.axes.has(name) || evidence.wanted.has(name)) return [];
  const isDefined = statements.some(({ sides }) => {
    const head = sides.length > 1 && sides[0] !== undefined ? view(sides[0].node) : undefined;
    if (head?.kind !== 'call') return false;
    // Of log p(x) the logarithm is what is defined.
    const inner = head.name === 'log' && head.args[0] !== undefined ? view(head.args[0]) : head;
    return inner.kind === 'call' && inner.name === name;
  });
  if (isDefined) return [];
  const names = [...functionTable.keys(), ...constructs.keys(), ...tensorCalls.keys(), ...functionAliases.keys()];
  const other = name.length > 2 ? nearest(name, names) : undefined;
  if (other !== undefined) return [{ code: 'near-function', name, other: functionAliases.get(other) ?? other }];
  const isLetter =
    (smallLetter.test(name) || greekWords.has(name)) && !usualFunctions.has(name) && !places.has('primed');
  const isLone = !evidence.functions.has(name) && isLoneFunction(name, evidence);
  // p_theta and f_i are functions to everybody; a label changes nothing of that.
  const [base = '', label] = name.split('_');
  const isUsual = label !== undefined && (usualFunctions.has(base) || densities.has(base));
  return isLetter || (isLone && !isUsual) ? [{ code: 'applied-letter', name }] : [];
}
