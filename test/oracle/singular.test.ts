import { describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';
import { withinWork } from '../../src/work.ts';

/** Far fewer steps than many hundreds of points take. */
const few = 20_000;
const shapes = 'A: matrix(n, m), B: matrix(n, n), u: vector(n), v: vector(n), x: vector(n)';
const judge = (claim: string): string => {
  const { verdict, reason } = withinWork(few, () => verify(claim, { shapes }));
  return `${verdict} ${reason ?? ''}`;
};

describe('inverses of matrices', () => {
  it.each([
    ["inv(x*u')*v = 2*inv(x*u')*v"],
    ["logdet(x*x') = 2*logdet(x*x')"],
    ["inv(B - B*x*u'/(u'*x))*x = u"],
    ["norminf(inv(x*u')*u) = norminf(inv(x*u')*v)"],
  ])('%s is given up at a few points, since the matrix never has one', (claim) => {
    expect(judge(claim)).toMatch(/^unknown domain: only 0 of \d+ points were valid on both sides$/);
  });

  it.each([
    ["inv(A*A')*v = 2*inv(A*A')*v", 'fails '],
    ["inv(B + x*u')*B = inv(eye(n) + inv(B)*x*u')", 'holds '],
    ['inv(log(x[1])*B)*v = inv(B)*v/log(x[1])', 'holds '],
    ["(x[1] > 0 ? norm(u) : norm(inv(x*u')*u)) = norm(v)", 'fails '],
  ])('%s is judged: it has one for some sizes or values', (claim, verdict) => {
    expect(judge(claim)).toBe(verdict);
  });
});
