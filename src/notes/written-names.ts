/** Names as they stand in LaTeX, read without a table of names: what prose speaks of before anything is decided. */

import { isReservedName, spelledName } from '../syntax/names.ts';

/** A name that a sentence or a formula speaks of. */
export interface WrittenName {
  /** As it is written: `\mathbf{x}_i`. */
  readonly written: string;
  /** Its spelling in text, scripts included: `x_i`. */
  readonly name: string;
  /** The spelling without scripts: `x`. */
  readonly base: string;
  /** The letters of its scripts where they could be indices: `i`; empty for digits and words. */
  readonly indices: readonly string[];
  /** Whether it is bold or under an arrow. */
  readonly isBold: boolean;
}

const group = String.raw`\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}`;
const fonts = 'mathbf|boldsymbol|bm|pmb|vec|mathrm|mathcal|mathsf|mathit|textbf|textrm|textit|text|operatorname';
const accents = 'hat|bar|tilde|d{0,3}dot|widehat|widetilde|overline';
const greek =
  'alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|varpi|rho|varrho|sigma|varsigma|tau|upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega|ell|hbar';
const base = String.raw`(?:\\(?:${fonts}|${accents})(?![A-Za-z])\s*(?:${group}|\\[A-Za-z]+|[A-Za-z])|\\(?:${greek})(?![A-Za-z])|[A-Za-z\u0391-\u03a9\u03b1-\u03c9\u03d1\u03d5\u03f5])`;
const below = String.raw`(?:\s*_\s*(?:${group}|\\[A-Za-z]+(?:\{[^{}]*\})?|[A-Za-z0-9+\-*]))`;
const above = String.raw`(?:\s*\^\s*(?:\{\s*[([][^{}]*[)\]]\s*\}|\{\s*(?:\*|\\ast|\\star)\s*\}|\*|\\ast(?![A-Za-z])|\\star(?![A-Za-z])))`;
const pattern = new RegExp(`^\\s*(${base})(${below}?${above}?|${above}${below})\\s*$`);
const bold = /\\(?:mathbf|boldsymbol|bm|pmb|vec|textbf)(?![A-Za-z])/;

/** The name that `tex` is, if it is nothing but a name. A power or a transpose is none. */
export function writtenName(tex: string): WrittenName | undefined {
  const match = tex.length > 200 ? null : pattern.exec(tex);
  if (match === null) return undefined;
  const [, head = '', scripts = ''] = match;
  const spelled = spelledName(plain(head + scripts));
  const spelledBase = spelledName(plain(head));
  if (spelled === undefined || spelledBase === undefined || isReservedName(spelled)) return undefined;
  return {
    written: tex.trim(),
    name: spelled,
    base: spelledBase,
    indices: indicesIn(scripts),
    isBold: bold.test(head),
  };
}

/** Without the braces of fonts, and with one command for each accent. */
function plain(tex: string): string {
  let text = tex.replace(/\\wide(hat|tilde)/g, '\\$1').replace(/\\overline/g, '\\bar');
  const font = new RegExp(`\\\\(?:${fonts})(?![A-Za-z])\\s*\\{([^{}]*)\\}`, 'g');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(font, '$1');
  }
  return text;
}

function indicesIn(scripts: string): readonly string[] {
  const inner = scripts.replace(/[\s{}()[\]_^]/g, '');
  const letters = inner.split(',').flatMap((part) => (/^[a-z]{1,3}$/.test(part) ? [...part] : [undefined]));
  return letters.includes(undefined) ? [] : (letters as string[]);
}

/** The parts of `tex` between commas, semicolons, gaps and "and" outside of brackets, with their places. */
export function partsOf(tex: string): { readonly text: string; readonly start: number }[] {
  const parts: { text: string; start: number }[] = [];
  let depth = 0;
  let start = 0;
  const token = /\\(?:text|mbox|textrm)\s*\{\s*,?\s*(?:and|かつ)\s*\}|\\[A-Za-z]+|\\.|[\s\S]/gu;
  for (const { 0: found, index } of tex.matchAll(token)) {
    if (/^(?:[{([]|\\\{|\\langle)$/.test(found)) depth++;
    else if (/^(?:[})\]]|\\\}|\\rangle)$/.test(found)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && /^(?:[,;、，]|\\quad|\\qquad|\\\\|\\(?:text|mbox|textrm)\s*\{.*)$/su.test(found)) {
      if (/^\\text|^\\mbox/.test(found) && !/(?:and|かつ)\s*\}$/.test(found)) continue;
      parts.push({ text: tex.slice(start, index), start });
      start = index + found.length;
    }
  }
  parts.push({ text: tex.slice(start), start });
  return parts.filter(({ text }) => text.trim() !== '');
}

/** The names that `tex` lists, if it is nothing else: `A, B`. */
export function listedNames(tex: string): readonly WrittenName[] | undefined {
  const names = partsOf(tex).map(({ text }) => writtenName(text));
  return names.length === 0 || names.includes(undefined) ? undefined : (names as WrittenName[]);
}

const relationSigns: ReadonlyMap<string, Relation> = new Map<string, Relation>([
  ...['=', ':=', '\\coloneqq', '\\triangleq', '\\equiv', '\\doteq', '＝'].map((sign) => [sign, 'equal'] as const),
  ...['\\approx', '\\simeq', '\\cong', '\\fallingdotseq'].map((sign) => [sign, 'close'] as const),
  ...['>', '\\gt', '＞'].map((sign) => [sign, 'greater'] as const),
  ...['<', '\\lt', '＜'].map((sign) => [sign, 'less'] as const),
  ...['\\ge', '\\geq', '\\geqslant', '\\geqq', '≥'].map((sign) => [sign, 'at-least'] as const),
  ...['\\le', '\\leq', '\\leqslant', '\\leqq', '≤'].map((sign) => [sign, 'at-most'] as const),
  ...['\\ne', '\\neq', '≠'].map((sign) => [sign, 'unequal'] as const),
  ...['\\in', '∈'].map((sign) => [sign, 'member'] as const),
  ...['\\notin', '\\not'].map((sign) => [sign, 'no-member'] as const),
  ...['\\to', '\\rightarrow', '→', '\\longrightarrow', '\\mapsto'].map((sign) => [sign, 'to'] as const),
  ...['\\gets', '\\leftarrow', '←', '\\longleftarrow'].map((sign) => [sign, 'gets'] as const),
  ...['\\succ', '≻'].map((sign) => [sign, 'definite'] as const),
  ...[
    '\\sim',
    '\\propto',
    '\\subset',
    '\\subseteq',
    '\\ll',
    '\\gg',
    '\\prec',
    '\\succeq',
    '\\preceq',
    '\\perp',
    '\\implies',
    '\\iff',
  ].map((sign) => [sign, 'other'] as const),
]);

export type Relation =
  | 'equal'
  | 'close'
  | 'greater'
  | 'less'
  | 'at-least'
  | 'at-most'
  | 'unequal'
  | 'member'
  | 'no-member'
  | 'to'
  | 'gets'
  | 'definite'
  | 'other';

/** The sides of `tex` and the relations between them, outside of brackets; environments are looked into. */
export function sidesOf(tex: string): { readonly sides: readonly string[]; readonly relations: readonly Relation[] } {
  const open = tex.replace(/\\(?:begin|end)\{[A-Za-z]+\*?\}(?:\{[^{}]*\})?|&|\\(?:label|tag)\{[^{}]*\}/g, (found) =>
    ' '.repeat(found.length),
  );
  const sides: string[] = [];
  const relations: Relation[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: found, index } of open.matchAll(/:=|\\[A-Za-z]+|\\.|[\s\S]/gu)) {
    if (/^(?:[{([]|\\\{)$/.test(found)) depth++;
    else if (/^(?:[})\]]|\\\})$/.test(found)) depth = Math.max(0, depth - 1);
    const relation = depth === 0 ? relationSigns.get(found) : undefined;
    if (relation === undefined) continue;
    sides.push(open.slice(start, index));
    relations.push(relation);
    start = index + found.length;
  }
  sides.push(open.slice(start));
  return { sides, relations };
}
