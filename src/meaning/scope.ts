/** What names mean while a syntax tree is lowered, and what is said of a tree that means nothing. */

import { fail, type ProblemCode } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { type MathNode, spanOf } from '../syntax/node.ts';
import type { IndexTerm, Term, Variable } from '../term/term.ts';
import type { Written } from '../term/written.ts';

/** What names mean in one model. */
export interface Scope {
  readonly functions: FunctionTable;
  /** Axes of each name that is a quantity. */
  readonly axes: ReadonlyMap<string, number>;
  /** Names that are indices wherever they stand alone. */
  readonly indices: ReadonlySet<string>;
  /** Names of lengths of axes, as far as they are declared. */
  readonly lengths: ReadonlySet<string>;
  /** Names that stand for quantities, so that a call by them is a product. */
  readonly quantities: ReadonlySet<string>;
  /** Functions that the author defined: `f(x) = x^2`. */
  readonly inlined: ReadonlyMap<string, InlineFunction>;
  /** How the author wrote sums and products; filled in as the tree is lowered. */
  readonly written: Written;
  /** `e` and `pi` where they are quantities of the author and not the constants. */
  readonly shadowed: ReadonlySet<string>;
  /** Whether the formulas hold whole vectors and matrices, so that products need not commute; see `tensor-lower.ts`. */
  readonly tensors?: boolean;
  /** Whether inner products alone tell of vectors, and they are read as wholes because the task asks for that. */
  readonly wholes?: boolean;
  /** Whether the formulas reckon entry by entry, in products or diagonals, so that a power of a vector, 1 - h^2 beside them, is meant so, too. */
  readonly entrywise?: boolean;
  /** Whether values that are found as limits have a meaning: integrals and sums without end, where an equation is judged by numbers. */
  readonly approximates?: boolean;
  /** Gives a name to an expression at which a known function is differentiated; undefined where it can't have one. */
  readonly introduce?: (argument: Term) => Variable | undefined;
  /** Gives a name to the zero that has the shape of a parameter. */
  readonly introduceZero?: (parameter: string) => Term;
}

export interface InlineFunction {
  readonly parameters: readonly string[];
  readonly body: MathNode;
}

/** What holds where a node stands. The walk itself is part of it, as constructs and walk call each other. */
export interface Context extends Scope {
  readonly visit: (node: MathNode, context: Context) => Term;
  /** An index: a name, a whole number, or a linear map of such. */
  readonly visitSubscript: (node: MathNode, context: Context) => Term;
  readonly bound: ReadonlyMap<string, IndexTerm>;
  readonly substituted: ReadonlyMap<string, Term>;
  /** The functions of the author whose bodies are being lowered. */
  readonly within: readonly string[];
  /** Nodes of a deep tree that have been lowered already, in this very context. */
  readonly settled: ReadonlyMap<MathNode, Term>;
  /** The bodies of the author's functions that were lowered already, by name and arguments. */
  readonly bodies: Map<string, Term>;
}

/** Lowers an argument of `callee`; refuses a vector, unless functions work on each entry. */
export function visitScalar(node: MathNode, callee: string, context: Context): Term {
  const term = context.visit(node, context);
  if (term.rank === 0 || context.tensors === true) return term;
  return refuse(
    node,
    'shape-clash',
    `${callee} takes a scalar, but this is a vector`,
    'apply it to a component or to a norm',
  );
}

export function expectArguments(
  node: MathNode,
  name: string,
  args: readonly MathNode[],
  [least, most]: readonly [number, number],
): void {
  if (args.length >= least && args.length <= most) return;
  const isOpen = most === Number.POSITIVE_INFINITY;
  const wanted =
    least === most ? String(least) : isOpen ? `${least} or more` : `${least} ${joinedBy(least, most)} ${most}`;
  const message = `${name} takes ${wanted} argument${most === 1 ? '' : 's'}, here it has ${args.length}`;
  const letters = ['x', 'y', 'z'].slice(0, most).join(', ');
  refuse(node, 'wrong-arguments', message, `write ${name}(${letters})`);
}

function joinedBy(least: number, most: number): string {
  return most === least + 1 ? 'or' : 'to';
}

/** Where nothing better is known to say. */
const usualHint = 'see "Text syntax" in the README for what can be written';

/** What is said of a quotient by 0: it can be read, and has no value. */
export const dividesByZero = 'this divides by zero';

export function refuse(node: MathNode, code: ProblemCode, message: string, hint = usualHint): never {
  const span = spanOf(node);
  return fail({ code, message, ...(span === undefined ? {} : { span }), hint });
}
