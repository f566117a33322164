/**
 * The inputs of the campaign: what a caller may hand to the verbs, sensible or not. Input number n of a seed is always the
 * same, so that a finding is named by two numbers.
 */

import { parse } from 'mathjs';
import { createDraw, type Draw } from './draw.ts';
import { latexEquation, latexFormula, shapedFormula, shapedNames, textEquation, textFormula } from './formulas.ts';
import { type Material, spoil } from './material.ts';

export const verbs = ['derive', 'gradient', 'hessian', 'stationary', 'verify', 'check', 'parse', 'safeDerive'] as const;

export type Verb = (typeof verbs)[number];

export interface CampaignInput {
  readonly verb: Verb;
  readonly source: unknown;
  /** What follows the source; usually the options alone, now and then nothing. */
  readonly rest: readonly unknown[];
}

/** The input with this number. */
export function inputAt(seed: number, at: number, material: Material): CampaignInput {
  const draw = createDraw(seed, at);
  const verb = draw.pick([...verbs, 'derive', 'derive', 'gradient'] as const);
  const source = draw.once(40) ? oddValue(draw) : sourceFor(verb, material, draw);
  const options = draw.once(30) ? oddValue(draw) : optionsFor(verb, source, draw);
  const rest = draw.once(50) ? [] : [options];
  return { verb, source, rest };
}

function sourceFor(verb: Verb, material: Material, draw: Draw): unknown {
  if (verb === 'check') return documentFrom(material, draw);
  if (draw.once(60)) return oddNode(draw);
  if (verb === 'verify') return equationFrom(material, draw);
  const formula = formulaFrom(material, draw);
  if (!draw.once(8)) return formula;
  const name = draw.pick(['z', 'y', 'u', 'w', 'y[i]', 'f(x)', 'A', 'x']);
  return `${name} = ${formulaFrom(material, draw)}; ${draw.once(2) ? `${name} + ${formula}` : formula}`;
}

function formulaFrom(material: Material, draw: Draw): string {
  const depth = draw.pick([1, 2, 2, 3, 3, 4]);
  switch (draw.below(10)) {
    case 0:
    case 1:
    case 2:
      return textFormula(draw, depth);
    case 8:
    case 9:
      return shapedFormula(draw, draw.pick([0, 0, 0, 1, 2] as const), depth - 1);
    case 3:
    case 4:
      return latexFormula(draw, depth);
    case 5:
      return noise(draw);
    default:
      return written(material, draw);
  }
}

function equationFrom(material: Material, draw: Draw): string {
  const depth = draw.pick([1, 2, 2, 3]);
  switch (draw.below(4)) {
    case 0:
      return textEquation(draw, depth);
    case 1:
      return latexEquation(draw, depth);
    case 2: {
      const rank = draw.pick([0, 1, 2] as const);
      return `${shapedFormula(draw, rank, depth - 1)} = ${shapedFormula(draw, rank, depth - 1)}`;
    }
    default:
      return written(material, draw);
  }
}

/** A formula that somebody wrote, mostly spoilt. */
function written({ formulas }: Material, draw: Draw): string {
  const one = draw.pick(formulas);
  return draw.once(5) ? one : spoil(one, draw.pick(formulas), draw);
}

const signs = [
  ...'xyzabfABijn0123456789+-*/^_=()[]{}\',.;:!?|&$%#@~`"\\<> \n\t',
  'α',
  '∂',
  '∇',
  '²',
  '√',
  '，',
  '–',
  '𝑥',
  '\0',
];

function noise(draw: Draw): string {
  return draw.several(draw.below(14), () => draw.pick(signs)).join('');
}

/** Some lines with displays: equations, and pieces of the documents of others. */
function documentFrom(material: Material, draw: Draw): string {
  const { documents, formulas } = material;
  if (draw.once(3) && documents.length > 0) {
    const lines = draw.pick(documents).split('\n');
    const from = draw.below(lines.length);
    const piece = lines.slice(from, from + 4 + draw.below(16)).join('\n');
    return draw.once(2) ? piece : spoil(piece, draw.pick(formulas), draw);
  }
  const displays = draw.several(1 + draw.below(3), () => {
    const tex = draw.once(2) ? latexEquation(draw, draw.pick([1, 2, 3])) : written(material, draw);
    return draw.once(4) ? `Let $${tex}$ be.` : `$$\n${tex}\n$$`;
  });
  return displays.join('\n\n');
}

const variables = [
  'x',
  'x',
  'x',
  'y',
  'a',
  'w',
  'A',
  'X',
  'b',
  'beta[j]',
  'x[j]',
  'X[i, j]',
  'A[:, j]',
  'theta',
  '\\theta',
  'x,y',
  'A,x',
  'A, m',
  'z',
  'u,v,w',
  'x_1',
  '\\beta_j',
  'x,x',
  'n',
  'f',
  'x+1',
  '',
  '3',
  'i',
  "x'",
];
const declarations = [
  'x: vector(n)',
  'A: matrix(n, n)',
  'A: matrix(m, n), x: vector(n)',
  'X: matrix(n, n) symmetric',
  'b: vector(3)',
  't: positive',
  'x: vector(2), A: matrix(2, 2)',
  'u: vector(n), v: vector(n), w: vector(n)',
  'x: scalar',
  'W: matrix(3, 2), y: vector(3)',
  'x: nonsense',
  'x',
  'A: matrix(n)',
  'n: integer',
  'S: matrix(n, n) positive definite',
  'x: vector(0)',
  'B: matrix(n, n) diagonal',
];

/** Options by name, each with ways to fill it in. */
const fillings: Readonly<Record<string, (draw: Draw) => unknown>> = {
  order: (draw) => draw.pick([1, 2, 2, 3, 4, 8, 12, 13, 0]),
  mixed: () => true,
  implicit: (draw) => textEquation(draw, 2),
  depends: (draw) => draw.pick(['y(x)', 'x(t), y(t)', 'z(x, y)', 'y', 'x(x)', 'y(x), y(t)']),
  taylor: (draw) => draw.pick([0, 1, 2, 3, 5, 12]),
  at: (draw) => draw.pick(['0', '1', 'a', 'x', 'pi/2', '1/0']),
  direction: (draw) => draw.pick(['1', '3, 4', 'v', 'u', 'x', 'A', '1,']),
  vjp: (draw) => draw.pick(['u', 'v', '1', 'A', 'x']),
  unit: () => true,
  method: (draw) => draw.pick(['chain', 'index', 'differential', 'logarithmic', 'rewrite', 'none']),
  layout: (draw) => draw.pick(['denominator', 'numerator', 'none']),
  define: (draw) => draw.pick([[`y = ${textFormula(draw, 2)}`], ['z = a*x + b'], ['x = x'], []]),
  shapes: (draw) => draw.pick(declarations),
  syntax: (draw) => draw.pick(['text', 'latex']),
  detail: (draw) => draw.pick(['answer', 'standard', 'every', 'all']),
  update: (draw) => draw.pick([true, 'eta', 'x', '1', false]),
  verify: (draw) => draw.pick([true, false]),
  seed: (draw) => draw.pick([1, 7, 0, -1, 0.5]),
  file: () => 'notes.md',
};

/** Options that the verb mostly knows, with one of a wrong name or type now and then. */
function optionsFor(verb: Verb, source: unknown, draw: Draw): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  if (verb !== 'check' && verb !== 'parse' && verb !== 'verify') {
    options.wrt = draw.once(3) ? draw.pick(variables) : nameIn(source, draw);
    if (verb === 'gradient' && draw.once(2)) options.wrt = [options.wrt, draw.pick(variables)];
  }
  const names = draw.several(draw.pick([0, 0, 0, 1, 1, 2, 3]), () => draw.pick(Object.keys(fillings)));
  for (const name of names) options[name] = fillings[name]?.(draw);
  if (draw.once(2)) options.shapes = draw.once(2) ? shapedNames : draw.pick(declarations);
  if (verb === 'check' || verb === 'parse' || verb === 'verify') {
    for (const name of Object.keys(options)) if (!draw.once(20) && !known[verb].includes(name)) delete options[name];
  }
  if (draw.once(25)) options[draw.pick([...Object.keys(fillings), 'wrt'])] = oddValue(draw);
  if (draw.once(40))
    options[draw.pick(['wert', 'oder', 'shape', 'constructor', '__proto__', 'toString', '', 'x'])] = 'x';
  return options;
}

const known = { check: ['file', 'seed'], parse: ['syntax'], verify: ['seed', 'shapes'] } as const satisfies Record<
  string,
  readonly string[]
> as Readonly<Record<'check' | 'parse' | 'verify', readonly string[]>>;

/** A name that stands in the source. */
function nameIn(source: unknown, draw: Draw): string {
  const names = typeof source === 'string' ? (source.match(/\\?\b[A-Za-z]\b(?:\[[ijk]\])?(?!\()/g) ?? []) : [];
  return names.length === 0 ? 'x' : draw.pick(names);
}

/** A mathjs node that no reader of ours would make. */
function oddNode(draw: Draw): unknown {
  const text = draw.pick([
    'x^2',
    '[1, 2; 3, x]',
    '{a: x}',
    'f(x) = x^2',
    'x = 3',
    '"x"',
    'a.b',
    'x to y',
    '1:3',
    'x; y',
    'true',
    '2 cm',
    'A[1:2, :]',
    'not x',
    'x < y < z',
    "x'",
    'null',
    '3i',
    'x and y',
    'x % 2',
    '~x',
    'f()',
    'sin(x)^2/x',
    'a ? b : c',
    'NaN',
    '0x1F',
    'x[1]',
    'Infinity',
  ]);
  const node = parse(text);
  if (draw.once(3))
    return draw.pick([
      { ...node },
      { type: node.type },
      { isNode: true, type: 'OperatorNode', op: '+', args: [node, null] },
      JSON.parse(JSON.stringify(node)),
    ]);
  return node;
}

class Surprise {
  toString(): never {
    throw new TypeError('a text that throws');
  }
}

/** Anything that is no text and no options. */
function oddValue(draw: Draw): unknown {
  const makers: readonly (() => unknown)[] = [
    () => undefined,
    () => null,
    () => 3,
    () => Number.NaN,
    () => '',
    () => '2',
    () => 'x',
    () => Symbol('x'),
    () => 10n,
    () => true,
    () => [],
    () => ['x', 3],
    () => [null],
    () => ({}),
    () => ({ wrt: { toString: () => 'x' } }),
    () => () => 'x',
    () => new Date(0),
    () => new Map([['wrt', 'x']]),
    () => Object.create(null),
    () => Object.freeze({ wrt: 'x' }),
    () => new Proxy({}, { get: () => undefined }),
    () => new Surprise(),
    () => new String('x'),
    () => /x/,
    () => 'x'.repeat(3000),
    () => new Uint8Array(4),
    () => ['x', 'x', ['x']],
  ];
  return draw.pick(makers)();
}
