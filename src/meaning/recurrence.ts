/**
 * Recurrences: `h[0] = h0; h[t] = f(h[t - 1], x[t])`, and a later line that uses `h[3]`. The steps that are used are
 * written out, each as a definition of its own, so that the backward pass goes through time step by step (Werbos,
 * "Backpropagation through time", 1990).
 */

import { fail } from '../problem.ts';
import { constantNode, locate, type MathNode, operatorNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import type { Statement } from '../syntax/statement.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import { elementsIn, headOf, holdsLetter, offsetOf } from './family-members.ts';
import { flattenElement, nameOf } from './usage.ts';

/** Most steps that are written out. */
const mostSteps = 500;

interface Recurrence {
  readonly name: string;
  readonly parameter: string;
  /** How many steps it goes back. */
  readonly reach: number;
  readonly line: Statement;
}

/** Statements without recurrences, and how a member at a numbered step is named in them. */
interface Unrolled {
  readonly statements: readonly Statement[];
  readonly name: (node: MathNode) => MathNode;
}

/** The statements with every recurrence written out as far as it is used; the same statements where there is none. */
export function unrollRecurrences(statements: readonly Statement[]): Unrolled {
  const recurrences = findRecurrences(statements.slice(0, -1));
  if (recurrences.length === 0) return { statements, name: (node) => node };
  const names = new Set(recurrences.map((one) => one.name));
  const heads = new Set(recurrences.map(({ line }) => line));
  const given = statements
    .filter((one) => !heads.has(one))
    .map((one) => mapStatement(one, (node) => writtenOut(node, names)));
  const begun = given.filter((one) => beginningOf(one, names) !== undefined);
  const others = given.filter((one) => !begun.includes(one));
  const first = new Map(recurrences.map(({ name, reach }) => [name, reach - 1]));
  for (const name of names) {
    const own = begun.flatMap((one) => beginningOf(one, names) ?? []).filter((one) => one.name === name);
    if (own.length > 0) first.set(name, Math.max(...own.map(({ step }) => step)));
  }
  const steps = stepsFor(given, recurrences, first, names);
  // h[0] = h0 gives a name to what has one.
  const aliases = new Map<string, MathNode>();
  for (const one of begun) {
    const [head, value] = [beginningOf(one, names), one.sides[1]?.node];
    if (head !== undefined && value !== undefined && view(value).kind === 'symbol')
      aliases.set(`${head.name}_${head.step}`, value);
  }
  const own = begun.filter((one) => view(one.sides[1]?.node as MathNode).kind !== 'symbol');
  const name = (node: MathNode): MathNode => named(node, names, aliases);
  const all = [...own, ...steps, ...others].map((one) => mapStatement(one, name));
  for (const { sides } of all) for (const { node } of sides) refuseOpenStep(node, names);
  return { statements: all, name };
}

/** The steps on which `given` rests, by their number. */
function stepsFor(
  given: readonly Statement[],
  recurrences: readonly Recurrence[],
  first: ReadonlyMap<string, number>,
  names: ReadonlySet<string>,
): readonly Statement[] {
  const found = new Map<string, { readonly step: number; readonly at: number; readonly statement: Statement }>();
  const waiting = given.flatMap(({ sides }) => sides.flatMap(({ node }) => stepsIn(node, names)));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, step } = next;
    if (step > mostSteps) {
      fail({
        code: 'too-large',
        message: `a recurrence of ${step} steps is too long`,
        hint: `at most ${mostSteps} are written out`,
      });
    }
    const at = recurrences.findIndex((one) => one.name === name);
    const recurrence = recurrences[at];
    if (recurrence === undefined || found.has(`${name}_${step}`) || step <= (first.get(name) ?? 0)) continue;
    const { parameter } = recurrence;
    const statement = mapStatement(shifted(recurrence), (node) => writtenOut(atStep(node, parameter, step), names));
    found.set(`${name}_${step}`, { step, at, statement });
    waiting.push(...statement.sides.flatMap(({ node }) => stepsIn(node, names)));
  }
  return [...found.values()].sort((a, b) => a.step - b.step || a.at - b.at).map(({ statement }) => statement);
}

/** All recurrences, and what is defined step by step through their members. */
function findRecurrences(lines: readonly Statement[]): readonly Recurrence[] {
  const found = lines.flatMap(recurrenceOf);
  for (let before = -1; before < found.length; ) {
    before = found.length;
    for (const line of lines) {
      const head = found.some((one) => one.line === line) ? undefined : headOf(line);
      const right = line.sides[1];
      if (head === undefined || right === undefined || line.sides.length > 2) continue;
      const members = found.flatMap(({ name }) => elementsIn(right.node, name));
      const isAlong = members.some((one) => flattenElement(one).indices.some((at) => holdsLetter(at, head.parameter)));
      if (isAlong && head.count === 1) found.push({ ...head, reach: 0, line });
    }
  }
  return lines.flatMap((line) => found.filter((one) => one.line === line));
}

/** A definition of a family that holds its own member before. */
export function recurrenceOf(line: Statement): Recurrence[] {
  const [left, right] = line.sides;
  const head = line.sides.length === 2 ? headOf(line) : undefined;
  if (left === undefined || right === undefined || head?.count !== 1) return [];
  const { name, parameter } = head;
  const here = offsetOf(flattenElement(left.node).indices[0] as MathNode)?.by ?? 0;
  const members = elementsIn(writtenOut(right.node, new Set([name])), name).map((one) => flattenElement(one).indices);
  const steps = members.map((own) => (own.length === 1 ? offsetOf(own[0] as MathNode) : undefined));
  const back = steps.map((step) => (step?.letter === parameter ? here - step.by : undefined));
  const isBefore = members.some((own) => {
    const step = own[0] === undefined ? undefined : view(own[0]);
    return step?.kind === 'operator' && step.operator === '-';
  });
  if (!isBefore && !back.some((one) => one !== undefined && one > 0)) return [];
  return [{ name, parameter, reach: Math.max(1, ...back.map((one) => one ?? 1)), line }];
}

/** `h[t + 1] = f(h[t])` as `h[t] = f(h[t - 1])`. */
function shifted({ line }: Recurrence): Statement {
  const [left] = line.sides;
  const [at] = left === undefined ? [] : flattenElement(left.node).indices;
  const own = at === undefined ? undefined : offsetOf(at);
  if (own === undefined || own.by === 0) return line;
  const before = operatorNode(own.by > 0 ? '-' : '+', symbolNode(own.letter), constantNode(String(Math.abs(own.by))));
  return mapStatement(line, (node) => replaceLetter(node, own.letter, before));
}

function replaceLetter(node: MathNode, letter: string, by: MathNode): MathNode {
  if (nameOf(node) === letter) return by;
  return locate(
    mapParts(node, (part) => replaceLetter(part, letter, by)),
    spanOf(node),
  );
}

const foldSigns = { sum: '+', prod: '*' } as const;

/** Sums and products over numbered steps of a recurrence, term by term. */
function writtenOut(node: MathNode, names: ReadonlySet<string>): MathNode {
  const inner = mapParts(node, (part) => writtenOut(part, names));
  const seen = view(inner);
  if (seen.kind !== 'call' || (seen.name !== 'sum' && seen.name !== 'prod') || seen.args.length !== 4) return inner;
  const [body, letter, from, to] = seen.args as [MathNode, MathNode, MathNode, MathNode];
  const [name, low, high] = [nameOf(letter), wholeOf(from), wholeOf(to)];
  if (name === undefined || low === undefined || high === undefined || high < low) return inner;
  const members = [...names].flatMap((own) => elementsIn(body, own));
  const isCounted = members.some((one) => flattenElement(one).indices.some((at) => holdsLetter(at, name)));
  if (!isCounted || high - low >= mostSteps) return inner;
  const terms = Array.from({ length: high - low + 1 }, (_, at) => atStep(body, name, low + at));
  return locate(
    terms.reduce((left, right) => operatorNode(foldSigns[seen.name as keyof typeof foldSigns], left, right)),
    spanOf(node),
  );
}

function wholeOf(node: MathNode): number | undefined {
  const seen = view(node);
  return seen.kind === 'constant' && /^\d+$/.test(seen.text) ? Number(seen.text) : undefined;
}

/** The member that a line gives to begin with: `h[0] = h0`. */
function beginningOf({ sides }: Statement, names: ReadonlySet<string>): { name: string; step: number } | undefined {
  return sides.length === 2 ? numbered(sides[0]?.node, names) : undefined;
}

/** What is left of a recurrence once it is written out stands at no step that is known. */
function refuseOpenStep(node: MathNode, names: ReadonlySet<string>): void {
  for (const name of names) {
    const [open] = elementsIn(node, name);
    if (open === undefined) continue;
    const [at] = flattenElement(open).indices;
    const isEarly = at !== undefined && isNegative(at);
    const span = spanOf(open);
    fail({
      code: 'circular-definition',
      message: isEarly
        ? `${printText(open)} stands before the first step of ${name}`
        : `${name} is given step by step, and ${printText(open)} stands at no step with a number`,
      ...(span === undefined ? {} : { span }),
      hint: isEarly
        ? `give as many members as it goes back: ${name}[0] = ..., ${name}[1] = ...`
        : `write numbers: ${name}[3], or sum(..., t, 1, 3)`,
    });
  }
}

function isNegative(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'constant') return seen.text.startsWith('-');
  return seen.kind === 'operator' && seen.operator === '-' && seen.args.length === 1;
}

/** The numbered members of these names. */
function stepsIn(node: MathNode, names: ReadonlySet<string>): { name: string; step: number }[] {
  const own = numbered(node, names);
  if (own !== undefined) return [own];
  return partsOf(node).flatMap((part) => stepsIn(part, names));
}

function numbered(node: MathNode | undefined, names: ReadonlySet<string>): { name: string; step: number } | undefined {
  if (node === undefined || view(node).kind !== 'element') return undefined;
  const { base, indices } = flattenElement(node);
  const [name, at] = [view(base), indices[0] === undefined ? undefined : view(indices[0])];
  if (name.kind !== 'symbol' || !names.has(name.name) || at?.kind !== 'constant' || indices.length !== 1)
    return undefined;
  return /^\d+$/.test(at.text) ? { name: name.name, step: Number(at.text) } : undefined;
}

/** `node` with the parameter replaced by a number, and differences of numbers carried out. */
function atStep(node: MathNode, parameter: string, step: number): MathNode {
  const seen = view(node);
  if (seen.kind === 'symbol' && seen.name === parameter) return constantNode(String(step));
  const inner = mapParts(node, (part) => atStep(part, parameter, step));
  const changed = view(inner);
  if (changed.kind !== 'operator' || changed.args.length !== 2) return inner;
  const [left, right] = changed.args.map(view);
  if (left?.kind !== 'constant' || right?.kind !== 'constant') return inner;
  const [first, second] = [Number(left.text), Number(right.text)];
  if (changed.operator === '-') return constantNode(String(first - second));
  return changed.operator === '+' ? constantNode(String(first + second)) : inner;
}

/** `h[3]` as the name h_3. */
function named(node: MathNode, names: ReadonlySet<string>, aliases: ReadonlyMap<string, MathNode>): MathNode {
  const own = numbered(node, names);
  const name = `${own?.name}_${own?.step}`;
  if (own !== undefined) return aliases.get(name) ?? locate(symbolNode(name), spanOf(node));
  return mapParts(node, (part) => named(part, names, aliases));
}

function mapStatement(statement: Statement, change: (node: MathNode) => MathNode): Statement {
  return { ...statement, sides: statement.sides.map((side) => ({ ...side, node: change(side.node) })) };
}
