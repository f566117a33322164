import { parse as parseNode } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { toSvg } from '../../src/figure.ts';
import { toHtml } from '../../src/html.ts';
import * as library from '../../src/index.ts';
import { MathError, type Problem } from '../../src/problem.ts';

type Anything = (...args: readonly unknown[]) => unknown;

const functions = { ...library, toHtml, toSvg } as unknown as Readonly<Record<string, Anything>>;
const verbs = ['derive', 'gradient', 'hessian', 'stationary'] as const;
const printers = ['toLatex', 'toMarkdown', 'toTerminal', 'toTypst', 'toHtml', 'toSvg'] as const;

function call(name: string, ...args: readonly unknown[]): unknown {
  return (functions[name] as Anything)(...args);
}

function problemOf(name: string, ...args: readonly unknown[]): Problem {
  try {
    call(name, ...args);
  } catch (error) {
    if (error instanceof MathError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

const takes =
  'wrt, order, mixed, implicit, depends, taylor, at, direction, vjp, unit, define, shapes, syntax, method, layout, verify, ' +
  'seed, detail, update';

const cases: readonly [options: unknown, message: string, hint: string][] = [
  [{ wrt: 3 }, 'wrt takes a text or a list of texts, not 3', "for example { wrt: ['x', 'y'] }"],
  [
    { wrt: ['x', 3] },
    'wrt takes a text or a list of texts, not a list that holds 3',
    "for example { wrt: ['x', 'y'] }",
  ],
  [{ wrt: Symbol('x') }, 'wrt takes a text or a list of texts, not a symbol', "for example { wrt: ['x', 'y'] }"],
  [{ wrt: null }, 'wrt takes a text or a list of texts, not null', "for example { wrt: ['x', 'y'] }"],
  [{ wrt: 'x', order: '2' }, 'order takes a number, not "2"', 'for example { order: 2 }'],
  [{ wrt: 'x', seed: 7n }, 'seed takes a number, not a bigint', 'for example { seed: 2 }'],
  [{ wrt: 'x', mixed: 1 }, 'mixed takes true or false, not 1', 'for example { mixed: true }'],
  [{ wrt: 'x', update: 2 }, 'update takes a text, true or false, not 2', "for example { update: 'eta' }"],
  [{ wrt: 'x', define: 'a = 1' }, 'define takes a list of texts, not "a = 1"', "for example { define: ['z = a*x'] }"],
  [{ wrt: 'x', shapes: {} }, 'shapes takes a text, not an object', "for example { shapes: 'x' }"],
  [{ wrt: 'x', detail: 3 }, 'detail takes a text, not 3', 'it is one of answer, standard, every'],
  [{ wrt: 'x', detail: 'evry' }, 'detail can\'t be "evry"', 'did you mean every? It is one of answer, standard, every'],
  [{ wert: 'x' }, 'VERB has no option "wert"', `did you mean wrt? It takes ${takes}`],
  [{ wrt: 'x', shape: 'x: vector(n)' }, 'VERB has no option "shape"', `did you mean shapes? It takes ${takes}`],
  [{ wrt: 'x', constructor: 1 }, 'VERB has no option "constructor"', `it takes ${takes}`],
  [null, 'the options of VERB are an object, not null', "for example { wrt: 'x' }"],
  ['x', 'the options of VERB are an object, not "x"', "for example { wrt: 'x' }"],
  [['x'], 'the options of VERB are an object, not a list', "for example { wrt: 'x' }"],
  [() => 'x', 'the options of VERB are an object, not a function', "for example { wrt: 'x' }"],
];

describe.each(verbs)('the options of %s', (verb) => {
  it.each(cases)('are refused by name and type: %o', (options, message, hint) => {
    const wanted = { code: 'unknown-option', message: message.replace('VERB', verb), hint };
    expect(problemOf(verb, 'x^2', options)).toEqual(wanted);
  });

  it.each([[undefined], [{}], [{ wrt: undefined }]])('need a variable: %j', (options) => {
    expect(problemOf(verb, 'x^2', options)).toMatchObject({
      code: 'unknown-variable',
      message: 'it is not said by what to differentiate',
    });
  });
});

describe('the options of the other functions', () => {
  it.each([
    [
      'verify',
      ['x = x', { shape: 'x: vector(n)' }],
      'verify has no option "shape"',
      'did you mean shapes? It takes seed, shapes',
    ],
    ['verify', ['x = x', { seed: '7' }], 'seed takes a number, not "7"', 'for example { seed: 2 }'],
    ['verify', ['x = x', null], 'the options of verify are an object, not null', 'for example { seed: 7 }'],
    ['check', ['$$x = x$$', { file: 3 }], 'file takes a text, not 3', "for example { file: 'x' }"],
    [
      'check',
      ['$$x = x$$', { seed: -1 }],
      'the seed is a whole number of at most 15 digits, not -1',
      'for example --seed 7',
    ],
    ['parse', ['x', { syntax: 'tex' }], 'syntax can\'t be "tex"', 'did you mean text? It is one of text, latex'],
    ['parse', ['x', { syntax: 1 }], 'syntax takes a text, not 1', 'it is one of text, latex'],
    ['parse', ['x', 'latex'], 'the options of parse are an object, not "latex"', "for example { syntax: 'latex' }"],
    [
      'toTerminal',
      [call('derive', 'x', { wrt: 'x' }), { width: 0 }],
      'width takes a whole number of columns, not 0',
      'for example { width: 80 }',
    ],
  ])('are refused by name and type: %s', (name, args, message, hint) => {
    expect(problemOf(name, ...args)).toEqual({ code: 'unknown-option', message, hint });
  });

  it.each(printers)('of a printer, %s, may be left out and are refused else', (name) => {
    const derivation = call('derive', 'x^2', { wrt: 'x' });
    expect(call(name, derivation)).toBe(call(name, derivation, { lang: 'en' }));
    expect(problemOf(name, derivation, { lang: 'fr' })).toMatchObject({ message: 'lang can\'t be "fr"' });
    expect(problemOf(name, derivation, { language: 'en' })).toMatchObject({
      message: `${name} has no option "language"`,
    });
  });
});

describe('a source that is none', () => {
  const nodes = [parseNode('x^2'), { ...parseNode('x^2') }, JSON.parse(JSON.stringify(parseNode('x^2')))] as const;
  const values: readonly [value: unknown, said: string][] = [
    [3, '3'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('x'), 'a symbol'],
    [() => 'x', 'a function'],
    [[], 'a list'],
    [['x'], 'a list'],
    [{}, 'an object'],
    [{ isNode: true, type: 'OperatorNode' }, 'an object'],
    [nodes[1], 'an object'],
    [nodes[2], 'an object'],
  ];

  it.each(values)('is refused by every verb: %s', (value, said) => {
    for (const verb of verbs) {
      expect(problemOf(verb, value, { wrt: 'x' })).toEqual({
        code: 'syntax',
        message: `${verb} takes a text or a mathjs node, not ${said}`,
        hint: `for example ${verb}('x^2', { wrt: 'x' })`,
      });
    }
    for (const verb of ['parse', 'verify', 'check']) {
      expect(problemOf(verb, value)).toMatchObject({ code: 'syntax', message: `${verb} takes a text, not ${said}` });
    }
    expect(call('safeDerive', value, { wrt: 'x' })).toMatchObject({ code: 'syntax' });
    for (const name of [...printers, 'toJson']) {
      expect(problemOf(name, value)).toEqual({
        code: 'syntax',
        message: `${name} takes what derive, gradient, hessian or stationary returns, not ${said}`,
        hint: `for example ${name}(derive('x^2', { wrt: 'x' }))`,
      });
    }
  });

  it('is not a tree of mathjs, which all verbs of derivatives take', () => {
    expect(call('derive', nodes[0], { wrt: 'x' })).toMatchObject({ result: '2 * x' });
  });

  it('is a problem that safeDerive returns', () => {
    expect(call('safeDerive', 'x', { wert: 'x' })).toMatchObject({ code: 'unknown-option' });
    expect(call('safeDerive', 'x', null)).toMatchObject({ code: 'unknown-option' });
  });
});
