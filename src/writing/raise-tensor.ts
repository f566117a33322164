/** Operations on vectors and matrices as syntax trees. */

import {
  bracket,
  callNode,
  constantNode,
  elementNode,
  type MathNode,
  type Operator,
  operatorNode,
  rowProduct,
  symbolNode,
  wholeAxisNode,
} from '../syntax/node.ts';
import { isNumber, multiplyAll, number, power } from '../term/construct.ts';
import { negateRational, rational } from '../term/rational.ts';
import { writtenOperands } from '../term/tensor/einsum.ts';
import { blocksOf } from '../term/tensor/parts.ts';
import { transpose } from '../term/tensor/products.ts';
import { selectedAlike } from '../term/tensor/selection.ts';
import type { MultiplyTerm, TensorTerm, Term } from '../term/term.ts';

/** Raises a part. */
type Raise = (part: Term) => MathNode;

/** Names of calls, where an operation is one. */
const names: Readonly<Partial<Record<TensorTerm['operation'], string>>> = {
  inverse: 'inv',
  total: 'sum',
  rowsoftmax: 'softmax',
  diagonal: 'diag',
  variance: 'var',
  rowpeak: 'rowindmax',
  largest: 'max',
  peak: 'indmax',
};

export function raiseTensor(term: TensorTerm, raise: Raise): MathNode {
  switch (term.operation) {
    case 'transpose':
      return raiseTranspose(term.args[0] as Term, raise);
    case 'matmul':
      return runs(term.args)
        .map(([link, count]) => raiseRun(link, count, raise))
        .reduce((left, right) => operatorNode('*', bracket(left), bracket(right)));
    case 'entry': {
      const [whole, ...indices] = term.args.map(raise) as [MathNode, ...MathNode[]];
      return elementNode(whole, indices);
    }
    case 'column':
    case 'row': {
      const [of, by] = derivativeParts(term.args[0] as Term);
      if (of !== undefined && by !== undefined) return callNode('d', [raise(of), raise(selectedAlike(term, by))]);
      const [matrix, at] = term.args.map(raise) as [MathNode, MathNode];
      return elementNode(matrix, term.operation === 'column' ? [wholeAxisNode(), at] : [at, wholeAxisNode()]);
    }
    case 'form':
      return raiseForm(term.args, raise);
    case 'stack':
      return callNode('vcat', blocksOf(term).map(raise));
    case 'einsum': {
      const { operands, output } = writtenOperands(term);
      const subscripts = `_${operands.map(({ letters }) => letters).join('_')}__${output}_`;
      return callNode('einsum', [symbolNode(subscripts), ...operands.map((one) => raise(one.term))]);
    }
    case 'layernorm': {
      const [inside, eps] = term.args as [Term, Term];
      return callNode('layernorm', isNumber(eps, 0) ? [raise(inside)] : [raise(inside), raise(eps)]);
    }
    case 'rowvariance':
    case 'rowlargest':
    case 'rowlogsumexp':
      return raiseReduction(reductions[term.operation], term.args[0] as Term, raise);
    default:
      return callNode(names[term.operation] ?? term.operation, term.args.map(raise));
  }
}

const reductions = { rowvariance: 'var', rowlargest: 'max', rowlogsumexp: 'logsumexp' } as const;

/** For each row, or for each column where the rows are those of a transpose. */
function raiseReduction(name: string, matrix: Term, raise: Raise): MathNode {
  const isTurned = matrix.kind === 'tensor' && matrix.operation === 'transpose';
  return callNode((isTurned ? 'col' : 'row') + name, [raise(isTurned ? (matrix.args[0] as Term) : matrix)]);
}

/** The derivative of a scalar by a matrix: its column j is the derivative by column j. */
function derivativeParts(matrix: Term): readonly [of?: Term, by?: Term] {
  if (matrix.kind !== 'derivative' || matrix.of.rank > 0 || matrix.by.kind !== 'symbol') return [];
  return [matrix.of, matrix.by];
}

/** A row that is a product of matrices and a vector: u' * A for (A' * u)'. */
function raiseTranspose(inside: Term, raise: Raise): MathNode {
  if (inside.kind === 'tensor' && inside.operation === 'stack' && inside.rank === 2) {
    return callNode(
      'hcat',
      blocksOf(inside).map((block) => raise(transpose(block))),
    );
  }
  const isProduct = inside.kind === 'tensor' && inside.operation === 'matmul' && inside.rank === 1;
  if (!isProduct) return operatorNode("'", raise(inside));
  const [last, ...others] = [...inside.args].reverse() as [Term, ...Term[]];
  return raiseRowChain([last, ...others.map(transpose)], raise);
}

/** Links that stand side by side, with how often. */
function runs(links: readonly Term[]): [Term, number][] {
  const found: [Term, number][] = [];
  for (const link of links) {
    const last = found[found.length - 1];
    if (last !== undefined && last[0] === link && link.rank === 2) last[1]++;
    else found.push([link, 1]);
  }
  return found;
}

/** A power of a matrix; of a transpose the transpose of the power. */
function raiseRun(link: Term, count: number, raise: Raise): MathNode {
  if (count === 1) return raise(link);
  const isTurned = link.kind === 'tensor' && link.operation === 'transpose';
  const base = isTurned ? (link.args[0] as Term) : link;
  const power = operatorNode('^', raise(base), constantNode(String(count)));
  return isTurned ? operatorNode("'", power) : power;
}

/** u' * M * v, or (u - w)' * v. */
export function raiseForm(args: readonly Term[], raise: Raise): MathNode {
  return rowProduct(raiseRowChain(args, raise));
}

function raiseRowChain(args: readonly Term[], raise: Raise): MathNode {
  const [first, ...rest] = runs(args).map(([link, count]) => raiseRun(link, count, raise)) as [MathNode, ...MathNode[]];
  return rest.reduce((left, right) => operatorNode('*', left, bracket(right)), operatorNode("'", first));
}

/** Whether a product has to be written with elementwise operators. */
export function isElementwise(term: MultiplyTerm): boolean {
  let axes = 0;
  for (const factor of term.factors) {
    if (factor.rank === 0) continue;
    axes++;
    if (axes > 1 || isDivisor(factor)) return true;
  }
  return false;
}

function isDivisor(factor: Term): boolean {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value.numerator < 0n;
}

/** Scalars first, then entry by entry: 2 * w .* x ./ y. */
export function raiseElementwise(term: MultiplyTerm, raise: Raise): MathNode {
  const { coefficient } = term;
  const own = term.factors.filter((factor) => factor.rank === 0);
  const scalars = multiplyAll([number(rational(coefficient.numerator)), ...own.filter((factor) => !isDivisor(factor))]);
  const divisor = multiplyAll([number(rational(coefficient.denominator)), ...own.filter(isDivisor).map(invert)]);
  const tensors = term.factors.filter((factor) => factor.rank > 0);
  const above = tensors.filter((factor) => !isDivisor(factor)).sort((a, b) => weight(a) - weight(b));
  const below = tensors.filter(isDivisor);
  const minus = isNumber(scalars, -1);
  let node: MathNode | undefined = isNumber(scalars, 1) || minus ? undefined : raise(scalars);
  above.forEach((factor, at) => {
    const raised = raise(factor);
    node = node === undefined ? raised : operatorNode(at === 0 ? '*' : '.*', bracket(node), bracket(raised));
    if (at === 0 && minus) node = operatorNode('-', node);
  });
  node ??= constantNode(minus ? '-1' : '1');
  for (const factor of below) node = operatorNode('./', node, bracket(raise(invert(factor))));
  return isNumber(divisor, 1) ? node : operatorNode('/', node, bracket(raise(divisor)));
}

/** Names before functions, and brackets last. */
function weight(factor: Term): number {
  return factor.kind === 'symbol'
    ? 0
    : factor.kind === 'power' && factor.base.kind === 'symbol'
      ? 1
      : factor.kind === 'add'
        ? 3
        : 2;
}

function invert(term: Term): Term {
  if (term.kind !== 'power' || term.exponent.kind !== 'number') return term;
  return power(term.base, number(negateRational(term.exponent.value)));
}

/** A power entry by entry. */
export function raiseEntryPower(base: Term, exponent: Term, raise: Raise): MathNode {
  if (exponent.kind === 'number') {
    const { numerator, denominator } = exponent.value;
    if (numerator < 0n) {
      const inverse = power(base, number(negateRational(exponent.value)));
      return operatorNode('./', constantNode('1'), bracket(raise(inverse)));
    }
    if (numerator === 1n && denominator === 2n) return callNode('sqrt', [raise(base)]);
  }
  return operatorNode('.^' as Operator, raise(base), raise(exponent));
}
