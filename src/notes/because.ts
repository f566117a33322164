/** Why an equality is not judged, as data: a code and what it is about, from which every language makes its sentence. */

import type { ProblemCode } from '../problem.ts';

const becauseIds = [
  'open-function',
  'differential',
  'imaginary',
  'free-on-one-side',
  'repeated-index',
  'defined-twice',
  'undefined',
  'undefined-right',
  'open-dependence',
  'open-variable',
  'circular',
  'rounded',
  'mixed-number',
  'degrees',
  'computed-label',
  'positive-only',
  'in-places',
  'contradicted',
  'readings',
  'unclosed',
  'shape',
  'notation',
  'syntax',
  'size',
  'domain',
  'precision',
  'lengths',
  'unknown-function',
  'other',
] as const;

export type BecauseId = (typeof becauseIds)[number];

export interface Because {
  readonly code: BecauseId;
  /** The name that it is about. */
  readonly name?: string;
  /** A second name. */
  readonly other?: string;
  /** Of `notation`: what was found, in the reader's English phrase, by which each language knows it. */
  readonly found?: string;
}

const byProblem: Readonly<Partial<Record<ProblemCode, BecauseId>>> = {
  'shape-clash': 'shape',
  'unsupported-notation': 'notation',
  'too-large': 'size',
  'source-too-long': 'size',
  'nesting-too-deep': 'size',
};

/** What a refused formula is refused for. */
export function becauseOf({ code, found }: { readonly code: ProblemCode; readonly found?: string }): Because {
  return { code: byProblem[code] ?? 'syntax', ...(found === undefined ? {} : { found }) };
}

const byReason: Readonly<Record<string, BecauseId>> = {
  domain: 'domain',
  precision: 'precision',
  budget: 'size',
  'too-large': 'size',
  'too-deep': 'size',
  'not-enough-context': 'lengths',
  'shape-clash': 'shape',
  'unknown-function': 'unknown-function',
};

/** What the oracle could not decide, from its reason: `domain: only 3 of 16 points were valid` is `domain`. */
export function becauseOfReason(reason: string): Because {
  return { code: byReason[reason.replace(/:.*$/s, '')] ?? 'other' };
}
