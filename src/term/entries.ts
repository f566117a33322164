/**
 * Entries of vectors and matrices as scalars with indices: products become sums, transposes turn indices round. This is
 * the way down to index form (Laue, Mitterreiter, Giesen, "Computing Higher Order Derivatives of Matrix and Tensor
 * Expressions", NeurIPS 2018).
 */

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
  multiply,
  multiplyAll,
  number,
  open,
  power,
  relation,
  subtract,
  sum,
} from './construct.ts';
import { knownDims } from './dims.ts';
import { freshIndexOutside } from './inspect.ts';
import { lengthOfLetter, writtenOperands } from './tensor/einsum.ts';
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
    case 'dot': {
      const [size] = knownDims(term.left) as [Term];
      return summed(size, [term, ...own], (at) => multiply(entry(term.left, [at]), entry(term.right, [at])));
    }
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
  const dims = knownDims(link);
  const isColumn = link.rank === 1 && start !== undefined;
  if (isColumn) return multiply(linkEntry(link, start, undefined), productEntry(rest, undefined, end, around));
  const size = (link.rank === 1 ? dims[0] : dims[1]) as Term;
  if (link.rank === 1 || start !== undefined) {
    const outer = [...around, ...links, ...(start === undefined ? [] : [start]), ...(end === undefined ? [] : [end])];
    return summed(size, outer, (at) =>
      multiply(
        linkEntry(link, start ?? at, link.rank === 1 ? undefined : at),
        productEntry(rest, at, end, [...outer, at]),
      ),
    );
  }
  // A row: its first axis has length 1.
  const outer = [...around, ...links, ...(end === undefined ? [] : [end])];
  if (rest.length === 0) return linkEntry(link, number(1), end);
  return summed(size, outer, (at) =>
    multiply(linkEntry(link, number(1), at), productEntry(rest, at, end, [...outer, at])),
  );
}

function linkEntry(link: Term, start: Term | undefined, end: Term | undefined): Term {
  if (link.rank === 1) return entry(link, [start as Term]);
  if (link.kind === 'tensor' && link.operation === 'transpose' && (link.args[0] as Term).rank === 1) {
    return entry(link.args[0] as Term, [end as Term]);
  }
  return entry(link, [start as Term, end as Term]);
}

const writers: ReadonlyMap<string, Writer> = new Map(
  Object.entries<Writer>({
    matmul: (term, indices) => productEntry(term.args, indices[0], indices[1], indices),
    form: (term, indices) => {
      const [row, ...rest] = term.args as [Term, ...Term[]];
      const [size] = knownDims(row) as [Term];
      return summed(size, [term, ...indices], (at) =>
        multiply(entry(row, [at]), productEntry(rest, at, undefined, [term, at])),
      );
    },
    transpose: (term, indices) =>
      first(term).rank === 1 ? entry(first(term), indices.slice(1)) : entry(first(term), [...indices].reverse()),
    trace: (term) => summed(knownDims(first(term))[0] as Term, [term], (at) => entry(first(term), [at, at])),
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
  const dims = knownDims(term);
  const visit = (indices: readonly Term[]): Term => {
    const size = dims[indices.length];
    if (size === undefined) return change(entry(term, indices));
    return summed(size, [term, ...around, ...indices], (at) => visit([...indices, at]));
  };
  return visit([]);
}
