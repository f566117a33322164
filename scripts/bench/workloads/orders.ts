/** Higher derivatives of one expression, one order after the other. */

import { expSinDerivatives } from '../programs.ts';
import type { PeerName, Settings } from '../settings.ts';
import type { Report } from '../table.ts';
import { climb, exponentOf, growthTable, type Task, wrongClimb } from './growth.ts';

const peers: readonly PeerName[] = [
  'GiNaC',
  'SymPy',
  'mathjs, not simplified',
  'mathjs, simplified',
  'nerdamer',
  'algebrite',
];

const highestOrder = 12;
const mostExponent = 3;
const points = [{ x: 0.7 }, { x: -1.1 }];

export async function orders(settings: Settings): Promise<Report> {
  const sizes = Array.from({ length: highestOrder }, (_, at) => at + 1);
  const climbs = await climb({ sizes, peers, task: (_, order) => orderTask(order, settings) }, settings);
  const exponent = exponentOf(climbs[0]);
  const text = `growth exponent of ours at most ${mostExponent}`;
  return {
    title: 'd^k/dx^k exp(sin(x)), value driver with presentation, milliseconds',
    tables: [growthTable(climbs, sizes, 'k')],
    goals: [
      exponent === undefined
        ? { text: `${text}: not measured`, met: undefined }
        : { text: `${text}: ${exponent.toFixed(2)}`, met: exponent <= mostExponent },
    ],
    notes: ['Each order anew from the expression, in a fresh store. Checked against Taylor arithmetic.'],
    wrong: wrongClimb(climbs),
  };
}

export function orderTask(order: number, settings: Settings): Task {
  const expected = points.map(({ x }) => expSinDerivatives(x, order)[order - 1] as number);
  return {
    entry: {
      job: {
        lets: [],
        expressions: ['exp(sin(x))'],
        wanted: [{ expression: 0, by: 'x', order }],
        timing: 'separate',
        slice: settings.quick ? 2 : 10,
        warmUp: settings.quick ? 100 : 600,
        points: [points],
      },
      which: [0],
      expected: [expected],
    },
    scale: 1,
  };
}
