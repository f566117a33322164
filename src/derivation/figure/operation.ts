/** What stands in the node of a term, and what goes into it. */

import { number, open, splitCoefficient } from '../../term/construct.ts';
import { children } from '../../term/inspect.ts';
import { minusOneRational, oneRational, equalRational as same } from '../../term/rational.ts';
import type { AddTerm, ApplyTerm, BinderTerm, CasesTerm, MultiplyTerm, PowerTerm, Term } from '../../term/term.ts';
import type { Print } from '../printer.ts';
import type { Sign } from './figure.ts';

/** Something that goes into a node. */
export interface Input {
  readonly term: Term;
  readonly minus?: boolean;
}

export interface Operation {
  readonly sign: Sign;
  readonly inputs: readonly Input[];
}

/** The operation that gives the value of `term`; undefined for a quantity. Binders show no index of `taken`. */
export function operationOf(term: Term, taken: ReadonlySet<string>, print: Print): Operation | undefined {
  switch (term.kind) {
    case 'add':
      return sumOf(term, print);
    case 'multiply':
      return productOf(term, print);
    case 'power':
      return powerOf(term, print);
    case 'apply':
      return callOf(term);
    case 'sum':
    case 'product':
      return binderOf(term, taken, print);
    case 'dot':
      return { sign: { kind: 'dot' }, inputs: [{ term: term.left }, { term: term.right }] };
    case 'cases':
      return casesOf(term);
    default:
      return leaves.has(term.kind) ? undefined : otherOf(term);
  }
}

/** What stands in a node of its own as it is. */
const leaves: ReadonlySet<string> = new Set([
  'number',
  'symbol',
  'index',
  'element',
  'delta',
  'derivative',
  'relation',
]);

/** Operations that have no sign of their own stand with their names. */
function otherOf({ kind, operation = kind, parts }: Pick<Term, 'kind' | 'parts'> & { operation?: string }): Operation {
  return { sign: { kind: 'function', name: operation }, inputs: parts.map((term) => ({ term })) };
}

/** Terms with a minus sign are subtracted; a number and one other term are a shift. */
function sumOf({ terms }: AddTerm, print: Print): Operation {
  const constant = terms.find((one) => one.kind === 'number');
  const inputs = terms.filter((one) => one !== constant || terms.length > 2).map(signed);
  const [only] = inputs;
  if (constant !== undefined && inputs.length === 1 && only !== undefined) {
    const sign: Sign = { kind: 'shift', constant: print(constant), minus: only.minus === true };
    return { sign, inputs: [{ term: only.term }] };
  }
  return { sign: { kind: 'plus' }, inputs };
}

function signed(term: Term): Input {
  const [coefficient, rest] = splitCoefficient(term);
  return term.kind === 'multiply' && same(coefficient, minusOneRational) ? { term: rest, minus: true } : { term };
}

/** A number in front is an operation of its own. */
function productOf(term: MultiplyTerm, print: Print): Operation {
  if (same(term.coefficient, oneRational)) {
    return { sign: { kind: 'times' }, inputs: term.factors.map((factor) => ({ term: factor })) };
  }
  const rest = term.rest ?? term;
  return { sign: { kind: 'scale', coefficient: print(number(term.coefficient)) }, inputs: [{ term: rest }] };
}

function powerOf({ base, exponent }: PowerTerm, print: Print): Operation {
  if (exponent.kind === 'number') {
    return { sign: { kind: 'power', exponent: print(exponent) }, inputs: [{ term: base }] };
  }
  return { sign: { kind: 'power', exponent: null }, inputs: [{ term: base }, { term: exponent }] };
}

function callOf({ name, orders, args }: ApplyTerm): Operation {
  const primes = args.length === 1 ? "'".repeat(orders[0] ?? 0) : '';
  return { sign: { kind: 'function', name: name + primes }, inputs: args.map((term) => ({ term })) };
}

function binderOf(term: BinderTerm, taken: ReadonlySet<string>, print: Print): Operation {
  const { index, body } = open(term, taken);
  const range = term.range === undefined ? null : { from: print(term.range.from), to: print(term.range.to) };
  // Derivations hold no integrals.
  const kind = term.kind === 'product' ? 'product' : 'sum';
  return { sign: { kind, index: index.name, range }, inputs: [{ term: body }] };
}

function casesOf({ condition, then, otherwise }: CasesTerm): Operation {
  const inputs = [...children(condition), then, otherwise].filter((one) => one.kind !== 'number');
  return { sign: { kind: 'cases' }, inputs: [...new Set(inputs)].map((term) => ({ term })) };
}
