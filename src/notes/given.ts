/** What a text takes for granted: equations between names that nothing defines, and derivatives that it gives. */

import { type DefinitionTable, leavesOf, namesIn, type WrittenDefinition, writeOut } from '../meaning/known-names.ts';
import { callNode, isPartial, type MathNode, operatorNode, symbolNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import type { Claim } from './claim.ts';

/** An equation that is no claim. */
export interface Equation {
  readonly left: MathNode;
  readonly right: MathNode;
}

/** Another way to read a claim: its sides, and what is defined for it. */
export interface ClaimReading {
  readonly sides: readonly [MathNode, MathNode];
  readonly table: DefinitionTable;
  /** The equation that its points satisfy, and the name that is solved for. */
  readonly along?: { readonly equation: Equation; readonly unknown: string };
  /** Whether there is no other way to read the claim, so that one that fails so is false. */
  readonly isImplicit?: boolean;
  /** Whether a claim that does not hold so is an equation of motion. */
  readonly isEquation?: boolean;
  /** Whether it has the values put in that the text says of one place. */
  readonly isAtPlace?: boolean;
  /** Whether all that is known of the place is put in, so that the sides are numbers. */
  readonly isOfNumbers?: boolean;
}

interface Known {
  readonly table: DefinitionTable;
  readonly given?: readonly Equation[];
}

/**
 * The claim with y as what an equation before it makes of it: dy/dx is -F_x/F_y for F(x, y) = 0, and d/dx of anything goes
 * through y. See Rudin, Principles of Mathematical Analysis, theorem 9.28.
 */
export function throughEquation(claim: Claim, { table, given = [] }: Known): ClaimReading[] {
  const [left, right] = [writeOut(claim.left, table), writeOut(claim.right, table)];
  const pairs = derivedNames(left, right);
  const equations = [...given].reverse().map((equation) => ({ equation, within: table }));
  const inverted = [...pairs].flatMap(([by, ofs]) => inverseOf(by, ofs, table));
  return [...equations, ...inverted].flatMap(({ equation, within }): ClaimReading[] => {
    const names = new Set([...namesIn(equation.left), ...namesIn(equation.right)]);
    const inside = [...pairs].flatMap(([by, ofs]) =>
      [...names]
        .filter((name) => isMet(names, by, name, table) && (ofs.has(name) || isMoving(name, by, table)))
        .map((name) => [name, by] as const),
    );
    const others = [left, right].some(holdsPartial) ? [true, false] : [false];
    return inside.flatMap(([name, by]) => {
      const along = holdsDerivative(equation) ? undefined : { equation, unknown: name };
      const moving = [...names].filter((one) => isMoving(one, by, table));
      const isCurveOfAll = isCurve(equation, [name, by, ...moving]);
      const isImplicit = (isCurveOfAll || isSurface(claim, equation, moving)) && isTold(claim, names, by, table);
      return others.map((holdsOthers) => {
        const total = createTotal(equation, { name, by, moving: new Set(moving) }, holdsOthers);
        return {
          sides: [total(left), total(right)],
          table: withoutName(within, name),
          ...(along === undefined ? {} : { along, isImplicit }),
        } as const;
      });
    });
  });
}

/**
 * The claim along a curve that is given by a parameter, x = x(t) and y = y(t): by the chain rule dy/dx is (dy/dt)/(dx/dt), and
 * what is differentiated by x again goes through t as well. Constants a curve may have; where others vary with t, it is not said
 * along which curve, and a round d holds one of them fixed.
 */
export function throughParameter({ left, right, partial = false }: Claim, { table }: Known): ClaimReading[] {
  if (partial) return [];
  const sides = [writeOut(left, table), writeOut(right, table)] as const;
  const pairs = derivedNames(...sides);
  return [...pairs].flatMap(([by, ofs]): ClaimReading[] => {
    if (!table.quantity.has(by) || isOpen(by, table)) return [];
    const own = leavesOf(by, table);
    const others = [...ofs].flatMap((name) => (table.quantity.has(name) && name !== by ? leavesOf(name, table) : []));
    const shared = own.filter((name) => others.includes(name));
    const moving = shared.filter((name) => !usualConstants.has(name));
    const [parameter, ...more] = moving;
    if (parameter === undefined || more.length > 0 || [...ofs].some((name) => restsOn(name, by, table))) return [];
    const along = createAlong(by, parameter);
    const isAlone = [...own, ...others].every((name) => name === parameter || usualConstants.has(name));
    return [{ sides: [along(sides[0]), along(sides[1])], table, isImplicit: isAlone }];
  });
}

/**
 * The claim with everything but the variable held fixed where a derivative has a round d, as in df/dt = \partial f/\partial t
 * + \partial f/\partial x dx/dt: what is differentiated is written with a copy of the variable, which has its value and on which
 * nothing else depends.
 */
export function holdingOthers({ left, right }: Claim, { table }: Known): ClaimReading[] {
  const quantity = new Map(table.quantity);
  const copyOf = (name: string): MathNode => {
    const copy = symbolNode(name + heldMark);
    quantity.set(name + heldMark, definition(copy, symbolNode(name)));
    return copy;
  };
  const hold = (node: MathNode): MathNode => {
    const [of, by] = partsOf(node);
    const variable = by === undefined ? undefined : view(by);
    if (!isPartial(node) || of === undefined || variable?.kind !== 'symbol') return mapParts(node, hold);
    const inner = heldBody(hold(of), variable.name, table);
    if (inner === undefined) return mapParts(node, hold);
    const copy = copyOf(variable.name);
    return callNode('d', [withName(inner, variable.name, copy), copy]);
  };
  const sides = [hold(writeOut(left, table)), hold(writeOut(right, table))] as const;
  return quantity.size === table.quantity.size ? [] : [{ sides, table: { ...table, quantity } }];
}

/** Behind the name of a copy; no text can hold it. */
const heldMark = ' held';

function definition(head: MathNode, body: MathNode): WrittenDefinition {
  return { kind: 'quantity', name: printText(head), parameters: [], head, body };
}

/** What is differentiated, with the variable in it: a name that is defined by it stands for its definition. */
function heldBody(of: MathNode, by: string, table: DefinitionTable): MathNode | undefined {
  const seen = view(of);
  const own = seen.kind === 'symbol' && !isOpen(seen.name, table) ? table.quantity.get(seen.name)?.body : undefined;
  const body = own === undefined ? of : writeOut(own, table);
  return namesIn(body).has(by) ? body : undefined;
}

function withName(node: MathNode, name: string, other: MathNode): MathNode {
  const seen = view(node);
  if (seen.kind === 'symbol') return seen.name === name ? other : node;
  return mapParts(node, (part) => withName(part, name, other));
}

/** Whether a name is defined by another, directly or through others. */
function restsOn(name: string, other: string, table: DefinitionTable): boolean {
  const reached = new Set([name]);
  for (const one of reached)
    for (const used of namesIn(table.quantity.get(one)?.body ?? symbolNode(one))) reached.add(used);
  return name !== other && reached.has(other);
}

/** d/dx as d/dt over dx/dt. */
function createAlong(by: string, parameter: string): (node: MathNode) => MathNode {
  const [x, t] = [symbolNode(by), symbolNode(parameter)];
  const along = (node: MathNode): MathNode => {
    const seen = view(node);
    const variable =
      seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2 ? view(seen.args[1] as MathNode) : undefined;
    if (seen.kind !== 'call' || variable?.kind !== 'symbol' || variable.name !== by) return mapParts(node, along);
    return operatorNode('/', callNode('d', [along(seen.args[0] as MathNode), t]), callNode('d', [x, t]));
  };
  return along;
}

/** Whether an equation holds the variable, or another name than `name` that moves with it: x^2 + y^2 = 25 with x(t) and y(t). */
function isMet(names: ReadonlySet<string>, by: string, name: string, table: DefinitionTable): boolean {
  return name !== by && (names.has(by) || [...names].some((one) => one !== name && isMoving(one, by, table)));
}

/**
 * Whether the claim speaks of the slopes of just the names that move with the variable in the equation: of one that it has put a
 * number in for it says less, of others another equation may say more.
 */
function isTold({ left, right }: Claim, names: ReadonlySet<string>, by: string, table: DefinitionTable): boolean {
  const told = derivedNames(writeOut(left, table), writeOut(right, table)).get(by) ?? new Set();
  const isKnown = (name: string): boolean => names.has(name) || !isMoving(name, by, table);
  const areMet = [...names].every((name) => told.has(name) || name === by || !isMoving(name, by, table));
  return areMet && [...namesIn(left), ...namesIn(right)].every(isKnown);
}

/** What defines x by y, where y is differentiated by x: `x = \sin y`. */
function inverseOf(
  by: string,
  ofs: ReadonlySet<string>,
  table: DefinitionTable,
): { equation: Equation; within: DefinitionTable }[] {
  const definition = table.quantity.get(by);
  if (definition === undefined || isOpen(by, table) || view(definition.head).kind !== 'symbol') return [];
  if (![...namesIn(definition.body)].some((name) => ofs.has(name) || isMoving(name, by, table))) return [];
  return [{ equation: { left: definition.head, right: definition.body }, within: withoutName(table, by) }];
}

/** Letters that stand for what is the same all along a curve, where nobody says anything of them. */
const usualConstants: ReadonlySet<string> = new Set('a b c k r A B C K R e pi'.split(' '));

/** Whether an equation ties the two names to each other alone, so that one is a function of the other. */
function isCurve({ left, right }: Equation, two: readonly string[]): boolean {
  return [...namesIn(left), ...namesIn(right)].every((name) => two.includes(name) || usualConstants.has(name));
}

/** Whether a round d holds all but one moving name fixed, in a claim with no names but those of the equation. */
function isSurface({ left, right, partial = false }: Claim, equation: Equation, moving: readonly string[]): boolean {
  const names = new Set([...namesIn(equation.left), ...namesIn(equation.right)]);
  const isKnown = (name: string): boolean => names.has(name) || usualConstants.has(name);
  return partial && moving.length === 1 && [...namesIn(left), ...namesIn(right)].every(isKnown);
}

function holdsDerivative({ left, right }: Equation): boolean {
  return [left, right].some((side) => derivedNames(side).size > 0);
}

/** The claim at points that satisfy an equation that the text gives between several names: $p + q = 1$. */
export function alongEquation({ left, right }: Claim, { table, given = [] }: Known): ClaimReading[] {
  const used = new Set([...namesIn(left), ...namesIn(right)].flatMap((name) => [name, ...leavesOf(name, table)]));
  const varied = new Set([...derivedNames(left).keys(), ...derivedNames(right).keys()]);
  return [...given].reverse().flatMap((equation): ClaimReading[] => {
    if (holdsDerivative(equation)) return [];
    const names = [...namesIn(equation.left), ...namesIn(equation.right)].filter(
      (name) => name !== 'e' && name !== 'pi',
    );
    if (new Set(names).size < 2) return [];
    const isFree = (name: string): boolean => !table.quantity.has(name) || isOpen(name, table);
    const candidates = names.filter((name) => used.has(name) && !varied.has(name) && isFree(name));
    const unknown = candidates.find((name) => isOpen(name, table)) ?? candidates.at(-1);
    if (unknown === undefined) return [];
    return [
      {
        sides: [left, right],
        table: withoutName(table, unknown),
        along: { equation, unknown },
        isImplicit: isOpen(unknown, table) && isCurve(equation, [unknown, ...varied, ...used]),
      },
    ];
  });
}

/** The names that are differentiated, by the variable; the letters of an expression count too. */
function derivedNames(...nodes: readonly MathNode[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const waiting = [...nodes];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const seen = view(next);
    if (seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2) {
      const by = view(seen.args[1] as MathNode);
      if (by.kind === 'symbol') {
        found.set(by.name, new Set([...(found.get(by.name) ?? []), ...namesIn(seen.args[0] as MathNode)]));
      }
    }
    waiting.push(...partsOf(next));
  }
  return found;
}

/** Whether nothing is known of the name but that it depends on the variable. */
function isMoving(name: string, by: string, table: DefinitionTable): boolean {
  const body = table.quantity.get(name)?.body;
  return body !== undefined && isOpen(name, table) && namesIn(body).has(by);
}

/** Whether nothing is known of the name but on what it depends: y = y(x). */
export function isOpen(name: string, { quantity }: DefinitionTable): boolean {
  const body = quantity.get(name)?.body;
  const seen = body === undefined ? undefined : view(body);
  return seen?.kind === 'call' && seen.name === name;
}

function withoutName(table: DefinitionTable, name: string): DefinitionTable {
  const quantity = new Map(table.quantity);
  quantity.delete(name);
  return { ...table, quantity };
}

/** Whether a derivative has a round d. */
function holdsPartial(node: MathNode): boolean {
  return isPartial(node) || partsOf(node).some(holdsPartial);
}

/**
 * d/dx as the total derivative along the curve of the equation. With `holdsOthers` a round d holds y fixed, as in -F_x/F_y;
 * without, it goes through y as well, as where an equation for z(x, y) is differentiated by x.
 */
function createTotal(
  { left, right }: Equation,
  { name, by, moving }: { readonly name: string; readonly by: string; readonly moving: ReadonlySet<string> },
  holdsOthers: boolean,
): (node: MathNode) => MathNode {
  const [x, y] = [symbolNode(by), symbolNode(name)];
  const difference = operatorNode('-', left, right);
  const slope = operatorNode('-', operatorNode('/', callNode('d', [difference, x]), callNode('d', [difference, y])));
  const total = (node: MathNode): MathNode => {
    const seen = view(node);
    const variable =
      seen.kind === 'call' && seen.name === 'd' && seen.args[1] !== undefined ? view(seen.args[1]) : undefined;
    if (seen.kind !== 'call' || variable?.kind !== 'symbol' || variable.name !== by) return mapParts(node, total);
    const inner = total(seen.args[0] as MathNode);
    const own = view(inner);
    if (own.kind === 'symbol' && own.name === name) return slope;
    // Another name that moves with the variable does so by itself.
    if (own.kind === 'symbol' && moving.has(own.name)) return callNode('d', [inner, x]);
    if (holdsOthers && isPartial(node)) return callNode('d', [inner, x]);
    const through = operatorNode('*', callNode('d', [inner, y]), slope);
    return operatorNode('+', callNode('d', [inner, x]), through);
  };
  return total;
}

/** The claim with what the text gives put in: dy/dx by the right side of dy/dx = -x/y. */
export function withFacts({ left, right }: Claim, { table, given = [] }: Known): ClaimReading[] {
  if (given.length === 0) return [];
  const facts = new Map(given.map((one) => [printText(writeOut(one.left, table)), one.right]));
  let count = 0;
  const put = (node: MathNode): MathNode => {
    const fact = isPlain(node) ? undefined : facts.get(printText(node));
    if (fact === undefined) return mapParts(node, put);
    count++;
    return fact;
  };
  const sides = [put(writeOut(left, table)), put(writeOut(right, table))] as const;
  return count === 0 ? [] : [{ sides, table }];
}

/** Numbers and names by themselves: an equation about such is a value, which is put in elsewhere. */
function isPlain(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'constant' || seen.kind === 'symbol';
}
