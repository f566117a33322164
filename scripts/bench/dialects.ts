/** One tree in the syntax of each system: names of functions, and those that a system lacks by what they mean. */

import { type MathNode, parse } from 'mathjs';

/** The functions that a system knows, by our name; its own name where that is another one. */
export interface Dialect {
  /** Whether a decimal would take the system out of exact arithmetic. */
  readonly exact: boolean;
  readonly functions: Readonly<Record<string, string>>;
  readonly e: string;
  readonly pi: string;
}

const same = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, name]));

const common = same('sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'exp', 'log', 'sqrt', 'abs');
const inverseHyperbolic = same('asinh', 'acosh', 'atanh');
const reciprocals = same('sec', 'csc', 'cot', 'sech', 'csch', 'coth');

export const dialects = {
  mathjs: {
    exact: false,
    functions: {
      ...common,
      ...inverseHyperbolic,
      ...reciprocals,
      ...same('asec', 'acsc', 'acot', 'asech', 'acsch', 'acoth', 'log2', 'log10', 'log1p', 'expm1', 'cbrt', 'nthRoot'),
      ...same('gamma', 'pow'),
      'log/2': 'log',
    },
    e: 'e',
    pi: 'pi',
  },
  nerdamer: {
    exact: true,
    functions: { ...common, ...inverseHyperbolic, ...reciprocals, ...same('erf') },
    e: 'e',
    pi: 'pi',
  },
  algebrite: {
    exact: true,
    functions: {
      ...same('sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'exp', 'log', 'sqrt', 'abs', 'erf', 'erfc'),
      asin: 'arcsin',
      acos: 'arccos',
      atan: 'arctan',
      asinh: 'arcsinh',
      acosh: 'arccosh',
      atanh: 'arctanh',
      sign: 'sgn',
    },
    e: 'exp(1)',
    pi: 'pi',
  },
  GiNaC: {
    exact: true,
    functions: {
      ...common,
      ...inverseHyperbolic,
      ...same('lgamma', 'beta'),
      atan2: 'atan2',
      gamma: 'tgamma',
      digamma: 'psi',
      sign: 'csgn',
    },
    e: 'exp(1)',
    pi: 'Pi',
  },
  SymPy: {
    exact: true,
    functions: {
      ...common,
      ...inverseHyperbolic,
      ...reciprocals,
      ...same('asec', 'acsc', 'acot', 'erf', 'erfc', 'gamma', 'beta', 'digamma', 'sign', 'atan2', 'floor'),
      'log/2': 'log',
      abs: 'Abs',
      ceil: 'ceiling',
      lgamma: 'loggamma',
      max: 'Max',
      min: 'Min',
      heaviside: 'Heaviside',
      lambertw: 'LambertW',
    },
    e: 'E',
    pi: 'pi',
  },
} satisfies Record<string, Dialect>;

/** What functions mean in terms of those that every system has; arguments are u and v. */
const meanings: Readonly<Record<string, string>> = {
  ln: 'log(u)',
  sec: '1/cos(u)',
  csc: '1/sin(u)',
  cot: 'cos(u)/sin(u)',
  sech: '1/cosh(u)',
  csch: '1/sinh(u)',
  coth: 'cosh(u)/sinh(u)',
  asec: 'acos(1/u)',
  acsc: 'asin(1/u)',
  acot: 'atan(1/u)',
  asech: 'acosh(1/u)',
  acsch: 'asinh(1/u)',
  acoth: 'atanh(1/u)',
  sigmoid: '1/(1+exp(-u))',
  softplus: 'log(1+exp(u))',
  silu: 'u/(1+exp(-u))',
  swish: 'u/(1+exp(-u))',
  log2: 'log(u)/log(2)',
  log10: 'log(u)/log(10)',
  log1p: 'log(1+u)',
  expm1: 'exp(u)-1',
  'log/2': 'log(u)/log(v)',
  hypot: 'sqrt(u^2+v^2)',
  pow: 'u^v',
};

type Names = ReadonlyMap<string, string>;

/** The text of `tree`; undefined where the system lacks one of its functions. `names` renames the variables. */
export function writeFor(tree: MathNode, dialect: Dialect, names: Names = new Map()): string | undefined {
  return write(tree, dialect, names)?.text;
}

/** Text and how tightly its outermost sign binds; brackets stand only where they must, as some systems keep them. */
interface Written {
  readonly text: string;
  readonly binding: number;
}

const bindings: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 };
const atom = 5;

/** As much of a node of any type as is asked for here. */
interface Parts {
  readonly type: string;
  readonly name: string;
  readonly fn: { readonly name: string };
  readonly op: string;
  readonly args: readonly MathNode[];
  readonly content: MathNode;
  readonly value: number;
}

function write(node: MathNode, dialect: Dialect, names: Names): Written | undefined {
  const { type, name, fn, op, args, content, value } = node as unknown as Parts;
  switch (type) {
    case 'ConstantNode':
      return writeNumber(value, dialect);
    case 'SymbolNode':
      if (name === 'e' || name === 'pi') return { text: dialect[name], binding: atom };
      return { text: names.get(name) ?? name, binding: atom };
    case 'ParenthesisNode':
      return write(content, dialect, names);
    case 'FunctionNode':
      return writeCall(fn.name === 'log' && args.length === 2 ? 'log/2' : fn.name, args, dialect, names);
    case 'OperatorNode':
      return writeOperator(
        op,
        args.map((part) => write(part, dialect, names)),
      );
    default:
      return undefined;
  }
}

/** Decimals as quotients where a system would turn to floating-point arithmetic. */
function writeNumber(value: number, dialect: Dialect): Written {
  const text = String(value);
  const [whole = '', decimals] = text.split('.');
  if (decimals === undefined || !dialect.exact) return { text, binding: atom };
  return { text: `${Number(whole + decimals)}/${10 ** decimals.length}`, binding: bindings['/'] as number };
}

function writeCall(name: string, args: readonly MathNode[], dialect: Dialect, names: Names): Written | undefined {
  const known = dialect.functions[name];
  if (known !== undefined) {
    const written = args.map((part) => write(part, dialect, names)?.text);
    return written.includes(undefined) ? undefined : { text: `${known}(${written.join(',')})`, binding: atom };
  }
  const meaning = meanings[name];
  if (meaning === undefined) return undefined;
  const places: Readonly<Record<string, MathNode | undefined>> = { u: args[0], v: args[1] };
  const tree = parse(meaning).transform((part) => places[(part as unknown as Parts).name] ?? part);
  return write(tree, dialect, names);
}

function writeOperator(operator: string, args: readonly (Written | undefined)[]): Written | undefined {
  const bracketed = (part: Written, least: number): string => (part.binding < least ? `(${part.text})` : part.text);
  const [left, ...rest] = args;
  if (left === undefined || rest.some((part) => part === undefined)) return undefined;
  const own = bindings[operator];
  if (own === undefined) return undefined;
  if (rest.length === 0) return { text: operator + bracketed(left, 3), binding: own };
  const right = rest.map((part) => bracketed(part as Written, own + (operator === '+' ? 0 : 1)));
  return { text: [bracketed(left, operator === '^' ? atom : own), ...right].join(operator), binding: own };
}
