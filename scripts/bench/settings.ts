/** What all workloads share: who takes part, how long, and what the machine's noise was. */

import { type Contestant, workerContestant } from './contestant.ts';
import type { Dialect } from './dialects.ts';
import { dialects } from './dialects.ts';
import type { EngineName } from './engines/engines.ts';
import { ginshContestant } from './ginsh.ts';

export interface Settings {
  /** The peers that take part, where their workload has a place for them. */
  readonly peers: readonly PeerName[];
  /** Fewer rounds and smaller sizes, for development. */
  readonly quick: boolean;
  /** The compiled worker, and SymPy's. */
  readonly worker: string;
  readonly sympyWorker: string;
  /** Times of a fixed piece of work, one for each round of everything. */
  readonly noise: number[];
}

export type PeerName = 'GiNaC' | 'SymPy' | Exclude<EngineName, 'chainrule' | 'chainrule, certified'>;

export const peerDialects: Readonly<Record<PeerName, Dialect>> = {
  GiNaC: dialects.GiNaC,
  SymPy: dialects.SymPy,
  'mathjs, not simplified': dialects.mathjs,
  'mathjs, simplified': dialects.mathjs,
  nerdamer: dialects.nerdamer,
  algebrite: dialects.algebrite,
};

export const peerNames = Object.keys(peerDialects) as PeerName[];

/**
 * Megabytes for young objects, for every engine that runs in Node. With the usual 16 a gradient of some thousand nodes
 * fills them while all of it is in use, so that its memory is copied about: a step in the times that is no growth.
 */
const memory = ['--max-semi-space-size=64', '--expose-gc'];

/** SymPy with `simplify` after each derivative takes part only where the form of answers is compared. */
type Entrant = PeerName | 'SymPy, simplified' | 'chainrule' | 'chainrule, certified';

export function enter(name: Entrant, settings: Settings): Contestant {
  if (name === 'GiNaC') return ginshContestant();
  if (name === 'SymPy' || name === 'SymPy, simplified') {
    const missing = 'SymPy for python3 is not on this machine';
    return workerContestant(name, name, 'python3', [settings.sympyWorker], missing);
  }
  return workerContestant(name, name, process.execPath, [...memory, settings.worker], 'no worker');
}
