/** Functions that grow with a size: as texts for every system, and in plain numbers to check the derivatives by. */

import { difference, randomNumbers } from './differences.ts';
import type { Point } from './engines/engine.ts';

export interface Program {
  /** Names with what they stand for, so that no text is nested deeply. */
  readonly lets: readonly (readonly [name: string, text: string])[];
  readonly expression: string;
  readonly variables: readonly string[];
  readonly point: Point;
  /** The value at a point, by arithmetic alone. */
  value(point: Point): number;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
const readFrom = (point: Point, name: string): number => point[name] as number;

/** tanh(w1*tanh(w2*...tanh(wk*x))) by all weights. Weights near 1, so that no derivative vanishes. */
export function nestedTanh(size: number): Program {
  const random = randomNumbers(size);
  const lets = upTo(size).map((level) => {
    const inner = level === 1 ? 'x' : `u${level - 1}`;
    return [`u${level}`, `tanh(w${size + 1 - level}*${inner})`] as const;
  });
  const variables = upTo(size).map((at) => `w${at}`);
  const weights = variables.map((name) => [name, Number((0.99 + 0.02 * random()).toFixed(6))] as const);
  return {
    lets: lets.slice(0, -1),
    expression: lets.at(-1)?.[1] as string,
    variables,
    point: Object.fromEntries([...weights, ['x', 0.7]]),
    value: (point) =>
      variables.reduceRight((inner, name) => Math.tanh(readFrom(point, name) * inner), readFrom(point, 'x')),
  };
}

/**
 * The squared error of a network with n inputs, n hidden units and one output, by all its parameters:
 * (v1*tanh(w1_1*x1 + ... + b1) + ... + c - t)^2.
 */
export function network(size: number): Program {
  const random = randomNumbers(size);
  const all = upTo(size);
  const weights = all.flatMap((unit) => all.map((input) => `w${unit}_${input}`));
  const variables = [...weights, ...all.map((unit) => `b${unit}`), ...all.map((unit) => `v${unit}`), 'c'];
  const names = [...variables, ...all.map((input) => `x${input}`), 't'];
  const hidden = all.map((unit) => {
    const inputs = all.map((input) => `w${unit}_${input}*x${input}`);
    return [`u${unit}`, `v${unit}*tanh(${inputs.join('+\n')}+b${unit})`] as const;
  });
  const range = 1.5 / Math.sqrt(size);
  return {
    lets: hidden,
    expression: `(${hidden.map(([name]) => name).join('+')}+c-t)^2`,
    variables,
    point: Object.fromEntries(names.map((name) => [name, Number(((2 * random() - 1) * range).toFixed(6))])),
    value: (point) => {
      const read = (name: string) => readFrom(point, name);
      const sum = all.reduce((outer, unit) => {
        const inner = all.reduce((total, input) => total + read(`w${unit}_${input}`) * read(`x${input}`), 0);
        return outer + read(`v${unit}`) * Math.tanh(inner + read(`b${unit}`));
      }, 0);
      return (sum + read('c') - read('t')) ** 2;
    },
  };
}

/** The derivative of a program's value by one of its variables, by differences. */
export function slope(program: Program, by: string): number {
  const at = program.point[by] as number;
  return difference((moved) => program.value({ ...program.point, [by]: moved }), at).value;
}

/** At most `most` of the names, evenly spread, first and last among them. */
export function sampleOf<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return upTo(most).map((place) => all[Math.round(((place - 1) * (all.length - 1)) / (most - 1))] as T);
}

/**
 * The derivatives of exp(sin(x)) of the orders 1 to `most`, by the Taylor coefficients: with h = exp(g) it is h' = g' h,
 * so that k h_k is the sum of j g_j h_(k-j) (Griewank and Walther, Evaluating Derivatives, 2008, table 13.2).
 */
export function expSinDerivatives(x: number, most: number): number[] {
  const cycle = [Math.sin(x), Math.cos(x), -Math.sin(x), -Math.cos(x)];
  const inner: number[] = [];
  const outer = [Math.exp(Math.sin(x))];
  const derivatives: number[] = [];
  let factorial = 1;
  for (let order = 1; order <= most; order++) {
    factorial *= order;
    inner[order] = (cycle[order % 4] as number) / factorial;
    let total = 0;
    for (let j = 1; j <= order; j++) total += j * (inner[j] as number) * (outer[order - j] as number);
    outer[order] = total / order;
    derivatives.push((outer[order] as number) * factorial);
  }
  return derivatives;
}
