/** Formulas of authors as Typst: translated by tex2typst, and used only where nothing in them could act as code. */

import { symbolMap, tex2typst } from 'tex2typst';
import { customary } from '../syntax/katex-tree.ts';

/** Commands that tex2typst lacks, or that only say how large a bracket is. */
const macros: Readonly<Record<string, string>> = {
  ...customary,
  '\\lVert': '\\Vert',
  '\\rVert': '\\Vert',
  '\\lvert': '\\vert',
  '\\rvert': '\\vert',
  '\\argmax': '\\operatorname*{arg\\,max}',
  '\\argmin': '\\operatorname*{arg\\,min}',
  '\\R': '\\mathbb{R}',
  '\\N': '\\mathbb{N}',
};

const sizes = /\\(?:big|Big|bigg|Bigg)[lrm]?(?![A-Za-z])/g;

/** Functions of Typst's mathematics that a translation may call. */
const calls =
  'abs accent arrow attach bb binom bold breve cal cases ceil circle class dash ddot dot dots equiv floor frak frac grave hat italic limits lr macron mat mid mono norm op overbrace overline root round sans scr scripts serif sqrt stretch tilde underbrace underline upright vec delim align none quad wide thin med thick amp text'.split(
    ' ',
  );

/** Operators that Typst sets upright. */
const operators =
  'arccos arcsin arctan arg cos cosh cot coth csc csch ctg deg det dim exp gcd hom id im inf ker lg lim liminf limsup ln log max min mod Pr sec sech sin sinc sinh sup tan tanh tg tr'.split(
    ' ',
  );

const known: ReadonlySet<string> = new Set([
  ...[...symbolMap.values()].flatMap((name) => name.match(/[A-Za-z]{2,}/g) ?? []),
  ...calls,
  ...operators,
]);

/** `tex` as the content of an equation; undefined where it has no translation that is sure to compile and to be harmless. */
export function typstFormula(tex: string): string | undefined {
  // A quote or a hash would end a string of Typst or begin its code.
  if (/["#]/.test(tex) || tex.length > 20_000) return undefined;
  let printed: string;
  try {
    printed = tex2typst(withPlainRows(tex.replace(sizes, '')), { nonStrict: true, customTexMacros: { ...macros } });
  } catch {
    return undefined;
  }
  const outside = printed.replace(/"[^"]*"/g, '').replace(/\\./g, '');
  const names = outside.match(/[A-Za-z]{2,}/g) ?? [];
  return !/[#$]/.test(outside) && names.every((name) => known.has(name)) ? printed.trim() : undefined;
}

/** Numbered and three-column environments as the one that Typst's rows are. */
function withPlainRows(tex: string): string {
  const columns = /\\begin\{eqnarray\*?\}/.test(tex);
  const text = tex
    .replace(/\\(begin|end)\{(?:eqnarray|align|equation|gather|gathered|split|multline|flalign)\*?\}/g, '\\$1{aligned}')
    .replace(/\\(?:label|tag)\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])/g, '');
  return columns ? text.replace(/&\s*(=|\\approx|\\le|\\ge|:=)\s*&/g, '&$1') : text;
}
