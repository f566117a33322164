/** One layout of derivatives by vectors for a document: what holds in the other one alone is a mistake in it. */

import type { JudgedStatement, Layout } from './claim.ts';

/**
 * The verdicts in the layout in which most of the claims hold for which it makes a difference; where as many hold in one as in the
 * other, each claim keeps its own.
 */
export function settleLayouts(judged: readonly JudgedStatement[]): readonly JudgedStatement[] {
  const count = (layout: Layout): number => judged.filter((one) => one.judgement.layouts?.[0] === layout).length;
  const [denominator, numerator] = [count('denominator'), count('numerator')];
  if (denominator === 0 || numerator === 0 || denominator === numerator) return judged;
  const layout: Layout = denominator > numerator ? 'denominator' : 'numerator';
  return judged.map((one) => {
    const own = one.judgement.layouts?.[0];
    if (own === undefined || own === layout) return one;
    const reason = `layout: the other derivatives have the layout of the ${layout}`;
    const certificate = { verdict: 'fails', method: 'tested', points: 1, worst: 0, reason } as const;
    return { ...one, judgement: { certificate } };
  });
}
