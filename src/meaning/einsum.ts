/** The call `einsum("ij,jk->ik", A, B)`: its subscripts, and whether they fit the operands. */

import { fail } from '../problem.ts';
import type { MathNode } from '../syntax/node.ts';
import { spanOf } from '../syntax/node.ts';
import { subscriptsIn } from '../syntax/print.ts';
import { dimsOf } from '../term/dims.ts';
import { einstein, type Operand } from '../term/tensor/einsum.ts';
import type { Term } from '../term/term.ts';
import { describe, show } from './call-demands.ts';
import { refuse } from './scope.ts';

interface Subscripts {
  readonly inputs: readonly string[];
  readonly output: string;
}

/** The letters in the first argument, which the reader has made a name: see `tokenize`. */
export function subscriptsOf(node: MathNode): Subscripts | undefined {
  const [inputs, output] = subscriptsIn(node) ?? [];
  return inputs === undefined || output === undefined ? undefined : { inputs: inputs.split(','), output };
}

/** The sum over all letters that are not in the output. */
export function einsum(node: MathNode, nodes: readonly MathNode[], terms: readonly Term[]): Term {
  const [specification, ...args] = nodes as [MathNode, ...MathNode[]];
  const subscripts = subscriptsOf(specification);
  if (subscripts === undefined) return refuse(specification, 'syntax', 'the subscripts of einsum are not read', usage);
  const { inputs, output } = subscripts;
  if (inputs.length !== terms.length) {
    return refuse(node, 'wrong-arguments', `einsum names ${inputs.length} operands, but ${terms.length} follow`, usage);
  }
  const operands = inputs.map((letters, at): Operand => {
    const term = terms[at] as Term;
    if (term.rank === letters.length) return { term, letters };
    return refuse(
      args[at] as MathNode,
      'shape-clash',
      `this is ${describe(dimsOf(term) ?? [])}, but its subscripts are "${letters}"`,
      'one letter for each axis',
    );
  });
  refuseOutput(specification, output, inputs.join(''));
  refuseLengths(operands, args);
  return einstein(operands, output);
}

const usage = 'for example einsum("ij,jk->ik", A, B)';

/** Each letter of the output stands there once, and for an axis of an operand. */
function refuseOutput(specification: MathNode, output: string, given: string): void {
  const unknown = [...output].find((letter) => !given.includes(letter));
  if (unknown !== undefined) {
    refuse(specification, 'shape-clash', `no operand has the letter ${unknown} of the output`, usage);
  }
  const twice = [...output].find((letter, at) => output.indexOf(letter) < at);
  if (twice !== undefined) {
    refuse(
      specification,
      'shape-clash',
      `the output has the letter ${twice} twice`,
      'write diag(v) for a diagonal matrix',
    );
  }
}

/** One letter has one length. */
function refuseLengths(operands: readonly Operand[], args: readonly MathNode[]): void {
  const known = new Map<string, { readonly length: Term; readonly at: number }>();
  operands.forEach(({ term, letters }, at) => {
    [...letters].forEach((letter, axis) => {
      const length = dimsOf(term)?.[axis];
      const first = known.get(letter);
      if (length === undefined || first?.length === length) return;
      if (first === undefined) known.set(letter, { length, at });
      else refuseLength(letter, first.length, length, args[first.at] as MathNode, args[at] as MathNode);
    });
  });
}

function refuseLength(letter: string, first: Term, second: Term, firstNode: MathNode, secondNode: MathNode): never {
  const [span, related] = [spanOf(secondNode), spanOf(firstNode)];
  return fail({
    code: 'shape-clash',
    message: `the letter ${letter} stands for two lengths, ${show(first)} and ${show(second)}`,
    ...(span === undefined ? {} : { span }),
    hint: 'one letter counts along axes of one length',
    ...(related === undefined || firstNode === secondNode
      ? {}
      : { related: { span: related, message: `${letter} counts to ${show(first)} here:` } }),
  });
}
