/** How the verb `gradient` grows with the program that it is asked about: five families, whole verbs with their certificates. */

import { gradient } from '../../../src/derive.ts';
import type { DeriveOptions } from '../../../src/options.ts';
import { millisecondsSince, readClock } from '../clock.ts';
import { growthExponent, largerSizes, median } from '../measure.ts';
import type { Settings } from '../settings.ts';
import { digits, type Report } from '../table.ts';

interface Question extends Pick<DeriveOptions, 'define' | 'shapes'> {
  readonly source: string;
  readonly wrt: readonly string[];
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** By name the question of a size, and the sizes, each about twice the size of the one before as a text. */
const families: Readonly<
  Record<string, { readonly ask: (size: number) => Question; readonly sizes: readonly number[] }>
> = {
  'nested functions': {
    ask: (size) => ({
      source: upTo(size).reduceRight((inner, at) => `tanh(w${at}*${inner})`, 'x'),
      wrt: upTo(size).map((at) => `w${at}`),
    }),
    sizes: [10, 20, 40, 80, 160],
  },
  'a network written out': {
    ask: (size) => {
      const all = upTo(size);
      const units = all.map((unit) => `v${unit}*tanh(${all.map((at) => `w${unit}_${at}*x${at}`).join(' + ')})`);
      const weights = all.flatMap((unit) => all.map((at) => `w${unit}_${at}`));
      return { source: `(${units.join(' + ')} - t)^2`, wrt: [...weights, ...all.map((unit) => `v${unit}`)] };
    },
    sizes: [16, 23, 32, 45, 64],
  },
  'shared intermediates': {
    ask: (size) => ({
      define: upTo(size).map((at) => {
        const before = at === 1 ? 'x' : `u${at - 1}`;
        return `u${at} = sin(${before})*cos(${before}) + a${at}`;
      }),
      source: `u${size}^2`,
      wrt: ['x', ...upTo(size).map((at) => `a${at}`)],
    }),
    sizes: [10, 20, 40, 80, 160],
  },
  'sums over an index': {
    ask: (size) => ({
      source: upTo(size)
        .map((at) => `g(sum(b${at}[i]*f(x[i]*a${at}), i))`)
        .join(' + '),
      wrt: upTo(size).flatMap((at) => [`b${at}[j]`, `a${at}`]),
    }),
    sizes: [8, 16, 32, 64, 128],
  },
  'layers of matrices': {
    ask: (size) => ({
      define: upTo(size).map((at) => `h${at} = tanh(W${at}*${at === 1 ? 'x' : `h${at - 1}`} + c${at})`),
      shapes: [...upTo(size).map((at) => `W${at}: matrix(m, m), c${at}: vector(m)`), 'x: vector(m), y: vector(m)'].join(
        ', ',
      ),
      source: `dot(h${size} - y, h${size} - y)`,
      wrt: upTo(size).flatMap((at) => [`W${at}`, `c${at}`]),
    }),
    sizes: [8, 16, 32, 64, 128],
  },
};

const mostExponent = 1.1;

export async function backward(settings: Settings): Promise<Report> {
  const runs = settings.quick ? 1 : 5;
  const wrong: string[] = [];
  const rows: string[][] = [];
  const goals: Report['goals'][number][] = [];
  for (const [name, { ask, sizes }] of Object.entries(families)) {
    const points = sizes.map((size) => {
      const { source, ...options } = ask(size);
      const length = [source, ...(options.define ?? [])].join().length;
      gradient(source, options);
      const times = upTo(runs).map(() => {
        const start = readClock();
        const { certificate, answer } = gradient(source, options);
        const time = millisecondsSince(start);
        if (certificate.verdict === 'fails' || answer?.verdict === 'fails') wrong.push(`${name} of size ${size} fails`);
        return time;
      });
      return { length, time: median(times) };
    });
    const exponent =
      growthExponent(largerSizes(points.map(({ length, time }) => [length, time] as const))) ?? Number.NaN;
    rows.push([name, ...points.map(({ time }) => digits(time)), exponent.toFixed(2)]);
    goals.push({
      text: `${name}: exponent at most ${mostExponent}: ${exponent.toFixed(2)}`,
      met: exponent <= mostExponent,
    });
  }
  return {
    title: 'The verb gradient with its certificates, milliseconds; each size twice the text of the one before',
    tables: [{ columns: ['', '1', '2', '4', '8', '16', 'exponent'], rows }],
    goals,
    notes: ['From text to printed answer. Exponents: least squares on logarithms, the three largest sizes.'],
    wrong,
  };
}
