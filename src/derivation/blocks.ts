/** Symmetric matrices of blocks: that of w and b has a row for each entry of w and a column for each of b. */

import { presentMatrix } from '../calculus/present-matrix.ts';
import { transpose } from '../term/tensor/products.ts';
import type { Term, Variable } from '../term/term.ts';

/**
 * All blocks of second derivatives, of which `derive` gives that of the gradient by variable number `of` by another variable.
 * Each pair is derived once, a vector before a scalar, so that it is a column; the other block of a pair is the transpose.
 */
export function symmetricBlocks(
  variables: readonly Variable[],
  derive: (of: number, by: number) => Term,
): readonly (readonly Term[])[] {
  const blocks: Term[][] = variables.map(() => []);
  const put = (row: number, column: number, block: Term): void => {
    (blocks[row] as Term[])[column] = block;
  };
  variables.forEach((first, row) => {
    for (let column = row; column < variables.length; column++) {
      const isTurned = first.rank === 0 && (variables[column] as Variable).rank > 0;
      const [r, c] = isTurned ? [column, row] : [row, column];
      const block = derive(c, r);
      put(r, c, block);
      if (r !== c) put(c, r, presentMatrix(transpose(block)));
    }
  });
  return blocks;
}
