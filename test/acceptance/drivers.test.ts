import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/calculus/context.ts';
import { present } from '../../src/calculus/present.ts';
import { trace } from '../../src/calculus/trace.ts';
import { resolve } from '../../src/calculus/value.ts';
import { nameIntermediates } from '../../src/derivation/naming.ts';
import { derive, gradient } from '../../src/derive.ts';
import { readModel } from '../../src/pipeline.ts';
import { toJson } from '../../src/render/json.ts';
import { toLatex } from '../../src/render/latex.ts';
import { toMarkdown } from '../../src/render/markdown.ts';
import { toTerminal } from '../../src/render/terminal.ts';
import { scanSource } from '../../src/syntax/read.ts';
import { readText } from '../../src/syntax/text.ts';
import { derivative } from '../../src/term/construct.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { readDerivatives, tenth } from '../support/table.ts';

const cases = tenth(readDerivatives());

describe('a derivative of the table', () => {
  it.each(cases)('$source by $wrt is $result', ({ source, wrt, result }) => {
    expect(derive(source, { wrt }).result).toBe(result);
  });

  it.each(cases)('$source by $wrt is certified, step by step', ({ source, wrt }) => {
    const derivation = derive(source, { wrt, detail: 'every' });
    expect(derivation.unresolved).toEqual([]);
    expect(derivation.certificate).toMatchObject({ verdict: 'holds' });
    for (const step of derivation.steps) expect(step.certificate).toMatchObject({ verdict: 'holds' });
  });

  it.each(cases)('$source by $wrt ends in one term on both drivers', ({ source, wrt }) => {
    inFreshStore(() => {
      const model = readModel(scanSource, source, { wrt });
      const named = nameIntermediates(model);
      const [by] = model.variables;
      if (by === undefined) throw new Error('no variable');
      const context = createContext(named.lets, [by], named.target);
      const start = derivative(named.target, by);
      expect(present(trace(start, context).result)).toBe(present(resolve(start, context)));
    });
  });

  it.each(cases)('$source by $wrt survives JSON and reads back', ({ source, wrt }) => {
    const derivation = derive(source, { wrt, detail: 'every' });
    expect(JSON.parse(toJson(derivation))).toEqual(derivation);
    const lets = derivation.lets.map(({ name, expression }) => `${name} = ${expression}`);
    const states = derivation.steps.map((step) => step.state);
    for (const text of [...states, derivation.expanded]) expect(() => readText(text)).not.toThrow();
    // The result, read as an expression of its own, prints as itself.
    const again = derive([...lets, `0 * unused + (${derivation.result})`].join('; '), { wrt: 'unused', verify: false });
    expect(again.unresolved).toEqual([]);
  });

  it.each(cases)('$source by $wrt prints in every format and language', ({ source, wrt }) => {
    const derivation = derive(source, { wrt, update: true });
    for (const lang of ['en', 'ja'] as const) {
      const texts = [
        toTerminal(derivation, { lang, color: false }),
        toMarkdown(derivation, { lang }),
        toLatex(derivation, { lang }),
      ];
      for (const text of texts) expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('the backward pass', () => {
  const model = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';

  it('writes each adjoint once, in backward order', () => {
    const pass = gradient(model, { wrt: 'beta[j],alpha[j]' });
    expect(pass.adjoints.map(({ name, expression }) => `${name} = ${expression}`)).toEqual([
      "w_bar = E'(w)",
      "z_bar = w_bar * g'(z)",
      'beta_bar[j] = z_bar * f(y[j])',
      "y_bar[j] = z_bar * beta[j] * f'(y[j])",
      'alpha_bar[j] = y_bar[j] * x[j]',
    ]);
    expect(pass.certificate.verdict).toBe('holds');
  });

  it('needs fewer products than each gradient on its own', () => {
    const { operations } = gradient(model, { wrt: 'beta[j],alpha[j]' });
    expect(operations).toEqual({ shared: '1 + 3 * n + n * d', separate: '5 * n + n * d' });
  });

  it('agrees with one derivation for each variable', () => {
    const pass = gradient(model, { wrt: ['beta[j]', 'alpha[j]', 'x[j]'] });
    for (const { wrt, result } of pass.results) expect(derive(model, { wrt }).result).toBe(result);
  });

  it('adds what several users of one intermediate hand back', () => {
    const pass = gradient('u = a*x + b; f(u) + g(u)', { wrt: 'a,b' });
    expect(pass.adjoints[0]).toMatchObject({ name: 'u_bar', expression: "f'(u) + g'(u)" });
    expect(pass.certificate.verdict).toBe('holds');
  });

  it('keeps the members of one family apart where another family rests on them', () => {
    const pass = gradient('z[i] = w*x[i] + b; p[i] = sigmoid(z[i]); sum((p[i] - t[i])^2, i)', { wrt: 'w,b' });
    expect(pass.adjoints.find(({ name }) => name === 'z_bar[i]')).toMatchObject({
      expression: 'p_bar[i] * p[i] * (1 - p[i])',
      certificate: { verdict: 'holds' },
    });
    expect(pass.certificate.verdict).toBe('holds');
  });
});

describe('LaTeX', () => {
  it('ends in the identical result', () => {
    const text = derive('E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))', { wrt: 'beta[j]' });
    const latex = derive('E\\big(g(\\sum_i \\beta_i f(\\vec{x_i}\\cdot\\vec{\\alpha_i}))\\big)', { wrt: '\\beta_j' });
    expect(latex.result).toBe(text.result);
    expect(latex.lets).toEqual(text.lets);
    expect(latex.steps.map((step) => step.state)).toEqual(text.steps.map((step) => step.state));
  });
});

describe('the footprint', () => {
  it('says what backpropagation does not need', () => {
    const { uses, unused } = derive('E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))', { wrt: 'beta[j]' });
    expect(uses).toEqual(["E'(w)", "g'(z)", 'f(y[j])']);
    expect(unused).toEqual(["f'", 'x', 'alpha']);
  });
});
