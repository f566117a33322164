/** Integrals with unknown functions: both sides must agree for random smooth functions with exact derivatives. */

import { compareTexts, type FunctionValue, type Setting } from '../support/complex-value.ts';
import { type CorpusRow, readCorpus } from '../support/corpora.ts';
import { describeCorpus } from '../support/corpus-suite.ts';
import { foreignFunctions } from '../support/promised.ts';
import { draw } from '../support/random.ts';

/**
 * f(t) = b + c t + sin(w t + p) with the derivatives that this has; decimals of the name and the draw, so that every
 * arithmetic begins with the same numbers.
 */
function smoothFunctions(seed: number): FunctionValue {
  return (arithmetic, name, order, [t, ...others]) => {
    if (arithmetic.functions[name] !== undefined || t === undefined || others.length > 0) return undefined;
    const { sin, cos } = arithmetic.functions;
    if (sin === undefined || cos === undefined) return undefined;
    const coefficient = (part: string, from: number, to: number) =>
      arithmetic.real(draw(`${name} ${part}`, seed, from, to));
    const frequency = coefficient('frequency', 0.4, 1.4);
    const angle = arithmetic.add(arithmetic.multiply(frequency, t), coefficient('phase', -1.5, 1.5));
    const turned = order % 2 === 0 ? sin(angle) : cos(angle);
    const sign = arithmetic.real(order % 4 < 2 ? '1' : '-1');
    const wave = arithmetic.multiply(sign, turned);
    const amplitude = arithmetic.power(frequency, arithmetic.real(String(order)));
    const value = arithmetic.multiply(amplitude, wave);
    const slope = coefficient('slope', -0.9, 0.9);
    if (order === 0) {
      return arithmetic.add(value, arithmetic.add(coefficient('constant', -3, 3), arithmetic.multiply(slope, t)));
    }
    return order === 1 ? arithmetic.add(value, slope) : value;
  };
}

/** Six draws of the functions, each at points of both signs. */
const settings: readonly Setting[] = [1, 2, 3, 4, 5, 6].flatMap((seed) =>
  ['0.43', '-0.71', '1.9', '-2.3'].map((x) => ({
    values: { x, ...Object.fromEntries(['a', 'b', 'm', 'n', 'F'].map((name) => [name, draw(name, seed, 0.3, 2.4)])) },
    call: smoothFunctions(seed),
  })),
);

const unknownFunctions = new Set(['f', 'g', 'u', 'F']);

const rows = readCorpus('rubi_generic.tsv').map((row): CorpusRow => {
  const { id = '', integrand = '', variable = '', antiderivative = '' } = row;
  const judge = (answer: string): string[] =>
    settings.flatMap((setting) => {
      const { agree, left, right, error } = compareTexts(answer, integrand, setting);
      return agree ? [] : [`${answer} is ${left.re} + ${left.im} i, not ${right.re} + ${right.im} i (${error})`];
    });
  const foreign = foreignFunctions(antiderivative).filter((name) => !unknownFunctions.has(name));
  const leftOut = foreign.length === 0 ? undefined : `${foreign.join(', ')}: not among the functions`;
  return { id, source: antiderivative, wrt: variable, order: 1, judge, leftOut };
});

describeCorpus('rubi_generic.tsv', rows, 49);
