/** Names: Greek by name and by letter, and the names that are no mathematics. */

import { letters } from './letters.ts';

const greekLetters =
  'α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο omicron π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega ϑ theta ϕ phi ϵ epsilon ϱ rho ϖ pi Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega µ mu ℓ ell ℏ hbar ħ hbar'.split(
    ' ',
  );

/** Greek letters to their names: `β` to `beta`. */
export const greekNames: ReadonlyMap<string, string> = new Map(
  Array.from({ length: greekLetters.length / 2 }, (_, at) => [
    greekLetters[2 * at] as string,
    greekLetters[2 * at + 1] as string,
  ]),
);

/** `β_1` as `beta_1`: the name under which a symbol is known whatever way it is written. */
export function canonicalName(name: string): string {
  const letter = greekNames.get(name.charAt(0));
  if (letter === undefined) return name;
  const rest = name.slice(1);
  return rest === '' || /^[_\d]/.test(rest) ? letter + rest : name;
}

/** Commands that set a name in another alphabet, or mark it as a vector. */
const alphabets =
  /\\(?:mathbf|boldsymbol|bm|symbf(?:up|it)?|vec|mathrm|mathit|mathsf|mathcal|mathbb|text|operatorname)(?![A-Za-z])/g;

/** The marks of derivatives by time, of the first to the fourth. */
export const dots = ['dot', 'ddot', 'dddot', 'ddddot'] as const;

/** The mark of such a derivative at the end of a name. */
export const dotMark = /_d{0,3}dot$/;

/** What stands for the bar in the label of a name: P_kgivenkminus1 for P_{k|k-1}. */
const conditionMark = 'given';

/** The label kgivenkminus1 of k and k-1. */
export function conditionName(before: string, behind: string): string {
  const side = (text: string): string => text.replace(/ /g, '').replace(/\+/g, 'plus').replace(/[-−]/g, 'minus');
  return `${side(before)}${conditionMark}${side(behind)}`;
}

/** The label of a condition as it is written, k|k-1; undefined for any other. */
export function conditionLabel(label: string): string | undefined {
  const [, before, behind] = /^(.+)given(.+)$/.exec(label) ?? [];
  if (before === undefined || behind === undefined) return undefined;
  return [before, behind].map((side) => side.replace(/plus/g, '+').replace(/minus/g, '-')).join('|');
}

/**
 * A name in either notation under the spelling that it has in text: `\\mu_1` and `mu_{1}` as `mu_1`, `\\mathbf{x}` as `x`,
 * `k_+` as `k_plus`, `W^{(1)}` as `W_1`. Undefined for what is no name.
 */
export function spelledName(written: string): string | undefined {
  const line = written.replace(/[$\s]+/g, ' ');
  const plain = (line.includes('\\') ? withoutCommands(line) : line)
    .replace(/[{}()[\]]/g, '')
    .replace(/[\s]*([_^])[\s]*/g, '_')
    .replace(/[₀-₉]+/g, (digits) => `_${[...digits].map((digit) => digit.charCodeAt(0) - 0x2080).join('')}`)
    .replace(
      /_([\p{L}\p{N}+-]+) ?(?:\||mid) ?([\p{L}\p{N} +-]+)$/u,
      (_, before: string, behind: string) => `_${conditionName(before, behind)}`,
    )
    .replace(/_\+/g, '_plus')
    .replace(/_-/g, '_minus')
    .replace(/_(?:\*|ast|star)(?![A-Za-z])/g, '_star')
    .replace(/,/g, '_')
    .trim();
  return name.test(plain) ? canonicalName(plain) : undefined;
}

const name = letters`^[\p{L}_$][\p{L}\p{N}_$]*$`;

/** Accents are part of a name, `\\hat y` is y_hat; what sets it in another alphabet is not. */
function withoutCommands(text: string): string {
  return text
    .replace(alphabets, ' ')
    .replace(/\\(hat|bar|tilde|d{0,3}dot)\s*\{?\s*(\\[A-Za-z]+|\p{L})\s*\}?/gu, '$2_$1 ')
    .replace(/\\([A-Za-z]+)/g, '$1 ');
}

/** What could only be meant for an interpreter: members of every JavaScript object, and what mathjs itself runs. */
const machinery = new Set(
  'import eval evaluate compile parse parser parseExpression simplify derivative resolve rationalize config create factory typed chain help createUnit unit require process global globalThis window self document module exports function Function prototype arguments this new delete void typeof reviver replacer print format clone isPrototypeOf'.split(
    ' ',
  ),
);

/** Whether a name is refused: it names machinery of the program, not a quantity. */
export function isReservedName(name: string): boolean {
  return name in Object.prototype || name.startsWith('__') || machinery.has(name);
}
