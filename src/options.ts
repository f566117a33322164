/** Every option of the verbs, declared once: the command line's flags and help and the library's defaults. */

import { nearest } from './nearest.ts';
import { fail } from './problem.ts';

export const details = ['answer', 'standard', 'every'] as const;
export const languages = ['en', 'ja'] as const;
export const deriveFormats = ['terminal', 'markdown', 'latex', 'html', 'typst', 'json', 'svg'] as const;
export const checkFormats = ['terminal', 'json'] as const;
/** The formats of `build`, by the ending of the file; and the words for them, which are those of `derive`. */
export const buildFormats = ['html', 'md', 'tex', 'typ'] as const;
export const buildWords = ['html', 'markdown', 'latex', 'typst'] as const;
export const syntaxes = ['text', 'latex'] as const;
export const methods = ['chain', 'logarithmic', 'rewrite', 'index', 'differential'] as const;

export type BuildFormat = (typeof buildFormats)[number];
export type BuildWord = (typeof buildWords)[number];
export type DeriveFormat = (typeof deriveFormats)[number];
/** Whether the axes of the variable come first, so that a gradient has its shape, or last. */
export const layouts = ['denominator', 'numerator'] as const;

export type Detail = (typeof details)[number];
export type Language = (typeof languages)[number];
export type Method = (typeof methods)[number];
export type Layout = (typeof layouts)[number];

/** What `derive`, `gradient`, `hessian` and `stationary` take. */
export interface DeriveOptions {
  /** The variables, in text or LaTeX: `x`, `beta[j]`, `alpha[j][k]`; several for a backward pass. */
  readonly wrt: string | readonly string[];
  /** How often to differentiate; 1 if not given. */
  readonly order?: number;
  /** `derive` by several variables, one after the other: a mixed partial derivative. */
  readonly mixed?: boolean;
  /** An equation: `derive` differentiates the name in it that depends on the variable, which the source may name. */
  readonly implicit?: string;
  /** Names that depend on others: `y(x)`, `x(t), z(x, y)`. The derivative is then a total one. */
  readonly depends?: string | readonly string[];
  /** The degree of a Taylor polynomial, which `derive` then gives instead of a derivative. */
  readonly taylor?: number;
  /** The point of the Taylor polynomial: an expression; 0 if not given. */
  readonly at?: string;
  /**
   * The components of a direction, one for each variable and of its shape: `3, 4`, `v`. Not normalised, unless `unit` is
   * true. Of a vector or matrix this gives the Jacobian-vector product (forward mode).
   */
  readonly direction?: string | readonly string[];
  /** A weight of the shape of the value: `derive` then gives the vector-Jacobian product with it (reverse mode). */
  readonly vjp?: string;
  /** Divides the direction by its length. */
  readonly unit?: boolean;
  /** How to derive; `chain` if not given. */
  readonly method?: Method;
  /** How derivatives by vectors and matrices are laid out; `denominator` if not given. */
  readonly layout?: Layout;
  /** Further definitions, as lines before the expression. */
  readonly define?: readonly string[];
  /** Declarations: `x: vector(n), t: positive`. */
  readonly shapes?: string;
  readonly syntax?: 'text' | 'latex';
  readonly detail?: Detail;
  /** The name of the step size of the update rule, or true for `eta`. */
  readonly update?: string | boolean;
  /** False leaves the oracle out; certificates then say so. */
  readonly verify?: boolean;
  readonly seed?: number;
}

/** Seed of all random points, unless one is given; any fixed number makes results repeatable. */
export const defaultSeed = 20260101;

/** Highest order of derivative. */
const highestOrder = 12;

/** The order as a whole number from 1 to {@link highestOrder}. */
export function checkOrder(order: number): number {
  if (Number.isInteger(order) && order >= 1 && order <= highestOrder) return order;
  return fail({
    code: 'unknown-option',
    message: `the order of a derivative is a whole number from 1 to ${highestOrder}, not ${order}`,
    hint: 'for example --order 2',
  });
}

/** The degree of a Taylor polynomial, a whole number from 0 to {@link highestOrder}. */
export function checkDegree(degree: number): number {
  if (Number.isInteger(degree) && degree >= 0 && degree <= highestOrder) return degree;
  return fail({
    code: 'unknown-option',
    message: `the degree of a Taylor polynomial is a whole number from 0 to ${highestOrder}, not ${degree}`,
    hint: 'for example --taylor 3',
  });
}

/** The seed as a whole number that a double holds exactly. */
export function checkSeed(seed: number): number {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  return fail({
    code: 'unknown-option',
    message: `the seed is a whole number of at most 15 digits, not ${seed}`,
    hint: 'for example --seed 7',
  });
}

/** `value` if it is one of `allowed`. */
export function checkChoice<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  const near = nearest(value, allowed);
  return fail({
    code: 'unknown-option',
    message: `${option} can't be "${value.slice(0, 40)}"`,
    hint: `${near === undefined ? 'it' : `did you mean ${near}? It`} is one of ${allowed.join(', ')}`,
  });
}

/** What is asked for, if it is not a gradient. */
export type Task = 'derivative' | 'mixed' | 'implicit' | 'taylor' | 'directional' | 'vjp' | 'hessian' | 'stationary';

/** The flag by which each task is asked for. */
const flags: Readonly<Record<Exclude<Task, 'derivative'>, string>> = {
  mixed: '--mixed',
  implicit: '--implicit',
  taylor: '--taylor',
  directional: '--direction',
  vjp: '--vjp',
  hessian: '--hessian',
  stationary: '--stationary',
};

/** Flags that only some tasks understand. */
const companions: readonly {
  readonly flag: string;
  readonly isGiven: (options: DeriveOptions) => boolean;
  readonly tasks: readonly Task[];
}[] = [
  { flag: '--at', isGiven: ({ at }) => at !== undefined, tasks: ['taylor'] },
  { flag: '--unit', isGiven: ({ unit }) => unit === true, tasks: ['directional'] },
  { flag: '--order', isGiven: ({ order }) => order !== undefined && order !== 1, tasks: ['derivative', 'implicit'] },
  { flag: '--depends', isGiven: ({ depends }) => depends !== undefined, tasks: ['derivative', 'mixed'] },
  { flag: '--update', isGiven: ({ update }) => update !== undefined && update !== false, tasks: ['derivative'] },
  {
    flag: '--method',
    isGiven: ({ method }) => method !== undefined && method !== 'chain',
    tasks: ['derivative'],
  },
];

/** The task that the options of `derive` name, or `asked`. Options that contradict one another are refused. */
export function taskOf(options: DeriveOptions, asked: readonly Task[] = []): Task {
  const named: Task[] = [...asked];
  if (options.mixed === true) named.push('mixed');
  if (options.implicit !== undefined) named.push('implicit');
  if (options.taylor !== undefined) named.push('taylor');
  if (options.direction !== undefined) named.push('directional');
  if (options.vjp !== undefined) named.push('vjp');
  const [task = 'derivative', other] = named;
  if (other !== undefined) refuseTogether(flags[task as keyof typeof flags], flags[other as keyof typeof flags]);
  for (const { flag, isGiven, tasks } of companions) {
    if (!isGiven(options) || tasks.includes(task)) continue;
    if (task !== 'derivative') refuseTogether(flags[task], flag);
    const owner = flags[tasks[0] as keyof typeof flags];
    fail({
      code: 'unknown-option',
      message: `${flag} belongs to ${owner}`,
      hint: `add ${owner}, or leave ${flag} out`,
    });
  }
  if (options.method !== undefined && options.method !== 'chain') {
    if (options.order !== undefined && options.order !== 1) refuseTogether('--method', '--order');
    if (options.depends !== undefined) refuseTogether('--method', '--depends');
  }
  return task;
}

function refuseTogether(first: string, second: string): never {
  return fail({
    code: 'unknown-option',
    message: `${first} and ${second} can't go together`,
    hint: 'ask for one of them at a time',
  });
}
