/**
 * Dots as jet coordinates: beside a Lagrangian q, \dot q and \ddot q are names of their own for a round d, and d/dt leads from each
 * to the next. See Arnold, Mathematical Methods of Classical Mechanics, section 12.
 */

import { type DefinitionTable, leavesOf, namesIn, writeOut } from '../meaning/known-names.ts';
import { callNode, type MathNode, operatorNode, symbolNode, view } from '../syntax/node.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import type { Claim } from './claim.ts';
import { isClosed } from './closed.ts';
import { type ClaimReading, isOpen } from './given.ts';

const time = 't';

/** The claim with d/dt as the sum over what is dotted in it or below it; none where nothing is. */
export function throughDots({ left, right }: Claim, { table }: { readonly table: DefinitionTable }): ClaimReading[] {
  const below = [left, right].flatMap((side) => [...namesIn(side)]).flatMap((name) => [name, ...leavesOf(name, table)]);
  const dotted = below.flatMap((name) => baseOfDots(name) ?? []);
  const bases = new Set(dotted.filter((base) => !table.quantity.has(base) || isOpen(base, table)));
  if (bases.size === 0) return [];
  const quantity = new Map([...table.quantity].filter(([name]) => !bases.has(name)));
  const plain = { ...table, quantity };
  const flow = createFlow(bases, plain);
  const bodies = new Map([...quantity].map(([name, one]) => [name, { ...one, body: flow(writeOut(one.body, plain)) }]));
  const sides = [flow(writeOut(left, plain)), flow(writeOut(right, plain))] as const;
  const isImplicit = isWorkedOut(left, right);
  const isMotion = holdsTime(left) && !isImplicit && (isClosed(right) || holdsDerivative(right));
  return [{ sides, table: { ...table, quantity: bodies }, isImplicit, isEquation: isMotion }];
}

/** d/dt of anything: by t itself, and through every jet in it. */
function createFlow(bases: ReadonlySet<string>, table: DefinitionTable): (node: MathNode) => MathNode {
  const isJet = (name: string): boolean => bases.has(baseOfDots(name) ?? name);
  const flow = (node: MathNode): MathNode => {
    const seen = view(node);
    const by =
      seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2 ? view(seen.args[1] as MathNode) : undefined;
    if (seen.kind !== 'call' || by?.kind !== 'symbol' || by.name !== time) return mapParts(node, flow);
    const inner = flow(seen.args[0] as MathNode);
    const own = view(inner);
    if (own.kind === 'symbol' && isJet(own.name)) return symbolNode(nextJet(own.name));
    const names = [...namesIn(inner)].flatMap((name) => (table.quantity.has(name) ? leavesOf(name, table) : [name]));
    const jets = [...new Set(names)].filter(isJet);
    const terms = jets.map((name) =>
      operatorNode('*', callNode('d', [inner, symbolNode(name)]), symbolNode(nextJet(name))),
    );
    if (names.includes(time) || terms.length === 0) terms.push(callNode('d', [inner, symbolNode(time)]));
    return terms.reduce((sum, term) => operatorNode('+', sum, term));
  };
  return flow;
}

/**
 * Whether the right side is d/dt of the left one worked out, as it has the jet that only d/dt brings; without it it may be an
 * equation of motion.
 */
function isWorkedOut(left: MathNode, right: MathNode): boolean {
  const order = (node: MathNode): number => Math.max(0, ...[...namesIn(node)].map(dotsOf));
  return (
    holdsTime(left) && !holdsDerivative(right) && order(right) > Math.max(0, ...plainOrders(left)) && order(right) > 0
  );
}

function plainOrders(node: MathNode): number[] {
  const seen = view(node);
  if (seen.kind === 'symbol') return [dotsOf(seen.name)];
  return partsOf(node).flatMap(plainOrders);
}

function holdsTime(node: MathNode): boolean {
  const seen = view(node);
  const by =
    seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2 ? view(seen.args[1] as MathNode) : undefined;
  return (by?.kind === 'symbol' && by.name === time) || partsOf(node).some(holdsTime);
}

function holdsDerivative(node: MathNode): boolean {
  const seen = view(node);
  return (seen.kind === 'call' && seen.name === 'd') || partsOf(node).some(holdsDerivative);
}

const dots = /^(.+?)_(d{0,3})dot((?:_\w+)?)$/;

/** The q of \dot q, and the x_1 of \dot x_1. */
function baseOfDots(name: string): string | undefined {
  const [, base, , label] = dots.exec(name) ?? [];
  return base === undefined ? undefined : `${base}${label}`;
}

function dotsOf(name: string): number {
  const [, , more] = dots.exec(name) ?? [];
  return more === undefined ? 0 : more.length + 1;
}

/** \dot q behind q, \ddot q behind \dot q. */
function nextJet(name: string): string {
  const [, base = '', , label = ''] = dots.exec(name) ?? /^([^_]+)()(.*)$/.exec(name) ?? [];
  return `${base}_${'d'.repeat(dotsOf(name))}dot${label}`;
}
