/** What linear equations in vectors and matrices are made tidy by: common factors, and conditions for an inverse. */

import { commonContent } from '../calculus/linear-solve.ts';
import type { Condition } from '../rules/rule.ts';
import { multiply, number, power, relation, zero } from '../term/construct.ts';
import { hasTrait } from '../term/dims.ts';
import { rational } from '../term/rational.ts';
import { symbolsOf } from '../term/substitute.ts';
import { isTensor, splitScalar } from '../term/tensor/base.ts';
import { entryProduct } from '../term/tensor/entrywise.ts';
import { matmul } from '../term/tensor/products.ts';
import { det } from '../term/tensor/square.ts';
import type { SymbolTerm, Term } from '../term/term.ts';

/** The product of a block with a vector or scalar. */
export function times(block: Term, term: Term): Term {
  return block.rank === 0 || term.rank === 0 ? multiply(block, term) : matmul(block, term);
}

/** 1 over the number that divides all terms, and over the denominators that they share. */
export function scaleOf(gradient: Term, unknowns: readonly SymbolTerm[]): Term {
  const terms = gradient.kind === 'add' ? gradient.terms : [gradient];
  const scalars = terms.map((part) => splitScalar(part)[0]);
  const content = commonContent(scalars);
  const factors = (scalar: Term): readonly Term[] => (scalar.kind === 'multiply' ? scalar.factors : [scalar]);
  const [first, ...others] = scalars as [Term, ...Term[]];
  const moves = (factor: Term): boolean => unknowns.some((one) => symbolsOf(factor).has(one));
  const denominators = factors(first).filter(
    (one) => isDenominator(one) && !moves(one) && others.every((scalar) => factors(scalar).includes(one)),
  );
  const size = number(rational(content.denominator, content.numerator));
  return multiply(size, ...denominators.map((one) => power(one, number(-1))));
}

function isDenominator(factor: Term): boolean {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value.numerator < 0n;
}

/** What has to be unequal to 0 for a matrix to be invertible; nothing where that is declared. */
export function invertibility(matrix: Term): Term[] {
  const [scalar, rest] = matrix.rank === 0 ? [matrix, number(1)] : splitScalar(matrix);
  const factor = scalar.kind === 'number' ? [] : [relation('!=', scalar, zero())];
  if (rest.rank === 0 || isTensor(rest, 'eye') || isInvertible(rest)) return factor;
  const value = isTensor(rest, 'diag') ? entryProduct(rest.args[0] as Term) : det(rest);
  return [...factor, relation('!=', value, zero())];
}

function isInvertible(matrix: Term): boolean {
  const inside = isTensor(matrix, 'transpose') || isTensor(matrix, 'inverse') ? (matrix.args[0] as Term) : matrix;
  return (['definite', 'invertible', 'orthogonal'] as const).some((trait) => hasTrait(inside, trait));
}

export function asCondition(one: Term): Condition {
  return { kind: 'relation', relation: one };
}
