/**
 * Linear equations in a vector or a matrix: how an expression depends on the unknown, and what solves it. A matrix may
 * stand between factors; then vec(A X B) = (B' x A) vec(X) makes it a vector (Magnus and Neudecker 2019, theorem 2.2).
 */

import { addAll, isNumber, multiply, number } from '../term/construct.ts';
import { knownDims } from '../term/dims.ts';
import { symbolsOf } from '../term/substitute.ts';
import { eye, isTensor, splitScalar } from '../term/tensor/base.ts';
import { kron, vec } from '../term/tensor/parts.ts';
import { inverse, matmul, transpose } from '../term/tensor/products.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { presentMatrix } from './present-matrix.ts';

/** One term of a linear expression in X: scalar * before * X * after, or the same with X'. */
interface Part {
  readonly scalar: Term;
  readonly before: readonly Term[];
  readonly after: readonly Term[];
  readonly isTurned: boolean;
}

/** An equation in one unknown, solved for it: what stands on the left, and what has to be invertible. */
export interface MatrixEquation {
  /** Matrix times unknown, as the equation is written. */
  readonly left: (unknown: Term) => Term;
  /** As a system: the matrix, and what it is multiplied by. */
  readonly matrix: Term;
  readonly unknown: Term;
  /** The right side of the system, of that of the equation. */
  readonly systemRight: (right: Term) => Term;
  readonly solution: (right: Term) => Term;
  readonly invertible: readonly Term[];
  readonly rule: 'inverse-left' | 'inverse-right' | 'inverse-both' | 'vectorised';
  /** Whether the equation has to be read as that of the transposes. */
  readonly isTurned: boolean;
}

/** matrix * unknown = right. */
export function leftEquation(matrix: Term, unknown: Term): MatrixEquation {
  const inverted = inverse(matrix);
  const times = (factor: Term, term: Term): Term => (factor.rank === 0 ? multiply(factor, term) : matmul(factor, term));
  return {
    left: (x) => times(matrix, x),
    matrix,
    unknown,
    systemRight: (right) => right,
    solution: (right) => presentMatrix(times(inverted, right)),
    invertible: [matrix],
    rule: 'inverse-left',
    isTurned: false,
  };
}

/** How `expression`, which is linear in the matrix `unknown`, is set equal to something; undefined where no rule tells. */
export function matrixEquation(expression: Term, unknown: SymbolTerm): MatrixEquation | undefined {
  const found = partsOf(expression, unknown);
  if (found === undefined || found.length === 0) return undefined;
  const isTurned = found.every((part) => part.isTurned);
  if (!isTurned && found.some((part) => part.isTurned)) return undefined;
  const parts = isTurned ? found.map(turned) : found;
  const equation = equationOf(parts, unknown);
  return { ...equation, isTurned };
}

function equationOf(parts: readonly Part[], unknown: SymbolTerm): MatrixEquation {
  const [rows, columns] = knownDims(unknown) as [Term, Term];
  const sum = (side: 'before' | 'after', size: Term): Term =>
    presentMatrix(addAll(parts.map((part) => multiply(part.scalar, product(part[side], size)))));
  if (parts.every(({ after }) => after.length === 0)) return leftEquation(sum('before', rows), unknown);
  const [only, ...others] = parts as [Part, ...Part[]];
  if (parts.every(({ before }) => before.length === 0)) return rightEquation(sum('after', columns), unknown);
  if (others.length === 0) {
    const [a, b] = [multiply(only.scalar, product(only.before, rows)), product(only.after, columns)];
    return bothEquation(presentMatrix(a), presentMatrix(b), unknown);
  }
  return vectorised(parts, unknown, rows, columns);
}

function rightEquation(matrix: Term, unknown: SymbolTerm): MatrixEquation {
  return {
    left: (x) => matmul(x, matrix),
    matrix: transpose(matrix),
    unknown: transpose(unknown),
    systemRight: transpose,
    solution: (right) => presentMatrix(matmul(right, inverse(matrix))),
    invertible: [matrix],
    rule: 'inverse-right',
    isTurned: false,
  };
}

function bothEquation(a: Term, b: Term, unknown: SymbolTerm): MatrixEquation {
  return {
    left: (x) => matmul(a, x, b),
    matrix: kron(transpose(b), a),
    unknown: vec(unknown),
    systemRight: vec,
    solution: (right) => presentMatrix(matmul(inverse(a), right, inverse(b))),
    invertible: [a, b],
    rule: 'inverse-both',
    isTurned: false,
  };
}

/** The unknown by its columns below one another; the solution is vec(X), as no product of matrices is X. */
function vectorised(parts: readonly Part[], unknown: SymbolTerm, rows: Term, columns: Term): MatrixEquation {
  const matrix = presentMatrix(
    addAll(
      parts.map(({ scalar, before, after }) => {
        const isPlain = before.length === 0 && after.length === 0;
        const block = isPlain
          ? eye(multiply(rows, columns))
          : kron(transpose(product(after, columns)), product(before, rows));
        return multiply(scalar, block);
      }),
    ),
  );
  return {
    left: (x) => addAll(parts.map(({ scalar, before, after }) => multiply(scalar, matmul(...before, x, ...after)))),
    matrix,
    unknown: vec(unknown),
    systemRight: vec,
    solution: (right) => presentMatrix(matmul(inverse(matrix), vec(right))),
    invertible: [matrix],
    rule: 'vectorised',
    isTurned: false,
  };
}

function product(links: readonly Term[], size: Term): Term {
  return links.length === 0 ? eye(size) : matmul(...links);
}

/** The parts of a sum of products that hold the unknown; undefined where it stands in anything else. */
function partsOf(term: Term, unknown: SymbolTerm): readonly Part[] | undefined {
  if (!holds(term, unknown)) return [];
  if (term === unknown) return [{ scalar: number(1), before: [], after: [], isTurned: false }];
  if (term.kind === 'add') return joined(term.terms.map((one) => partsOf(one, unknown)));
  if (term.kind === 'multiply') {
    const [scalar, rest] = splitScalar(term);
    if (holds(scalar, unknown) || rest.kind === 'multiply') return undefined;
    return partsOf(rest, unknown)?.map((part) => ({ ...part, scalar: multiply(scalar, part.scalar) }));
  }
  if (isTensor(term, 'transpose')) return partsOf(term.args[0] as Term, unknown)?.map(turned);
  if (!isTensor(term, 'matmul')) return undefined;
  const at = term.args.findIndex((link) => holds(link, unknown));
  if (term.args.slice(at + 1).some((link) => holds(link, unknown))) return undefined;
  const [before, after] = [term.args.slice(0, at), term.args.slice(at + 1)];
  return partsOf(term.args[at] as Term, unknown)?.map((part) => ({
    ...part,
    before: [...before, ...part.before],
    after: [...part.after, ...after],
  }));
}

function joined(all: readonly (readonly Part[] | undefined)[]): readonly Part[] | undefined {
  return all.some((one) => one === undefined) ? undefined : all.flatMap((one) => one ?? []);
}

function turned({ scalar, before, after, isTurned }: Part): Part {
  const flip = (links: readonly Term[]): Term[] => [...links].reverse().map(transpose);
  return { scalar, before: flip(after), after: flip(before), isTurned: !isTurned };
}

function holds(term: Term, unknown: SymbolTerm): boolean {
  return symbolsOf(term).has(unknown);
}

/** Whether a matrix is a multiple of the identity, and of what number or scalar; undefined where it is none. */
export function multipleOfIdentity(matrix: Term): Term | undefined {
  if (matrix.rank === 0) return matrix;
  const [scalar, rest] = splitScalar(matrix);
  return isTensor(rest, 'eye') && !isNumber(scalar, 0) ? scalar : undefined;
}

const linearOperations: ReadonlySet<string> = new Set([
  'matmul',
  'form',
  'transpose',
  'trace',
  'total',
  'rowsum',
  'diag',
  'diagonal',
  'kron',
  'cross',
  'skew',
  'vec',
  'unvec',
  'stack',
  'part',
  'tril',
  'triu',
]);

/**
 * Whether a term is linear in names for certain, up to what does not hold them: they stand under nothing but linear
 * operations, and in one factor of each product. The step of relu is constant nearly everywhere, but it is not that.
 */
export function isLinearIn(term: Term, ...unknowns: readonly SymbolTerm[]): boolean {
  const moves = (part: Term): boolean => unknowns.some((one) => holds(part, one));
  const visit = (part: Term): boolean => {
    if (!moves(part) || part.kind === 'symbol') return true;
    if (part.kind === 'add') return part.terms.every(visit);
    if (part.kind === 'sum') return visit(part.body);
    if (isTensor(part, 'stack')) return part.args.every(visit);
    const isKnown =
      part.kind === 'multiply' ||
      part.kind === 'dot' ||
      (part.kind === 'tensor' && linearOperations.has(part.operation));
    const moving = part.parts.filter(moves);
    return isKnown && moving.length === 1 && moving.every(visit);
  };
  return visit(term);
}
