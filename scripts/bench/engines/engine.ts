/** What an engine is asked to do, the same for this project and for its peers. */

import { createCopies, millisecondsSince, readClockBefore } from '../clock.ts';

/** Values of the variables by name. */
export type Point = Readonly<Record<string, number>>;

/** One derivative: of the expression at this place of the job, by this variable, so many times. */
export interface Wanted {
  readonly expression: number;
  readonly by: string;
  readonly order: number;
}

export interface Job {
  /** Names with what they stand for, each resting on earlier ones: deep expressions that no parser would take whole. */
  readonly lets?: readonly (readonly [name: string, text: string])[];
  /** In the syntax of the engine. */
  readonly expressions: readonly string[];
  readonly wanted: readonly Wanted[];
  /** `separate`: each derivative is timed alone. `gradient`: all of them together, by reverse mode where there is one. */
  readonly timing: 'separate' | 'gradient';
  /** Whether reading the text belongs to what is timed. */
  readonly fromText?: boolean;
  /** Milliseconds that the measurement of one number should take at least. */
  readonly slice: number;
  /** Milliseconds of work before the first measurement, for engines that are compiled while they run. */
  readonly warmUp: number;
  /** For `separate`, where each wanted derivative is evaluated; for `gradient`, only the first entry counts. */
  readonly points: readonly (readonly Point[])[];
  /** Of a gradient, the places of the derivatives that are evaluated; without it all of them. */
  readonly checked?: readonly number[];
}

/** A job once carried out: its time, without reading and without the values, and the values at the points. */
export interface Carried {
  readonly milliseconds: number;
  readonly values: readonly (readonly number[])[];
}

export interface Opened {
  /** Carries out the wanted derivatives at these places, and evaluates those in `checked` at `points`. */
  carryOut(which: readonly number[], checked?: readonly number[], points?: readonly Point[]): Carried;
  /** The text of the derivative at this place, where the engine prints any. */
  print?(at: number): string;
}

/** The places of one task, in a row of as many copies as the clock needs. */
function repeated<T>(tasks: readonly T[], copies: number, copy: (task: T) => T): T[] {
  return Array.from({ length: copies }, () => tasks.map(copy)).flat();
}

export type Engine = (job: Job) => Promise<Opened>;

/** What a computer algebra system needs to tell. */
export interface Algebra<Expression, Answer> {
  read(text: string, names: ReadonlyMap<string, Expression>): Expression;
  /** Done before each derivative and not timed, where the engine changes what it is given. */
  copy?(expression: Expression): Expression;
  derive(expression: Expression, by: string, order: number): Answer;
  evaluate(answer: Answer, point: Point): number;
  print?(answer: Answer): string;
}

/** An engine that takes one derivative after the other. */
export function openAlgebra<Expression, Answer>(algebra: Algebra<Expression, Answer>, job: Job): Opened {
  const names = new Map<string, Expression>();
  for (const [name, text] of job.lets ?? []) names.set(name, algebra.read(text, names));
  const expressions = new Map<number, Expression>();
  const read = (at: number): Expression => {
    const known = expressions.get(at) ?? algebra.read(job.expressions[at] as string, names);
    expressions.set(at, known);
    return known;
  };
  const copies = createCopies();
  const { print } = algebra;
  return {
    ...(print && {
      print(at: number) {
        const { expression, by, order } = job.wanted[at] as Wanted;
        const term = read(expression);
        return print(algebra.derive(algebra.copy?.(term) ?? term, by, order));
      },
    }),
    carryOut(which, checked = [], points = []) {
      const count = checked.length > 0 ? 1 : copies.of(which[0] as number);
      const single = which.map((at) => {
        const { expression, by, order } = job.wanted[at] as Wanted;
        return { expression: read(expression), by, order };
      });
      const tasks = repeated(single, count, (task) => ({
        ...task,
        expression: algebra.copy?.(task.expression) ?? task.expression,
      }));
      const start = readClockBefore(job.timing);
      const answers = tasks.map(({ expression, by, order }) => algebra.derive(expression, by, order));
      const milliseconds = millisecondsSince(start) / count;
      copies.note(which[0] as number, milliseconds);
      const evaluate = (at: number) => {
        const answer = answers[which.indexOf(at)] as Answer;
        return points.map((point) => algebra.evaluate(answer, point));
      };
      return { milliseconds, values: checked.map(evaluate) };
    },
  };
}
