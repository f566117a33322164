/** The variables that are asked for, and what stands beside the source in their shape. */

import { fail, withSource } from '../problem.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { element, index } from '../term/construct.ts';
import { variableSymbol } from '../term/substitute.ts';
import { isSelection } from '../term/tensor/selection.ts';
import type { SymbolTerm, TensorTerm, Variable } from '../term/term.ts';
import { lower, lowerVariable, type Scope } from './lower.ts';
import { flattenElement, isWholeAxis } from './usage.ts';

/** A variable as it was asked for, with its own text. */
export interface WantedVariable {
  readonly source: string;
  readonly node: MathNode;
}

/** An expression beside the source that belongs to a variable, by its number, or to the value, and has its shape. */
export interface BesideExpression extends WantedVariable {
  readonly of: number | 'value';
}

/** The variables as terms; of a column or row that is asked for, its matrix. */
export function lowerVariables(
  wanted: readonly WantedVariable[],
  scope: Scope,
): { readonly variables: readonly Variable[]; readonly selection?: TensorTerm } {
  const selection = selectionOf(wanted, scope);
  if (selection !== undefined) return { variables: [selection.args[0] as SymbolTerm], selection };
  return { variables: wanted.map(({ source, node }) => withSource(source, () => lowerWanted(node, scope, source))) };
}

/** Of a family that is asked for by its name alone, the member to differentiate by: beta[j] for beta. */
export function memberOf(variable: Variable, families: ReadonlySet<string>, names: ReadonlySet<string>): Variable {
  if (variable.kind !== 'symbol' || variable.axes !== 1 || !families.has(variable.name)) return variable;
  const letter = memberLetters.find((one) => !names.has(one));
  return letter === undefined ? variable : (element(variable, [index(letter)]) as Variable);
}

const memberLetters = ['j', 'k', 'l', 'm', 'p', 'q', 'r', 's'] as const;

/** The name of a variable that is asked for: of a member, that of its family. */
export function baseName({ node }: WantedVariable): string | undefined {
  const seen = view(flattenElement(node).base);
  return seen.kind === 'symbol' ? seen.name : undefined;
}

/** The column or row of a named matrix that is the one variable. */
function selectionOf(wanted: readonly WantedVariable[], scope: Scope): TensorTerm | undefined {
  const place = wanted.findIndex(
    ({ node }) => view(node).kind === 'element' && flattenElement(node).indices.some(isWholeAxis),
  );
  if (place < 0) return undefined;
  const { source, node } = wanted[place] as WantedVariable;
  return withSource(source, () => {
    const term = lower(node, scope);
    const span = { start: 0, end: source.length };
    if (!isSelection(term) || term.args[0]?.kind !== 'symbol') {
      return fail({
        code: 'unknown-variable',
        message: 'this is no column or row of a named matrix',
        span,
        hint: 'A[:, j] is column j of a matrix, A[i, :] row i',
      });
    }
    if (wanted.length === 1) return term;
    return fail({
      code: 'unknown-variable',
      message: 'a column or row is a variable by itself alone',
      span,
      hint: 'ask for the derivative by the whole matrix, or by one column at a time',
    });
  });
}

function lowerWanted(node: MathNode, scope: Scope, source: string): Variable {
  const variable = lowerVariable(node, lower(node, scope));
  const base = variableSymbol(variable);
  const missing = base.axes - (variable.kind === 'element' ? variable.indices.length : 0);
  if (scope.tensors === true) return variable;
  if (missing > 1 || (missing === 1 && variable.kind === 'symbol' && !scope.axes.has(base.name))) {
    fail({
      code: 'unknown-variable',
      message: `${base.name} has ${base.axes} indices`,
      span: { start: 0, end: source.length },
      hint: `ask for a member: --wrt "${base.name}[j]"`,
    });
  }
  return variable;
}
