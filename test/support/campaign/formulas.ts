/** Random formulas in both notations: mostly such as people write, with wrong numbers of arguments and wrong shapes among them. */

import { constructs } from '../../../src/meaning/constructs.ts';
import { tensorCalls } from '../../../src/meaning/tensor-calls.ts';
import { functionTable } from '../../../src/rules/elementary.ts';
import type { Draw } from './draw.ts';

/** Every function that the library knows, so that a new one is tried without being listed. */
export const functions: readonly string[] = [...functionTable.keys()];
export const operations: readonly string[] = [...new Set([...constructs.keys(), ...tensorCalls.keys()])];

const scalars = ['x', 'y', 'z', 'a', 'b', 't', 'theta', 'x_1', 'sigma', 'i', 'e', 'pi', 'D', 'd', 'delta', 'n', 'α'];
const vectors = ['u', 'v', 'w', 'x', 'b', 'y'];
const matrices = ['A', 'B', 'X', 'W', 'S', 'I'];
const numbers = ['0', '1', '2', '3', '-1', '0.5', '10', '1e3', '1/2', '100'];
const indices = ['i', 'j', 'k', 'i+1', '2*i', 'n', '1', '0'];
const generic = ['f', 'g', 'h', "f'", "g''", 'E', 'sigma', 'phi', 'D(f, 1)', 'D(g, 1, 2)'];
const oddities = [
  'x!',
  "x'",
  '[1, 2]',
  '[x, y; a, b]',
  '{a: 1}',
  '"x"',
  'x == y',
  'true',
  '',
  '(',
  'x = 1',
  '1:3',
  ':',
];

/** An expression in text syntax, of about this depth. */
export function textFormula(draw: Draw, depth: number): string {
  const inner = (): string => textFormula(draw, depth - 1 - draw.below(2));
  if (depth <= 0) return textLeaf(draw);
  switch (draw.below(22)) {
    case 0:
    case 1:
      return `${inner()} + ${inner()}`;
    case 2:
      return `${inner()} - ${inner()}`;
    case 3:
    case 4:
      return `(${inner()})*(${inner()})`;
    case 5:
      return `(${inner()})/(${inner()})`;
    case 6:
      return `(${inner()})^${draw.once(3) ? `(${inner()})` : draw.pick(numbers)}`;
    case 7:
    case 8:
    case 9:
      return textCall(draw, draw.pick(functions), inner);
    case 10:
    case 11:
      return textCall(draw, draw.pick(operations), inner);
    case 12:
      return `${draw.pick(generic)}(${textArguments(draw, inner)})`;
    case 13:
      return `${draw.pick(['sum', 'prod'])}(${inner()}, ${draw.pick(['i', 'j', 'k'])}${draw.once(2) ? '' : `, ${draw.pick(indices)}, ${draw.pick(indices)}`})`;
    case 14:
      return `${draw.pick(['d', 'D'])}(${inner()}, ${textLeaf(draw)})`;
    case 15:
      return `${inner()} ${draw.pick(['.*', './', '.^', '*', ''])} ${inner()}`;
    case 16:
      return `(${inner()})'`;
    case 17:
      return `${inner()} ${draw.pick(['<', '>', '<=', '==', '!='])} ${inner()} ? ${inner()} : ${inner()}`;
    case 18:
      return `-${inner()}`;
    case 19:
      return `${draw.pick([...matrices, ...vectors])}*(${inner()})`;
    case 20:
      return `(${inner()})'*${draw.pick(matrices)}*(${inner()})`;
    default:
      return textLeaf(draw);
  }
}

/** A function of its usual number of arguments, now and then of none or too many. */
function textCall(draw: Draw, name: string, inner: () => string): string {
  const [least, most] = functionTable.get(name) ?? tensorCalls.get(name)?.arity ?? [1, 2];
  const count = least + draw.below(Math.min(most, 4) - least + 1);
  return `${name}(${draw.once(12) ? textArguments(draw, inner) : draw.several(count, inner).join(', ')})`;
}

/** The declarations under which {@link shapedFormula} has no clash of shapes. */
export const shapedNames =
  'A: matrix(n, n), B: matrix(n, n), X: matrix(n, n), S: matrix(n, n) symmetric, ' +
  'x: vector(n), u: vector(n), v: vector(n), w: vector(n)';

type Rank = 0 | 1 | 2;

/** What formulas are made of by rank: scalars, vectors, matrices. `#0`, `#1` and `#2` stand for parts of these ranks. */
const patterns: Readonly<Record<Rank, string>> = {
  0: "#0+#0 #0*#0 #0/#0 #0^2 #0^#0 #1'*#1 dot(#1,#1) norm(#1) norm(#1)^2 norm1(#1) norminf(#1) sum(#1) sum(#2) mean(#1) max(#1) logsumexp(#1) trace(#2) det(#2) logdet(#2) #1'*#2*#1 norm(#2) var(#1) -#0 #2[1,j] #1[i] prod(#1) f(#0) log(#0) relu(#0) gamma(#0) exp(#0) d(#0,x)",
  1: "#1+#1 #1-#1 #0*#1 #2*#1 #2'*#1 #1.*#1 #1./#1 #1.^2 softmax(#1) logsoftmax(#1) inv(#2)*#1 diag(#2) #2*#2*#1 layernorm(#1) #1/#0 rowsum(#2) colmean(#2)' rowmax(#2) rowlogsumexp(#2) -#1 tanh(#1) f(#1) abs(#1) erf(#1) vcat(#1,#1) #2[:,j] d(#0,x)",
  2: "#2+#2 #2-#2 #2*#2 #0*#2 #2' inv(#2) #1*#1' outer(#1,#1) diag(#1) #2.*#2 #2^2 #2/#0 tril(#2) triu(#2) rowsoftmax(#2) pinv(#2) -#2 #2.^2 #2*#2' #0+#2 sigmoid(#2) sqrt(#2) kron(#1,#1) #2^(-1) d(#0,A)",
};

const leaves: Readonly<Record<Rank, string>> = {
  0: "a b 2 1/2 x'*u norm(x) x[i] A[i,j] n sum(v) trace(A)",
  1: "x x x u v w A*x ones(n) A[:,j] A[i,:]'",
  2: "A A X B S eye(n) ones(n,n) A' x*u' diag(x)",
};

/** A scalar, vector or matrix whose parts fit. */
export function shapedFormula(draw: Draw, rank: Rank, depth: number): string {
  if (depth <= 0) return draw.pick(leaves[rank].split(' '));
  return draw.pick(patterns[rank].split(' ')).replace(/#([012])/g, (_, inner: string) => {
    return `(${shapedFormula(draw, Number(inner) as Rank, depth - 1 - draw.below(2))})`;
  });
}

/** Mostly as many arguments as functions have, now and then none or too many. */
function textArguments(draw: Draw, inner: () => string): string {
  const count = draw.pick([1, 1, 1, 1, 1, 2, 2, 2, 3, 0, 4]);
  return draw.several(count, inner).join(', ');
}

function textLeaf(draw: Draw): string {
  switch (draw.below(12)) {
    case 0:
    case 1:
      return draw.pick(numbers);
    case 2:
      return draw.pick(vectors);
    case 3:
      return draw.pick(matrices);
    case 4:
      return `${draw.pick([...vectors, 'beta'])}[${draw.pick(indices)}]`;
    case 5:
      return `${draw.pick(matrices)}[${draw.pick([...indices, ':'])}, ${draw.pick([...indices, ':'])}]`;
    case 6:
      return draw.once(8) ? draw.pick(oddities) : draw.pick(scalars);
    default:
      return draw.pick(scalars);
  }
}

const letters = ['x', 'y', 'z', 'a', 'b', 't', '\\theta', '\\alpha', '\\beta', '\\sigma', 'n', 'i', 'e', 'w', 'E', 'c'];
const decorated = ['\\hat{y}', '\\vec{x}', '\\mathbf{w}', '\\bar x', '\\dot{q}', '\\boldsymbol\\theta', '\\mathcal{L}'];
const scripts = [
  '_i',
  '_{ij}',
  '_{i\\cdot}',
  '_{:,1}',
  '_{\\cdot j}',
  '^T',
  '^{\\top}',
  '^{(i)}',
  "'",
  '^{-1}',
  '_1',
  '_{k+1}',
];
const words = ['\\sin', '\\cos', '\\log', '\\exp', '\\tanh', '\\ln', '\\operatorname{tr}', '\\det', '\\max', '\\Gamma'];
const relations = ['=', '=', '=', '=', '\\approx', '<', '\\leq', '\\propto', ':=', '\\equiv', '&='];

/** An expression in LaTeX, of about this depth. */
export function latexFormula(draw: Draw, depth: number): string {
  const inner = (): string => latexFormula(draw, depth - 1 - draw.below(2));
  if (depth <= 0) return latexLeaf(draw);
  switch (draw.below(20)) {
    case 0:
    case 1:
      return `${inner()} + ${inner()}`;
    case 2:
      return `${inner()} - ${inner()}`;
    case 3:
      return `\\left(${inner()}\\right)${inner()}`;
    case 4:
      return `\\frac{${inner()}}{${inner()}}`;
    case 5:
      return `{${inner()}}^{${inner()}}`;
    case 6:
      return `\\sqrt{${inner()}}`;
    case 7:
    case 8:
      return `${draw.pick(words)}${draw.once(2) ? `(${inner()})` : ` ${inner()}`}`;
    case 9:
      return `\\sum${draw.pick(['_i', '_{i=1}^n', '_{j \\neq i}', '', '_{i,j}', '_{k=0}^{\\infty}'])} ${inner()}`;
    case 10:
      return `\\frac{${draw.pick(['\\partial', 'd', '\\partial^2'])} ${inner()}}{${draw.pick(['\\partial', 'd'])} ${latexLeaf(draw)}}`;
    case 11:
      return `\\operatorname{${draw.pick(functions)}}(${draw.several(draw.pick([0, 1, 1, 2, 3]), inner).join(', ')})`;
    case 12:
      return `${draw.pick(['|', '\\|'])}${inner()}${draw.pick(['|', '\\|'])}`;
    case 13:
      return `f(${inner()})`;
    case 14:
      return `\\begin{cases} ${inner()} & ${inner()} > 0 \\\\ ${inner()} & \\text{otherwise} \\end{cases}`;
    case 15:
      return `${draw.pick(['\\prod_i', '\\nabla', '\\int_0^1', '\\mathbb{E}', '\\lim_{x \\to 0}', '\\partial_x'])} ${inner()}`;
    case 16:
      return `\\begin{pmatrix} ${inner()} & ${inner()} \\\\ ${inner()} & ${inner()} \\end{pmatrix}`;
    case 17:
      return `${inner()}${draw.pick([' \\cdot ', ' \\times ', ' \\odot ', ' \\otimes ', ' ', '\\,'])}${inner()}`;
    default:
      return latexLeaf(draw);
  }
}

function latexLeaf(draw: Draw): string {
  const base = draw.pick([draw.pick(letters), draw.pick(letters), draw.pick(decorated), draw.pick(matrices)]);
  if (draw.once(5)) return draw.pick(numbers);
  return draw.once(3) ? `${base}${draw.pick(scripts)}` : base;
}

/** Two to four sides with relations between them. */
export function latexEquation(draw: Draw, depth: number): string {
  const sides = draw.several(2 + draw.below(3), () => latexFormula(draw, depth));
  return sides.reduce((left, right) => `${left} ${draw.pick(relations)} ${right}`);
}

/** A true identity now and then, else any two sides. */
export function textEquation(draw: Draw, depth: number): string {
  const left = textFormula(draw, depth);
  if (draw.once(3)) return `d(${left}, x) = ${textFormula(draw, depth)}`;
  return `${left} = ${draw.once(3) ? `${left} + ${draw.pick(numbers)}` : textFormula(draw, depth)}`;
}
