/** Real points at which a text and its derivative are looked at: values, and differences in 60 digits. */

import { all, create } from 'mathjs';
import { compareTexts, differenceQuotient, evaluateText, type FunctionValue, type Setting } from './complex-value.ts';

export type Point = Readonly<Record<string, string>>;

/** Both sides of 0 and of 1, so that every function is within its domain at some of them. */
export const usualPoints: readonly Point[] = [
  { x: '0.37', y: '0.8', z: '1.3', p: '0.4', $x: '0.4' },
  { x: '1.7', y: '0.6', z: '0.2', p: '1.4', $x: '1.4' },
  { x: '0.21', y: '2.3', z: '0.7', p: '-0.3', $x: '-0.3' },
  { x: '-0.43', y: '1.9', z: '-0.5', p: '-1.1', $x: '-1.1' },
  { x: '-2.6', y: '-0.7', z: '3.1', p: '2.2', $x: '2.2' },
];

if (all === undefined) throw new Error('mathjs without its functions');
const math = create(all);

/** Functions of real numbers that complex ones have no part in; `erf` has 16 digits in either arithmetic. */
const realOnly: Readonly<Record<string, (x: number) => number>> = {
  erf: (x) => Number(math.evaluate('erf(u)', { u: x })),
  relu: (x) => Math.max(0, x),
  heaviside: (x) => (x > 0 ? 1 : 0),
  floor: Math.floor,
  ceil: Math.ceil,
  sign: Math.sign,
};

/** {@link realOnly} as functions of a setting. */
export const realFunctions: FunctionValue = (arithmetic, name, order, [z]) => {
  const own = order === 0 ? realOnly[name] : undefined;
  if (own === undefined || z === undefined) return undefined;
  // relu keeps the digits of its argument.
  if (name === 'relu' && arithmetic.field.toNumber(z.re) > 0) return z;
  return arithmetic.real(String(own(arithmetic.field.toNumber(z.re))));
};

function settingAt(values: Point): Setting {
  return { values, real: true, call: realFunctions };
}

/** Whether `text` has a finite value at a point, by real numbers alone. */
export function isReal(text: string, point: Point): boolean {
  return Number.isFinite(evaluateText(text, settingAt(point)).re);
}

/**
 * What is wrong with `answer` as the derivative of `source`: it must be `expected` wherever source and `expected` are
 * real, and agree with the differences of `source` wherever these are. `expected` may be left out.
 */
export function judgeAtPoints(
  { source, wrt, expected }: { source: string; wrt: string; expected: string | undefined },
  answer: string,
  points: readonly Point[],
): string[] {
  const found: string[] = [];
  let compared = 0;
  for (const point of points.filter((one) => isReal(source, one))) {
    const slope = differenceAt(source, wrt, point);
    if (slope !== undefined) {
      const value = evaluateText(answer, settingAt(point), 'decimals').re;
      compared++;
      if (!(Math.abs(value - slope.value) <= slope.error))
        found.push(`${answer} is ${value} at ${JSON.stringify(point)}, the difference quotient ${slope.value}`);
    }
    if (expected === undefined || !isReal(expected, point)) continue;
    const { agree, left, right } = compareTexts(answer, expected, settingAt(point));
    compared++;
    if (!agree) found.push(`${answer} is ${left.re} at ${JSON.stringify(point)}, not ${right.re}`);
  }
  return compared === 0 ? ['no point lies in the domain'] : found;
}

/** Steps of the central difference: 60 digits leave about 40 of it; the 16 of `erf` leave 8. */
const fineStep = { h: '1e-12', error: 1e-14 };
const coarseStep = { h: '1e-5', error: 1e-7 };

/** The central difference of `source` at a point, with what it may be off; undefined where the source has no value. */
export function differenceAt(
  source: string,
  wrt: string,
  point: Point,
): { readonly value: number; readonly error: number } | undefined {
  const { h, error } = source.includes('erf(') ? coarseStep : fineStep;
  const { re } = differenceQuotient(source, wrt, settingAt(point), h);
  if (!Number.isFinite(re)) return undefined;
  return { value: re, error: error * Math.max(1, Math.abs(re)) };
}
