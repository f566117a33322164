/**
 * The complex value of a text, by mathjs's parser and the functions of `complex.ts`: it shares nothing with the
 * project's own reader, terms and oracle.
 */

import { all, create, type MathNode } from 'mathjs';
import { type Complex, type ComplexArithmetic, complexOver } from './complex.ts';
import { decimals, doubles } from './field.ts';

if (all === undefined) throw new Error('mathjs without its functions');
const math = create(all, { number: 'BigNumber', precision: 60 });

/** A function of several arguments, or one that the text leaves unknown; `f'` is asked for as `f` with order 1. */
export type FunctionValue = <T>(
  arithmetic: ComplexArithmetic<T>,
  name: string,
  order: number,
  args: readonly Complex<T>[],
) => Complex<T> | undefined;

/** What the names of a text stand for. Values are decimal texts, so that both arithmetics begin with the same number. */
export interface Setting {
  readonly values: Readonly<Record<string, string>>;
  /** Whether `i` is the imaginary unit. */
  readonly imaginary?: boolean;
  /** Whether only real numbers count: nothing has a value that takes a way through complex ones. */
  readonly real?: boolean;
  readonly call?: FunctionValue;
}

/** Both numbers of a complex value in doubles. */
export interface Value {
  readonly re: number;
  readonly im: number;
}

const primed = /([A-Za-z]\w*)('+)\s*\(/g;

/** mathjs reads no f'(x): f'' is spelled f__2 for it. */
function parseText(text: string): MathNode {
  return math.parse(text.replace(primed, (_, name: string, primes: string) => `${name}__${primes.length}(`));
}

const overDoubles = complexOver(doubles);
const overDecimals = complexOver(decimals);

/** The value of `text` in doubles, or from 60 digits. */
export function evaluateText(text: string, setting: Setting, digits: 'doubles' | 'decimals' = 'doubles'): Value {
  const node = parseText(text);
  return digits === 'doubles' ? rounded(node, overDoubles, setting) : rounded(node, overDecimals, setting);
}

function rounded<T>(node: MathNode, arithmetic: ComplexArithmetic<T>, setting: Setting): Value {
  const { re, im } = evaluate(node, { arithmetic, setting, bound: new Map() });
  return { re: arithmetic.field.toNumber(re), im: arithmetic.field.toNumber(im) };
}

/** Relative agreement asked of doubles; where cancellation leaves less, 60 digits have to agree in 25. */
const closeInDoubles = 1e-11;
const closeInDecimals = 1e-25;
/** Below this both sides count as zero in 60 digits. */
const vanishing = 1e-40;

/** Whether both texts have one value, and how far they are apart, relative to the larger. */
export function compareTexts(
  left: string,
  right: string,
  setting: Setting,
): { readonly agree: boolean; readonly error: number; readonly left: Value; readonly right: Value } {
  const trees = [parseText(left), parseText(right)] as const;
  const quick = gap(trees, overDoubles, setting);
  if (quick.error <= closeInDoubles) return { agree: true, ...quick };
  const exact = gap(trees, overDecimals, setting);
  return { agree: exact.error <= closeInDecimals || exact.size < vanishing, ...exact };
}

function gap<T>(
  [left, right]: readonly [MathNode, MathNode],
  arithmetic: ComplexArithmetic<T>,
  setting: Setting,
): { error: number; size: number; left: Value; right: Value } {
  const { field } = arithmetic;
  const [a, b] = [left, right].map((node) => evaluate(node, { arithmetic, setting, bound: new Map() }));
  if (a === undefined || b === undefined) throw new Error('two values are compared');
  const difference = arithmetic.subtract(a, b);
  const length = (z: Complex<T>): number => Math.hypot(field.toNumber(z.re), field.toNumber(z.im));
  const size = Math.max(length(a), length(b));
  const values = { left: toValue(a, arithmetic), right: toValue(b, arithmetic) };
  const apart = length(difference);
  return { error: apart === 0 ? 0 : apart / size, size, ...values };
}

/** The central difference of `text` by a name, in 60 digits, with the step `h`. */
export function differenceQuotient(text: string, wrt: string, setting: Setting, h: string): Value {
  const arithmetic = overDecimals;
  const node = parseText(text);
  const centre = arithmetic.real(setting.values[wrt] ?? '');
  const step = arithmetic.real(h);
  const at = (x: typeof centre) => evaluate(node, { arithmetic, setting, bound: new Map([[wrt, x]]) });
  const change = arithmetic.subtract(at(arithmetic.add(centre, step)), at(arithmetic.subtract(centre, step)));
  return toValue(arithmetic.divide(change, arithmetic.add(step, step)), arithmetic);
}

function toValue<T>({ re, im }: Complex<T>, { field }: ComplexArithmetic<T>): Value {
  return { re: field.toNumber(re), im: field.toNumber(im) };
}

interface State<T> {
  readonly arithmetic: ComplexArithmetic<T>;
  readonly setting: Setting;
  readonly bound: ReadonlyMap<string, Complex<T>>;
}

/** The parts of a mathjs node that are read here; each kind has some of them. */
interface Parts {
  readonly type: string;
  readonly name: string;
  readonly value: unknown;
  readonly op: string;
  readonly args: readonly MathNode[];
  readonly content: MathNode;
  readonly condition: MathNode;
  readonly trueExpr: MathNode;
  readonly falseExpr: MathNode;
  readonly fn: { readonly name: string };
}

function evaluate<T>(node: MathNode, state: State<T>): Complex<T> {
  const value = compute(node, state);
  const { arithmetic, setting } = state;
  return setting.real === true && arithmetic.field.toNumber(value.im) !== 0 ? arithmetic.real('NaN') : value;
}

function compute<T>(node: MathNode, state: State<T>): Complex<T> {
  const { arithmetic } = state;
  const parts = node as unknown as Parts;
  switch (parts.type) {
    case 'ConstantNode':
      return arithmetic.real(String(parts.value));
    case 'SymbolNode':
      return nameValue(parts.name, state);
    case 'ParenthesisNode':
      return evaluate(parts.content, state);
    case 'ConditionalNode': {
      const holds = isTrue(parts.condition, state);
      if (holds === undefined) return arithmetic.real('NaN');
      return evaluate(holds ? parts.trueExpr : parts.falseExpr, state);
    }
    case 'OperatorNode':
      return operate(
        parts.op,
        parts.args.map((arg) => evaluate(arg, state)),
        arithmetic,
      );
    case 'FunctionNode':
      return parts.fn.name === 'sum' ? sumUp(parts.args, state) : call(parts.fn.name, parts.args, state);
    default:
      throw new Error(`no value for ${parts.type}`);
  }
}

function nameValue<T>(name: string, { arithmetic, setting, bound }: State<T>): Complex<T> {
  const known = bound.get(name);
  if (known !== undefined) return known;
  const given = setting.values[name];
  if (given !== undefined) return arithmetic.real(given);
  if (name === 'i' && setting.imaginary === true) return arithmetic.i;
  if (name === 'pi') return arithmetic.pi;
  if (name === 'e') return (arithmetic.functions.exp as (z: Complex<T>) => Complex<T>)(arithmetic.real('1'));
  throw new Error(`${name} has no value`);
}

function operate<T>(operator: string, args: readonly Complex<T>[], arithmetic: ComplexArithmetic<T>): Complex<T> {
  const [a, b] = args as [Complex<T>, Complex<T> | undefined];
  if (b === undefined) return operator === '-' ? arithmetic.subtract(arithmetic.real('0'), a) : a;
  switch (operator) {
    case '+':
      return args.reduce(arithmetic.add);
    case '-':
      return arithmetic.subtract(a, b);
    case '*':
      return args.reduce(arithmetic.multiply);
    case '/':
      return arithmetic.divide(a, b);
    case '^':
      return arithmetic.power(a, b);
    default:
      throw new Error(`no value for the operator ${operator}`);
  }
}

/** Whether a comparison holds; undefined where a side has no value. */
function isTrue<T>(node: MathNode, state: State<T>): boolean | undefined {
  const { type, content, op, args } = node as unknown as Parts;
  if (type === 'ParenthesisNode') return isTrue(content, state);
  const [a, b] = args.map((arg) => state.arithmetic.field.toNumber(evaluate(arg, state).re)) as [number, number];
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  const holds: Readonly<Record<string, boolean>> = {
    '<': a < b,
    '<=': a <= b,
    '>': a > b,
    '>=': a >= b,
    '==': a === b,
    '!=': a !== b,
  };
  const value = holds[op];
  if (value === undefined) throw new Error(`no value for the comparison ${op}`);
  return value;
}

/** `sum(body, i, from, to)`. */
function sumUp<T>([body, index, from, to]: readonly MathNode[], state: State<T>): Complex<T> {
  const { arithmetic } = state;
  if (body === undefined || index === undefined || from === undefined || to === undefined) {
    throw new Error('a sum has a body, an index and a range');
  }
  const [first, last] = [from, to].map((end) => arithmetic.field.toNumber(evaluate(end, state).re)) as [number, number];
  let total = arithmetic.real('0');
  for (let at = first; at <= last; at++) {
    const bound = new Map(state.bound).set((index as unknown as Parts).name, arithmetic.real(String(at)));
    total = arithmetic.add(total, evaluate(body, { ...state, bound }));
  }
  return total;
}

function call<T>(name: string, nodes: readonly MathNode[], state: State<T>): Complex<T> {
  const { arithmetic, setting } = state;
  const args = nodes.map((arg) => evaluate(arg, state));
  const [bare = '', order = '0'] = name.split('__');
  const own = setting.call?.(arithmetic, bare, Number(order), args);
  if (own !== undefined) return own;
  const [a, b] = args as [Complex<T>, Complex<T> | undefined];
  const known = order === '0' ? arithmetic.functions[bare] : undefined;
  if (known !== undefined && b === undefined) return known(a);
  if (b === undefined && bare === 'nthRoot') return ofTwo(bare, a, arithmetic.real('2'), arithmetic) as Complex<T>;
  if (b !== undefined) {
    const both = ofTwo(bare, a, b, arithmetic);
    if (both !== undefined) return both;
  }
  throw new Error(`no value for the function ${name} of ${args.length}`);
}

function ofTwo<T>(
  name: string,
  a: Complex<T>,
  b: Complex<T>,
  arithmetic: ComplexArithmetic<T>,
): Complex<T> | undefined {
  const { field, functions } = arithmetic;
  if ([a, b].some((z) => Number.isNaN(field.toNumber(z.re)))) return arithmetic.real('NaN');
  const larger = (): boolean => field.toNumber(a.re) >= field.toNumber(b.re);
  switch (name) {
    case 'pow':
      return arithmetic.power(a, b);
    case 'log':
      return functions.log === undefined ? undefined : arithmetic.divide(functions.log(a), functions.log(b));
    case 'nthRoot':
      if (field.toNumber(b.re) === 3 && functions.cbrt !== undefined) return functions.cbrt(a);
      return rootOf(a, b, arithmetic);
    case 'hypot':
      return functions.sqrt?.(arithmetic.add(arithmetic.multiply(a, a), arithmetic.multiply(b, b)));
    case 'atan2':
      return { re: field.atan2(a.re, b.re), im: a.im };
    case 'max':
      return larger() ? a : b;
    case 'min':
      return larger() ? b : a;
    default:
      return undefined;
  }
}

/** The real root of a negative number where the degree is odd, else the principal one. */
function rootOf<T>(a: Complex<T>, degree: Complex<T>, arithmetic: ComplexArithmetic<T>): Complex<T> {
  const { field } = arithmetic;
  const exponent = arithmetic.divide(arithmetic.real('1'), degree);
  const isOdd = Math.abs(field.toNumber(degree.re) % 2) === 1;
  if (!isOdd || field.toNumber(a.im) !== 0 || field.toNumber(a.re) >= 0) return arithmetic.power(a, exponent);
  return arithmetic.multiply(
    arithmetic.real('-1'),
    arithmetic.power(arithmetic.multiply(arithmetic.real('-1'), a), exponent),
  );
}
