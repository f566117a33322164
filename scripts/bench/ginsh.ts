/**
 * GiNaC through its shell. `time(...)` of ginsh counts the processor time of one statement, so expressions are
 * assigned to names beforehand and repeated in lists, which `diff` goes through element by element.
 */

import type { Contestant, Failure } from './contestant.ts';
import { failureOf } from './contestant.ts';
import type { Job, Point, Wanted } from './engines/engine.ts';
import { type LineProcess, startProgram, TooSlow } from './session.ts';

/** A number that stands for the end of an answer; no derivative has this value. */
const end = '8191000131071';

/** ginsh reads its input in blocks of this size; empty lines fill the last one, so that it answers at once. */
const filling = '\n'.repeat(8192);

/** Most elements of a list written out; longer ones are lists of lists. */
const shortList = 30;

const mostCopies = 10_000;

/** Milliseconds that one statement should take: its clock counts microseconds, and long lists leave the caches. */
const shortestMeasured = 0.8;

export function ginshContestant(): Contestant {
  let running: LineProcess | undefined;
  let job: Job = { expressions: [], wanted: [], timing: 'separate', slice: 0, warmUp: 0, points: [] };
  /** How often an expression is repeated in the list that is timed, by its place in the wanted ones. */
  const copies = new Map<number, number>();

  /** The lines with which ginsh answers these statements. */
  const run = async (statements: string, seconds: number): Promise<readonly string[]> => {
    if (running === undefined) throw new Error('ginsh is not on this machine');
    running.send(`${statements}\n${end};\n${filling}`);
    const lines: string[] = [];
    try {
      for (let line = await running.line(seconds); line !== end; line = await running.line(seconds)) lines.push(line);
    } catch (error) {
      if (error instanceof TooSlow) running = undefined;
      throw error;
    }
    return lines;
  };
  const open = async (seconds: number): Promise<void> => {
    running ??= await startProgram('ginsh', []);
    const lets = (job.lets ?? []).map(([name, text]) => `${name}=${text}:`);
    const expressions = job.expressions.map((text, at) => `expression${at}=${text}:`);
    const points = job.points.map((row, at) => row.map((point, which) => `point${at}_${which}=${pointList(point)}:`));
    await run(['real_symbols;', ...lets, ...expressions, ...points.flat()].join('\n'), seconds);
  };
  const evaluate = async (at: number, seconds: number): Promise<readonly number[]> => {
    if (running === undefined) await open(seconds);
    const place = job.timing === 'gradient' ? 0 : at;
    const points = (job.points[place] ?? []).map((_, which) => `point${place}_${which}`);
    const lines = await run(
      points.map((point) => `evalf(subs(${diff(job.wanted[at] as Wanted, 0)},${point}));`).join('\n'),
      seconds,
    );
    // A value that is not real is a text that is no number.
    return points.map((_, which) => Number(lines[which] ?? Number.NaN));
  };
  const milliseconds = async (statement: string, limit: number): Promise<number> => {
    const [line] = await run(`time(${statement});`, limit);
    const time = Number.parseFloat(line ?? '') * 1000;
    if (Number.isNaN(time)) throw new Error('no time');
    return time;
  };
  /** Milliseconds of one copy: as many copies as the clock needs, as often as the slice asks for. */
  const mean = async (key: number, statement: (copies: number) => string, limit: number): Promise<number> => {
    let count = copies.get(key);
    if (count === undefined) {
      count = 1;
      let time = await milliseconds(statement(1), limit);
      while (time < shortestMeasured / 10 && count < mostCopies) {
        count *= 10;
        time = await milliseconds(statement(count), limit);
      }
      count = Math.min(mostCopies, Math.max(1, Math.round((count * shortestMeasured) / time)));
      copies.set(key, count);
      if (time >= job.slice) return time;
    }
    const times: number[] = [];
    do {
      times.push(await milliseconds(statement(count), limit));
    } while (times.reduce((a, b) => a + b) < job.slice);
    return times.reduce((a, b) => a + b) / times.length / repeatedSize(count);
  };

  return {
    name: 'GiNaC',
    async open(wanted, limit) {
      job = wanted;
      copies.clear();
      try {
        await open(limit);
        await run(listStatements(job), limit);
        return undefined;
      } catch (error) {
        return failureOf(error);
      }
    },
    async check(which, limit) {
      const values: (readonly number[] | Failure)[] = [];
      for (const at of which) values.push(await evaluate(at, limit).catch(failureOf));
      return values;
    },
    async time(which, limit) {
      if (running === undefined) {
        await open(limit);
        await run(listStatements(job), limit);
      }
      if (job.timing === 'gradient') {
        const all = (count: number) => `{${which.map((at) => diff(job.wanted[at] as Wanted, count)).join(',\n')}}`;
        return [await mean(0, all, limit)];
      }
      const times: number[] = [];
      for (const at of which) times.push(await mean(at, (count) => diff(job.wanted[at] as Wanted, count), limit));
      return times;
    },
    async print(at, limit) {
      if (running === undefined) await open(limit);
      const lines = await run(`${diff(job.wanted[at] as Wanted, 0)};`, limit);
      if (lines.length === 0) throw new Error('no answer');
      return lines.join('');
    },
    end: () => running?.end(),
  };
}

/** The derivative of an expression, or of a list of about so many copies of it. */
function diff({ expression, by, order }: Wanted, copies: number): string {
  const of = copies === 0 ? `expression${expression}` : repeated(expression, copies);
  return `diff(${of},${by}${order === 1 ? '' : `,${order}`})`;
}

/** The largest of the prepared lists that still fits, and how often it is taken. */
function layout(copies: number): { readonly unit: number; readonly times: number } {
  let unit = 0;
  while (unit < 3 && copies > shortList * 10 ** unit) unit++;
  return { unit, times: Math.max(1, Math.round(copies / 10 ** unit)) };
}

function repeated(expression: number, copies: number): string {
  const { unit, times } = layout(copies);
  const name = unit === 0 ? `expression${expression}` : `list${expression}_${unit}`;
  return `{${Array.from({ length: times }, () => name).join(',')}}`;
}

function repeatedSize(copies: number): number {
  const { unit, times } = layout(copies);
  return times * 10 ** unit;
}

/** Lists of 10, 100 and 1000 copies of every expression. */
function listStatements(job: Job): string {
  return job.expressions
    .flatMap((_, at) =>
      [1, 2, 3].map((unit) => {
        const inner = unit === 1 ? `expression${at}` : `list${at}_${unit - 1}`;
        return `list${at}_${unit}={${Array.from({ length: 10 }, () => inner).join(',')}}:`;
      }),
    )
    .join('\n');
}

function pointList(point: Point): string {
  return `{${Object.entries(point)
    .map(([name, value]) => `${name}==${value}`)
    .join(',\n')}}`;
}
