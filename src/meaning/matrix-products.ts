/** Shapes of products of vectors and matrices, and of transposes: what one factor tells of the other. */

import { isDotted, type MathNode, view } from '../syntax/node.ts';
import {
  find,
  type Inference,
  join,
  joinAll,
  type Length,
  type Lengths,
  lengthNamed,
  note,
  open,
  type Shaper,
} from './lengths.ts';
import { numberFunctions } from './names/conventions.ts';
import { refuseRowLetter } from './row-letters.ts';
import { flattenElement, isWholeAxis } from './usage.ts';

/** Of the first argument of a transpose: a row has one row. */
export function inferTranspose({ state, args, of }: Shaper, wanted: Lengths): Lengths {
  const node = args[0] as MathNode;
  const isRow = wanted?.length === 2 && isUnit(state, wanted[0]);
  const inner = plainName(node);
  const known = of(node, isRow ? [wanted[1] as Length] : undefined);
  if (known === undefined && (!state.guess || isCapitalMember(state, node))) return undefined;
  if (known === undefined && inner === undefined) of(node, guessedAxes(state, node));
  else if (known === undefined)
    note(state, inner as string, isMatrix(state, inner as string) ? [open(), open()] : [open()], node);
  const shape = known ?? of(node, isRow ? [wanted[1] as Length] : undefined);
  if (shape?.length === 1) return [lengthNamed(state, '1'), shape[0] as Length];
  return shape?.length === 2 ? [shape[1] as Length, shape[0] as Length] : shape;
}

/** What stands transposed in brackets is a vector or, where it ends with a capital, a matrix. */
export function guessedAxes(state: Inference, node: MathNode): Lengths {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return guessedAxes(state, seen.content);
  if (seen.kind === 'symbol') return isMatrix(state, seen.name) ? [open(), open()] : [open()];
  // An observation in a sum, (X_i - m)^T, is a vector.
  if (seen.kind === 'element')
    return isCapitalMember(state, node) ? [open()] : guessedAxes(state, flattenElement(node).base);
  if (powerOf(node) !== undefined) return namedFactor(state, node) === undefined ? undefined : squareAxes();
  if (seen.kind !== 'operator' || seen.args.length < 2) return undefined;
  if (seen.operator === '*') return guessedAxes(state, seen.args.at(-1) as MathNode);
  if (seen.operator !== '+' && seen.operator !== '-') return undefined;
  // Beside X b a capital is a vector of observations, as in Y - X b.
  return seen.args.some((arg) => isImage(state, arg)) ? [open()] : guessedAxes(state, seen.args[0] as MathNode);
}

/** Whether a term, or one of a sum, ends in a capital and a small letter behind it: the X b of Y - X b, a vector. */
function isImage(state: Inference, node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'operator' && '+-'.includes(seen.operator)) return seen.args.some((arg) => isImage(state, arg));
  const [matrix, vector] = factorsOf(node).slice(-2).map(plainName);
  if (matrix !== undefined && vector === undefined && state.vectors.has(matrix)) return true;
  return matrix !== undefined && isMatrix(state, matrix) && vector !== undefined && isSmall(state, vector);
}

/** What is raised to a power has as many rows as columns. */
function squareAxes(): Lengths {
  const size = open();
  return [size, size];
}

/**
 * Where a vector or matrix is wanted of names that nothing tells: capitals are matrices, the last factor may be a vector. What is
 * raised to a power is square.
 */
export function guessFactors(shaper: Shaper, wanted: Lengths): void {
  const { state, args, of } = shaper;
  if (wanted === undefined || wanted.length === 0 || wanted.length > 2) return;
  const factors = behindScalars(shaper, args.flatMap(factorsOf));
  const named = factors.map((factor) => namedFactor(state, factor));
  // Of W f(x) and W z_i the last factor is a vector as a whole.
  const last = factors.at(-1) as MathNode;
  const isWhole = wanted.length === 1 && /^(?:call|element)$/.test(view(last).kind) && of(last) === undefined;
  const isSum = factors.map((factor) => isSumOfCapitals(state, factor) && of(factor) === undefined);
  const isOpen = (isWhole ? named.slice(0, -1) : named).every(
    (one, at) => isSum[at] || (one !== undefined && !state.known.has(one.name) && !state.indices.has(one.name)),
  );
  const inner = wanted.length === 2 ? named : named.slice(0, -1);
  if (!isOpen || inner.some((one, at) => !isSum[at] && !isMatrix(state, one?.name as string))) return;
  let rows = wanted[0] as Length;
  factors.forEach((factor, at) => {
    const isLast = at === factors.length - 1;
    if (isLast && isWhole) {
      of(factor, [rows]);
      return;
    }
    if (isSum[at]) {
      const next = isLast && wanted.length === 2 ? (wanted[1] as Length) : open();
      of(factor, [rows, next]);
      rows = next;
      return;
    }
    const own = named[at] as NamedFactor;
    const isVector = isLast && wanted.length === 1 && !isMatrix(state, own.name);
    const columns = isLast && wanted.length === 2 ? (wanted[1] as Length) : own.isSquare ? rows : open();
    if (own.isSquare) join(state, rows, columns);
    const lengths = isVector ? [rows] : [rows, columns];
    const known = state.known.get(own.name);
    if (known === undefined) noteMatrix(state, own, lengths, factor);
    else joinAll(state, known.lengths.slice(own.indices), lengths);
    rows = columns;
  });
}

/** The factors from the first capital on, or from a sum of such, where all before it are scalars: the A x of (a/r) A x. */
function behindScalars(shaper: Shaper, factors: readonly MathNode[]): readonly MathNode[] {
  const { state, of } = shaper;
  const first = factors.findIndex(
    (factor) => isMatrix(state, namedFactor(state, factor)?.name ?? '') || isSumOfCapitals(state, factor),
  );
  const before = factors.slice(0, Math.max(first, 0));
  const canBeScalar = (factor: MathNode): boolean => {
    const name = plainName(factor);
    const seen = view(factor);
    if (of(factor)?.length === 0 || (isSmall(state, name) && !state.known.has(name as string))) return true;
    return seen.kind === 'operator' && '*/^'.includes(seen.operator) && seen.args.every(canBeScalar);
  };
  if (!before.every(canBeScalar)) return factors;
  const open = before.filter((factor) => !state.known.has(plainName(factor) ?? ''));
  refuseRowLetter(open, factors[before.length] as MathNode);
  for (const factor of before) if (!tellScalarName(state, factor)) tellScalar(shaper, factor);
  return factors.slice(before.length);
}

/** A sum in brackets whose terms all end with capitals, (W + B A). */
function isSumOfCapitals(state: Inference, node: MathNode): boolean {
  const seen = view(node);
  const sum = seen.kind === 'parenthesis' ? view(seen.content) : seen;
  if (sum.kind !== 'operator' || !'+-'.includes(sum.operator) || sum.args.length < 2) return false;
  return sum.args.every((term) => isMatrix(state, plainName(factorsOf(term).at(-1) as MathNode) ?? ''));
}

/**
 * A member of a capital, A_k or X_i, is a matrix between a row and a vector, between matrices, and where a vector or a matrix is wanted of it and what follows;
 * where nothing tells, X_i^T \beta is an inner product, as X_i is one of the observations.
 */
export function tellMembers({ state, args, of }: Shaper, wanted: Lengths): void {
  const factors = args.flatMap(factorsOf);
  factors.forEach((factor, at) => {
    const [before, next] = [factors[at - 1], factors[at + 1]];
    const inner = transposedIn(factor) ?? factor;
    const own = namedFactor(state, inner);
    if (own?.indices !== 1 || state.known.has(own.name) || next === undefined) return;
    const row = before === undefined ? undefined : of(before);
    const isBehindRow = row?.length === 2 && isUnit(state, row[0]);
    const behind = of(next);
    const isBeforeVector = behind?.length === 1 || (behind === undefined && isSmall(state, plainName(next)));
    const isBetween = row?.length === 2 && behind?.length === 2 && !isUnit(state, behind[0]);
    const isWanted = at === 0 && inner !== factor && (wanted?.length ?? 0) > 0;
    if ((isBehindRow && isBeforeVector) || isBetween || isWanted) {
      const lengths = [row?.[1] ?? open(), behind?.[0] ?? open()];
      noteMatrix(state, own, inner === factor ? lengths : lengths.reverse(), factor);
    } else if (state.rest && inner !== factor) {
      const length = behind?.[0] ?? open();
      noteMatrix(state, own, [length], factor);
      of(next, [length]);
    }
  });
}

/** What a node is the transpose of. */
function transposedIn(node: MathNode): MathNode | undefined {
  const seen = view(node);
  if (seen.kind !== 'operator') return undefined;
  const isTransposed = seen.operator === "'" || (seen.operator === '^' && plainName(seen.args[1] as MathNode) === 'T');
  return isTransposed ? (seen.args[0] as MathNode) : undefined;
}

function isCapitalMember(state: Inference, node: MathNode): boolean {
  const { base, indices } = flattenElement(node);
  const name = plainName(base);
  return indices.length === 1 && name !== undefined && isMatrix(state, name);
}

/** The z_i of A z_i, of which nothing is known: behind a matrix a member of a small letter is a vector, as the letter itself would be. */
function isSmallMember(state: Inference, node: MathNode): boolean {
  const { base, indices } = flattenElement(node);
  const name = plainName(base);
  return indices.length === 1 && isSmall(state, name) && !state.known.has(name as string);
}

function isSmall(state: Inference, name: string | undefined): boolean {
  return name !== undefined && !isMatrix(state, name);
}

/** A factor by the name that it is: as it stands, of a member, A_k, or of a power, X^-1, which is square. */
interface NamedFactor {
  readonly name: string;
  /** How many indices stand behind it. */
  readonly indices: number;
  readonly isSquare: boolean;
}

/** The name of a factor; of members and powers that of a capital alone, which may be a matrix. */
function namedFactor(state: Inference, node: MathNode): NamedFactor | undefined {
  const powered = powerOf(node);
  const { base, indices } = flattenElement(powered ?? node);
  const name = plainName(base);
  if (name === undefined || (name !== plainName(node) && !isMatrix(state, name))) return undefined;
  const isMember = indices.length === 0 || (indices.length === 1 && !indices.some(isWholeAxis));
  return isMember ? { name, indices: indices.length, isSquare: powered !== undefined } : undefined;
}

/** What a power is one of, but for the T of a transpose. */
function powerOf(node: MathNode): MathNode | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return powerOf(seen.content);
  const [base, exponent] = seen.kind === 'operator' && seen.operator === '^' ? seen.args : [];
  return exponent === undefined || plainName(exponent) === 'T' ? undefined : base;
}

/** Notes a matrix of so many rows and columns, or the family whose members are such. */
function noteMatrix(
  state: Inference,
  { name, indices }: NamedFactor,
  lengths: readonly Length[],
  node: MathNode,
): void {
  note(state, name, [...Array.from({ length: indices }, open), ...lengths], node);
}

function factorsOf(node: MathNode): MathNode[] {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return factorsOf(seen.content);
  return seen.kind === 'operator' && seen.operator === '*' ? seen.args.flatMap(factorsOf) : [node];
}

/** The shape of a product, of which `left` is known as far as factor `leftNode` goes, by one more factor. */
export function inferProduct(
  shaper: Shaper,
  left: Lengths,
  leftNode: MathNode,
  rightNode: MathNode,
  wanted: Lengths,
): Lengths {
  const { state, node, of } = shaper;
  if (left?.length === 1 && isRowSlice(leftNode))
    return inferProduct(shaper, [lengthNamed(state, '1'), left[0] as Length], leftNode, rightNode, wanted);
  const right = of(rightNode);
  if (left?.length === 0) return right ?? wanted;
  if (right?.length === 0) return left;
  if (left === undefined) {
    if (right !== undefined) return tellLeft(shaper, right, leftNode, rightNode, wanted);
    tellBehind(shaper, leftNode, rightNode);
    return undefined;
  }
  if (right === undefined) return tellRight(shaper, left, leftNode, rightNode, wanted);
  if (isDotted(node) && left.length === 1 && right.length === 1) {
    join(state, left[0], right[0]);
    return [];
  }
  const columns = left.length === 1 ? lengthNamed(state, '1') : left[1];
  if (!(left.length === 1 && right.length === 1)) join(state, columns, right[0]);
  const rows = left[0] as Length;
  if (right.length === 1) return left.length === 2 && isUnit(state, rows) ? [] : [rows];
  return [rows, right[1] as Length];
}

/** What a factor tells of the name before it. */
function tellLeft(
  shaper: Shaper,
  right: readonly Length[],
  leftNode: MathNode,
  rightNode: MathNode,
  wanted: Lengths,
): Lengths {
  const { state, of } = shaper;
  const name = plainName(leftNode);
  if (!state.guess) return undefined;
  const own = namedFactor(state, leftNode);
  if (own?.isSquare === true && !state.known.has(own.name)) {
    noteMatrix(state, own, [right[0] as Length, right[0] as Length], leftNode);
    return inferProduct(shaper, of(leftNode), leftNode, rightNode, wanted);
  }
  if (name === undefined) {
    const column = right.length === 2 && isUnit(state, right[0]) ? columnIn(shaper, leftNode) : undefined;
    if (column === undefined || state.rest) return tellScalar(shaper, leftNode) ? right : undefined;
    if (wanted?.length !== 2 || isUnit(state, wanted[0])) return undefined;
    note(state, column, [wanted[0] as Length], leftNode);
    return inferProduct(shaper, of(leftNode), leftNode, rightNode, wanted);
  }
  // What multiplies an identity is a scalar, in capitals too: a matrix would stand there by itself.
  if (isMatrix(state, name) && right.length === 2 && state.fresh.has(rightNode)) {
    note(state, name, [], leftNode);
    return right;
  }
  if (isMatrix(state, name)) {
    note(state, name, [open(), right[0] as Length], leftNode);
    return inferProduct(shaper, of(leftNode), leftNode, rightNode, wanted);
  }
  // A small letter before a column is a scalar; before a row it may be a column as well, and is where a matrix is wanted.
  const isIdentity = state.fresh.has(rightNode);
  if (right.length === 2 && isUnit(state, right[0]) && wanted?.length === 2) {
    note(state, name, [wanted[0] as Length], leftNode);
    return inferProduct(shaper, of(leftNode), leftNode, rightNode, wanted);
  }
  if (right.length !== 1 && !isIdentity) return undefined;
  note(state, name, [], leftNode);
  return right;
}

/**
 * Whether a factor is made of numbers, small letters and their members and powers alone, \sigma^2 / n before I or x: scalars, then,
 * as a vector has no power, and none before a vector or an identity.
 */
function tellScalar(shaper: Shaper, node: MathNode): boolean {
  const { state, of } = shaper;
  if (of(node)?.length === 0) return true;
  const seen = view(node);
  if (seen.kind === 'parenthesis') return tellScalar(shaper, seen.content);
  const powered = seen.kind === 'operator' && seen.operator === '^' ? (seen.args[0] as MathNode) : undefined;
  if (powered !== undefined) return tellScalarName(state, powered) || tellScalarMember(state, powered);
  const isProduct = seen.kind === 'operator' && '*/'.includes(seen.operator);
  if (!isProduct) return tellScalarMember(state, node);
  return seen.args.every((part) => tellScalarName(state, part) || tellScalar(shaper, part));
}

/**
 * The small letter of a product before a row that may be a column, if nothing is known of it: the one next to the row, or the only one,
 * the u of u (1 - s^2) w'.
 */
function columnIn({ state }: Shaper, node: MathNode): string | undefined {
  const isOpen = (name: string | undefined): name is string => isSmall(state, name) && !state.known.has(name as string);
  const names = factorsOf(node).map(plainName);
  const [only, second] = names.filter(isOpen);
  const last = names.at(-1);
  return isOpen(last) && names.length > 1 ? last : second === undefined && names.length > 1 ? only : undefined;
}

/** Whether a part is a small letter of which nothing else is known, a scalar. */
function tellScalarName(state: Inference, node: MathNode): boolean {
  const name = plainName(node);
  if (name === undefined || isMatrix(state, name) || state.known.has(name)) return false;
  note(state, name, [], node);
  return true;
}

/** Whether a factor is a member of a small letter of which nothing else is known, y_i before w': its members are scalars. */
function tellScalarMember(state: Inference, node: MathNode): boolean {
  const seen = view(node);
  const isNegated = seen.kind === 'operator' && seen.operator === '-' && seen.args.length === 1;
  if (isNegated) return tellScalarMember(state, seen.args[0] as MathNode);
  const { base, indices } = flattenElement(node);
  const name = plainName(base);
  if (name === undefined || indices.length === 0 || isMatrix(state, name)) return false;
  if (state.known.has(name) || indices.some(isWholeAxis)) return false;
  note(state, name, indices.map(open), node);
  return true;
}

/** What a matrix or a row tells of the name behind it. */
function tellRight(
  shaper: Shaper,
  left: readonly Length[],
  leftNode: MathNode,
  rightNode: MathNode,
  wanted: Lengths,
): Lengths {
  const { state } = shaper;
  const name = plainName(rightNode);
  if (left.length < 2) return undefined;
  const isRow = isUnit(state, left[0]);
  const own = state.guess ? namedFactor(state, rightNode) : undefined;
  if (own?.isSquare === true && !state.known.has(own.name)) {
    noteMatrix(state, own, [left[1] as Length, left[1] as Length], rightNode);
    return inferProduct(shaper, left, leftNode, rightNode, wanted);
  }
  if (name === undefined && !isRow && state.guess && isSmallMember(state, rightNode)) {
    shaper.of(rightNode, [left[1] as Length]);
    return inferProduct(shaper, left, leftNode, rightNode, wanted);
  }
  if (name === undefined) return isRow ? tellBehindRow(shaper, left, rightNode) : undefined;
  if (!state.guess && !(isRow && !isMatrix(state, name))) return undefined;
  note(state, name, isMatrix(state, name) ? [left[1] as Length, open()] : [left[1] as Length], rightNode);
  return inferProduct(shaper, left, leftNode, rightNode, wanted);
}

/** What a row or a matrix tells of the name behind it, though it is open what stands before both: the y in y w' x. */
function tellBehind(shaper: Shaper, leftNode: MathNode, rightNode: MathNode): void {
  const last = factorsOf(leftNode).at(-1) as MathNode;
  const shape = last === leftNode ? undefined : shaper.of(last);
  if (shape?.length === 2) tellRight(shaper, shape, last, rightNode, undefined);
}

/**
 * A member of a family behind a row, w' x_i, is a vector, and so are a bracket and the value of a function that end like one, as in
 * u' (A x - b) and w' phi(x): their product is a scalar.
 */
function tellBehindRow({ state, of }: Shaper, row: readonly Length[], node: MathNode): Lengths {
  const isVector = view(node).kind === 'element' || endsInVector(state, node);
  if (!state.guess || !isVector) return undefined;
  return of(node, [row[1] as Length]) === undefined ? undefined : [];
}

function endsInVector(state: Inference, node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'call' && numberFunctions.has(seen.name)) return false;
  const [inner, ...more] = seen.kind === 'call' ? seen.args : [];
  if (inner !== undefined) return more.length === 0 && guessedAxes(state, inner)?.length === 1;
  return seen.kind === 'parenthesis' && guessedAxes(state, node)?.length === 1;
}

function isUnit(state: Inference, length: Length | undefined): boolean {
  return length !== undefined && find(length) === lengthNamed(state, '1');
}

/** `X[i, :]`: before a product it is a row. */
function isRowSlice(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind !== 'element' || seen.indices.length !== 2) return false;
  return !isWholeAxis(seen.indices[0] as MathNode) && isWholeAxis(seen.indices[1] as MathNode);
}

/** The name that a node is, in brackets or not. */
export function plainName(node: MathNode): string | undefined {
  let seen = view(node);
  while (seen.kind === 'parenthesis') seen = view(seen.content);
  return seen.kind === 'symbol' ? seen.name : undefined;
}

/** Whether a name is taken for a matrix where nothing tells: a capital, and a small letter that stands for a product of such. */
function isMatrix(state: Inference, name: string): boolean {
  const first = name.charAt(0);
  return (first !== first.toLowerCase() && !state.vectors.has(name)) || state.matrices.has(name);
}
