import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/derivation/derivation.ts';
import { foldSteps } from '../../src/derivation/fold.ts';
import { derive, hessian } from '../../src/derive.ts';
import type { DeriveOptions } from '../../src/options.ts';
import { readDerivatives } from '../support/table.ts';

const shown = (steps: readonly Pick<Step, 'left' | 'rule' | 'state' | 'conditions'>[]) =>
  steps.map(({ left, rule, state, conditions }) => ({ left, rule, state, conditions }));

/** The rows of standard detail, and those to which every detail folds. */
function bothWays(source: string, options: DeriveOptions) {
  const [standard, every] = (['standard', 'every'] as const).map((detail) =>
    derive(source, { ...options, detail, verify: false }),
  ) as [ReturnType<typeof derive>, ReturnType<typeof derive>];
  return [shown(foldSteps(every).map((fold) => fold.step)), shown(standard.steps)] as const;
}

describe('every step, folded,', () => {
  it.each(readDerivatives())('gives the rows of standard detail for $source by $wrt', ({ source, wrt }) => {
    const [folded, standard] = bothWays(source, { wrt });
    expect(folded).toEqual(standard);
  });

  it.each<[string, DeriveOptions]>([
    ['exp(sin(x))', { wrt: 'x', order: 3 }],
    ['x^2*y^3', { wrt: 'x,y', mixed: true }],
    ['', { wrt: 'x', implicit: 'x^2 + y^2 = 1', order: 2 }],
    ['sin(x)', { wrt: 'x', taylor: 3, at: 'pi/2' }],
    ['x^2*y', { wrt: 't', depends: 'x(t), y(t)' }],
    ['x^sin(x)', { wrt: 'x', method: 'logarithmic' }],
    ['sqrt(x) + 1/x^3', { wrt: 'x', method: 'rewrite' }],
  ])('does so for %s with %j', (source, options) => {
    const [folded, standard] = bothWays(source, options);
    expect(folded).toEqual(standard);
  });

  it('does so for a Hessian', () => {
    const [standard, every] = (['standard', 'every'] as const).map((detail) =>
      hessian('x^2*y + sin(y)*z', { wrt: 'x,y,z', detail, verify: false }),
    ) as [ReturnType<typeof hessian>, ReturnType<typeof hessian>];
    expect(shown(foldSteps(every).map((fold) => fold.step))).toEqual(shown(standard.steps));
  });

  it('keeps all of them', () => {
    const every = derive('E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))', { wrt: 'beta[j]', detail: 'every' });
    expect(foldSteps(every).flatMap(({ step, parts }) => (parts.length === 0 ? [step] : parts))).toEqual(every.steps);
  });
});
