/** The standard level of detail: steps that a lecture does in one breath become one. */

import { combineCertificates } from '../oracle/combine.ts';
import type { Step } from './derivation.ts';

/** Steps that a reader takes together with the one after them. */
const leadsIn = new Set(['definition', 'constant-factor', 'symbol']);
/** Steps that a reader takes together with the one before them. */
const trailsOff = new Set(['constant', 'symbol']);

/** Merges small steps into their neighbours. The merged step is named by the step that carries it. */
export function groupSteps(steps: readonly Step[]): Step[] {
  const groups: Step[][] = [];
  let pending: Step[] = [];
  for (const step of steps) {
    const last = groups[groups.length - 1];
    if (trailsOff.has(step.rule) && pending.length === 0 && last !== undefined) {
      last.push(step);
    } else {
      pending.push(step);
      if (leadsIn.has(step.rule)) continue;
      groups.push(pending);
      pending = [];
    }
  }
  if (pending.length > 0) groups.push(pending);
  return groups.map(mergeSteps);
}

function mergeSteps(group: readonly Step[]): Step {
  const [only] = group as [Step];
  if (group.length === 1) return only;
  const main = group.find((step) => !leadsIn.has(step.rule) && !trailsOff.has(step.rule)) ?? only;
  const last = group[group.length - 1] as Step;
  const previous = group.find((step) => step.rule === 'constant-factor');
  const free = previous?.facts.factor;
  return {
    ...main,
    rules: group.flatMap((step) => step.rules),
    path: only.path,
    before: only.before,
    after: last.after,
    state: last.state,
    conditions: [...new Set(group.flatMap((step) => step.conditions))],
    facts: { ...main.facts, ...(main.rule === 'element' && free !== undefined ? { free } : {}) },
    certificate: combineCertificates(group.map((step) => step.certificate)),
  };
}
