/** Blocks below and beside one another: `vcat(A, C)`, `hcat(A, B)`, and `[A, B; C, D]`, which is read as such calls. */

import type { MathNode } from '../syntax/node.ts';
import { isNumber, number } from '../term/construct.ts';
import { dimsOf } from '../term/dims.ts';
import { spread } from '../term/tensor/base.ts';
import { part, stack } from '../term/tensor/parts.ts';
import { transpose } from '../term/tensor/products.ts';
import { unitVector } from '../term/tensor/selection.ts';
import type { Term } from '../term/term.ts';
import { declareHint, describe } from './call-demands.ts';
import { argsOf, type TensorCall } from './call-shapes.ts';
import { find, join, type Length, type Lengths, lengthNamed, open, type Shaper, sumOfLengths } from './lengths.ts';
import { refuse } from './scope.ts';

/** The sum of lengths, where all have names. */
function sumOf(shaper: Shaper, lengths: readonly (Length | undefined)[]): Length {
  const names = lengths.map((length) => (length === undefined ? undefined : find(length).name));
  if (!names.every((name) => name !== undefined)) return open();
  const isCount = names.every((name) => /^\d+$/.test(name));
  const sum = isCount ? String(names.reduce((total, name) => total + Number(name), 0)) : sumOfLengths(names.join('+'));
  return lengthNamed(shaper.state, sum);
}

/** The shapes of the blocks; an entry by itself, a scalar, is a column of one. */
function blockShapes(shaper: Shaper): Lengths[] {
  return argsOf(shaper).map((shape) => (shape?.length === 0 ? [lengthNamed(shaper.state, '1')] : shape));
}

/** Scalars as columns of one entry. */
function asBlocks(terms: readonly Term[]): Term[] {
  return terms.map((term) => {
    if (term.rank > 0) return term;
    return isNumber(term, 0) ? part(unitVector(number(2), number(1)), number(1), number(1)) : spread(term, [number(1)]);
  });
}

function joinAll(shaper: Shaper, lengths: readonly (Length | undefined)[]): Length {
  const common = lengths.find((length) => length !== undefined) ?? open();
  for (const length of lengths) join(shaper.state, common, length);
  return common;
}

/** Refuses blocks that do not fit: `along` is the axis on which they must have one length. */
function refuseMisfits(blocks: readonly Term[], along: 0 | 1, name: string, nodes: readonly MathNode[]): void {
  const [first] = blocks as [Term];
  blocks.forEach((block, at) => {
    const node = nodes[at] as MathNode;
    const own = dimsOf(block) ?? [];
    const isBlock = block.rank === 1 || block.rank === 2;
    if (!isBlock)
      refuse(node, 'shape-clash', `a block is a vector or a matrix, but this is ${describe(own)}`, declareHint);
    if (columnsOrRows(block, along) === columnsOrRows(first, along)) return;
    const what = along === 0 ? 'rows' : 'columns';
    refuse(
      node,
      'shape-clash',
      `blocks of different ${what}: ${describe(dimsOf(first) ?? [])} and ${describe(own)}`,
      `${name} takes blocks with the same number of ${what}`,
    );
  });
}

/** The length of an axis; a vector is one column. */
function columnsOrRows(block: Term, along: 0 | 1): Term | undefined {
  return dimsOf(block)?.[along];
}

const vcat: TensorCall = {
  arity: [2, 20],
  shape: (shaper): Lengths => {
    const shapes = blockShapes(shaper);
    const columns = shapes.some((shape) => shape?.length === 2)
      ? [
          joinAll(
            shaper,
            shapes.map((shape) => shape?.[1]),
          ),
        ]
      : [];
    return [
      sumOf(
        shaper,
        shapes.map((shape) => shape?.[0]),
      ),
      ...columns,
    ];
  },
  build: (entries, _, nodes) => {
    const terms = asBlocks(entries);
    refuseMisfits(terms, 1, 'vcat', nodes);
    return terms.reduceRight((lower, upper) => stack(upper, lower));
  },
};

const hcat: TensorCall = {
  arity: [2, 20],
  shape: (shaper): Lengths => {
    const shapes = blockShapes(shaper);
    const rows = joinAll(
      shaper,
      shapes.map((shape) => shape?.[0]),
    );
    const widths = shapes.map((shape) => (shape?.length === 1 ? lengthNamed(shaper.state, '1') : shape?.[1]));
    return [rows, sumOf(shaper, widths)];
  },
  build: (entries, _, nodes) => {
    const terms = asBlocks(entries);
    refuseMisfits(terms, 0, 'hcat', nodes);
    return transpose(terms.map(transpose).reduceRight((lower, upper) => stack(upper, lower)));
  },
};

export const blockCalls: Readonly<Record<string, TensorCall>> = { vcat, hcat };
