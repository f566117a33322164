/**
 * Terms in the order in which they can be evaluated, parts before wholes, found without recursion: a term of ten
 * thousand levels then needs no more of the stack than one of two.
 */

import type { Definitions } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';

/** Terms with more levels than this, counted through definitions, are evaluated from the bottom up. */
export const deepest = 200;

/** What one comparison knows of how its terms hang together. */
export interface Walk {
  readonly definitions: Definitions;
  /** Terms that are taken for unknowns of their own: nothing below them counts. */
  readonly opaque: ReadonlySet<Term>;
}

/** The parts of a term, and what a name stands for. */
export function partsThrough(term: Term, { definitions, opaque }: Walk): readonly Term[] {
  if (opaque.has(term)) return none;
  if (term.kind !== 'symbol') return term.parts;
  const definition = definitions.get(term);
  return definition === undefined ? none : [definition.body];
}

const none: readonly Term[] = [];

/** All terms below `roots`, parts before wholes, with what is met more than once noted in `shared`. */
export function orderThrough(roots: readonly Term[], walk: Walk, shared: Set<Term>, most: number): Term[] | undefined {
  const order: Term[] = [];
  const opened = new Set<Term>();
  const done = new Set<Term>();
  const stack = [...roots];
  for (let term = stack.at(-1); term !== undefined; term = stack.at(-1)) {
    if (done.has(term)) {
      shared.add(term);
      stack.pop();
    } else if (opened.has(term)) {
      done.add(term);
      order.push(term);
      stack.pop();
    } else {
      if (opened.size >= most) return undefined;
      opened.add(term);
      for (const part of partsThrough(term, walk)) {
        if (opened.has(part)) shared.add(part);
        else stack.push(part);
      }
    }
  }
  return order;
}

/**
 * What `root` rests on and what is evaluated where it is evaluated: not what stands below a sum or a derivative, which
 * have indices and tangents of their own. Of definitions only the names are given: each looks its own body up.
 */
export function evaluationOrder(root: Term, walk: Walk): readonly Term[] {
  const order: Term[] = [];
  /** 1: opened within a definition alone, 2: outside; 3 and 4: done so. */
  const states = new Map<Term, number>();
  const stack: [Term, boolean][] = [[root, false]];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const [term, within] = frame;
    const state = states.get(term) ?? 0;
    const own = within ? 1 : 2;
    if (state >= own + 2 || state === 4) {
      stack.pop();
    } else if (state === own) {
      states.set(term, own + 2);
      if (!within || term.kind === 'symbol') order.push(term);
      stack.pop();
    } else {
      states.set(term, own);
      if (standsAlone(term)) continue;
      const below = within || term.kind === 'symbol';
      for (const part of partsThrough(term, walk)) if (part.rank === 0) stack.push([part, below]);
    }
  }
  return order;
}

/** Terms whose parts are evaluated elsewhere: with other indices, with other tangents, or not at all. */
function standsAlone(term: Term): boolean {
  switch (term.kind) {
    case 'sum':
    case 'product':
    case 'integral':
    case 'limit':
    case 'derivative':
    case 'dot':
    case 'delta':
    case 'element':
      return true;
    default:
      return term.kind === 'symbol' && term.axes > 0;
  }
}
