/** What a text takes for granted: equations between names that nothing defines, and derivatives that it gives. */

import { type DefinitionTable, namesIn } from '../meaning/known-names.ts';
import { callNode, type MathNode, operatorNode, symbolNode, view } from '../syntax/node.ts';
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
}

interface Known {
  readonly table: DefinitionTable;
  readonly given?: readonly Equation[];
}

/**
 * The claim with y as what an equation before it makes of it: dy/dx is -F_x/F_y for F(x, y) = 0, and d/dx of anything goes
 * through y. See Rudin, Principles of Mathematical Analysis, theorem 9.28.
 */
export function throughEquation({ left, right }: Claim, { table, given = [] }: Known): ClaimReading[] {
  const pairs = new Map([...derivedNames(left), ...derivedNames(right)]);
  return [...given].reverse().flatMap((equation): ClaimReading[] => {
    const names = new Set([...namesIn(equation.left), ...namesIn(equation.right)]);
    const inside = [...pairs].flatMap(([by, ofs]) =>
      [...names]
        .filter((name) => names.has(by) && name !== by && (ofs.has(name) || isMoving(name, by, table)))
        .map((name) => [name, by] as const),
    );
    return inside.map(([name, by]) => {
      const total = createTotal(equation, name, by);
      return { sides: [total(left), total(right)], table: withoutName(table, name) };
    });
  });
}

/** The names that are differentiated, by the variable; the letters of an expression count too. */
function derivedNames(node: MathNode): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const waiting = [node];
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
function isMoving(name: string, by: string, { quantity }: DefinitionTable): boolean {
  const body = quantity.get(name)?.body;
  const seen = body === undefined ? undefined : view(body);
  return seen?.kind === 'call' && seen.name === name && namesIn(body as MathNode).has(by);
}

function withoutName(table: DefinitionTable, name: string): DefinitionTable {
  const quantity = new Map(table.quantity);
  quantity.delete(name);
  return { ...table, quantity };
}

/** d/dx as the total derivative along the curve of the equation. */
function createTotal({ left, right }: Equation, name: string, by: string): (node: MathNode) => MathNode {
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
    const through = operatorNode('*', callNode('d', [inner, y]), slope);
    return operatorNode('+', callNode('d', [inner, x]), through);
  };
  return total;
}

/** The claim with what the text gives put in: dy/dx by the right side of dy/dx = -x/y. */
export function withFacts({ left, right }: Claim, { table, given = [] }: Known): ClaimReading[] {
  if (given.length === 0) return [];
  const facts = new Map(given.map((one) => [printText(one.left), one.right]));
  let count = 0;
  const put = (node: MathNode): MathNode => {
    const fact = isPlain(node) ? undefined : facts.get(printText(node));
    if (fact === undefined) return mapParts(node, put);
    count++;
    return fact;
  };
  const sides = [put(left), put(right)] as const;
  return count === 0 ? [] : [{ sides, table }];
}

/** Numbers and names by themselves: an equation about such is a value, which is put in elsewhere. */
function isPlain(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'constant' || seen.kind === 'symbol';
}
