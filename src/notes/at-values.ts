/** Values that a text gives to its names for one place, "when x = 3 and dx/dt = 2", put into a claim about that place. */

import { type DefinitionTable, leavesOf, namesIn, type WrittenDefinition, writeOut } from '../meaning/known-names.ts';
import { callNode, constantNode, type MathNode, operatorNode, symbolNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import type { Claim } from './claim.ts';
import { isClosed } from './closed.ts';
import { type ClaimReading, isOpen } from './given.ts';

/** Values of names and of derivatives of names, by how these are written in text. */
export type Values = ReadonlyMap<string, MathNode>;

/** The values that are said next to a claim. */
export interface ValuesAround {
  readonly before: Values;
  /** What is said behind it: "dy/dx = 4 at x = 2". */
  readonly after: Values;
}

/** Behind the names of what a place adds; no text can hold them. */
const marks = { copy: ' now', held: ' held', slope: ' by ' };

/** `readings` of the claim at the values that are said before it, and at those that are said behind it. */
export function atValues(
  claim: Claim,
  readings: readonly ClaimReading[],
  { before, after }: ValuesAround,
): ClaimReading[] {
  const isSettled = [...after].every(([key, value]) => printText(before.get(key) ?? value) === printText(value));
  const later = new Map([...before, ...after]);
  return (isSettled ? [later] : [before, later]).flatMap((values) =>
    readings.flatMap((reading) => {
      const found = values.size === 0 ? undefined : putIn(claim, reading, values);
      const isCertain = found !== undefined && isSettled && isOfNumbers(found);
      return found === undefined
        ? []
        : [{ ...found, isImplicit: isCertain, isOfNumbers: isCertain, isAtPlace: isSettled }];
    }),
  );
}

/**
 * The reading at the values of names that stand nowhere in the claim but in its derivatives. A name with the value v and the slope
 * s is v + s t' there, with a copy t' of t that is 0: its value and its first derivative are right, and so are those of all that
 * rests on it.
 */
function putIn(claim: Claim, reading: ClaimReading, values: Values): ClaimReading | undefined {
  const { sides, table, along } = reading;
  const slopes = sides.flatMap(derivativesIn);
  const variables = new Set(slopes.map(([, by]) => by));
  if (slopes.length === 0 || slopes.some(([of]) => derivativesIn(of).length > 0)) return undefined;
  if (variables.has('') || [...variables].some((by) => isDefined(by, table) && !values.has(by))) return undefined;
  const written = [writeOut(claim.left, table), writeOut(claim.right, table)];
  // Beside a number, names stand for their values; beside other names, for all values that they can have.
  const isNumber = isClosed(claim.right);
  const plain = new Set(isNumber ? [] : written.flatMap(plainNames));
  const own = new Map([...values].filter(([key]) => !plain.has(key)));
  const asked = isNumber ? written.slice(0, 1).filter(isSlope).map(soleDerivative) : written.flatMap(derivativesIn);
  for (const [of, by] of asked) own.delete(slopeKey(of, symbolNode(by)));
  const quantity = new Map(table.quantity);
  for (const by of variables) {
    quantity.set(by + marks.copy, definitionOf(by + marks.copy, constantNode('0')));
    const value = own.get(by) ?? symbolNode(by + marks.held);
    quantity.set(by, definitionOf(by, sum(value, symbolNode(by + marks.copy))));
  }
  for (const [name, body] of movingAt(own, variables, table)) quantity.set(name, definitionOf(name, body));
  const isPut = [...variables].some((by) => own.has(by)) || [...own.keys()].some((name) => isMet(name, sides, table));
  if (!isPut) return undefined;
  const change = (node: MathNode): MathNode => byCopies(node, variables);
  return {
    sides: [change(sides[0]), change(sides[1])],
    table: { ...table, quantity },
    ...(along === undefined || own.has(along.unknown) ? {} : { along }),
  };
}

/** The names that are known to move, or have a value, around the place. */
function movingAt(
  own: Values,
  variables: ReadonlySet<string>,
  table: DefinitionTable,
): (readonly [string, MathNode])[] {
  const names = new Set([...table.quantity.keys(), ...own.keys()]);
  return [...names].flatMap((name): (readonly [string, MathNode])[] => {
    if (variables.has(name) || isDefined(name, table) || name.includes('(')) return [];
    const slopes = [...variables].flatMap((by): MathNode[] => {
      const slope = own.get(slopeKey(symbolNode(name), symbolNode(by)));
      if (slope === undefined && !leavesOf(name, table).includes(by)) return [];
      return [operatorNode('*', slope ?? symbolNode(name + marks.slope + by), symbolNode(by + marks.copy))];
    });
    const isSaid = own.has(name) || [...variables].some((by) => own.has(slopeKey(symbolNode(name), symbolNode(by))));
    return isSaid ? [[name, slopes.reduce(sum, own.get(name) ?? symbolNode(name + marks.held))]] : [];
  });
}

/** Whether a value is of something on which the sides rest. */
function isMet(key: string, sides: readonly MathNode[], table: DefinitionTable): boolean {
  const names = new Set(sides.flatMap((side) => [...namesIn(side)]));
  const reached = new Set([...names].flatMap((name) => [name, ...leavesOf(name, table), ...movingBelow(name, table)]));
  return [...reached].some((name) => key === name || key.startsWith(`d(${name},`));
}

/** The names by which a name is defined, directly or not, of which nothing is known but that they move. */
function movingBelow(name: string, table: DefinitionTable): readonly string[] {
  const reached = new Set([name]);
  for (const one of reached)
    if (!isOpen(one, table))
      for (const used of namesIn(table.quantity.get(one)?.body ?? constantNode('0'))) reached.add(used);
  return [...reached];
}

/** d(u, t) with the copy of t. */
function byCopies(node: MathNode, variables: ReadonlySet<string>): MathNode {
  const seen = view(node);
  const by =
    seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2 ? view(seen.args[1] as MathNode) : undefined;
  if (seen.kind !== 'call' || by?.kind !== 'symbol' || !variables.has(by.name))
    return mapParts(node, (part) => byCopies(part, variables));
  return callNode('d', [byCopies(seen.args[0] as MathNode, variables), symbolNode(by.name + marks.copy)]);
}

/** What is differentiated by which name; the name is empty for anything else. */
function derivativesIn(node: MathNode): (readonly [of: MathNode, by: string])[] {
  const seen = view(node);
  const inner = partsOf(node).flatMap(derivativesIn);
  if (seen.kind !== 'call' || seen.name !== 'd' || seen.args.length !== 2) return inner;
  const by = view(seen.args[1] as MathNode);
  return [[seen.args[0] as MathNode, by.kind === 'symbol' ? by.name : ''], ...inner];
}

/** Whether a side is a derivative and nothing else. */
function isSlope(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2;
}

function soleDerivative(node: MathNode): readonly [of: MathNode, by: string] {
  return derivativesIn(node)[0] as readonly [MathNode, string];
}

/** The names that stand outside of derivatives. */
function plainNames(node: MathNode): readonly string[] {
  const seen = view(node);
  if (seen.kind === 'symbol') return [seen.name];
  return seen.kind === 'call' && seen.name === 'd' ? [] : partsOf(node).flatMap(plainNames);
}

/** Whether no name is left, so that the sides are numbers. */
function isOfNumbers({ sides, table }: ClaimReading): boolean {
  const names = sides.flatMap((side) => [...namesIn(side)]).filter((name) => name !== 'e' && name !== 'pi');
  return names.every((name) => table.quantity.has(name) && leavesOf(name, table).length === 0);
}

/** The key of the derivative of a name: `d(x, t)`. */
function slopeKey(of: MathNode, by: MathNode): string {
  return printText(callNode('d', [of, by]));
}

function isDefined(name: string, table: DefinitionTable): boolean {
  return table.quantity.has(name) && !isOpen(name, table);
}

function definitionOf(name: string, body: MathNode): WrittenDefinition {
  return { kind: 'quantity', name, parameters: [], head: symbolNode(name), body };
}

const sum = (left: MathNode, right: MathNode): MathNode => operatorNode('+', left, right);
