import { describe, expect, it } from 'vitest';
import { type ReadingAims, readModel } from '../../src/meaning/reading.ts';
import { MathError } from '../../src/problem.ts';
import { printText } from '../../src/syntax/print.ts';
import { scanSource } from '../../src/syntax/read.ts';
import { shapeOf } from '../../src/term/dims.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { raise } from '../../src/writing/raise.ts';

function modelOf(source: string, wrt: string, aims: ReadingAims = {}, shapes?: string) {
  const options = { wrt, ...(shapes === undefined ? {} : { shapes }) };
  return inFreshStore(() => {
    const model = readModel(scanSource, source, options, 'expression', aims);
    const plain = { taken: new Set<string>(), levels: new Map() };
    return {
      axes: Object.fromEntries([...model.axes].filter(([, count]) => count > 0)),
      tensors: model.tensors,
      variables: model.variables.map((one) => printText(raise(one, plain))),
      dims: model.variables.map((one) => (one.kind === 'symbol' ? shapeOf(one)?.dims.length : undefined)),
    };
  });
}

function clashOf(source: string): string {
  try {
    modelOf(source, 'x');
    return 'no clash';
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    const { message, span, related } = error.problem;
    const at = (place?: { start: number; end: number }) =>
      place === undefined ? '' : source.slice(place.start, place.end);
    return `${message} | ${at(span)} | ${at(related?.span)}`;
  }
}

describe('the axes of names', () => {
  it.each([
    ['sum(beta[i]*f(dot(x[i], alpha[i])), i)', { beta: 1, x: 2, alpha: 2 }],
    ['y[i] = dot(w, x[i]); sum((y[i] - t[i])^2, i)', { y: 1, w: 1, x: 2, t: 1 }],
    ['u = x + y; dot(u, v)', { u: 1, x: 1, y: 1, v: 1 }],
    ['A*x + b', {}],
    ["x'*A*x", { A: 2, x: 1 }],
    ['norm(A*x - b)^2', { A: 2, x: 1, b: 1 }],
    ['sum(A[:, j])', { A: 2 }],
  ])('of %s are found by one unification', (source, axes) => {
    expect(modelOf(source, 'q').axes).toEqual(axes);
  });

  it.each([
    ['w = 3; dot(w, x)', 'a number is a scalar, but a vector is needed here | 3 | '],
    ['dot(x, y) + x', 'x is a vector, but a scalar is needed here | x | x'],
    ['dot(x, y)*x*y', 'two vectors are multiplied | dot(x, y)*x*y | y'],
    ['x[i, j] + norm(x)', 'x has 2 indices here, but it is a vector | x[i, j] | x'],
  ])('clash in %s, and the places are named', (source, said) => {
    expect(clashOf(source)).toBe(said);
  });
});

describe('a family that is asked for by its name alone', () => {
  it.each([
    ['sum(x[i]^2, i)', ['x[j]']],
    ['sum(x)', ['x[j]']],
    ['softmax(x)[i]', ['x[j]']],
    ['sum(x[j]^2, j)', ['x[k]']],
    ['v[i] = x[i]; dot(v, v)', ['x[j]']],
    ['dot(x, x)', ['x']],
    ["x'*x + x'*A*x + x[1]", ['x']],
  ])('in %s', (source, variables) => {
    expect(modelOf(source, 'x').variables).toEqual(variables);
  });
});

describe('what must not be taken apart', () => {
  it.each([
    ['dot(x, x)', 'x', [], true, [1]],
    ['sum(x[i]^2, i)', 'x', [], false, [undefined]],
    ['dot(a, x)', 't', ['x'], true, [undefined]],
    ['dot(a, b)', 't', ['x'], false, [undefined]],
  ] as const)('%s by %s beside %j', (source, wrt, wholes, tensors, dims) => {
    const model = modelOf(source, wrt, { wholes });
    expect([model.tensors, model.dims]).toEqual([tensors, dims]);
  });

  it('is no matter of a single gradient', () => {
    expect(modelOf('dot(x, x)', 'x').tensors).toBe(false);
  });
});

describe('layers within layers', () => {
  it('have shapes without a walk that takes a power of their number', () => {
    const layers = Array.from({ length: 30 }).reduce<string>((inner) => `tanh(W*${inner} + b)`, 'x');
    const shapes = 'x: vector(n), b: vector(n), W: matrix(n, n)';
    expect(modelOf(`sum(${layers})`, 'b', {}, shapes).axes).toEqual({ W: 2, b: 1, x: 1 });
  });
});
