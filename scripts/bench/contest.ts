/** All engines on one job: first every answer is checked, then those that were right are timed, in turns. */

import type { Contestant, Failure } from './contestant.ts';
import type { Job } from './engines/engine.ts';
import { fixedWork, median, spread } from './measure.ts';

/** One engine with its share of a job. `expected` holds the right values, place by place as they are checked. */
export interface Entry {
  readonly contestant: Contestant;
  readonly job: Job;
  readonly expected: readonly (readonly number[])[];
  /** The places of `expected` within the job, and those that are timed. */
  readonly which: readonly number[];
}

export interface Limits {
  readonly rounds: number;
  /** So many rounds are taken in any case; 1 without it. The first is the one in which most is compiled. */
  readonly leastRounds?: number;
  /** Seconds after which one answer is given up, and one answer with its values. */
  readonly answer: number;
  readonly check: number;
  /** Seconds, those of the check included, after which an engine takes no further round; one round it takes anyway. */
  readonly total: number;
}

export interface Result {
  readonly name: string;
  /** Why the engine has no times at all. */
  readonly failed: string | undefined;
  /** By place: why there is no answer, or that it is wrong. */
  readonly failures: ReadonlyMap<number, string>;
  /** By place: milliseconds in each round. A gradient has the one place -1. */
  readonly times: ReadonlyMap<number, readonly number[]>;
}

/** As far as differences are trusted. */
export function agrees(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= 1e-6 * Math.abs(expected) + 1e-7;
}

/** `noise` collects the times of a fixed piece of work, taken once a round: what they vary by is the machine's. */
export async function contest(entries: readonly Entry[], limits: Limits, noise: number[] = []): Promise<Result[]> {
  const running: Running[] = [];
  for (const entry of entries) running.push(await checkEntry(entry, limits));
  for (let round = 0; round < limits.rounds; round++) {
    noise.push(fixedWork());
    for (const one of running) await timeEntry(one, limits);
  }
  return running.map(({ entry, failed, failures, times }) => ({
    name: entry.contestant.name,
    failed,
    failures,
    times,
  }));
}

interface Running {
  readonly entry: Entry;
  failed: string | undefined;
  readonly failures: Map<number, string>;
  readonly times: Map<number, number[]>;
  seconds: number;
}

async function checkEntry(entry: Entry, limits: Limits): Promise<Running> {
  const { contestant, job, which, expected } = entry;
  const failures = new Map<number, string>();
  const one: Running = { entry, failed: undefined, failures, times: new Map(), seconds: 0 };
  const start = performance.now();
  const refused = await contestant.open(job, limits.check);
  if (refused !== undefined) return { ...one, failed: refused.failed };
  const answers = await contestant.check(which, limits.check);
  one.seconds = (performance.now() - start) / 1000;
  which.forEach((at, place) => {
    const problem = problemOf(answers[place], expected[place] ?? []);
    if (problem !== undefined) failures.set(at, problem);
  });
  // A gradient is one answer: with one wrong part there is nothing to time.
  if (job.timing === 'gradient') one.failed = [...failures.values()][0];
  return one;
}

function problemOf(answer: readonly number[] | Failure | undefined, expected: readonly number[]): string | undefined {
  if (answer === undefined) return 'no answer';
  if ('failed' in answer) return answer.failed;
  if (answer.length !== expected.length) return 'no value';
  const wrong = expected.findIndex((value, at) => !agrees(answer[at] ?? Number.NaN, value));
  return wrong < 0 ? undefined : `wrong: ${shorten(answer[wrong])}, not ${shorten(expected[wrong])}`;
}

function shorten(value: number | undefined): string {
  return value === undefined ? 'nothing' : String(Number(value.toPrecision(4)));
}

function roundsOf({ times }: Running): number {
  return Math.max(0, ...[...times.values()].map((rounds) => rounds.length));
}

async function timeEntry(one: Running, limits: Limits): Promise<void> {
  const { contestant, job, which } = one.entry;
  if (one.failed !== undefined || (one.seconds > limits.total && roundsOf(one) >= (limits.leastRounds ?? 1))) return;
  const gradient = job.timing === 'gradient';
  const places = gradient ? job.wanted.map((_, at) => at) : which.filter((at) => !one.failures.has(at));
  if (places.length === 0) return;
  const start = performance.now();
  try {
    const times = await contestant.time(places, limits.answer);
    (gradient ? [-1] : places).forEach((place, at) => {
      one.times.set(place, [...(one.times.get(place) ?? []), times[at] as number]);
    });
  } catch (error) {
    one.failed = error instanceof Error ? error.message : String(error);
  }
  one.seconds += (performance.now() - start) / 1000;
}

/**
 * The time over these places in milliseconds: the medians of each, summed, so that an interruption by other work in one
 * place of one round does not count; and how far the sums of the rounds spread.
 */
export function totalTime(result: Result, places: readonly number[]): { median: number; spread: number } {
  const rows = places.map((place) => result.times.get(place) ?? []);
  const rounds = Math.min(...rows.map((row) => row.length));
  const sums = Array.from({ length: rounds }, (_, round) =>
    rows.reduce((total, row) => total + (row[round] as number), 0),
  );
  return { median: rows.reduce((total, row) => total + median(row), 0), spread: spread(sums) };
}
