/**
 * Ratios of circular and of hyperbolic functions of one argument within a product: sin/cos = tan, 1/cos^2 = sec^2, and
 * so on (Abramowitz and Stegun, 4.3.1 to 4.3.6 and 4.5.1 to 4.5.6). Both sides have a value at the same points, but for
 * holes that close.
 */

import { addAll, apply, multiply, multiplyAll, number } from '../../term/construct.ts';
import { factorsOf } from '../../term/inspect.ts';
import { isIntegerRational, oneRational, type Rational } from '../../term/rational.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { powerOf, unit } from './monomial.ts';
import { count, countPower, emptyTally, isDivisor, sizeOf, sizeOfTally, type Tally } from './size.ts';

/** Each function as powers of the two that the others are ratios of. */
interface Family {
  readonly sine: string;
  readonly cosine: string;
  readonly tangent: string;
  readonly cotangent: string;
  readonly secant: string;
  readonly cosecant: string;
}

const circular: Family = {
  sine: 'sin',
  cosine: 'cos',
  tangent: 'tan',
  cotangent: 'cot',
  secant: 'sec',
  cosecant: 'csc',
};
const hyperbolic: Family = {
  sine: 'sinh',
  cosine: 'cosh',
  tangent: 'tanh',
  cotangent: 'coth',
  secant: 'sech',
  cosecant: 'csch',
};

const members: ReadonlyMap<string, { readonly family: Family; readonly sine: number; readonly cosine: number }> =
  new Map(
    [circular, hyperbolic].flatMap((family) => [
      [family.sine, { family, sine: 1, cosine: 0 }],
      [family.cosine, { family, sine: 0, cosine: 1 }],
      [family.tangent, { family, sine: 1, cosine: -1 }],
      [family.cotangent, { family, sine: -1, cosine: 1 }],
      [family.secant, { family, sine: 0, cosine: -1 }],
      [family.cosecant, { family, sine: -1, cosine: 0 }],
    ]),
  );

interface Member {
  readonly family: Family;
  readonly argument: Term;
  readonly sine: number;
  readonly cosine: number;
}

/** All powers of one family at one argument in a product: in how many factors, and whether one is below the stroke. */
interface Group {
  readonly family: Family;
  readonly argument: Term;
  sine: number;
  cosine: number;
  places: number;
  below: boolean;
}

/** A whole power of one of the twelve functions. */
function memberIn(factor: Term): Member | undefined {
  const base = factor.kind === 'power' ? factor.base : factor;
  if (base.kind !== 'apply' || base.generic) return undefined;
  const member = members.get(base.name);
  if (member === undefined) return undefined;
  let times = 1;
  if (factor.kind === 'power') {
    if (factor.exponent.kind !== 'number' || !isIntegerRational(factor.exponent.value)) return undefined;
    times = factor.exponent.integer;
  }
  const { family, sine, cosine } = member;
  return { family, argument: base.args[0] as Term, sine: sine * times, cosine: cosine * times };
}

/** The product with the powers of each family and argument in their shortest form. */
export function shortenRatios(term: Term): Term {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  const groups: Group[] = [];
  for (const factor of factors) {
    const member = memberIn(factor);
    if (member === undefined) continue;
    const { family, argument, sine, cosine } = member;
    const below = isDivisor(factor);
    const known = groups.find((group) => group.argument === argument);
    if (known === undefined) groups.push({ family, argument, sine, cosine, places: 1, below });
    else if (known.family === family) {
      known.sine += sine;
      known.cosine += cosine;
      known.places++;
      known.below ||= below;
    }
  }
  let best = term;
  for (const group of groups) {
    // A function alone above the stroke is as short as it can be, and so are powers of sine and cosine there.
    if (!group.below && (group.places === 1 || (group.sine >= 0 && group.cosine >= 0 && !hasRatio(factors, group))))
      continue;
    best = shortenGroup(best, group);
  }
  return best;
}

/** The product with the powers of one family and argument in their shortest form. Only a shorter one is built. */
function shortenGroup(term: Term, group: Group): Term {
  const parts = term.kind === 'multiply' ? term.factors : [term];
  const coefficient = term.kind === 'multiply' ? term.coefficient : oneRational;
  const others: Term[] = [];
  const tally = emptyTally();
  let isOpen = false;
  for (const factor of parts) {
    if (belongs(factor, group)) continue;
    others.push(factor);
    count(tally, factor);
    isOpen ||= isRootOf(factor, group);
  }
  let best = term;
  for (const form of formsOf(group)) {
    // What collects with a root of a function has another size than its parts.
    if (!isOpen && form.scale === 1 && sizeWith(tally, coefficient, form) >= sizeOf(best)) continue;
    const candidate = multiplyAll([
      number(coefficient),
      number(form.scale),
      ...others,
      ...form.powers.map(build, form),
    ]);
    if (sizeOf(candidate) < sizeOf(best)) best = candidate;
  }
  return best;
}

/** A power of a function of the group's argument that is no whole one. */
function isRootOf(factor: Term, { argument }: Group): boolean {
  return factor.kind === 'power' && factor.base.kind === 'apply' && factor.base.args[0] === argument;
}

/**
 * A sum with tan, sec and their kin as sines and cosines of one argument; undefined where fewer than two terms hold any
 * function of one family, or all are sines and cosines as they are.
 */
export function bySineAndCosine(sum: AddTerm): AddTerm | undefined {
  let argument: Term | undefined;
  let holders = 0;
  let isMixed = false;
  for (const term of sum.terms) {
    const own = factorsOf(term)
      .map(memberIn)
      .filter((one) => one !== undefined);
    if (own.length === 0) continue;
    holders++;
    argument ??= own[0]?.argument;
    if (own.some((one) => one.argument !== argument)) return undefined;
    isMixed ||= own.some((one) => one.sine < 0 || one.cosine < 0);
  }
  if (!isMixed || (holders < 2 && sum.terms.length < 2)) return undefined;
  const written = addAll(sum.terms.map(withSineAndCosine));
  return written.kind === 'add' ? written : undefined;
}

function withSineAndCosine(term: Term): Term {
  const factors = factorsOf(term).map((factor) => {
    const member = memberIn(factor);
    if (member === undefined) return factor;
    const { family, argument, sine, cosine } = member;
    return multiply(
      powerOf(apply(family.sine, argument), sine * unit),
      powerOf(apply(family.cosine, argument), cosine * unit),
    );
  });
  return multiplyAll(term.kind === 'multiply' ? [number(term.coefficient), ...factors] : factors);
}

function belongs(factor: Term, group: Member): boolean {
  const member = memberIn(factor);
  return member !== undefined && member.family === group.family && member.argument === group.argument;
}

function hasRatio(factors: readonly Term[], group: Member): boolean {
  return factors.some((factor) => {
    const member = memberIn(factor);
    return member !== undefined && member.argument === group.argument && (member.sine < 0 || member.cosine < 0);
  });
}

/** Powers of functions of one argument, times a number. */
interface Form {
  readonly scale: number;
  readonly argument: Term;
  readonly powers: readonly (readonly [name: string, times: number])[];
}

function build(this: Form, [name, times]: readonly [string, number]): Term {
  return powerOf(apply(name, this.argument), times * unit);
}

/** The size of a product of what is counted and a form. */
function sizeWith({ above, top, below, bottom, nested }: Tally, coefficient: Rational, form: Form): number {
  const tally = { above, top, below, bottom, nested };
  const size = 1 + sizeOf(form.argument);
  for (const [, times] of form.powers) countPower(tally, size, times);
  return sizeOfTally(tally, coefficient);
}

/** sin^a cos^b, also as tan^a cos^(a + b) and as cot^b sin^(a + b), with sec and csc for what is below the stroke. */
function formsOf({ family, argument, sine, cosine }: Member): Form[] {
  const above = (direct: string, inverse: string, times: number) =>
    times < 0 ? ([inverse, -times] as const) : ([direct, times] as const);
  const of = (...powers: (readonly [string, number])[]): Form => ({
    scale: 1,
    argument,
    powers: powers.filter(([, times]) => times !== 0),
  });
  const ratio = sine + cosine;
  const byTangent = of(above(family.tangent, family.cotangent, sine), above(family.cosine, family.secant, ratio));
  const byCotangent = of(above(family.cotangent, family.tangent, cosine), above(family.sine, family.cosecant, ratio));
  return [
    of([family.sine, sine], [family.cosine, cosine]),
    of(above(family.sine, family.cosecant, sine), above(family.cosine, family.secant, cosine)),
    // Of two that are as long the one above the stroke: 2 cot(u), not 2/tan(u).
    ...(sine < 0 ? [byCotangent, byTangent] : [byTangent, byCotangent]),
    ...(sine === cosine && sine < 0 ? [doubled(family, argument, -sine)] : []),
  ];
}

/** 1/(sin(u) cos(u)) as 2 csc(2 u). */
function doubled({ cosecant }: Family, argument: Term, times: number): Form {
  return { scale: 2 ** times, argument: multiply(number(2), argument), powers: [[cosecant, times]] };
}
