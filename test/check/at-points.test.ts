import { expect, it } from 'vitest';
import { check, derive, MathError, verify } from '../../src/index.ts';

const verdicts = (note: string) => check(note).map(({ verdict }) => verdict);

it.each([
  String.raw`Let $f(x) = \frac{\sin x}{x}$. $$f(0) = 1$$`,
  String.raw`Let $f(x) = \frac{x^2 - 1}{x - 1}$. $$f(1) = 2$$`,
])('calls no value false where there is none: %s', (note) => {
  expect(verdicts(note)).toEqual(['unknown']);
});

it.each([
  [`$$f'(a) = 0$$`, 'holds'],
  [`$$f''(a) = 2$$`, 'holds'],
  [`$$f'(b) = 2(b - a)$$`, 'holds'],
  [`$$f''(a) = 3$$`, 'fails'],
])('tells the argument of a derivative from what the body holds: %s', (formula, verdict) => {
  expect(verdicts(`Let $f(x) = (x - a)^2$. ${formula}`)).toEqual([verdict]);
});

it('so do the verbs, or they refuse', () => {
  expect(verify("f(x) = (x - a)^3; f''(a) + f'(b) = 3*(b - a)^2")).toMatchObject({ verdict: 'holds' });
  expect(() => derive("h(x) = x - a; h'(a)*a^2", { wrt: 'a' })).toThrow(MathError);
});
