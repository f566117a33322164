/**
 * Matrices that depend on a number, K = K(theta): each a polynomial in it with free coefficients, whose value and first derivatives at a
 * point are independent of one another, as those of any K are. A generic function in their place would be one of each entry.
 */

import { type Declarations, noDeclarations } from '../meaning/declare.ts';
import { type DefinitionTable, namesIn, type WrittenDefinition } from '../meaning/known-names.ts';
import { dots } from '../syntax/names.ts';
import { callNode, constantNode, type MathNode, operatorNode, symbolNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import type { Trait } from '../term/dims.ts';
import type { Claim } from './claim.ts';
import type { JudgeContext } from './compare-claim.ts';

/** What dots are derivatives by. */
const time = 't';

/** The degree of the polynomials: derivatives of higher orders would be 0. */
const degree = 3;

/** Properties that a sum of matrices has if all of them have it. */
const linear: ReadonlySet<Trait> = new Set<Trait>(['symmetric', 'antisymmetric', 'diagonal']);

/** What a claim is judged under where the names in it that depend on one number are such polynomials; undefined where none does. */
export function alongNumbers({ left, right }: Claim, context: JudgeContext): JudgeContext | undefined {
  const { table, declarations = noDeclarations } = context;
  const moving = [...table.quantity.values(), ...dotted([left, right], table)].flatMap((one) => {
    const by = variableOf(one);
    return by === undefined ? [] : [[one, by] as const];
  });
  const names = new Set(moving.map(([{ name }]) => name));
  const sides = [
    left,
    right,
    ...[...table.quantity.values()].filter(({ name }) => !names.has(name)).map(({ body }) => body),
  ];
  const isElsewhere = sides.some((side) => holds(side, (part) => part.kind === 'call' && names.has(part.name)));
  if (names.size === 0 || isElsewhere || [left, right].some((side) => orderOf(side) > degree)) return undefined;
  const quantity = new Map(table.quantity);
  for (const [one, by] of moving) {
    quantity.set(one.name, { ...one, body: polynomial(one.name, by) });
    dots.forEach((mark, at) => {
      const name = `${one.name}_${mark}`;
      if (by !== time || at >= degree) return;
      const body = Array.from({ length: at + 1 }).reduce<MathNode>(
        (of) => callNode('d', [of, symbolNode(by)]),
        symbolNode(one.name),
      );
      quantity.set(name, { ...one, name, head: symbolNode(name), body });
    });
  }
  const known: DefinitionTable = { ...table, quantity };
  return { ...context, table: known, declarations: withCoefficients(declarations, names) };
}

/** Names that are dotted in the claim and of which nothing else is known: they depend on time. */
function dotted(sides: readonly MathNode[], { quantity }: DefinitionTable): readonly WrittenDefinition[] {
  const bases = sides.flatMap((side) => [...namesIn(side)].flatMap((name) => /^(.+)_d{0,3}dot$/.exec(name)?.[1] ?? []));
  return [...new Set(bases)].flatMap((name): WrittenDefinition[] => {
    const body = callNode(name, [symbolNode(time)]);
    return quantity.has(name) ? [] : [{ kind: 'quantity', name, parameters: [], head: symbolNode(name), body }];
  });
}

/** The x of a name of which it is only known that it is one of x. */
function variableOf({ name, parameters, body }: WrittenDefinition): string | undefined {
  const seen = view(body);
  if (parameters.length > 0 || seen.kind !== 'call' || seen.name !== name || seen.args.length !== 1) return undefined;
  const only = view(seen.args[0] as MathNode);
  return only.kind === 'symbol' ? only.name : undefined;
}

/** What the names of coefficients hold, which no page may show. */
export const coefficientMark = '_coefficient';

const coefficientOf = (name: string, at: number): string => `${name}${coefficientMark}${at}`;

function polynomial(name: string, by: string): MathNode {
  return Array.from({ length: degree }).reduce<MathNode>(
    (sum, _, at) => {
      const power = operatorNode('^', symbolNode(by), constantNode(String(at + 1)));
      return operatorNode('+', sum, operatorNode('*', power, symbolNode(coefficientOf(name, at + 1))));
    },
    symbolNode(coefficientOf(name, 0)),
  );
}

/** Each coefficient has the shape of the name, and those of its properties that a sum keeps. */
function withCoefficients(declarations: Declarations, names: ReadonlySet<string>): Declarations {
  const [axes, dims, traits] = [new Map(declarations.axes), new Map(declarations.dims), new Map(declarations.traits)];
  for (const name of names) {
    for (let at = 0; at <= degree; at++) {
      const own = coefficientOf(name, at);
      copy(axes, name, own);
      copy(dims, name, own);
      const kept = [...(traits.get(name) ?? [])].filter((trait) => linear.has(trait));
      if (kept.length > 0) traits.set(own, new Set(kept));
    }
  }
  return { ...declarations, axes, dims, traits };
}

function copy<T>(map: Map<string, T>, from: string, to: string): void {
  const value = map.get(from);
  if (value !== undefined) map.set(to, value);
}

function holds(node: MathNode, test: (part: ReturnType<typeof view>) => boolean): boolean {
  return test(view(node)) || partsOf(node).some((part) => holds(part, test));
}

/** How many derivatives stand in one another, dots among them. */
function orderOf(node: MathNode): number {
  const seen = view(node);
  const below = Math.max(0, ...partsOf(node).map(orderOf));
  if (seen.kind === 'call' && seen.name === 'd') return below + 1;
  const [, mark] = seen.kind === 'symbol' ? (/_(d{0,3}dot)$/.exec(seen.name) ?? []) : [];
  return mark === undefined ? below : mark.length - 'dot'.length + 1;
}
