/**
 * A power as the variable, \sigma^2 or \Sigma^{-1}, or as what a line defines: the power gets a name, and all that the formulas say of its
 * base is said in powers of that name.
 */

import { constantNode, locate, type MathNode, operatorNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import type { Statement } from '../syntax/statement.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import type { Declarations } from './declare.ts';
import { plainName } from './matrix-products.ts';
import { flattenElement, gatherUsage, isBinder } from './usage.ts';

/** A power that has a name: v for sigma^2. */
export interface NamedPower {
  readonly name: string;
  readonly base: MathNode;
  readonly exponent: number;
}

/** Letters for powers of small letters, and for those of capitals, which are matrices more often than not. */
const letters = { small: ['v', 's', 'u', 'w', 'q'], capital: ['Lambda', 'Omega', 'Q', 'V', 'P'] };

/** The names of the powers that stand first in `asked`: variables, and what lines define. */
export function namePowers(
  asked: readonly Statement[],
  statements: readonly Statement[],
  declarations: Declarations,
): readonly NamedPower[] {
  const named: NamedPower[] = [];
  for (const { sides } of asked) {
    const power = sides[0] === undefined ? undefined : namePower(sides[0].node, statements, declarations, named);
    if (power !== undefined) named.push(power);
  }
  return named;
}

/**
 * The name for a power that is a variable or defined, beside those that others have. Undefined where `node` is no power of a name with a whole number, and where the formulas hold
 * its base in a way that its power does not tell: the sigma of 1/sigma, whose sign sigma^2 has not, unless it is declared positive.
 */
function namePower(
  node: MathNode,
  statements: readonly Statement[],
  { positive }: Declarations,
  others: readonly NamedPower[],
): NamedPower | undefined {
  const power = wholePower(node);
  const name = power === undefined ? undefined : plainName(flattenElement(power.base).base);
  if (power === undefined || name === undefined || power.exponent === 1) return undefined;
  const { base, exponent } = power;
  const nodes = statements.flatMap(({ sides }) => sides.map((side) => side.node));
  const text = printText(base);
  const step = positive.has(name) ? 1 : exponent;
  if (!nodes.every((one) => holdsPowersAlone(one, name, text, step))) return undefined;
  // Of a member that a sum counts there are many.
  const counting = flattenElement(base).indices.flatMap((index) => plainName(index) ?? []);
  if (nodes.some((one) => bindsOneOf(one, counting))) return undefined;
  const usage = gatherUsage(nodes);
  if (others.some((other) => printText(other.base) === text)) return undefined;
  const own = /^\p{Lu}/u.test(name) ? letters.capital : letters.small;
  const free = own.find((letter) => !usage.has(letter) && others.every((other) => other.name !== letter));
  return free === undefined || !usage.has(name) ? undefined : { name: free, base, exponent };
}

/** The power that the name stands for. */
export function powerNode({ base, exponent }: NamedPower): MathNode {
  return operatorNode('^', base, numberNode(exponent));
}

/** `node` with the name in the place of the power. */
export function withPowerNamed(node: MathNode, named: NamedPower): MathNode {
  const text = printText(named.base);
  const change = (part: MathNode): MathNode => {
    const power = wholePower(part) ?? { base: part, exponent: 1 };
    if (printText(power.base) !== text) return mapParts(part, change);
    const name = symbolNode(named.name);
    const count = power.exponent / named.exponent;
    const exponent = Number.isInteger(count)
      ? numberNode(count)
      : operatorNode('/', numberNode(power.exponent), numberNode(named.exponent));
    const made = count === 1 ? name : operatorNode('^', name, exponent);
    return locate(made, spanOf(part));
  };
  return change(node);
}

/** What is declared of the base, said of the name of its power: of a matrix of its inverse alone, which has its shape and its properties. */
export function declarePower({ name, base, exponent }: NamedPower, declarations: Declarations): Declarations {
  const own = plainName(base);
  const axes = own === undefined ? undefined : declarations.axes.get(own);
  if (axes === undefined || (axes > 0 && exponent !== -1)) return declarations;
  const renamed = <Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Map([...map].map(([key, value]) => [key === own ? name : key, value]));
  return {
    ...declarations,
    axes: renamed(declarations.axes),
    dims: renamed(declarations.dims),
    traits: renamed(declarations.traits),
    positive: new Set([...declarations.positive].map((one) => (one === own ? name : one))),
  };
}

/** What stands below a whole exponent, or the node itself. */
export function baseOfPower(node: MathNode): MathNode {
  return wholePower(node)?.base ?? node;
}

/** x^2 and X^-1 as base and whole exponent. */
function wholePower(node: MathNode): { readonly base: MathNode; readonly exponent: number } | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return wholePower(seen.content);
  const [base, above] = seen.kind === 'operator' && seen.operator === '^' ? seen.args : [];
  const exponent = above === undefined ? undefined : wholeNumber(above);
  return base === undefined || exponent === undefined || exponent === 0 ? undefined : { base, exponent };
}

function wholeNumber(node: MathNode): number | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return wholeNumber(seen.content);
  if (seen.kind === 'constant') return /^\d+$/.test(seen.text) ? Number(seen.text) : undefined;
  const inner = seen.kind === 'operator' && seen.operator === '-' && seen.args.length === 1 ? seen.args[0] : undefined;
  const own = inner === undefined ? undefined : wholeNumber(inner);
  return own === undefined ? undefined : -own;
}

function numberNode(value: number): MathNode {
  return value < 0 ? operatorNode('-', constantNode(String(-value))) : constantNode(String(value));
}

/** Whether the name stands in powers of what is printed as `text` alone, whose exponents `step` divides. */
function holdsPowersAlone(node: MathNode, name: string, text: string, step: number): boolean {
  const power = wholePower(node) ?? { base: node, exponent: 1 };
  if (printText(power.base) === text) return power.exponent % step === 0;
  const seen = view(node);
  return seen.kind === 'symbol'
    ? seen.name !== name
    : partsOf(node).every((part) => holdsPowersAlone(part, name, text, step));
}

function bindsOneOf(node: MathNode, letters: readonly string[]): boolean {
  if (letters.length === 0) return false;
  const seen = view(node);
  const index = seen.kind === 'call' && isBinder(seen.name) ? seen.args[1] : undefined;
  if (index !== undefined && letters.includes(plainName(index) ?? '')) return true;
  return partsOf(node).some((part) => bindsOneOf(part, letters));
}
