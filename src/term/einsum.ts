/** Einstein sums, `einsum("ij,jk->ik", A, B)`: contracted two operands at a time into products of matrices. */

import type { MathNode } from '../syntax/node.ts';
import { view } from '../syntax/node.ts';
import { multiply } from './construct.ts';
import { refuse } from './scope.ts';
import { hadamard, inner, total } from './tensor/entrywise.ts';
import { diag } from './tensor/parts.ts';
import { matmul, transpose } from './tensor/products.ts';
import { diagonal, pair, rowsum, trace } from './tensor/square.ts';
import type { Term } from './term.ts';

/** A term and the letters of its axes. */
interface Operand {
  readonly term: Term;
  readonly letters: string;
}

interface Subscripts {
  readonly inputs: readonly string[];
  readonly output: string;
}

/** The letters in the first argument, which the reader has made a name: see `tokenize`. */
export function subscriptsOf(node: MathNode): Subscripts | undefined {
  const seen = view(node);
  const match = seen.kind === 'symbol' ? /^_([a-z_]*?)__([a-z]*)_$/.exec(seen.name) : null;
  return match === null ? undefined : { inputs: (match[1] as string).split('_'), output: match[2] as string };
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
      `this has ${term.rank} axes, but its subscripts are "${letters}"`,
      'one letter for each axis',
    );
  });
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
    if (joined === undefined)
      return refuse(
        node,
        'unsupported-notation',
        'this contraction has more axes than a matrix',
        'write it as an indexed sum: sum(..., i)',
      );
    first = reduce(joined, kept);
  }
  if (first.letters === output) return first.term;
  if ([...first.letters].reverse().join('') === output) return transpose(first.term);
  return refuse(node, 'wrong-arguments', `einsum has no letters "${output}" to give back`, usage);
}

const usage = 'for example einsum("ij,jk->ik", A, B)';

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
