/**
 * Small steps under the ones that carry them: how a page that holds every step shows those of a lecture first. It cuts
 * where `standard` detail cuts (a test compares them), over data instead of terms.
 */

import { combineCertificates } from '../oracle/combine.ts';
import type { Gradient, Result, Step } from './derivation.ts';
import { gatherSteps, leadsIn, trailsOff } from './group.ts';

/** A step as a lecture shows it, and the steps that it takes together; none where it is one itself. */
export interface Fold {
  readonly step: Step;
  readonly parts: readonly Step[];
}

/** The steps of a derivation in every detail, folded; those of a derivation in less detail as they are. */
export function foldSteps(result: Exclude<Result, Gradient>): Fold[] {
  if (result.detail !== 'every') return result.steps.map((step) => ({ step, parts: [] }));
  return cutChains(result.steps).flatMap((chain) => (isBrief(chain, result) ? [merge(chain, 0)] : foldChain(chain)));
}

/** Runs of steps with one left side. */
function cutChains(steps: readonly Step[]): Step[][] {
  const chains: Step[][] = [];
  for (const step of steps) {
    const chain = chains[chains.length - 1];
    if (chain !== undefined && chain[0]?.left === step.left) chain.push(step);
    else chains.push([step]);
  }
  return chains;
}

/** Rules that open the chain of a derivative of something that was derived before. */
const opensLater: ReadonlySet<string> = new Set(['higher-order', 'second-partial', 'first-derivative']);
/** A later chain with more steps than this, its opening counted, is one row. */
const mostLaterSteps = 7;

/** Whether a lecture gives a chain as one row: later derivatives of long formulas, or of many. */
function isBrief(chain: readonly Step[], { problem }: Exclude<Result, Gradient>): boolean {
  const { task, wrt, order } = problem;
  if (task === 'hessian' && wrt.length > 2) return true;
  if (!opensLater.has(chain[0]?.rule ?? '')) return false;
  const isOneOfMany = task === 'hessian' || task === 'taylor' || Math.max(order, wrt.length) > 2;
  return isOneOfMany || chain.length > mostLaterSteps;
}

/** Steps that use another equation: a chain with such is left as it is. */
const usesEquation: ReadonlySet<string> = new Set(['substitute', 'use-equation']);

function foldChain(chain: readonly Step[]): Fold[] {
  if (chain.some(({ rule }) => usesEquation.has(rule))) return chain.map((step) => ({ step, parts: [] }));
  const groups = gatherSteps(chain, isLeadIn, ([first]) => !opensLater.has(first?.rule ?? ''));
  return groups.map((group) =>
    merge(
      group,
      Math.max(
        0,
        group.findIndex((step) => !isLeadIn(step) && !trailsOff.has(step.rule)),
      ),
    ),
  );
}

/** A rule that leads in, or a sum of which one derivative is left. */
function isLeadIn({ rule, after }: Step): boolean {
  return leadsIn.has(rule) || (rule === 'linearity' && /^d\(/.test(after) && closesAtEnd(after));
}

/** Whether the first bracket of a text is closed by its last character. */
function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '(') depth++;
    if (character === ')' && --depth === 0) return at === text.length - 1;
  }
  return false;
}

/** One step for a group, named by the one at `main`. */
function merge(group: readonly Step[], main: number): Fold {
  const carrying = group[main] as Step;
  if (group.length === 1) return { step: carrying, parts: [] };
  const { state } = group[group.length - 1] as Step;
  const free = group.find((step) => step.rule === 'constant-factor')?.facts.factor;
  const isTold = carrying.rule === 'element' && free !== undefined && !/^-?[\d./ ]+$/.test(free);
  const step: Step = {
    ...carrying,
    rules: [...new Set(group.flatMap((one) => one.rules))],
    state,
    conditions: [...new Set(group.flatMap((one) => one.conditions))],
    facts: isTold ? { ...carrying.facts, free } : carrying.facts,
    certificate: combineCertificates(group.map((one) => one.certificate)),
  };
  return { step, parts: group };
}
