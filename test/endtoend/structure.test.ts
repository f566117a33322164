import { describe, expect, it } from 'vitest';
import { haveOneStructure, withNamesOf } from '../../src/endtoend/structure.ts';
import type { MathNode } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import { readText } from '../../src/syntax/text.ts';

const read = (text: string): MathNode => readText(text)[0]?.sides[0]?.node as MathNode;

describe('two texts of one structure', () => {
  it.each([
    ['a*(b*c)', 'a b c'],
    ['a*(b/c)', 'a b/c'],
    ['-(a/b)', '-a/b'],
    ['a*(-b)', '-a b'],
    ['a - (b + c) + d', '(a - (b + c)) + d'],
    ['1/(b*c)*a', 'a/(b c)'],
    ['x[b]*W[a][k]', 'x_b W[a,k]'],
    ['w3_bar', 'w_bar_3'],
    ['sigmoid(x) + besselj1(x)', 'σ(x) + J₁(x)'],
    ['exp(-x)', 'e^(-x)'],
    ['inv(A)*eye(n)', 'A^(-1) I[n]'],
    ['eye(n)[:, j]*delta(i, j)', 'e[j] δᵢⱼ'],
    ['d(f, x)*g', '(df/dx) g'],
    ['vjp(V, A*X, X)', 'dot(V, d(A X, X))'],
    ['dot(u, v)*w', '(u v) w'],
    ['dot(u, A*v)', 'u (A v)'],
    ['dot(u, v)/s', 'u v/s'],
    ['x[2*i]', 'x[2, i]'],
    ['eye(n*p)', 'I[n, p]'],
    ['factorial(k)*x', 'k! x'],
    ['polygamma(k, x)', 'ψₖ(x)'],
    ['polygamma(k + 1, x)', 'ψₖ₊₁(x)'],
    ['trigamma(x)', 'polygamma(1, x)'],
    ['f_k(x)', 'fₖ(x)'],
    ['d(gamma(x), x)', 'dΓ(x)/dx'],
  ])('%s is %s', (text, printed) => {
    expect(haveOneStructure(read(text), read(printed))).toBe(true);
  });

  it.each([
    ['a*b', 'b*a'],
    ['a/(b*c)', 'a/b*c'],
    ['a - (b - c)', 'a - b - c'],
    ['a*(b + c)', 'a*b + c'],
    ['(a*b)^2', 'a*b^2'],
    ['-x^2', '(-x)^2'],
    ['x[i][j]', 'x[j][i]'],
    ["f''(x)", "f'(x)"],
    ['x1', 'x2'],
    ['dot(u, v)*w', 'u v w'],
    ['d(f, x)', 'd(f, y)'],
    ['sum(x[i], i, 1, n)', 'sum(x[i], i)'],
    ['exp(-x)', 'e^x'],
    ["(A*B)'", "A*B'"],
    ['u', 'u_bar'],
    ['factorial(k)', "k'"],
    ['polygamma(k, x)', 'polygamma(x, k)'],
    ['eye(n*p)', 'I[p, n]'],
  ])('%s is not %s', (text, printed) => {
    expect(haveOneStructure(read(text), read(printed))).toBe(false);
  });
});

it('gives what was read the names of the text', () => {
  const printed = read('σ(w_3) x_b + e[j] I[n] + df/dx');
  const text = read('sigmoid(w3)*x[b] + eye(n)[:, j]*eye(n) + d(f, x)');
  expect(printText(withNamesOf(text, printed))).toBe(printText(text));
});
