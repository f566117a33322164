/** The values at which a counterexample was found, under the names that a reader knows them by. */

import { describeFunction, type SmoothFunction } from '../numbers/generic.ts';
import type { Recorder } from './evaluation.ts';

/** A recorder, and what it has noted: sizes and indices, then quantities, then generic functions. */
export function createRecorder(functions: ReadonlyMap<string, SmoothFunction>): {
  readonly recorder: Recorder;
  readonly values: () => Readonly<Record<string, number | string>>;
} {
  const indices = new Map<string, number | string>();
  const ranges = new Map<string, string>();
  const leaves = new Map<string, number | string>();
  const recorder: Recorder = {
    leaf: (name, at, value) => {
      leaves.set(name + at.map((index) => `[${index}]`).join(''), value);
    },
    freeIndex: (name, value) => {
      indices.set(name, value);
    },
    range: (binder, from, to) => {
      if (!ranges.has(binder.hint)) ranges.set(binder.hint, `${from}..${to}`);
    },
  };
  const values = (): Readonly<Record<string, number | string>> => {
    // A letter can stand for a free index in one place and be summed over in another.
    for (const [name, range] of ranges) indices.set(indices.has(name) ? `range of ${name}` : name, range);
    const texts = [...functions].map(([key, smooth]) => describeFunction(smooth, key.split(' ')[0] ?? key));
    return Object.fromEntries([...indices, ...leaves, ...texts]);
  };
  return { recorder, values };
}
