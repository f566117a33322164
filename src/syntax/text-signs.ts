/**
 * Signs that people paste from pages and from our own output, as the signs of the text syntax that they stand for:
 * x² as x^(2), xᵢⱼ as x[i, j], ½ as (1/2), √x as sqrt(x), ≤ as <=.
 */

import { fail } from '../problem.ts';
import { letterOfScript } from './script-letters.ts';
import { goesOn, nameAt, namesIn } from './text-names.ts';

/** A run of raised or lowered signs, in letters of the line. */
export interface Script {
  readonly text: string;
  readonly kind: 'raised' | 'lowered';
  readonly length: number;
}

export interface Sign {
  /** What is read instead, in order. */
  readonly texts: readonly string[];
  /** How many characters of the source it takes. */
  readonly length: number;
  /** Where the bracket ends that is the last of `texts`. */
  readonly closes?: number;
}

const plain: Readonly<Record<string, string>> = {
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '×': '*',
  '÷': '/',
  '⊙': '.*',
  '⊘': './',
  '∞': 'infinity',
};
const roots: Readonly<Record<string, string>> = { '√': 'sqrt', '∛': 'cbrt' };
const fractions = '½ 1 2 ⅓ 1 3 ⅔ 2 3 ¼ 1 4 ¾ 3 4 ⅕ 1 5 ⅖ 2 5 ⅗ 3 5 ⅘ 4 5 ⅙ 1 6 ⅚ 5 6 ⅛ 1 8 ⅜ 3 8 ⅝ 5 8 ⅞ 7 8'.split(
  ' ',
);
const blank = /[ ]*/y;
const number = /\d+(?:\.\d+)?/y;

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** The sign at `at`, if one of these stands there. */
export function readSign(source: string, at: number): Sign | undefined {
  const character = source.charAt(at);
  if (Object.hasOwn(plain, character)) return { texts: [plain[character] as string], length: 1 };
  const fraction = fractions.indexOf(character);
  if (fraction >= 0 && fraction % 3 === 0) return readFraction(source, at, fraction);
  if (Object.hasOwn(roots, character)) return readRoot(source, at, roots[character] as string);
  return source.startsWith('**', at) ? { texts: ['^'], length: 2 } : undefined;
}

/** The run of raised or of lowered signs at `at`, if one stands there. */
export function readScript(source: string, at: number): Script | undefined {
  for (const kind of ['raised', 'lowered'] as const) {
    let text = '';
    for (let end = at; end < source.length; end++) {
      const letter = letterOfScript(kind, source.charAt(end));
      if (letter === undefined) break;
      text += letter;
    }
    if (text !== '') return { text, kind, length: text.length };
  }
  return undefined;
}

function readFraction(source: string, at: number, entry: number): Sign {
  if (/\d/.test(source.charAt(at - 1))) {
    fail({
      code: 'syntax',
      message: 'a mixed number would pass for a product',
      span: { start: at - 1, end: at + 1 },
      hint: 'write it as a sum or a decimal number: 1.5',
    });
  }
  return { texts: ['(', fractions[entry + 1] as string, '/', fractions[entry + 2] as string, ')'], length: 1 };
}

/** A root takes the bracket behind it, or one name or number with what stands below it: √2 xᵢ is sqrt(2) x[i], as it is printed. */
function readRoot(source: string, at: number, name: string): Sign {
  const start = at + 1 + (matchAt(blank, source, at + 1) ?? '').length;
  if (source.charAt(start) === '(') return { texts: [name], length: 1 };
  const operand = matchAt(number, source, start) ?? nameAt(source, start) ?? '';
  const script = readScript(source, start + operand.length);
  const closes = start + operand.length + (script?.kind === 'lowered' ? script.length : 0);
  // √αβ and √2x do not say it.
  const isOne = operand !== '' && namesIn(operand).length === 1 && matchAt(goesOn, source, closes) === undefined;
  if (isOne) return { texts: [name, '('], length: start - at, closes };
  return fail({
    code: 'syntax',
    message: `it is not said how far the root ${source.charAt(at)} reaches`,
    span: { start: at, end: at + 1 },
    hint: `write ${name}(...)`,
  });
}
