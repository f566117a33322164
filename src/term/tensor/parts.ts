/** Matrices and vectors made of others: on a diagonal, in columns, in blocks, in a triangle; Kronecker and cross products. */

import { add, isNumber, multiply, number, one, zero } from '../construct.ts';
import { knownDims } from '../dims.ts';
import { makeTensor } from '../make.ts';
import type { Term } from '../term.ts';
import { eye, isTensor, linearly, refit, splitScalar, spread, unary } from './base.ts';

/** A vector on the diagonal of a matrix. */
export function diag(term: Term): Term {
  return linearly(term, (bare) => {
    const [size] = knownDims(bare) as [Term];
    return isTensor(bare, 'ones') ? eye(size) : unary('diag', bare, [size, size], diag);
  });
}

/** The columns of a matrix, one below the other. */
export function vec(term: Term): Term {
  return linearly(term, (bare) => {
    if (bare.rank === 1) return bare;
    if (isTensor(bare, 'unvec')) return bare.args[0] as Term;
    const [rows, columns] = knownDims(bare) as [Term, Term];
    return unary('vec', bare, [multiply(rows, columns)], vec);
  });
}

/** The matrix with these columns below one another; the opposite of {@link vec}. */
export function unvec(term: Term, rows: Term, columns: Term): Term {
  return linearly(term, (bare) =>
    isTensor(bare, 'vec')
      ? (bare.args[0] as Term)
      : makeTensor('unvec', [bare, rows, columns], [rows, columns], ([part]) =>
          unvec(refit(part as Term, bare), rows, columns),
        ),
  );
}

/** The Kronecker product of two matrices; a vector is a column, and that of two vectors is a vector. */
export function kron(left: Term, right: Term): Term {
  if (isNumber(left, 0) || isNumber(right, 0)) return zero();
  const [a, A] = splitScalar(left);
  const [b, B] = splitScalar(right);
  const [[m, n], [p, q]] = [rowsAndColumns(A), rowsAndColumns(B)];
  const dims = A.rank === 1 && B.rank === 1 ? [multiply(m, p)] : [multiply(m, p), multiply(n, q)];
  const product = makeTensor('kron', [A, B], dims, (changed) =>
    kron(...(changed.map((part, at) => refit(part, [A, B][at] as Term)) as [Term, Term])),
  );
  return multiply(a, b, product);
}

/** Rows and columns; a vector has one column. */
export function rowsAndColumns(term: Term): readonly [Term, Term] {
  const [rows = one(), columns = one()] = knownDims(term);
  return [rows, columns];
}

/** The lower triangle of a matrix, zeros above. */
export function tril(term: Term): Term {
  return triangle('tril', term);
}

/** The upper triangle of a matrix, zeros below. */
export function triu(term: Term): Term {
  return triangle('triu', term);
}

function triangle(operation: 'tril' | 'triu', term: Term): Term {
  return linearly(term, (bare) => {
    if (isTensor(bare, operation) || isTensor(bare, 'eye') || isTensor(bare, 'diag')) return bare;
    return unary(operation, bare, knownDims(bare), (changed) => triangle(operation, changed));
  });
}

/** Vectors or matrices one below the other. */
export function stack(upper: Term, lower: Term): Term {
  const [rows, ...columns] = knownDims(upper) as [Term, Term?];
  const dims = [add(rows, knownDims(lower)[0] as Term), ...(columns as Term[])];
  return makeTensor('stack', [upper, lower], dims, (changed) =>
    stack(...(changed.map((part, at) => spread(part as Term, knownDims([upper, lower][at] as Term))) as [Term, Term])),
  );
}

/** The vectors that stand one below the other. */
export function blocksOf(vector: Term): readonly Term[] {
  return isTensor(vector, 'stack') ? vector.args.flatMap(blocksOf) : [vector];
}

/** `length` components of a vector, or rows of a matrix, from that after `offset` on. */
export function part(vector: Term, offset: Term, length: Term): Term {
  return linearly(vector, (bare) => {
    if (isTensor(bare, 'part')) return part(bare.args[0] as Term, add(bare.args[1] as Term, offset), length);
    if (bare.rank === 2 && isTensor(bare, 'matmul') && bare.args[0]?.rank === 1) {
      // What is cut of an outer product is cut of its column.
      return bare.remake([part(bare.args[0], offset, length), ...bare.args.slice(1)]);
    }
    let at: Term = zero();
    for (const block of blocksOf(bare)) {
      const own = knownDims(block)[0] as Term;
      if (at === offset && own === length) return block;
      at = add(at, own);
    }
    const dims = [length, ...knownDims(bare).slice(1)];
    return makeTensor('part', [bare, offset, length], dims, ([changed]) =>
      part(refit(changed as Term, bare), offset, length),
    );
  });
}

/** The cross product of two vectors of length 3. */
export function cross(left: Term, right: Term): Term {
  if (isNumber(left, 0) || isNumber(right, 0)) return zero();
  const [a, u] = splitScalar(left);
  const [b, v] = splitScalar(right);
  if (u === v) return zero();
  const product = makeTensor('cross', [u, v], [number(3)], (changed) =>
    cross(...(changed.map((part, at) => refit(part, [u, v][at] as Term)) as [Term, Term])),
  );
  return multiply(a, b, product);
}

/** The matrix of the cross product with a vector: skew(a) * x = cross(a, x). */
export function skew(term: Term): Term {
  return linearly(term, (bare) => unary('skew', bare, [number(3), number(3)], skew));
}
