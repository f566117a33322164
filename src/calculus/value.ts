/** The value driver, forward: the same rules as the trace, memoised over the graph, nothing recorded. */

import { derivativeOnce } from '../rules/derivative-rules.ts';
import type { RuleContext } from '../rules/rule.ts';
import { collapseOnce } from '../rules/sum-rules.ts';
import { derivative, mapParts, multiplyAll, one, zero } from '../term/construct.ts';
import { deep, settle } from '../term/inspect.ts';
import type { Term, Variable } from '../term/term.ts';

/** `term` with every derivative carried out and every delta collapsed; what no rule covers stays standing. */
export function resolve(term: Term, context: RuleContext): Term {
  return collapse(carryOut(term, context), context);
}

/** `term` with every derivative carried out. */
function carryOut(term: Term, context: RuleContext): Term {
  let memo: Map<number, Term> | undefined;
  const differentiate = createDifferentiate(context, (part) => visit(part));
  const visit = (part: Term): Term => {
    if (!part.inert) return part;
    // A derivative of what has none in it is remembered by `differentiate`.
    if (part.kind === 'derivative' && !part.of.inert) return differentiate(part.of, part.by);
    memo ??= new Map();
    const known = memo.get(part.id);
    if (known !== undefined) return known;
    const result =
      part.kind === 'derivative' ? differentiate(visit(part.of), part.by) : mapParts(part, context.taken, visit);
    memo.set(part.id, result);
    return result;
  };
  return settle(term, visit);
}

/**
 * Differentiates terms without inert derivatives; `finish` carries out those that a rule leaves behind. What is found is
 * noted on the terms, which costs less than a map, for this run and one variable.
 */
function createDifferentiate(context: RuleContext, finish: (term: Term) => Term) {
  // Nearly always there is one variable.
  let runs: Map<Variable, object> | undefined;
  let latestBy: Variable | undefined;
  let latest: object = {};
  let isSettling = false;

  const differentiate = (of: Term, by: Variable): Term => {
    if (of.inert) return derivative(of, by);
    if (of === by && of.rank === 0) return one();
    if (!context.depends(of, by)) return zero();
    const run = by === latestBy ? latest : runFor(by);
    if (of.derivedIn === run) return of.derived as Term;
    const result = of.depth > deep ? alongChain(of, by, run) : byRule(of, by);
    of.derived = result;
    of.derivedIn = run;
    return result;
  };

  const runFor = (by: Variable): object => {
    if (latestBy !== undefined) {
      runs ??= new Map();
      runs.set(latestBy, latest);
      latest = runs.get(by) ?? {};
    }
    latestBy = by;
    return latest;
  };

  const { definitions, depends, taken, components, extents } = context;
  const eager: RuleContext = { definitions, depends, taken, components, extents, inner: differentiate };
  const byRule = (of: Term, by: Variable): Term => {
    const after = derivativeOnce(of, by, eager);
    if (after === undefined) return derivative(of, by);
    return after.inert && !isUnresolved(after, of, by) ? finish(after) : after;
  };

  /** Down a deep chain f(g(h(...))) the factors are gathered in a list, so that neither stack nor products grow. */
  const alongChain = (of: Term, by: Variable, run: object): Term => {
    const factors: Term[] = [];
    let end = of;
    while (end.depth > deep && end.derivedIn !== run) {
      const link = followChain(end, by, context);
      if (link === undefined) break;
      factors.push(link.factor);
      end = link.part;
    }
    if (end.depth <= deep || end.derivedIn === run) return multiplyAll([...factors, differentiate(end, by)]);
    if (!isSettling) {
      isSettling = true;
      settle(end, (part) => (part.kind === 'index' || part.rank > 0 ? part : differentiate(part, by)));
      isSettling = false;
    }
    return multiplyAll([...factors, byRule(end, by)]);
  };
  return differentiate;
}

function isUnresolved(after: Term, of: Term, by: Variable): boolean {
  return after.kind === 'derivative' && after.of === of && after.by === by;
}

/** The derivative of `of` as a factor times the derivative of one part, where it has that form. */
function followChain(of: Term, by: Variable, context: RuleContext): { factor: Term; part: Term } | undefined {
  if (of.kind !== 'apply' && of.kind !== 'power' && of.kind !== 'multiply' && of.kind !== 'add') return undefined;
  const parts: Term[] = [];
  const inner = (part: Term): Term => {
    parts.push(part);
    return one();
  };
  const after = derivativeOnce(of, by, { ...context, inner });
  const [part] = parts;
  return after === undefined || part === undefined || parts.length > 1 ? undefined : { factor: after, part };
}

/** `term` with every sum over a delta reduced to the one index that is left. */
export function collapse(term: Term, context: RuleContext): Term {
  if (term.height === 0) return term;
  const memo = new Map<number, Term>();
  const visit = (part: Term): Term => {
    if (part.height === 0) return part;
    const known = memo.get(part.id);
    if (known !== undefined) return known;
    const inner = mapParts(part, context.taken, visit);
    const rewrite = inner.kind === 'sum' && !inner.inert ? collapseOnce(inner, context) : undefined;
    const result = rewrite === undefined ? inner : visit(rewrite.after);
    memo.set(part.id, result);
    return result;
  };
  return settle(term, visit);
}
