/** Operations on vectors and matrices by the names under which they are written. */

import { baseOf, type Operations, stop, type Value } from '../numbers/arithmetic.ts';
import { einsteinSum } from '../numbers/arrays.ts';
import type { MathNode } from '../syntax/node.ts';
import { subscriptsIn } from '../syntax/print.ts';
import type { Evaluation } from './evaluation.ts';
import {
  type ArrayName,
  arrayOf,
  combine,
  identity,
  isArray,
  multiply,
  operate,
  type Quantity,
  quantityOf,
  scalarOf,
  transpose,
} from './quantities.ts';

type ArrayCall = (
  args: readonly Quantity[],
  operations: Operations,
  nodes: readonly MathNode[],
  at: Evaluation,
) => Quantity;

type Sizes = readonly number[];

const sizesOf = (quantity: Quantity | undefined): Sizes => (quantity === undefined ? [] : arrayOf(quantity).sizes);
const none: Sizes = [];

/** An operation whose value has sizes that follow from those of its first argument. */
const named =
  (name: ArrayName, sizes: (own: Sizes) => Sizes): ArrayCall =>
  (args, operations) =>
    operate(name, args, sizes(sizesOf(args[0])), operations);

const reduced = (name: ArrayName): ArrayCall => named(name, () => none);
const kept = (name: ArrayName): ArrayCall => named(name, (own) => own);
const perRow = (name: ArrayName): ArrayCall => named(name, (own) => own.slice(0, 1));
const perColumn =
  (name: ArrayName): ArrayCall =>
  ([matrix], operations, nodes, at) =>
    perRow(name)([transpose(matrix as Quantity)], operations, nodes, at);

const isMatrix = (quantity: Quantity | undefined): boolean => sizesOf(quantity).length === 2;

/** A row as the vector that it is the transpose of. */
function columnOf(quantity: Quantity): Quantity {
  return isMatrix(quantity) && sizesOf(quantity)[0] === 1 ? transpose(quantity) : quantity;
}

const lengthOf = (quantity: Quantity | undefined): number => {
  const value = quantity === undefined ? Number.NaN : baseOf(scalarOf(quantity)).value;
  return Number.isInteger(value) && value >= 0 ? value : stop('unsupported-notation: a length that is no whole number');
};

const meanOfRows =
  (turn: (matrix: Quantity) => Quantity): ArrayCall =>
  ([matrix], operations, nodes, at) => {
    const own = turn(matrix as Quantity);
    const count = operations.integer(sizesOf(own)[1] ?? 1);
    return combine([perRow('rowsum')([own], operations, nodes, at)], (one) => operations.divide(one as Value, count));
  };

const outer: ArrayCall = ([left, right], operations) =>
  multiply(columnOf(left as Quantity), transpose(columnOf(right as Quantity)), operations);

const kronecker: ArrayCall = ([left, right], operations) => {
  const [a, b] = [sizesOf(left), sizesOf(right)];
  const rows = (a[0] ?? 1) * (b[0] ?? 1);
  const areVectors = a.length === 1 && b.length === 1;
  const sizes = areVectors ? [rows] : [rows, (a[1] ?? 1) * (b[1] ?? 1)];
  return operate('kron', [left as Quantity, right as Quantity], sizes, operations);
};

const logSoftmax: ArrayCall = ([array], operations) => {
  const own = columnOf(array as Quantity);
  return operate('logsoftmax', [own], sizesOf(own), operations);
};

const layerNorm: ArrayCall = (args, operations) => {
  const own = columnOf(args[0] as Quantity);
  const eps = args.length % 2 === 0 ? [args[args.length - 1] as Quantity] : [];
  const normal = operate('layernorm', [own, ...eps], sizesOf(own), operations);
  if (args.length < 3) return normal;
  const [, gain, bias] = args as [Quantity, Quantity, Quantity];
  const spread = isMatrix(normal)
    ? (vector: Quantity) => repeatRows(vector, sizesOf(normal))
    : (vector: Quantity) => vector;
  return combine([normal, spread(gain), spread(bias)], (y, g, b) =>
    operations.add(operations.multiply(y as Value, g as Value), b as Value),
  );
};

/** A vector as every row of a matrix. */
function repeatRows(vector: Quantity, sizes: Sizes): Quantity {
  if (!isArray(vector)) return vector;
  const [rows = 1] = sizes;
  return { sizes, entries: Array.from({ length: rows }, () => vector.entries).flat() };
}

/** Blocks below one another; a scalar is a block of one entry. */
const vcat: ArrayCall = (args, operations) => {
  const blocks = args.map((one) => (isArray(one) ? one : { sizes: [1], entries: [one] }));
  const columns = blocks.find(({ sizes }) => sizes.length === 2)?.sizes[1];
  const fits = blocks.every(({ sizes }) => (sizes[1] ?? 1) === (columns ?? 1));
  if (!fits) return stop('shape-clash: blocks of different columns');
  const rows = blocks.reduce((total, { sizes }) => total + (sizes[0] as number), 0);
  return operate('stack', blocks, columns === undefined ? [rows] : [rows, columns], operations);
};

/** The transpose of a block; a scalar is a block of one entry. */
function turnedBlock(block: Quantity): Quantity {
  if (!isArray(block)) return { sizes: [1, 1], entries: [block] };
  return transpose(block);
}

const hcat: ArrayCall = (args, operations, nodes, at) => {
  const turned = args
    .map(turnedBlock)
    .map((one) =>
      isArray(one) && one.sizes.length === 1 ? { sizes: [one.sizes[0] as number, 1], entries: one.entries } : one,
    );
  const below = vcat(turned, operations, nodes, at);
  return transpose(below);
};

const part: ArrayCall = ([array, offset, count], operations) => {
  const own = sizesOf(array);
  return operate('part', [array, offset, count] as Quantity[], [lengthOf(count), ...own.slice(1)], operations);
};

const einsum: ArrayCall = (args, operations, nodes) => {
  const [inputs, output] = (nodes[0] === undefined ? undefined : subscriptsIn(nodes[0])) ?? [];
  if (inputs === undefined || output === undefined) return stop('unsupported-notation: the subscripts of einsum');
  const letters = inputs.split(',');
  const operands = args.slice(1).map(arrayOf);
  const codes = [...letters.join(''), ...output].map((letter) => letter.codePointAt(0) as number);
  const lengths = new Map(
    letters.flatMap((own, k) => [...own].map((letter, axis) => [letter, operands[k]?.sizes[axis] ?? 1])),
  );
  return quantityOf(
    [...output].map((letter) => lengths.get(letter) ?? 1),
    einsteinSum(operands, codes, operations),
  );
};

/** Of vectors and matrices alone: a scalar is left to the functions of scalars. */
const ofArrays: Readonly<Record<string, ArrayCall>> = {
  trace: reduced('trace'),
  tr: reduced('trace'),
  Tr: reduced('trace'),
  det: reduced('det'),
  logdet: reduced('logdet'),
  inv: kept('inverse'),
  pinv: named('pinv', (own) => [...own].reverse()),
  norm: reduced('norm'),
  norm1: reduced('norm1'),
  norminf: reduced('norminf'),
  logsumexp: reduced('logsumexp'),
  indmax: kept('peak'),
  mean: reduced('mean'),
  sum: reduced('total'),
  prod: reduced('prod'),
  softmax: ([array], operations) =>
    operate(isMatrix(array) ? 'rowsoftmax' : 'softmax', [array as Quantity], sizesOf(array), operations),
  rowsoftmax: kept('rowsoftmax'),
  diag: ([array], operations) => {
    const own = columnOf(array as Quantity);
    const [length = 1] = sizesOf(own);
    return isMatrix(own)
      ? operate('diagonal', [own], [length], operations)
      : operate('diag', [own], [length, length], operations);
  },
  outer,
  kron: kronecker,
  otimes: (args, operations, nodes, at) =>
    (args.every((one) => sizesOf(one).length === 1) ? outer : kronecker)(args, operations, nodes, at),
  cross: kept('cross'),
  skew: named('skew', () => [3, 3]),
  vec: named('vec', (own) => [own.reduce((total, size) => total * size, 1)]),
  unvec: ([array, rows, columns], operations) =>
    operate('unvec', [array as Quantity], [lengthOf(rows), lengthOf(columns)], operations),
  tril: kept('tril'),
  triu: kept('triu'),
  part,
  einsum,
  logsoftmax: logSoftmax,
  log_softmax: logSoftmax,
  layernorm: layerNorm,
  layer_norm: layerNorm,
  var: reduced('variance'),
  rowsum: perRow('rowsum'),
  colsum: perColumn('rowsum'),
  rowmean: meanOfRows((matrix) => matrix),
  colmean: meanOfRows(transpose),
  rowmax: perRow('rowlargest'),
  colmax: perColumn('rowlargest'),
  rowvar: perRow('rowvariance'),
  colvar: perColumn('rowvariance'),
  rowlogsumexp: perRow('rowlogsumexp'),
  collogsumexp: perColumn('rowlogsumexp'),
  rowindmax: kept('rowpeak'),
};

/** With arrays or without. */
const always: Readonly<Record<string, ArrayCall>> = {
  transpose: ([array]) => transpose(array as Quantity),
  dot: ([left, right], operations) => {
    const [u, v] = [left as Quantity, right as Quantity].map((one) => columnOf(one)) as [Quantity, Quantity];
    const products = arrayOf(combine([u, v], operations.multiply)).entries;
    return products.reduce((total, one) => operations.add(total, one));
  },
  ones: (args, operations) => filled(args, operations.integer(1)),
  zeros: (args, operations) => filled(args, operations.integer(0)),
  eye: ([length], operations) => identity(lengthOf(length), operations),
  vcat,
  hcat,
};

function filled(args: readonly Quantity[], value: Value): Quantity {
  const sizes = args.map(lengthOf);
  return { sizes, entries: Array.from({ length: sizes.reduce((total, size) => total * size, 1) }, () => value) };
}

/** What is the only entry of what has one: a layer with one unit is a scalar. */
const singles: ReadonlySet<string> = new Set(['diag', 'trace', 'tr', 'Tr', 'det', 'mean', 'vec']);

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** The value of an operation on arrays; undefined where the call is none. */
export function arrayCall(
  name: string,
  values: readonly Quantity[],
  nodes: readonly MathNode[],
  at: Evaluation,
): Quantity | undefined {
  const general = own(always, name);
  if (general !== undefined) return general(values, at.operations, nodes, at);
  if (!values.some(isArray)) return singles.has(name) ? values[0] : undefined;
  if (name === 'max' && values.length === 1) return operate('largest', values, [], at.operations);
  return own(ofArrays, name)?.(values, at.operations, nodes, at);
}

/** Whether a name is that of an operation on arrays. */
export function isArrayCall(name: string): boolean {
  return Object.hasOwn(ofArrays, name);
}
