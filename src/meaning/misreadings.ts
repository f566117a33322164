/** What mathjs's syntax reads as a product or a quotient and a person means otherwise: refused, with what to write. */

import { functionAliases, letterFunctions } from '../syntax/functions.ts';
import { letters } from '../syntax/letters.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { type Context, refuse } from './scope.ts';

/** Operators that no text has, and that are no name of a quantity. */
const limits: ReadonlySet<string> = new Set('lim limsup liminf argmin argmax plim'.split(' '));

/** `sin x` and `sin^2(x)`: products with a quantity called sin. */
export function refuseBareFunction(node: MathNode, name: string, context: Context): void {
  if (context.quantities.has(name) || letterFunctions.has(name)) return;
  if (limits.has(name)) {
    refuse(
      node,
      'unsupported-notation',
      `the operator ${name} can't be read here`,
      'leave it out, or rename the quantity',
    );
  }
  if (name === 'sum' || name === 'prod') {
    refuse(
      node,
      'wrong-arguments',
      `it is not said what this ${name === 'sum' ? 'sum' : 'product'} counts`,
      `write ${name}_i x_i, or ${name}(x[i], i)`,
    );
  }
  const isKnown = name === 'ln' || context.functions.has(functionAliases.get(name) ?? name);
  if (!isKnown) return;
  refuse(
    node,
    'wrong-arguments',
    `${name} is a function, and its argument does not stand behind it in brackets`,
    `write ${name}(x), and ${name}(x)^2 for a power of it`,
  );
}

const differential = letters`^d([\p{L}]\w*)$`;

/** `d/dx (x^2)`: a quotient of quantities called d and dx. */
export function refuseLeibniz(node: MathNode, [upper, lower]: readonly MathNode[], context: Context): void {
  if (upper === undefined || lower === undefined) return;
  if (context.quantities.has('d')) return;
  const of = differential.exec(nameAt(upper, -1))?.[1];
  const below = differential.exec(nameAt(lower, 0))?.[1];
  if (of !== undefined && below !== undefined && !context.quantities.has(`d${of}`)) refuseQuotient(node, of, below);
  if (nameAt(upper, -1) !== 'd') return;
  const by = differential.exec(nameAt(lower, 0))?.[1];
  if (by === undefined) return;
  refuse(
    node,
    'unsupported-notation',
    `d/d${by} is a quotient of two names in the text syntax`,
    `write d(x^2, ${by}) for a derivative within an expression, or \\frac{d}{d${by}} in LaTeX`,
  );
}

/** `dy/dx`: a quotient of quantities called dy and dx. */
function refuseQuotient(node: MathNode, of: string, by: string): never {
  return refuse(
    node,
    'unsupported-notation',
    `d${of}/d${by} is a quotient of two names in the text syntax`,
    `for a derivative write d(${of}, ${by}), with ${of} defined before or --depends "${of}(${by})"`,
  );
}

/** The name at one end of a product, 0 or -1: dx begins dx, dx x^2 and dx(x^2). */
function nameAt(node: MathNode, end: 0 | -1): string {
  const seen = view(node);
  if (seen.kind === 'symbol' || (seen.kind === 'call' && end === 0)) return seen.name;
  const factor = seen.kind === 'operator' && seen.operator === '*' ? seen.args.at(end) : undefined;
  return factor === undefined ? '' : nameAt(factor, end);
}

/** `x!!` is the double factorial on paper, and the factorial of a factorial for a parser. */
export function refuseDoubleFactorial(node: MathNode, argument: MathNode): void {
  const inner = view(argument);
  if (inner.kind !== 'operator' || inner.operator !== '!') return;
  refuse(node, 'unsupported-notation', 'the double factorial !! is not covered', 'write (x!)! for two factorials');
}
