/**
 * Entries of vectors and matrices as scalars with indices: products become sums, transposes turn indices round. This is
 * the way down to index form (Laue, Mitterreiter, Giesen, "Computing Higher Order Derivatives of Matrix and Tensor
 * Expressions", NeurIPS 2018).
 */

import { blocksOf, placeIn, splitPlace } from './blocks.ts';
import {
  add,
  apply,
  cases,
  delta,
  derivative,
  divide,
  element,
  fraction,
  genericApply,
  index,
  isNumber,
  multiply,
  multiplyAll,
  number,
  open,
  power,
  product,
  relation,
  subtract,
  sum,
} from './construct.ts';
import { knownDims } from './dims.ts';
import { freshIndexOutside } from './inspect.ts';
import { isTensor } from './tensor/base.ts';
import { lengthOfLetter, writtenOperands } from './tensor/einsum.ts';
import { rowsAndColumns } from './tensor/parts.ts';
import { entryOf } from './tensor/selection.ts';
import type { IndexTerm, RelationTerm, TensorTerm, Term, Variable } from './term.ts';

/** Whether every entry of `term` can be written with indices. */
export function hasEntries(term: Term): boolean {
  if (term.kind === 'tensor' && !writers.has(term.operation)) return false;
  return term.parts.every(hasEntries);
}

/** `term` at these indices, one for each axis; of a scalar, `term` with every operation written out. */
export function entry(term: Term, indices: readonly Term[]): Term {
  const own = term.rank === 0 ? none : indices;
  const part = (inner: Term): Term => entry(inner, inner.rank === 0 ? none : own);
  switch (term.kind) {
    case 'number':
    case 'index':
    case 'delta':
      return term;
    case 'symbol':
      return own.length === 0 ? term : element(term, own);
    case 'element':
      return own.length === 0 ? term : element(term.base, [...term.indices, ...own]);
    case 'add':
      return add(...term.terms.map(part));
    case 'multiply':
      return multiplyAll([number(term.coefficient), ...term.factors.map(part)]);
    case 'power':
      return power(part(term.base), part(term.exponent));
    case 'apply':
      return term.generic
        ? genericApply(term.name, term.args.map(part), term.orders)
        : apply(term.name, ...term.args.map(part));
    case 'dot':
      return summedAlong([term.left, 0], [term.right, 0], [term, ...own], (at) =>
        multiply(entry(term.left, [at]), entry(term.right, [at])),
      );
    case 'sum': {
      const opened = open(term, new Set(own.flatMap((at) => [...at.free])));
      return sum(opened.index, entry(opened.body, own), term.range);
    }
    case 'derivative': {
      const split = term.by.rank;
      return derivative(entry(term.of, own.slice(split)), entry(term.by, own.slice(0, split)) as Variable);
    }
    case 'relation':
      return relation(term.operator, part(term.left), part(term.right));
    case 'cases':
      return cases(part(term.condition) as RelationTerm, part(term.then), part(term.otherwise));
    case 'tensor':
      return writeOut(term, own);
    default:
      return term;
  }
}

const none: readonly Term[] = [];

/** A sum over an axis of this length, with an index that `around` does not hold. */
function summed(size: Term, around: readonly Term[], body: (at: IndexTerm) => Term): Term {
  const taken = new Set(around.flatMap((term) => [...term.free]));
  for (const name of depthNames(around)) taken.add(name);
  const at = index(freshIndexOutside(taken));
  return sum(at, body(at), { from: number(1), to: size });
}

/** An axis of a term, by its number. */
type AxisOf = readonly [term: Term, axis: number];

/** A sum over an axis that two terms share: over its blocks and within them, where it has blocks. */
function summedAlong(axis: AxisOf, same: AxisOf | undefined, around: readonly Term[], body: (at: Term) => Term): Term {
  const blocks = blocksOf(...axis) ?? (same === undefined ? undefined : blocksOf(...same));
  if (blocks === undefined) return summed(knownDims(axis[0])[axis[1]] as Term, around, body);
  const [count, size] = blocks;
  return summed(count, around, (block) =>
    summed(size, [...around, block], (within) => body(placeIn(block, within, size))),
  );
}

/** A sum over all entries of a matrix, with indices that `around` does not hold. */
export function summedOverEntries(
  matrix: Term,
  around: readonly Term[],
  body: (row: Term, column: Term) => Term,
): Term {
  return summedAlong([matrix, 0], undefined, [matrix, ...around], (row) =>
    summedAlong([matrix, 1], undefined, [matrix, ...around, row], (column) => body(row, column)),
  );
}

/** Names that lengths have, so that no index is called as one. */
function depthNames(around: readonly Term[]): Set<string> {
  const names = new Set<string>();
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    if (term.kind === 'symbol' && term.axes === 0) names.add(term.name);
    if (term.kind === 'symbol' && term.axes > 0) for (const dim of knownDims(term)) visit(dim);
    term.parts.forEach(visit);
  };
  around.forEach(visit);
  return names;
}

function writeOut(term: TensorTerm, indices: readonly Term[]): Term {
  const writer = writers.get(term.operation);
  if (writer === undefined) throw new Error(`the entries of ${term.operation} have no index form`);
  return writer(term, indices);
}

type Writer = (term: TensorTerm, indices: readonly Term[]) => Term;

const first = (term: TensorTerm): Term => term.args[0] as Term;

/** Entry (i, j) of a product of links; vectors at the ends have one index or none. */
function productEntry(
  links: readonly Term[],
  start: Term | undefined,
  end: Term | undefined,
  around: readonly Term[],
): Term {
  const [link, ...rest] = links as [Term, ...Term[]];
  if (rest.length === 0) return linkEntry(link, start, end);
  const last = rest[rest.length - 1] as Term;
  // A diagonal matrix scales rows or columns: there is nothing to sum.
  if (isTensor(link, 'diag') && start !== undefined) {
    return multiply(entry(first(link), [start]), productEntry(rest, start, end, around));
  }
  if (isTensor(last, 'diag') && end !== undefined) {
    return multiply(productEntry(links.slice(0, -1), start, end, around), entry(first(last), [end]));
  }
  const isColumn = link.rank === 1 && start !== undefined;
  if (isColumn) return multiply(linkEntry(link, start, undefined), productEntry(rest, undefined, end, around));
  const [shared, next]: [AxisOf, AxisOf] = [
    [link, link.rank - 1],
    [rest[0] as Term, 0],
  ];
  if (link.rank === 1 || start !== undefined) {
    const outer = [...around, ...links, ...(start === undefined ? [] : [start]), ...(end === undefined ? [] : [end])];
    return summedAlong(shared, next, outer, (at) =>
      multiply(
        linkEntry(link, start ?? at, link.rank === 1 ? undefined : at),
        productEntry(rest, at, end, [...outer, at]),
      ),
    );
  }
  // A row: its first axis has length 1.
  const outer = [...around, ...links, ...(end === undefined ? [] : [end])];
  if (rest.length === 0) return linkEntry(link, number(1), end);
  return summedAlong(shared, next, outer, (at) =>
    multiply(linkEntry(link, number(1), at), productEntry(rest, at, end, [...outer, at])),
  );
}

/** The entry of a matrix, or of a vector that is a column. */
function columnEntry(term: Term, indices: readonly Term[]): Term {
  return term.rank === 1 ? entry(term, indices.slice(0, 1)) : linkEntry(term, indices[0], indices[1]);
}

function linkEntry(link: Term, start: Term | undefined, end: Term | undefined): Term {
  if (link.rank === 1) return entry(link, [start as Term]);
  if (link.kind === 'tensor' && link.operation === 'transpose' && (link.args[0] as Term).rank === 1) {
    return entry(link.args[0] as Term, [end as Term]);
  }
  // Behind a column stands a row, and before one a column: a matrix with an axis of length 1.
  return entry(link, [start ?? number(1), end ?? number(1)]);
}

const writers: ReadonlyMap<string, Writer> = new Map(
  Object.entries<Writer>({
    matmul: (term, indices) => productEntry(term.args, indices[0], indices[1], indices),
    form: (term, indices) => {
      const [row, ...rest] = term.args as [Term, ...Term[]];
      return summedAlong([row, 0], [rest[0] as Term, 0], [term, ...indices], (at) =>
        multiply(entry(row, [at]), productEntry(rest, at, undefined, [term, at])),
      );
    },
    transpose: (term, indices) =>
      first(term).rank === 1 ? entry(first(term), indices.slice(1)) : entry(first(term), [...indices].reverse()),
    trace: (term) => summedAlong([first(term), 0], [first(term), 1], [term], (at) => entry(first(term), [at, at])),
    total: (term) => summedOver(first(term), (part) => part),
    norm: (term) =>
      power(
        summedOver(first(term), (part) => power(part, number(2))),
        fraction(1, 2),
      ),
    norm1: (term) => summedOver(first(term), (part) => apply('abs', part)),
    softmax: (term, indices) =>
      divide(
        apply('exp', entry(first(term), indices)),
        summedOver(first(term), (part) => apply('exp', part), indices),
      ),
    logsumexp: (term) =>
      apply(
        'log',
        summedOver(first(term), (part) => apply('exp', part)),
      ),
    rowsoftmax: (term, [row, column]) =>
      divide(
        apply('exp', entry(first(term), [row as Term, column as Term])),
        summed(knownDims(term)[1] as Term, [term, row as Term, column as Term], (at) =>
          apply('exp', entry(first(term), [row as Term, at])),
        ),
      ),
    logsoftmax: (term, indices) =>
      subtract(
        entry(first(term), indices),
        apply(
          'log',
          overRow(first(term), indices, (part) => apply('exp', part)),
        ),
      ),
    rowlogsumexp: (term, [row]) =>
      apply(
        'log',
        overRow(first(term), [row as Term], (part) => apply('exp', part)),
      ),
    layernorm: (term, indices) => {
      const inside = first(term);
      const deviation = subtract(entry(inside, indices), meanOfRow(inside, indices));
      const spread = varianceOfRow(inside, indices);
      return divide(deviation, power(add(spread, term.args[1] as Term), fraction(1, 2)));
    },
    rowvariance: (term, indices) => varianceOfRow(first(term), indices),
    variance: (term) => {
      const inside = first(term);
      const count = multiply(...knownDims(inside));
      const mean = divide(
        summedOver(inside, (part) => part),
        count,
      );
      return divide(
        summedOver(inside, (part) => power(subtract(part, mean), number(2))),
        count,
      );
    },
    rowsum: (term, [row]) =>
      summed(knownDims(first(term))[1] as Term, [term, row as Term], (at) => entry(first(term), [row as Term, at])),
    diag: (term, [row, column]) => multiply(delta(row as Term, column as Term), entry(first(term), [row as Term])),
    diagonal: (term, [at]) => entry(first(term), [at as Term, at as Term]),
    ones: () => number(1),
    entry: (term) => entry(first(term), term.args.slice(1)),
    einsum: (term, indices) => {
      const { operands, output } = writtenOperands(term);
      const places = new Map([...output].map((letter, axis) => [letter, indices[axis] as Term]));
      const summedLetters = [...new Set(operands.flatMap(({ letters }) => [...letters]))].filter(
        (letter) => !places.has(letter),
      );
      const visit = (at: number, around: readonly Term[]): Term => {
        const letter = summedLetters[at];
        if (letter === undefined) {
          return multiplyAll(
            operands.map((one) =>
              entry(
                one.term,
                [...one.letters].map((own) => places.get(own) as Term),
              ),
            ),
          );
        }
        return summed(lengthOfLetter(operands, letter), around, (index) => {
          places.set(letter, index);
          return visit(at + 1, [...around, index]);
        });
      };
      return visit(0, [term, ...indices]);
    },
    column: (term, [at]) => entry(first(term), [at as Term, term.args[1] as Term]),
    row: (term, [at]) => entry(first(term), [term.args[1] as Term, at as Term]),
    inverse: (term, indices) => entryOf(term, indices),
    det: (term) => term,
    logdet: (term) => term,
    eye: (_, [row, column]) => delta(row as Term, column as Term),
    pinv: (term, indices) => entryOf(term, indices),
    kron: (term, indices) => {
      const places = indices.map((place, axis) => {
        const [count, size] = term.args.map((part) => rowsAndColumns(part)[axis as 0 | 1]) as [Term, Term];
        if (isNumber(size, 1)) return [place, number(1)] as const;
        return isNumber(count, 1) ? ([number(1), place] as const) : splitPlace(place, size);
      });
      if (places.includes(undefined)) return entryOf(term, indices);
      const at = (side: 0 | 1): Term =>
        columnEntry(
          term.args[side] as Term,
          places.map((place) => (place as readonly [Term, Term])[side]),
        );
      return multiply(at(0), at(1));
    },
    vec: (term, [place]) => {
      const split = splitPlace(place as Term, knownDims(first(term))[0] as Term);
      return split === undefined ? entryOf(term, [place as Term]) : entry(first(term), [split[1], split[0]]);
    },
    unvec: (term, [row, column]) => entry(first(term), [placeIn(column as Term, row as Term, term.args[1] as Term)]),
    prod: (term) => {
      const dims = knownDims(first(term));
      const over = (places: readonly IndexTerm[]): Term => {
        const length = dims[places.length];
        if (length === undefined) return entry(first(term), places);
        const taken = new Set([...term.free, ...depthNames([term]), ...places.map(({ name }) => name)]);
        const at = index(freshIndexOutside(taken));
        return product(at, over([...places, at]), { from: number(1), to: length });
      };
      return over([]);
    },
    tril: (term, [row, column]) =>
      cases(relation('>=', row as Term, column as Term), entry(first(term), [row as Term, column as Term]), number(0)),
    triu: (term, [row, column]) =>
      cases(relation('<=', row as Term, column as Term), entry(first(term), [row as Term, column as Term]), number(0)),
    stack: (term, [place, ...others]) => {
      const [upper, lower] = term.args as [Term, Term];
      const [rows] = knownDims(upper) as [Term];
      const below = [subtract(place as Term, rows), ...others];
      return cases(relation('<=', place as Term, rows), entry(upper, [place as Term, ...others]), entry(lower, below));
    },
    part: (term, [place, ...others]) => entry(first(term), [add(place as Term, term.args[1] as Term), ...others]),
  }),
);

/** The sum of `change` of the entries of a vector, or of the row of a matrix in which the indices lie. */
function overRow(inside: Term, indices: readonly Term[], change: (part: Term) => Term): Term {
  const row = indices.slice(0, inside.rank - 1);
  const size = knownDims(inside)[inside.rank - 1] as Term;
  return summed(size, [inside, ...indices], (at) => change(entry(inside, [...row, at])));
}

function meanOfRow(inside: Term, indices: readonly Term[]): Term {
  return divide(
    overRow(inside, indices, (part) => part),
    knownDims(inside)[inside.rank - 1] as Term,
  );
}

function varianceOfRow(inside: Term, indices: readonly Term[]): Term {
  const mean = meanOfRow(inside, indices);
  const squares = overRow(inside, indices, (part) => power(subtract(part, mean), number(2)));
  return divide(squares, knownDims(inside)[inside.rank - 1] as Term);
}

/** The sum of `change` of all entries. */
function summedOver(term: Term, change: (part: Term) => Term, around: readonly Term[] = []): Term {
  const visit = (indices: readonly Term[]): Term => {
    if (indices.length === term.rank) return change(entry(term, indices));
    return summedAlong([term, indices.length], undefined, [term, ...around, ...indices], (at) =>
      visit([...indices, at]),
    );
  };
  return visit([]);
}
