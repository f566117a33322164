import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/calculus/context.ts';
import { reverse } from '../../src/calculus/reverse.ts';
import { resolve } from '../../src/calculus/value.ts';
import { createOracle } from '../../src/oracle/certify.ts';
import { readModel } from '../../src/pipeline.ts';
import { scanText } from '../../src/syntax/text.ts';
import { apply, derivative, multiply, multiplyAll, symbol } from '../../src/term/construct.ts';
import { inFreshStore, storeSize, type Term } from '../../src/term/term.ts';

/** Source and variables. */
const cases: readonly (readonly [string, string])[] = [
  ['x*y + sin(x)', 'x,y'],
  ['a*b*c*d*u*v*w', 'a,b,c,d,u,v,w'],
  ['tanh(w1*tanh(w2*tanh(w3*x)))', 'w1,w2,w3'],
  ['(a*x + b - t)^2 / 2 + x/(1 + y^2)', 'a,b,x,y'],
  ['x^y + y^x + x^x', 'x,y'],
  ['x > y ? x*y : x + y', 'x,y'],
  ['atan2(x, y) + hypot(x, y) + max(x, y)', 'x,y'],
  ['E(g(a*x) * h(b, x), a)', 'a,b,x'],
  ['z = a*x + b; h = tanh(z); h^2 + z*h', 'a,b,x'],
  ['z = a*x + b; z^2 + exp(z)*a', 'z,a'],
  ['sum((a*x[i] + b - y[i])^2, i)', 'a,b,x[j]'],
  ['y[i] = dot(x[i], alpha[i]); E(g(sum(beta[i]*f(y[i]), i)))', 'beta[j],alpha[j]'],
  ['p[1]*p[2]^2*p[3]', 'p[1],p[2],p[3],p[j]'],
  ['v1_bar * sin(x*v1_bar)', 'x,v1_bar'],
];

describe('the reverse mode', () => {
  it.each(cases)('of %s by %s agrees with the forward driver', (source, wrt) => {
    inFreshStore(() => {
      const model = readModel(scanText, source, { wrt });
      const { lets, results } = reverse(model.target, model.variables, model.definitions);
      const definitions = new Map([...model.definitions, ...lets].map((one) => [one.symbol, one]));
      const oracle = createOracle({ definitions, seed: 1 });
      const verdicts = model.variables.map((variable, at) => {
        const own = createContext(model.definitions, [variable]);
        const forward = resolve(derivative(model.target, variable), own);
        return oracle.compare(results[at] as Term, forward).verdict;
      });
      expect(verdicts).toEqual(model.variables.map(() => 'holds'));
    });
  });

  const nested = (count: number) => {
    const weights = Array.from({ length: count }, (_, at) => symbol(`w${at}`));
    const target = weights.reduce<Term>((inner, weight) => apply('tanh', multiply(weight, inner)), symbol('x'));
    return { target, variables: weights };
  };
  const product = (count: number) => {
    const variables = Array.from({ length: count }, (_, at) => symbol(`x${at}`));
    return { target: multiplyAll(variables), variables };
  };

  it.each([
    ['nested tanh', nested],
    ['a product', product],
  ] as const)('of %s makes terms in proportion to its size', (_, build) => {
    const made = (count: number): number =>
      inFreshStore(() => {
        const { target, variables } = build(count);
        const before = storeSize();
        const { lets, results } = reverse(target, variables);
        const longest = Math.max(...[...results, ...lets.map((one) => one.body)].map((term) => term.parts.length));
        expect(longest).toBeLessThan(10);
        return storeSize() - before;
      });
    expect(made(2000) / made(1000)).toBeLessThan(2.1);
  });
});
