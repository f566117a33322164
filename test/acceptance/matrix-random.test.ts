/** Random formulas of vectors and matrices: every one is derived, and certified as a whole and step by step. */

import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';

const shapes = 'x: vector(n), a: vector(n), b: vector(n), A: matrix(n, n), X: matrix(n, n) symmetric, t: scalar';

/** A generator of formulas that repeats itself for one seed (Lehmer 1951). */
function generator(seed: number) {
  let state = seed;
  const pick = <T>(choices: readonly T[]): T => {
    state = (state * 48271) % 2147483647;
    return choices[state % choices.length] as T;
  };
  const vector = (depth: number): string => {
    if (depth <= 0) return pick(['x', 'b', 'a']);
    const [v, m, s] = [() => vector(depth - 1), () => matrix(depth - 1), () => scalar(depth - 1)];
    return pick([
      () => `(${v()} + ${v()})`,
      () => `${m()}*${v()}`,
      () => `(${v()} .* ${v()})`,
      () => `tanh(${v()})`,
      () => `((${s()})*${v()})`,
      () => `softmax(${v()})`,
      () => `${v()}/norm(${v()})`,
      () => `diag(${m()})`,
      () => `(${v()} - mean(${v()}))`,
      () => `f(${v()})`,
    ])();
  };
  const matrix = (depth: number): string => {
    if (depth <= 0) return pick(['A', 'X', 'eye(n)']);
    const [v, m] = [() => vector(depth - 1), () => matrix(depth - 1)];
    return pick([
      () => `(${m()} + ${m()})`,
      () => `${m()}*${m()}`,
      () => `${matrix(0)}'`,
      () => `(${v()})*(${v()})'`,
      () => `diag(${v()})`,
      () => `(${m()} .* ${m()})`,
      () => `inv(${matrix(0)})`,
      () => `sigmoid(${m()})`,
    ])();
  };
  const scalar = (depth: number): string => {
    if (depth <= 0) return pick(['t', '2']);
    const [v, m, s] = [() => vector(depth - 1), () => matrix(depth - 1), () => scalar(depth - 1)];
    return pick([
      () => `((${v()})'*(${v()}))`,
      () => `norm(${v()})^2`,
      () => `trace(${m()})`,
      () => `sum(${v()})`,
      () => `sum(${m()})`,
      () => `logsumexp(${v()})`,
      () => `logdet(${matrix(0)})`,
      () => `(${s()} + ${s()})`,
      () => `exp(${s()}/10)`,
    ])();
  };
  return { pick, vector, scalar };
}

describe('random formulas of vectors and matrices', () => {
  const { pick, vector, scalar } = generator(20260101);
  const cases = Array.from({ length: 40 }, (_, at) =>
    at % 3 === 2 ? { source: vector(2), wrt: pick(['x', 't']) } : { source: scalar(3), wrt: pick(['x', 'X', 't']) },
  );

  it.each(cases)('are derived and certified: $source by $wrt', ({ source, wrt }) => {
    const { certificate, steps, unresolved } = derive(source, { wrt, shapes });
    expect(unresolved).toEqual([]);
    expect(certificate.verdict).toBe('holds');
    expect(steps.filter((one) => one.certificate.verdict !== 'holds')).toEqual([]);
  }, 30_000);
});
