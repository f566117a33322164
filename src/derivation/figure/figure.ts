/**
 * A model as a graph, the picture that texts on backpropagation begin with: what stands in its nodes, which values go
 * forward along its edges, and by which factors the derivative comes back (Bauer, "Computational graphs and rounding
 * error", 1974). Plain data that survives `JSON.parse(JSON.stringify(x))`; expressions are text in the README's syntax.
 */

import type { NamedExpression } from '../derivation.ts';

/** What the answer has to do with a node or an edge. */
export type Role =
  /** The derivative goes through it. */
  | 'path'
  /** Its value is a factor of the derivative. */
  | 'needed'
  /** The derivative is computed without it, once the values that it needs are known. */
  | 'unneeded';

/** What stands in a node. Names are names of functions, all other texts are expressions. */
export type Sign =
  | { readonly kind: 'quantity'; readonly expression: string }
  | { readonly kind: 'output'; readonly expression: string | null }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'plus' | 'times' | 'dot' | 'cases' }
  /** A number times the one thing that goes in. */
  | { readonly kind: 'scale'; readonly coefficient: string }
  /** A number plus or minus the one thing that goes in. */
  | { readonly kind: 'shift'; readonly constant: string; readonly minus: boolean }
  /** To a fixed power; `null` where both base and exponent go in. */
  | { readonly kind: 'power'; readonly exponent: string | null }
  | {
      readonly kind: 'sum' | 'product';
      readonly index: string;
      readonly range: { readonly from: string; readonly to: string } | null;
    };

export interface FigureNode {
  readonly sign: Sign;
  /** The index of a family, all members of which are drawn as one: `i`. */
  readonly family: string | null;
  readonly role: Role;
  /** One of the quantities that the derivative is taken by. */
  readonly wanted: boolean;
  /** The derivative of the output by its value, where it has a name: `z_bar = w_bar * g'(z)`. */
  readonly adjoint: NamedExpression | null;
}

export interface FigureEdge {
  /** Places in the list of nodes. */
  readonly from: number;
  readonly to: number;
  /** The value that goes forward: `y[i]`; null where it is too long to be written, or stands in the node itself. */
  readonly value: string | null;
  /** On the path, the derivative of what the edge goes to by what it comes from: `g'(z)`. Null where no rule gives it. */
  readonly factor: string | null;
  /** It is subtracted. */
  readonly minus: boolean;
  readonly role: Role;
}

export interface Figure {
  readonly nodes: readonly FigureNode[];
  readonly edges: readonly FigureEdge[];
}
