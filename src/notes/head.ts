/** The left side of a definition. */

import type { WrittenDefinition } from '../meaning/known-names.ts';
import { baseOfPower } from '../meaning/named-powers.ts';
import { flattenElement } from '../meaning/usage.ts';
import { functionTable } from '../rules/elementary.ts';
import {
  evaluationSign,
  expressionPrime,
  functionAliases,
  gradientSign,
  infinitySign,
  integralSign,
  letterFunctions,
  limitSign,
  listSign,
} from '../syntax/functions.ts';
import { type MathNode, view } from '../syntax/node.ts';

/** The left side of a definition, if `head` has the form of one: `z`, `y_i`, `f(x)`. */
export function readHead(head: MathNode): Pick<WrittenDefinition, 'kind' | 'name' | 'parameters'> | undefined {
  const seen = view(head);
  if (seen.kind === 'symbol') return { kind: 'quantity', name: seen.name, parameters: [] };
  if (seen.kind === 'element') {
    const { base, indices } = flattenElement(head);
    const name = view(base);
    const parameters = namesOf(indices);
    return name.kind === 'symbol' && parameters !== undefined
      ? { kind: 'quantity', name: name.name, parameters }
      : undefined;
  }
  if (seen.kind === 'call' && seen.name !== '' && !seen.name.endsWith("'") && !isTaken(seen.name)) {
    const parameters = namesOf(seen.args);
    if (parameters !== undefined) return { kind: 'function', name: seen.name, parameters };
    // L(\mu, \sigma^2) says what the value rests on; no value can be put in for a power.
    const rests = namesOf(seen.args.map(baseOfPower));
    return rests === undefined ? undefined : { kind: 'quantity', name: seen.name, parameters: [] };
  }
  return undefined;
}

/** What is defined, and the function that solves the equation for it. */
interface Solved {
  readonly base: MathNode;
  readonly solvedBy: 'sqrt' | 'exp';
}

/**
 * What a left side defines though it stands in a function there: a name in its square, as a variance defines a standard
 * deviation, a likelihood in its logarithm.
 */
export function readSolved(node: MathNode): Solved | undefined {
  const seen = view(node);
  if (seen.kind === 'call' && seen.args.length === 1 && (functionAliases.get(seen.name) ?? seen.name) === 'log') {
    const [base] = seen.args as [MathNode];
    return readHead(base) === undefined ? undefined : { base, solvedBy: 'exp' };
  }
  if (seen.kind !== 'operator' || seen.operator !== '^') return undefined;
  const [base, exponent] = seen.args as [MathNode, MathNode];
  const two = view(exponent);
  const isSquare = two.kind === 'constant' && two.text === '2' && readHead(base)?.kind === 'quantity';
  return isSquare ? { base, solvedBy: 'sqrt' } : undefined;
}

/** Calls that are mathematics of their own, never the name of a defined function. */
const notHeads: ReadonlySet<string> = new Set([
  ...'d D jvp vjp sum prod dot norm delta abs sqrt transpose'.split(' '),
  evaluationSign,
  expressionPrime,
  gradientSign,
  infinitySign,
  integralSign,
  limitSign,
  listSign,
]);

/** Whether the name is one of the language: what stands under cos or log is an equation about it, no definition of it. */
function isTaken(name: string): boolean {
  const known = functionAliases.get(name) ?? name;
  return notHeads.has(name) || (functionTable.has(known) && !letterFunctions.has(name));
}

function namesOf(nodes: readonly MathNode[]): string[] | undefined {
  const names = nodes.map((node) => {
    const seen = view(node);
    return seen.kind === 'symbol' ? seen.name : undefined;
  });
  if (names.some((name) => name === undefined) || new Set(names).size !== names.length) return undefined;
  return names as string[];
}
