/** Values of texts and terms in plain floating-point numbers, by mathjs's functions: a second opinion on every answer. */

import digamma from '@stdlib/math-base-special-digamma';
import * as mathjs from 'mathjs';
import type { Definition } from '../../src/term/substitute.ts';
import type { SymbolTerm, Term } from '../../src/term/term.ts';
import type { Point } from './engines/engine.ts';

type Numeric = (...args: number[]) => number;

/** What mathjs lacks, or has under another name. */
const furtherFunctions: Readonly<Record<string, Numeric>> = {
  ln: Math.log,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.log1p(Math.exp(x)),
  silu: (x) => x / (1 + Math.exp(-x)),
  swish: (x) => x / (1 + Math.exp(-x)),
  relu: (x) => Math.max(0, x),
  heaviside: (x) => (x > 0 ? 1 : 0),
  erfc: (x) => 1 - mathjs.erf(x),
  digamma,
  // Names are numbers here: vectors of one component.
  dot: (a, b) => a * b,
};

/** The names of a point together with the functions that mathjs lacks, as `evaluate` takes them. */
export function functionsAt(point: Point): Record<string, unknown> {
  return { ...furtherFunctions, ...point };
}

/** A text as a function of a point; NaN where its value is not real. Throws for names that have no value. */
export function compileText(text: string): (point: Point) => number {
  const compiled = mathjs.compile(text);
  return (point) => {
    const value: unknown = compiled.evaluate(functionsAt(point));
    return typeof value === 'number' ? value : Number.NaN;
  };
}

/** The values of texts under names with what they stand for, each resting on earlier ones. */
export function evaluateInTurn(
  names: readonly (readonly [name: string, text: string])[],
  texts: readonly string[],
  point: Point,
): number[] {
  const scope = functionsAt(point);
  for (const [name, text] of names) scope[name] = mathjs.evaluate(text, scope);
  return texts.map((text) => Number(mathjs.evaluate(text, scope)));
}

function functionNamed(name: string): Numeric {
  const known = furtherFunctions[name] ?? (mathjs as unknown as Record<string, Numeric>)[name];
  if (known === undefined) throw new Error(`no value for the function ${name}`);
  return known;
}

/** The values of `terms`, the definitions gone through in order first. Deep terms take no stack. */
export function evaluateTerms(terms: readonly Term[], lets: readonly Definition[], point: Point): number[] {
  const values = new Map<Term, number>();
  const defined = new Map<SymbolTerm, number>();
  const leaf = (term: SymbolTerm): number => {
    if (term.constant) return term.name === 'pi' ? Math.PI : Math.E;
    const value = defined.get(term) ?? point[term.name];
    if (value === undefined) throw new Error(`no value for ${term.name}`);
    return value;
  };
  const evaluate = (root: Term): number => {
    const stack = [root];
    for (let term = stack.at(-1); term !== undefined; term = stack.at(-1)) {
      const open = partsOf(term).filter((part) => !values.has(part));
      if (open.length > 0) {
        stack.push(...open);
        continue;
      }
      values.set(term, term.kind === 'symbol' ? leaf(term) : combine(term, values));
      stack.pop();
    }
    return values.get(root) as number;
  };
  for (const { symbol, body } of lets) defined.set(symbol, evaluate(body));
  return terms.map(evaluate);
}

function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'add':
      return term.terms;
    case 'multiply':
      return term.factors;
    case 'power':
      return [term.base, term.exponent];
    case 'apply':
      return term.args;
    case 'dot':
      return [term.left, term.right];
    case 'cases':
      return [term.condition.left, term.condition.right, term.then, term.otherwise];
    default:
      throw new Error(`no value for a ${term.kind}`);
  }
}

function combine(term: Term, values: ReadonlyMap<Term, number>): number {
  const parts = partsOf(term).map((part) => values.get(part) as number);
  const [first = 0, second = 0, third = 0, fourth = 0] = parts;
  switch (term.kind) {
    case 'number':
      return Number(term.value.numerator) / Number(term.value.denominator);
    case 'add':
      return parts.reduce((total, part) => total + part, 0);
    case 'multiply': {
      const coefficient = Number(term.coefficient.numerator) / Number(term.coefficient.denominator);
      return parts.reduce((total, part) => total * part, coefficient);
    }
    case 'power':
      return first ** second;
    case 'apply':
      if (term.generic) throw new Error(`no value for the function ${term.name}`);
      return functionNamed(term.name)(...parts);
    case 'dot':
      return first * second;
    case 'cases':
      return relations[term.condition.operator](first, second) ? third : fourth;
    default:
      throw new Error(`no value for a ${term.kind}`);
  }
}

const relations = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
};
