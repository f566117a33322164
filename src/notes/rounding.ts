/** Numbers that a text has rounded: 0.667 for 2/3. */

import type { Certificate } from '../certificate.ts';
import { namesIn } from '../meaning/known-names.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import type { Claim } from './claim.ts';
import { isClosed } from './closed.ts';

/**
 * Whether the two sides differ by no more than rounding: `within` half a unit of the last digit of the side that is nothing but
 * a decimal number, or `near` what the digits of the decimals in them allow.
 */
export function isRounded(claim: Claim, { counterexample }: Certificate): 'within' | 'near' | undefined {
  if (counterexample === undefined) return undefined;
  const decimals = [...decimalsIn(claim.left), ...decimalsIn(claim.right)];
  if (decimals.length === 0) return undefined;
  const difference = Math.abs(counterexample.left - counterexample.right);
  const alone = [claim.left, claim.right].map(decimalAlone).find((text) => text !== undefined);
  if (alone !== undefined && difference <= 0.5000001 * unitOf(alone)) return 'within';
  const size = Math.max(Math.abs(counterexample.left), Math.abs(counterexample.right));
  return difference <= size * Math.max(...decimals.map(roughness)) ? 'near' : undefined;
}

/** A number as it is written: its value, the size of its last digit, and how many digits it has. */
interface WrittenNumber {
  readonly value: number;
  readonly unit: number;
  readonly digits: number;
}

/** 2.21, -0.5, 1.2 \\times 10^5; undefined for anything else. */
function readNumber(node: MathNode): WrittenNumber | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return readNumber(seen.content);
  if (seen.kind === 'constant') {
    const significant = seen.text.replace('.', '').replace(/^0+/, '');
    // The zeros at the end of a whole number may be none of its digits.
    const digits = (seen.text.includes('.') ? significant : significant.replace(/0+$/, '')).length;
    return { value: Number(seen.text), unit: unitOf(seen.text), digits };
  }
  if (seen.kind !== 'operator') return undefined;
  const [first, second] = seen.args.map(readNumber);
  if (first === undefined) return undefined;
  if (seen.operator === '-' && seen.args.length === 1) return { ...first, value: -first.value };
  if (
    seen.operator === '*' &&
    second !== undefined &&
    seen.args.length === 2 &&
    isPowerOfTen(seen.args[1] as MathNode)
  ) {
    return { value: first.value * second.value, unit: first.unit * second.value, digits: first.digits };
  }
  if (seen.operator === '^' && second !== undefined && first.value === 10) {
    return { value: 10 ** second.value, unit: 10 ** second.value, digits: 1 };
  }
  return undefined;
}

function isPowerOfTen(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === '^' && readNumber(seen.args[0] as MathNode)?.value === 10;
}

/** By how much a value may differ from a number of 1, 2, or more digits that is said to be about it. */
const looseness = [1, 0.4, 0.2] as const;
/** The same for the value of a function, f(2.1), which may be what its tangent gives, */
const loosenessOfCalls = [Number.POSITIVE_INFINITY, 1, 0.5] as const;
/** and for a formula in names that have values, which is put into numbers as it stands. */
const loosenessOfFormulas = [1, 0.2, 0.05] as const;

/**
 * What a number is beside a value that is said to be about it: `rounded` from it, or `far` from it, so that no approximation that
 * anybody makes leads there; undefined for what lies between, and where the right side is no number.
 */
export function closeness({ left, right }: Claim, value: number, isOfFunction = false): 'rounded' | 'far' | undefined {
  const written = readNumber(right);
  if (written === undefined || !Number.isFinite(value)) return undefined;
  const difference = Math.abs(value - written.value);
  if (difference <= 0.5000001 * written.unit) return 'rounded';
  const own = isOfFunction ? loosenessOfCalls : isClosed(left) ? looseness : loosenessOfFormulas;
  const loose = own[Math.max(0, Math.min(2, written.digits - 1))] as number;
  const rough = 4 * Math.max(0, ...decimalsIn(left).map(roughness));
  const isFar =
    difference > 2 * written.unit && difference > (loose + rough) * Math.max(Math.abs(value), Math.abs(written.value));
  return isFar ? 'far' : undefined;
}

/** Whether a number may be an angle in degrees, or what a function is taken of. */
export function mayBeOfDegrees({ left, right }: Claim, value: number): boolean {
  const inDegrees = closeness({ left, right } as Claim, (value * 180) / Math.PI);
  return holdsDegrees(left) || (inDegrees !== 'far' && holdsCall(left, inverse));
}

const circular: ReadonlySet<string> = new Set('sin cos tan cot sec csc'.split(' '));
const inverse: ReadonlySet<string> = new Set(
  'asin acos atan arcsin arccos arctan acot asec acsc arccot arcsec arccsc'.split(' '),
);
/** Angles in radians are smaller than this, or multiples of pi. */
const largestAngle = 7;

function holdsDegrees(node: MathNode): boolean {
  const seen = view(node);
  const isOfNumber = seen.kind === 'call' && circular.has(seen.name) && ![...namesIn(node)].includes('pi');
  if (isOfNumber && numbersIn(node).some((one) => one >= largestAngle)) return true;
  return partsOf(node).some(holdsDegrees);
}

function holdsCall(node: MathNode, names: ReadonlySet<string>): boolean {
  const seen = view(node);
  return (seen.kind === 'call' && names.has(seen.name)) || partsOf(node).some((part) => holdsCall(part, names));
}

function numbersIn(node: MathNode): number[] {
  const seen = view(node);
  return seen.kind === 'constant' ? [Number(seen.text)] : partsOf(node).flatMap(numbersIn);
}

/** The size of the last digit of a decimal number. */
function unitOf(text: string): number {
  return 10 ** -(text.split('.')[1]?.length ?? 0);
}

/** How much of a decimal number its last digit is. */
function roughness(text: string): number {
  return unitOf(text) / Math.max(Math.abs(Number(text)), unitOf(text));
}

function decimalAlone(node: MathNode): string | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return decimalAlone(seen.content);
  if (seen.kind === 'operator' && seen.operator === '-' && seen.args.length === 1) {
    return decimalAlone(seen.args[0] as MathNode);
  }
  return seen.kind === 'constant' && /\.\d/.test(seen.text) ? seen.text : undefined;
}

function decimalsIn(node: MathNode): string[] {
  const seen = view(node);
  if (seen.kind === 'constant') return /\.\d/.test(seen.text) ? [seen.text] : [];
  return partsOf(node).flatMap(decimalsIn);
}
