/** What stands in the nodes, as LaTeX. */

import type { Sign } from '../../derivation/figure/figure.ts';

type Of<K extends Sign['kind']> = Extract<Sign, { readonly kind: K }>;
type Writers = { readonly [K in Sign['kind']]: (sign: Of<K>, show: (text: string) => string) => string };

/** Functions that are written around what they are applied to; the dot stands for that. */
const around: Readonly<Record<string, string>> = {
  abs: '\\lvert\\cdot\\rvert',
  floor: '\\lfloor\\cdot\\rfloor',
  ceil: '\\lceil\\cdot\\rceil',
  norm: '\\lVert\\cdot\\rVert',
  sqrt: '\\sqrt{\\,\\cdot\\,}',
  cbrt: '\\sqrt[3]{\\,\\cdot\\,}',
};

const powers: Readonly<Record<string, string>> = {
  '-1': '1/\\cdot',
  '1 / 2': '\\sqrt{\\,\\cdot\\,}',
  '-1 / 2': '1/\\sqrt{\\,\\cdot\\,}',
};

const writers: Writers = {
  quantity: ({ expression }, show) => show(expression),
  output: ({ expression }, show) => (expression === null ? '' : show(expression)),
  function: ({ name }, show) => (Object.hasOwn(around, name) ? (around[name] as string) : show(name)),
  plus: () => '+',
  times: () => '\\times',
  dot: () => '\\langle\\cdot,\\cdot\\rangle',
  cases: () => '\\{',
  scale: ({ coefficient }, show) => (coefficient === '-1' ? '-' : `\\times ${bracketed(show(coefficient))}`),
  shift: ({ constant, minus }, show) => {
    if (minus) return `${show(constant)}-\\cdot`;
    return constant.startsWith('-') ? show(constant) : `+${show(constant)}`;
  },
  power: ({ exponent }, show) => {
    if (exponent === null) return '(\\cdot)^{(\\cdot)}';
    return powers[exponent] ?? `(\\cdot)^{${show(exponent)}}`;
  },
  sum: (sign, show) => binder('\\sum', sign, show),
  product: (sign, show) => binder('\\prod', sign, show),
};

function bracketed(formula: string): string {
  return formula.startsWith('-') ? `(${formula})` : formula;
}

function binder(command: string, { index, range }: Of<'sum' | 'product'>, show: (text: string) => string): string {
  if (range === null) return `${command}_{${show(index)}}`;
  return `${command}_{${show(index)}=${show(range.from)}}^{${show(range.to)}}`;
}

/** `sign` as LaTeX for math mode; `show` turns expressions into LaTeX. */
export function signLatex(sign: Sign, show: (text: string) => string): string {
  return writers[sign.kind](sign as never, show);
}
