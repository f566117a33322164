/**
 * Einstein sums: contracted two operands at a time into products of matrices where these hold them, else as they are
 * written. Letters are kept as the codes of their characters behind the operands, so that terms stay made of terms.
 */

import { isNumber, multiply, multiplyAll, number, zero } from '../construct.ts';
import { knownDims } from '../dims.ts';
import { makeTensor } from '../make.ts';
import type { TensorTerm, Term } from '../term.ts';
import { refit, splitScalar } from './base.ts';
import { hadamard, inner, total } from './entrywise.ts';
import { diag } from './parts.ts';
import { matmul, transpose } from './products.ts';
import { diagonal, pair, rowsum, trace } from './square.ts';

/** A term and the letters of its axes. */
export interface Operand {
  readonly term: Term;
  readonly letters: string;
}

/** The sum over all letters that are not in the output; as matrices where no part has more axes than these. */
export function einstein(operands: readonly Operand[], output: string): Term {
  const isFlat = output.length <= 2 && operands.every(({ letters }) => letters.length <= 2);
  return (isFlat ? asMatrices(operands, output) : undefined) ?? asWritten(operands, output);
}

/** The operands and the output of a sum that stands as it is written. */
export function writtenOperands({ args, dims }: TensorTerm): {
  readonly operands: readonly Operand[];
  readonly output: string;
} {
  const codes = args.filter((arg) => arg.kind === 'number').map((arg) => (arg as { integer: number }).integer);
  const letters = String.fromCharCode(...codes);
  let at = 0;
  const operands = args.slice(0, args.length - codes.length).map((term): Operand => {
    const own = letters.slice(at, at + term.rank);
    at += term.rank;
    return { term, letters: own };
  });
  return { operands, output: letters.slice(letters.length - dims.length) };
}

/** The length of the axis that a letter stands for. */
export function lengthOfLetter(operands: readonly Operand[], letter: string): Term {
  for (const { term, letters } of operands) {
    const at = letters.indexOf(letter);
    if (at >= 0) return knownDims(term)[at] as Term;
  }
  throw new Error(`the letter ${letter} stands for no axis`);
}

function asWritten(operands: readonly Operand[], output: string): Term {
  if (operands.some(({ term }) => isNumber(term, 0))) return zero();
  const split = operands.map(({ term, letters }) => ({ letters, parts: splitScalar(term) }));
  const scalars = split.map(({ parts }) => parts[0]);
  const rests = split.flatMap(({ letters, parts }) => (letters === '' ? [] : [{ term: parts[1], letters }]));
  const terms = rests.map(({ term }) => term);
  const codes = [...rests.map(({ letters }) => letters).join(''), ...output].map((letter) =>
    number(letter.charCodeAt(0)),
  );
  const dims = [...output].map((letter) => lengthOfLetter(rests, letter));
  const sum = makeTensor('einsum', [...terms, ...codes], dims, (changed) =>
    asWritten(
      rests.map(({ letters }, at) => ({ letters, term: refit(changed[at] as Term, terms[at] as Term) })),
      output,
    ),
  );
  return multiplyAll([...scalars, sum]);
}

/** As products of matrices; undefined where a part on the way would have three axes. */
function asMatrices(operands: readonly Operand[], output: string): Term | undefined {
  const wanted = (rest: readonly Operand[]): string => output + rest.map((one) => one.letters).join('');
  let [first, ...others] = operands as [Operand, ...Operand[]];
  first = reduce(first, wanted(others));
  while (others.length > 0) {
    const at = Math.max(
      0,
      others.findIndex((one) => [...one.letters].some((letter) => first.letters.includes(letter))),
    );
    const [next] = others.splice(at, 1) as [Operand];
    const kept = wanted(others);
    const joined = contract(first, reduce(next, kept + first.letters), kept);
    if (joined === undefined) return undefined;
    first = reduce(joined, kept);
  }
  if (first.letters === output) return first.term;
  return [...first.letters].reverse().join('') === output ? transpose(first.term) : undefined;
}

/** The same with repeated letters on the diagonal, and letters that nothing else needs summed over. */
function reduce({ term, letters }: Operand, kept: string): Operand {
  const [i, j] = letters;
  if (i !== undefined && i === j) {
    return kept.includes(i) ? { term: diagonal(term), letters: i } : { term: trace(term), letters: '' };
  }
  const open = [...letters].filter((letter) => kept.includes(letter));
  if (open.length === letters.length) return { term, letters };
  if (open.length === 0) return { term: total(term), letters: '' };
  return { term: rowsum(letters[0] === open[0] ? term : transpose(term)), letters: open[0] as string };
}

/** Two operands as one; undefined where that would have three axes. */
function contract(a: Operand, b: Operand, kept: string): Operand | undefined {
  if (a.letters === '' || b.letters === '') return { term: multiply(a.term, b.term), letters: a.letters + b.letters };
  if (a.letters.length < b.letters.length) return contract(b, a, kept);
  const shared = [...a.letters].filter((letter) => b.letters.includes(letter));
  const [letter] = shared;
  if (letter === undefined) {
    if (a.letters.length > 1) return undefined;
    return { term: matmul(a.term, transpose(b.term)), letters: a.letters + b.letters };
  }
  if (shared.length === 2) {
    const turned = a.letters === b.letters ? b.term : transpose(b.term);
    const isSummed = shared.every((one) => !kept.includes(one));
    return isSummed
      ? { term: pair(a.term, turned), letters: '' }
      : { term: hadamard(a.term, turned), letters: a.letters };
  }
  const isSummed = !kept.includes(letter);
  if (a.letters.length === 1) {
    return isSummed
      ? { term: inner(a.term, b.term), letters: '' }
      : { term: hadamard(a.term, b.term), letters: letter };
  }
  const left = a.letters[1] === letter ? a.term : transpose(a.term);
  const free = a.letters.replace(letter, '');
  if (b.letters.length === 1) {
    return isSummed
      ? { term: matmul(left, b.term), letters: free }
      : { term: matmul(left, diag(b.term)), letters: free + letter };
  }
  if (!isSummed) return undefined;
  const right = b.letters[0] === letter ? b.term : transpose(b.term);
  return { term: matmul(left, right), letters: free + b.letters.replace(letter, '') };
}
