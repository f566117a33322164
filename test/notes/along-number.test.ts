import { describe, expect, it } from 'vitest';
import { check } from '../../src/index.ts';

const outcomes = (note: string) =>
  check(note)
    .filter(({ kind }) => kind === 'claim')
    .map(({ verdict }) => verdict);
const stated = String.raw`Let $K = K(\theta)$ be a symmetric matrix. `;

describe('a matrix that depends on a number', () => {
  it.each([
    String.raw`$$\ell(\theta) = -\frac12 y^\top K^{-1} y - \frac12 \log |K| - \frac n2 \log 2\pi$$
$$\frac{\partial \ell}{\partial \theta} = \frac12 y^\top K^{-1} \frac{\partial K}{\partial \theta} K^{-1} y - \frac12 \operatorname{tr}(K^{-1} \frac{\partial K}{\partial \theta})$$`,
    String.raw`$$\frac{\partial}{\partial \theta} (y^\top K y) = y^\top \frac{\partial K}{\partial \theta} y$$`,
    String.raw`$$\frac{\partial^2}{\partial \theta^2} (y^\top K y) = y^\top \frac{\partial^2 K}{\partial \theta^2} y$$`,
    String.raw`$$\frac{\partial}{\partial \theta} K^{-1} = -K^{-1} \frac{\partial K}{\partial \theta} K^{-1}$$`,
  ])('is judged: %s', (formulas) => {
    expect(outcomes(`${stated}\n\n${formulas}`)).toEqual(['holds']);
  });

  it.each([
    String.raw`$$\frac{d}{dt} \log\det A = \operatorname{tr}(A^{-1} \dot A)$$`,
    String.raw`$$\frac{d}{dt} \det A = \det(A) \operatorname{tr}(A^{-1} \dot A)$$`,
    String.raw`$$\frac{d}{dt} \operatorname{tr} A = \operatorname{tr} \dot A$$`,
  ])('needs no word where it is dotted: %s', (formula) => {
    expect(outcomes(formula)).toEqual(['holds']);
  });

  it.each([
    String.raw`$$\frac{\partial}{\partial \theta} K^{-1} = K^{-1} \frac{\partial K}{\partial \theta} K^{-1}$$`,
    String.raw`$$\frac{\partial}{\partial \theta} (y^\top K y) = 2 y^\top \frac{\partial K}{\partial \theta} y$$`,
    String.raw`$$\frac{\partial^4}{\partial \theta^4} (y^\top K y) = 0$$`,
    String.raw`$$\frac{\partial}{\partial \theta} \log\det K = \operatorname{tr}(\frac{\partial K}{\partial \theta})$$`,
  ])('is not said to be right where it is not: %s', (formula) => {
    expect(outcomes(`${stated}\n\n${formula}`)).not.toContain('holds');
  });
});

it.each([String.raw`K = K(\theta)`, 'V = V(r)', 'x = x(y)', 'q = q(p, t)'])('%s says on what it depends', (formula) => {
  expect(check(`Let $${formula}$.`, { all: true }).map(({ kind }) => kind)).toEqual(['dependence']);
});

it('but n = n(n + 1) holds a product', () => {
  expect(check('Let $n = n(n + 1)$.', { all: true }).map(({ kind }) => kind)).toEqual(['equation']);
});
