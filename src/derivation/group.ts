/** The standard level of detail: steps that a lecture does in one breath become one. */

import type { Certificate } from '../certificate.ts';
import { combineCertificates } from '../oracle/combine.ts';
import type { Facts } from '../rules/rule.ts';
import { replaceTerm } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';
import type { Move } from './outline.ts';

/** A step with what the oracle said of it; `rules` where it was merged from several. */
export interface CertifiedStep extends Move {
  readonly certificate: Certificate;
  readonly rules?: readonly string[];
}

/** Steps that a reader takes together with the one after them. */
export const leadsIn: ReadonlySet<string> = new Set(['definition', 'constant-factor']);
/** Steps that a reader takes together with the one before them. */
export const trailsOff: ReadonlySet<string> = new Set(['constant', 'symbol']);

/**
 * Runs of steps that a reader takes together: those that lead in with the one after them, those that trail off with the
 * ones before them, where these `admit` more.
 */
export function gatherSteps<S extends { readonly rule: string }>(
  steps: readonly S[],
  leads: (step: S) => boolean,
  admit: (group: readonly S[]) => boolean = () => true,
): S[][] {
  const groups: S[][] = [];
  let pending: S[] = [];
  for (const step of steps) {
    const last = groups[groups.length - 1];
    if (trailsOff.has(step.rule) && pending.length === 0 && last !== undefined && admit(last)) {
      last.push(step);
      continue;
    }
    pending.push(step);
    if (leads(step)) continue;
    groups.push(pending);
    pending = [];
  }
  if (pending.length > 0) groups.push(pending);
  return groups;
}

/** Merges small steps into their neighbours. The merged step is named by the step that carries it. */
export function groupSteps(start: Term, steps: readonly CertifiedStep[], taken: ReadonlySet<string>): CertifiedStep[] {
  const groups = gatherSteps(steps, isLeadIn);
  let state = start;
  return groups.map((group) => {
    const merged = mergeSteps(state, group, taken);
    state = merged.state;
    return merged;
  });
}

/** A sum of which one term is left leads on to that term. */
function isLeadIn(step: CertifiedStep): boolean {
  return leadsIn.has(step.rule) || (step.rule === 'linearity' && step.after.kind === 'derivative');
}

function mergeSteps(before: Term, group: readonly CertifiedStep[], taken: ReadonlySet<string>): CertifiedStep {
  const [first] = group as [CertifiedStep];
  if (group.length === 1) return first;
  const main = group.find((step) => !isLeadIn(step) && !trailsOff.has(step.rule)) ?? first;
  const last = group[group.length - 1] as CertifiedStep;
  const free = group.find((step) => step.rule === 'constant-factor')?.facts.factor;
  return {
    ...main,
    ...changedPart(before, group, taken),
    rules: group.map((step) => step.rule),
    state: last.state,
    conditions: [...new Set(group.flatMap((step) => step.conditions))],
    // That a number holds no variable needs no words.
    facts:
      isTold(free) && main.rule === 'element' ? { ...main.facts, ...(free === undefined ? {} : { free }) } : main.facts,
    certificate: combineCertificates(group.map((step) => step.certificate)),
  };
}

function isTold(free: Facts[string] | undefined): boolean {
  return free !== undefined && (typeof free === 'string' || free.kind !== 'number');
}

/** The part that a group changes: the first step's, if all later ones change what came of it; else the whole formula. */
function changedPart(
  before: Term,
  group: readonly CertifiedStep[],
  taken: ReadonlySet<string>,
): Pick<CertifiedStep, 'path' | 'before' | 'after'> {
  const [first, ...later] = group as [CertifiedStep, ...CertifiedStep[]];
  let after = first.after;
  for (const step of later) {
    const next = replaceTerm(after, step.before, step.after, taken);
    if (next === after) {
      return { path: [], before, after: (group[group.length - 1] as CertifiedStep).state };
    }
    after = next;
  }
  return { path: first.path, before: first.before, after };
}
