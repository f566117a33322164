import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOracle } from '../../src/oracle/certify.ts';
import {
  add,
  apply,
  derivative,
  genericApply,
  multiply,
  number,
  power,
  subtract,
  symbol,
} from '../../src/term/construct.ts';
import { rational } from '../../src/term/rational.ts';
import { inFreshStore, type SymbolTerm, type Term } from '../../src/term/term.ts';

/** Failures print seed and path: fast-check does so of itself. */
const runs = { numRuns: 200 };

/** A recipe, so that a term can be built in several ways, and survives shrinking. */
type Recipe =
  | { readonly of: 'x' | 'y' }
  | { readonly of: 'number'; readonly value: number; readonly below: number }
  | { readonly of: 'add' | 'multiply'; readonly left: Recipe; readonly right: Recipe }
  | { readonly of: 'sin' | 'exp' | 'sigmoid' | 'f' | 'square'; readonly inner: Recipe };

const { polynomial, smooth } = fc.letrec<{ polynomial: Recipe; smooth: Recipe }>((tie) => {
  const leaf = fc.oneof(
    fc.record({ of: fc.constantFrom('x' as const, 'y' as const) }),
    fc.record({
      of: fc.constant('number' as const),
      value: fc.integer({ min: -5, max: 5 }),
      below: fc.constantFrom(1, 2, 3),
    }),
  );
  const pair = (part: fc.Arbitrary<Recipe>): fc.Arbitrary<Recipe> =>
    fc.record({ of: fc.constantFrom('add' as const, 'multiply' as const), left: part, right: part });
  return {
    polynomial: fc.oneof({ maxDepth: 5, depthIdentifier: 'p' }, leaf, pair(tie('polynomial'))),
    smooth: fc.oneof(
      { maxDepth: 4, depthIdentifier: 's' },
      leaf,
      pair(tie('smooth')),
      fc.record({
        of: fc.constantFrom('sin' as const, 'exp' as const, 'sigmoid' as const, 'f' as const, 'square' as const),
        inner: tie('smooth'),
      }),
    ),
  };
});

function build(recipe: Recipe): Term {
  switch (recipe.of) {
    case 'x':
    case 'y':
      return symbol(recipe.of);
    case 'number':
      return number(rational(recipe.value, recipe.below));
    case 'add':
      return add(build(recipe.left), build(recipe.right));
    case 'multiply':
      return multiply(build(recipe.left), build(recipe.right));
    case 'square':
      return power(build(recipe.inner), number(2));
    case 'f':
      return genericApply('f', [build(recipe.inner)]);
    default:
      return apply(recipe.of, build(recipe.inner));
  }
}

/** The same polynomial, every product of sums multiplied out. */
function multiplyOut(recipe: Recipe): Term {
  if (recipe.of !== 'add' && recipe.of !== 'multiply') return build(recipe);
  const left = multiplyOut(recipe.left);
  const right = multiplyOut(recipe.right);
  if (recipe.of === 'add') return add(left, right);
  const parts = (term: Term): readonly Term[] => (term.kind === 'add' ? term.terms : [term]);
  return add(...parts(left).flatMap((a) => parts(right).map((b) => multiply(a, b))));
}

const oracle = () => createOracle({ definitions: new Map(), seed: 7 });
const scalar = (name: string): SymbolTerm => symbol(name);

describe('random terms', () => {
  it('proves that a polynomial is what it is when multiplied out', () => {
    const property = fc.property(polynomial, (recipe) =>
      inFreshStore(() => {
        const { verdict, method } = oracle().compare(build(recipe), multiplyOut(recipe));
        expect([verdict, method]).toEqual(['holds', 'proved']);
      }),
    );
    fc.assert(property, runs);
  });

  it('never proves that two different polynomials are equal', () => {
    const property = fc.property(
      polynomial,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(1, 1000),
      (recipe, by, below) =>
        inFreshStore(() => {
          const left = build(recipe);
          const right = add(multiplyOut(recipe), number(rational(by, below)));
          expect(oracle().compare(left, right).method).not.toBe('proved');
          expect(oracle().compare(left, right).verdict).not.toBe('holds');
        }),
    );
    fc.assert(property, runs);
  });

  it('proves linearity and the product rule, and refutes their likeliest mistakes', () => {
    const property = fc.property(smooth, smooth, (first, second) =>
      inFreshStore(() => {
        const x = scalar('x');
        const [u, v] = [build(first), build(second)];
        const [du, dv] = [derivative(u, x), derivative(v, x)];
        const right = add(multiply(du, v), multiply(u, dv));
        expect(oracle().compare(derivative(add(u, v), x), add(du, dv)).verdict).toBe('holds');
        // Where exp of exp of exp leaves the range of doubles there is nothing to test.
        expect(oracle().compare(derivative(multiply(u, v), x), right).verdict).not.toBe('fails');
        const wrong = oracle().compare(derivative(multiply(u, v), x), multiply(du, dv));
        const same = oracle().compare(right, multiply(du, dv));
        expect(wrong.verdict === 'fails' && same.verdict === 'holds').toBe(false);
        expect(wrong.verdict === 'holds' && same.verdict === 'fails').toBe(false);
      }),
    );
    fc.assert(property, runs);
  });

  it('finds that second derivatives commute', () => {
    const property = fc.property(smooth, (recipe) =>
      inFreshStore(() => {
        const [x, y] = [scalar('x'), scalar('y')];
        const u = build(recipe);
        const { verdict } = oracle().compare(derivative(derivative(u, x), y), derivative(derivative(u, y), x));
        expect(verdict).not.toBe('fails');
      }),
    );
    fc.assert(property, runs);
  });

  it('is never surer than its seed: no verdict turns with another seed', () => {
    const property = fc.property(smooth, smooth, fc.integer(), (first, second, seed) =>
      inFreshStore(() => {
        const [left, right] = [build(first), build(second)];
        const one = oracle().compare(left, right).verdict;
        const other = createOracle({ definitions: new Map(), seed }).compare(left, right).verdict;
        expect(new Set([one, other, 'unknown']).size).toBeLessThan(3);
      }),
    );
    fc.assert(property, runs);
  });

  it('tells a value from the same value moved by a millionth of it', () => {
    const property = fc.property(smooth, (recipe) =>
      inFreshStore(() => {
        const u = build(recipe);
        const moved = multiply(u, subtract(number(1), number(rational(1, 1_000_000))));
        if (moved === u) return;
        expect(oracle().compare(u, moved).verdict).not.toBe('holds');
      }),
    );
    fc.assert(property, runs);
  });
});
