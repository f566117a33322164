/**
 * Where a formula itself points: the values at which something in it bends, jumps, changes its branch or ends. Random points
 * meet these by chance only, and a mistake is often found behind them.
 */

import { divide, subtract } from '../term/construct.ts';
import type { Definitions } from '../term/substitute.ts';
import type { PowerTerm, Term } from '../term/term.ts';
import { orderThrough } from './order.ts';

/** A part of a formula and values of it that make a difference. */
export interface Target {
  readonly of: Term;
  readonly values: readonly number[];
}

/** More terms than this, and no list of targets is made. */
const mostTerms = 400;
const mostTargets = 24;

/** The targets of all terms below `roots`, those of kinks and cases first. */
export function findTargets(roots: readonly Term[], definitions: Definitions): readonly Target[] {
  const order = orderThrough(roots, { definitions, opaque: new Set() }, new Set(), mostTerms) ?? [];
  const found = new Map<Term, Set<number>>();
  for (const pass of [bends, branches]) {
    for (const term of order) {
      for (const { of, values } of pass(term)) {
        if (of.kind === 'number' || (!found.has(of) && found.size >= mostTargets)) continue;
        const known = found.get(of) ?? new Set();
        found.set(of, known);
        for (const value of values) known.add(value);
      }
    }
  }
  return [...found].map(([of, values]) => ({ of, values: [...values] }));
}

/** A part whose sign decides which of several formulas holds, and whether its zero is a case by itself. */
interface Bend {
  readonly of: Term;
  readonly single: boolean;
}

/** The kinks, jumps and cases below `roots` that are at 0 of a part. */
export function findBends(roots: readonly Term[], definitions: Definitions): readonly Bend[] {
  const order = orderThrough(roots, { definitions, opaque: new Set() }, new Set(), mostTerms) ?? [];
  const found = order.flatMap((term) =>
    bends(term)
      .filter(({ values }) => values === atZero)
      .map(({ of }) => ({ of, single: term.kind === 'relation' && equating.has(term.operator) })),
  );
  return found.slice(0, mostTargets);
}

const none: readonly Target[] = [];
const equating: ReadonlySet<string> = new Set(['==', '!=']);
const atZero: readonly number[] = [0];
const wholes = [-2, -1, 0, 1, 2, 3];
const quarters = [-3, -2, -1, 1, 2, 3].map((k) => (k * Math.PI) / 2);
const kinks: ReadonlySet<string> = new Set(['abs', 'relu', 'sign', 'heaviside', 'leaky_relu', 'elu', 'selu']);

/** Kinks, jumps and cases: there a value or a slope changes at once. */
function bends(term: Term): readonly Target[] {
  if (term.kind === 'relation') return [zeroOf(subtract(term.left, term.right))];
  if (term.kind !== 'apply' || term.generic) return none;
  const [first, second, third] = term.args as readonly [Term, Term?, Term?];
  if (kinks.has(term.name)) return [zeroOf(first)];
  switch (term.name) {
    case 'floor':
    case 'ceil':
      return [{ of: first, values: wholes }];
    case 'mod':
      return second === undefined ? none : [{ of: divide(first, second), values: wholes }];
    case 'clamp':
      return [second, third].flatMap((end) => (end === undefined ? none : [zeroOf(subtract(first, end))]));
    case 'max':
    case 'min':
      return term.args.slice(1).map((other, at) => zeroOf(subtract(term.args[at] as Term, other)));
    default:
      return none;
  }
}

const zeroOf = (of: Term): Target => ({ of, values: atZero });

/** Values of the argument at which a branch or the domain of a function ends, or at which it turns. */
const turns: Readonly<Partial<Record<string, readonly number[]>>> = {
  asin: [-1, 0, 1],
  acos: [-1, 0, 1],
  acosh: [1],
  atanh: [-1, 1],
  asec: [-1, 1],
  acsc: [-1, 1],
  acoth: [-1, 1],
  asech: [0, 1],
  acot: [0],
  log: [0],
  log2: [0],
  log10: [0],
  log1p: [-1],
  cosh: [0],
  sech: [0],
  sin: quarters,
  cos: quarters,
  tan: quarters,
  sec: quarters,
  csc: quarters,
  cot: quarters,
};

function branches(term: Term): readonly Target[] {
  switch (term.kind) {
    case 'apply': {
      const values = term.generic ? undefined : turns[term.name];
      return values === undefined ? none : [{ of: term.args[0] as Term, values }];
    }
    case 'power':
      return turnsAtZero(term) ? [zeroOf(term.base)] : none;
    case 'add':
      return term.rank === 0 && term.terms.some((part) => part.kind === 'number') ? [zeroOf(term)] : none;
    default:
      return none;
  }
}

/** Denominators, even powers and all roots have something to them at 0. */
function turnsAtZero({ exponent }: PowerTerm): boolean {
  if (exponent.kind !== 'number') return true;
  const { numerator, denominator } = exponent.value;
  return numerator < 0n || denominator !== 1n || numerator % 2n === 0n;
}

/** Whether a term may have branches: an inverse function or a root of what can have either sign. */
export function hasBranches(term: Term): boolean {
  if (term.kind === 'apply' && !term.generic) return branching.has(term.name) && isComposite(term.args[0]);
  if (term.kind !== 'power' || term.exponent.kind !== 'number') return false;
  return term.exponent.value.denominator % 2n === 0n && isComposite(term.base);
}

const branching: ReadonlySet<string> = new Set([
  'asin',
  'acos',
  'atan',
  'acosh',
  'acot',
  'asec',
  'acsc',
  'log',
  'atan2',
]);

function isComposite(term: Term | undefined): boolean {
  return term !== undefined && term.rank === 0 && term.parts.length > 0 && term.kind !== 'element';
}
