/** Workloads that grow: every engine climbs the sizes for as long as it keeps within its time. */

import { contest, type Entry, type Limits, type Result, totalTime } from '../contest.ts';
import type { Contestant } from '../contestant.ts';
import { growthExponent, largerSizes } from '../measure.ts';
import { enter, type PeerName, type Settings } from '../settings.ts';
import { digits, type Table } from '../table.ts';

/** What one engine has reached. */
export interface Climb {
  readonly name: string;
  readonly contestant: Contestant;
  /** Milliseconds by size. */
  readonly times: [size: number, milliseconds: number][];
  /** Sizes of which a sample was timed, the rest reckoned. */
  readonly sampled: Set<number>;
  /** Why it went no further, and the size at which it stopped. */
  stopped?: { readonly at: number; readonly why: string };
}

export interface Task {
  readonly entry: Omit<Entry, 'contestant'>;
  /** What the time is to be multiplied by, where only a sample of the work is timed. */
  readonly scale: number;
}

export interface Course {
  readonly sizes: readonly number[];
  readonly peers: readonly PeerName[];
  task(name: 'chainrule' | PeerName, size: number): Task;
}

/** Seconds that a peer may take for one answer, and for all rounds of one size. */
function limitsOf(settings: Settings): Limits {
  return settings.quick
    ? { rounds: 2, answer: 1.5, check: 4, total: 1 }
    : { rounds: 9, answer: 8, check: 20, total: 2 };
}

/** Ours first. */
export async function climb(course: Course, settings: Settings): Promise<readonly Climb[]> {
  const names = ['chainrule', ...course.peers.filter((name) => settings.peers.includes(name))] as const;
  const climbs: Climb[] = names.map((name) => ({
    name,
    contestant: enter(name, settings),
    times: [],
    sampled: new Set(),
  }));
  const limits = limitsOf(settings);
  for (const size of course.sizes) {
    const going = climbs.filter((one) => one.stopped === undefined && !gaveUp(one, size, limits));
    const tasks = going.map(({ name }) => course.task(name as PeerName, size));
    const entries = going.map(({ contestant }, at): Entry => ({ contestant, ...(tasks[at] as Task).entry }));
    const results = await contest(entries, limits, settings.noise);
    going.forEach((one, at) => {
      record(one, size, results[at] as Result, (tasks[at] as Task).scale);
    });
  }
  for (const { contestant } of climbs) contestant.end();
  return climbs;
}

function record(one: Climb, size: number, result: Result, scale: number): void {
  const why = result.failed ?? [...result.failures.values()][0];
  if (why !== undefined || result.times.size === 0) {
    one.stopped = { at: size, why: why ?? 'no time' };
    return;
  }
  one.times.push([size, totalTime(result, [...result.times.keys()]).median * scale]);
  if (scale > 1) one.sampled.add(size);
}

/** Whether the next size would take too long, as the last two tell. Sampled times are not what was waited for. */
function gaveUp(one: Climb, size: number, limits: Limits): boolean {
  const [before, last] = one.times.slice(-2);
  if (before === undefined || last === undefined || one.name === 'chainrule' || one.sampled.size > 0) return false;
  const exponent = Math.max(1, growthExponent([before, last]) ?? 1);
  const expected = last[1] * (size / last[0]) ** exponent;
  if (expected < limits.answer * 1000) return false;
  one.stopped = { at: size, why: `over ${limits.answer} s` };
  return true;
}

/** Times by size, the growth exponent over the larger sizes, and how many times ours the largest common size took. */
export function growthTable(climbs: readonly Climb[], sizes: readonly number[], head: string): Table {
  const [ours] = climbs as [Climb, ...Climb[]];
  const cell = (one: Climb, size: number): string => {
    const time = one.times.find(([at]) => at === size)?.[1];
    if (time !== undefined) return digits(time) + (one.sampled.has(size) ? '*' : '');
    return one.stopped?.at === size ? one.stopped.why : '';
  };
  const rows = climbs.map((one) => {
    const exponent = exponentOf(one);
    return [
      one.name,
      ...sizes.map((size) => cell(one, size)),
      exponent === undefined ? '' : exponent.toFixed(2),
      one === ours ? '' : ratioAtLargest(one, ours),
    ];
  });
  return { columns: [head, ...sizes.map(String), 'exponent', 'times ours'], rows };
}

export function exponentOf(one: Climb | undefined): number | undefined {
  return one === undefined || one.times.length < 2 ? undefined : growthExponent(largerSizes(one.times));
}

/** The time of this engine over ours at one size. */
export function ratioAt(one: Climb | undefined, ours: Climb | undefined, size: number): number | undefined {
  const [theirs, mine] = [one, ours].map((engine) => engine?.times.find(([at]) => at === size)?.[1]);
  return theirs === undefined || mine === undefined ? undefined : theirs / mine;
}

function ratioAtLargest(one: Climb, ours: Climb): string {
  const size = one.times.at(-1)?.[0];
  const ratio = size === undefined ? undefined : ratioAt(one, ours, size);
  return ratio === undefined ? '' : `${digits(ratio)} at ${size}`;
}

/** Sizes at which our own answer failed. */
export function wrongClimb([ours]: readonly Climb[]): string[] {
  return ours?.stopped === undefined ? [] : [`size ${ours.stopped.at}: ${ours.stopped.why}`];
}
