/** Whether a name before a bracket is applied to what stands in it, and which known functions are letters. */

import { argumentsFrom, isSign } from '../../syntax/latex-cursor.ts';
import {
  densities,
  specialLetters,
  uprightFunctions,
  usualArguments,
  usualFunctions,
} from '../../syntax/latex-symbols.ts';
import type { Token } from '../../syntax/latex-token.ts';
import { dotMark, dots } from '../../syntax/names.ts';
import type { NameUse } from '../../syntax/naming.ts';
import { takenFor } from './choices.ts';
import { type Evidence, namesInBracket, partsOf, specialName } from './evidence.ts';

/**
 * The special function that a letter is where it is applied: an upright one, `\\mathrm{B}(a, b)`, or one of Gamma, J_0,
 * Y_1, I_0 that stands for nothing else. I_0 (1 + cos x) is an intensity as well, so a sum is no argument of these.
 */
export function specialFunction({ token, script, tokens, open }: NameUse, known: Evidence): string | undefined {
  const bracket = tokens[open];
  if (token.bold || bracket?.kind !== 'open' || bracket.sign !== '(') return undefined;
  if (takenFor(known, 'call-or-product', token.name) === 'product') return undefined;
  const { end, commas } = argumentsFrom(tokens, open);
  const name = specialName(token.name, script);
  if (token.upright) {
    const found = uprightFunctions.get(script?.sub === undefined || token.name === 'psi' ? token.name : name);
    return found !== undefined && commas === (found === 'beta' ? 1 : 0) ? found : undefined;
  }
  if (!specialLetters.has(token.name) || commas > 0) return undefined;
  const { functions, variables } = known;
  if (variables.has(`${token.name}_`) || variables.has(name)) return undefined;
  if (token.name === 'Gamma') return script?.sub === undefined ? 'gamma' : undefined;
  const isSum = tokens.slice(open + 1, end).some((part) => isSign(part, '+') || isSign(part, '-'));
  return functions.has(token.name) || isSum ? undefined : uprightFunctions.get(name);
}

/** Whether the name is a function here: known as one, of several arguments, or one that usually is, with an index. */
export function isApplied(use: NameUse, known: Evidence): boolean {
  const { token, script, name, tokens, open } = use;
  const { functions, declared } = known;
  const bracket = tokens[open];
  if (bracket?.kind !== 'open' || bracket.sign !== '(') return false;
  const { end, commas } = argumentsFrom(tokens, open);
  if (known.ownValues.get(token.name)?.has(namesInBracket(tokens, open, end) ?? '') === true) return true;
  if (isSign(script?.sup?.at(-1), 'T') || declared.has(name)) return false;
  const taken = takenFor(known, 'call-or-product', token.name);
  if (taken !== undefined) return taken === 'call';
  if (holdsAlone(tokens.slice(open + 1, end), token.name)) return false;
  if (functions.has(token.name) || functions.has(name) || isLoneFunction(name, known)) return true;
  if (kernels.has(token.name) && script === undefined && isKernel(use, end, known)) return true;
  if (commas > 0) return true;
  const only = tokens[open + 1];
  // One name, with what stands below and above it: x, x_i, x^{(i)}.
  const isOneName =
    only?.kind === 'name' && (end === open + 2 || (end === open + 3 && tokens[open + 2]?.kind === 'script'));
  const isLone = isOneName && (usualArguments.has(only.name) || /^[A-Z]$/.test(only.name) || only.bold);
  if (script?.sub === undefined) return false;
  return densities.has(token.name) ? isOneName : isLone && usualFunctions.has(token.name);
}

/** Kernels of densities and losses of residuals. */
const kernels: ReadonlySet<string> = new Set(['K', 'rho']);

/** The K of K((x - x_i)/h): nobody puts brackets around one fraction that K multiplies, and of a difference K is a function. */
function isKernel({ token, tokens, open }: NameUse, end: number, { free, wanted }: Evidence): boolean {
  const [only, second] = tokens.slice(open + 1, end);
  if (only?.kind !== 'fraction' || second !== undefined || tokens[end + 1]?.kind === 'script') return false;
  return only.over.some((part) => isSign(part, '-')) && !free.has(token.name) && !wanted.has(token.name);
}

/**
 * Whether a letter stands by itself, neither applied nor differentiated: in P(1 - P/K) the P before the bracket is what it is in
 * it, a factor, also where P(t) was defined.
 */
function holdsAlone(tokens: readonly Token[], letter: string): boolean {
  return tokens.some((token, at) => {
    if (token.kind !== 'name' || token.name !== letter) return partsOf(token).some((part) => holdsAlone(part, letter));
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    const isDerived =
      before?.kind === 'nabla' || before?.kind === 'partial' || (before?.kind === 'name' && before.name === 'd');
    return !isDerived && after?.kind !== 'open' && after?.kind !== 'script';
  });
}

/** Letters that are numbers or belong to the notation. */
const noFunctions: ReadonlySet<string> = new Set(['pi', 'd']);

/**
 * Whether a name is a function because it stands before brackets alone, and one of them holds a single name that varies:
 * nobody puts brackets around one factor of a product. So V(q) is a potential, and V(q) + 3V holds a product.
 */
export function isLoneFunction(name: string, known: Evidence): boolean {
  const { free, declared, wanted, bound, lone } = known;
  const inner = lone.get(name);
  if (inner === undefined || noFunctions.has(name) || free.has(name) || declared.has(name) || wanted.has(name))
    return false;
  const [, label = ''] = /_([^_]+)$/.exec(name) ?? [];
  return (
    !bound.has(label) &&
    [...inner].some((one) => one !== name && (inner.size > 1 || /^\d/.test(one) || varies(one, known)))
  );
}

/** Whether more is done with a name, or with a derivative of it, than to stand in one function's brackets. */
function varies(name: string, { free, wanted, dependent, variables, lone }: Evidence): boolean {
  const base = name.replace(dotMark, '');
  // Beside x_1, of which the derivative is asked for, x_2 varies too.
  if (wanted.has(name.replace(/_[^_]+$/, ''))) return true;
  const family = [name, base, ...dots.map((mark) => `${base}_${mark}`)];
  if (dependent.has(base) || family.some((one) => free.has(one) || wanted.has(one) || variables.has(one))) return true;
  return [...lone.values()].filter((inner) => family.some((one) => inner.has(one))).length > 1;
}
