/**
 * Derivatives of Einstein sums: the weight of an operand is the Einstein sum of the weight of the result with the other
 * operands (Laue, Mitterreiter, Giesen, "A Simple and Efficient Tensor Calculus", AAAI 2020, theorem 8).
 */

import { addAll } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { eye, ones, spread } from '../../term/tensor/base.ts';
import { einstein, type Operand, writtenOperands } from '../../term/tensor/einsum.ts';
import type { Term } from '../../term/term.ts';
import type { Pullback, Tangent } from './pullback.ts';

export const einsumPullback: Pullback = {
  rule: 'einsum',
  states:
    'vjp(W, einsum("ij,jk->ik", A, B), X) = vjp(einsum("ik,jk->ij", W, B), A, X) + vjp(einsum("ij,ik->jk", A, W), B, X)',
  weights: (weight, term) => {
    const { operands, output } = writtenOperands(term);
    const own: Operand = { term: spread(weight, term.dims), letters: output };
    return operands.map((operand, at) => weightOf(operand, [own, ...operands.filter((_, k) => k !== at)]));
  },
};

/** Letters that the operand alone has count along ones, and letters that it has twice along the diagonal. */
function weightOf({ term, letters }: Operand, others: readonly Operand[]): Term {
  const dims = knownDims(term);
  const known = new Set(others.flatMap((one) => [...one.letters]));
  const used = new Set([...known, ...letters]);
  const extra: Operand[] = [];
  const axes = [...letters].map((letter, axis) => {
    if (letters.indexOf(letter) < axis) {
      const twin = freshLetter(used);
      extra.push({ term: eye(dims[axis] as Term), letters: letter + twin });
      return twin;
    }
    if (!known.has(letter)) extra.push({ term: ones([dims[axis] as Term]), letters: letter });
    return letter;
  });
  return einstein([...others, ...extra], axes.join(''));
}

function freshLetter(used: Set<string>): string {
  const letter = [...'ijklmnopqrstuvwxyzabcdefghABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((one) => !used.has(one));
  if (letter === undefined) throw new Error('an Einstein sum has no letter left');
  used.add(letter);
  return letter;
}

/** Each operand in turn by its change. */
export const einsumTangent: Tangent = (term, change) => {
  const { operands, output } = writtenOperands(term);
  return addAll(
    operands.map((operand, at) =>
      einstein(
        operands.map((one, k) => (k === at ? { ...operand, term: change(at) } : one)),
        output,
      ),
    ),
  );
};
