/** Gradients by all variables: nested functions and a network. Ours by the verb with its certificates, peers one by one. */

import type { Job } from '../engines/engine.ts';
import { nestedTanh, network, type Program, sampleOf, slope } from '../programs.ts';
import type { PeerName, Settings } from '../settings.ts';
import { digits, type Goal, type Report } from '../table.ts';
import { type Climb, climb, exponentOf, growthTable, ratioAt, type Task, wrongClimb } from './growth.ts';

const peers: readonly PeerName[] = ['GiNaC', 'SymPy', 'mathjs, not simplified', 'nerdamer', 'algebrite'];

const mostExponent = 1.1;

/** How many derivatives of each gradient are compared with differences. */
const checkedDerivatives = 5;

/** How many derivatives of a large gradient are timed where an engine takes one at a time. */
const sampledDerivatives = 64;

export function nested(settings: Settings): Promise<Report> {
  return growth('k nested tanh, tanh(w1*tanh(w2*...tanh(wk*x))), by all weights', nestedTanh, settings);
}

async function growth(title: string, make: (size: number) => Program, settings: Settings): Promise<Report> {
  const sizes = settings.quick ? [8, 16, 31, 62] : [8, 16, 31, 62, 125, 250];
  const climbs = await climb({ sizes, peers, task: (_, size) => gradientTask(make(size), settings) }, settings);
  return {
    title: `${title}, milliseconds`,
    tables: [growthTable(climbs, sizes, 'k')],
    goals: [exponentGoal(climbs[0])],
    notes: [oneAtATime, 'Exponents: least squares on logarithms over the larger half of the sizes, three at least.'],
    wrong: wrongClimb(climbs),
  };
}

const oneAtATime =
  'Ours: the verb gradient from text to printed answer, certificates included. Peers have no reverse mode: one variable at a ' +
  'time, from a term built beforehand. Engines in Node have 64 MB for young objects.';

function exponentGoal(ours: Climb | undefined): Goal {
  const exponent = exponentOf(ours);
  const text = `growth exponent of ours at most ${mostExponent}`;
  return exponent === undefined
    ? { text: `${text}: not measured`, met: undefined }
    : { text: `${text}: ${exponent.toFixed(2)}`, met: exponent <= mostExponent };
}

/** The goals for the network: so many times faster than GiNaC, at so many hidden units. */
const networkGoals = [
  { times: 1, size: 16 },
  { times: 50, size: 64 },
] as const;

export async function networks(settings: Settings): Promise<Report> {
  const sizes = [4, 8, ...networkGoals.map(({ size }) => size)];
  const task = (name: string, size: number): Task =>
    gradientTask(network(size), settings, name === 'chainrule' ? Number.POSITIVE_INFINITY : sampledDerivatives);
  const climbs = await climb({ sizes, peers, task }, settings);
  const ginac = climbs.find(({ name }) => name === 'GiNaC');
  const goals = networkGoals.map(({ times, size }): Goal => {
    const ratio = ratioAt(ginac, climbs[0], size);
    const text = `at ${size} hidden units at least ${times === 1 ? 'as fast as' : `${digits(times)} times faster than`} GiNaC`;
    return ratio === undefined
      ? { text: `${text}: GiNaC did not take part`, met: undefined }
      : { text: `${text}: ${digits(ratio)} times`, met: ratio >= times };
  });
  return {
    title: 'Whole gradient of a two-layer network of n inputs and n hidden units written out as scalars, milliseconds',
    tables: [growthTable(climbs, sizes, 'n')],
    goals,
    notes: [
      '(v1*tanh(w1_1*x1 + ... + b1) + ... + c - t)^2 by all n^2 + 2 n + 1 parameters.',
      oneAtATime,
      `* ${sampledDerivatives} of the derivatives timed, evenly spread over the parameters, the rest reckoned from them.`,
    ],
    wrong: wrongClimb(climbs),
  };
}

/** A gradient, or an evenly spread sample of its derivatives. */
export function gradientTask(program: Program, settings: Settings, most = Number.POSITIVE_INFINITY): Task {
  const variables = sampleOf(program.variables, most);
  const job: Job = {
    lets: program.lets,
    expressions: [program.expression],
    wanted: variables.map((by) => ({ expression: 0, by, order: 1 })),
    timing: 'gradient',
    slice: settings.quick ? 5 : 10,
    warmUp: settings.quick ? 100 : 600,
    points: [[program.point]],
  };
  const which = sampleOf(
    variables.map((_, at) => at),
    checkedDerivatives,
  );
  const expected = which.map((at) => [slope(program, variables[at] as string)]);
  return { entry: { job, which, expected }, scale: program.variables.length / variables.length };
}
