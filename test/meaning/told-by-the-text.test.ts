import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';

describe('what the text around a formula tells, and a formula alone does not', () => {
  it.each([
    ['\\nabla f', "a \\nabla without its variable can't be read here"],
    ['\\nabla f(1, 2)', "a \\nabla without its variable can't be read here"],
    ['(a, \\beta)', "a list can't be read here"],
    ['\\int x^2 \\, dx', "an integral can't be read here"],
  ])('is refused: %s', (latex, message) => {
    expect(() => derive(latex, { wrt: 'x' })).toThrow(message);
  });
});
