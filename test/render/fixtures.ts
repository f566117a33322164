/** Derivations as data, for the renderers: the textbook's backpropagation, a scalar, a backward pass. */

import type { Certificate, Derivation, Gradient, Step } from '../../src/derivation/derivation.ts';

export const proved: Certificate = { verdict: 'holds', method: 'proved', points: 0, worst: 0 };
export const tested: Certificate = { verdict: 'holds', method: 'tested', points: 64, worst: 2.1e-15 };

/** A step of which only what is shown matters. */
export function step(rule: string, state: string, facts: Step['facts'] = {}, more: Partial<Step> = {}): Step {
  const plain = { rules: [rule], path: [], before: state, after: state, conditions: [], certificate: proved };
  return { ...plain, rule, state, facts, ...more };
}

export const backprop: Derivation = {
  schema: 'chainrule/derivation/1',
  detail: 'standard',
  problem: {
    source: 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))',
    target: 'E(w)',
    output: 'E',
    wrt: ['beta[j]'],
    order: 1,
    definitions: [],
    shapes: { beta: 'family(scalar)', x: 'family(vector)', alpha: 'family(vector)' },
  },
  formula: 'E(g(sum(beta[i] * f(dot(x[i], alpha[i])), i)))',
  wanted: 'd(E, beta[j])',
  ordinary: false,
  lets: [
    { name: 'y[i]', expression: 'dot(x[i], alpha[i])' },
    { name: 'z', expression: 'sum(beta[i] * f(y[i]), i)' },
    { name: 'w', expression: 'g(z)' },
  ],
  steps: [
    step('chain', "E'(w) * d(w, beta[j])", { through: 'w' }),
    step('chain', "E'(w) * g'(z) * d(z, beta[j])", { through: 'z' }, { certificate: tested }),
    step('sum', "E'(w) * g'(z) * sum(d(beta[i] * f(y[i]), beta[j]), i)"),
    step(
      'element',
      "E'(w) * g'(z) * sum(delta(i, j) * f(y[i]), i)",
      { left: 'd(beta[i], beta[j])', right: 'delta(i, j)', free: 'f(y[i])', variable: 'beta' },
      { rules: ['constant-factor', 'element'] },
    ),
    step('sifting', "E'(w) * g'(z) * f(y[j])", { index: 'i', value: 'j' }, { conditions: ['1 <= j <= n'] }),
  ],
  result: "E'(w) * g'(z) * f(y[j])",
  expanded:
    "E'(g(sum(beta[i] * f(dot(x[i], alpha[i])), i))) * g'(sum(beta[i] * f(dot(x[i], alpha[i])), i)) * f(dot(x[j], alpha[j]))",
  resultShape: 'scalar',
  uses: ["E'(w)", "g'(z)", 'f(y[j])'],
  unused: ["f'"],
  unresolved: [],
  certificate: { verdict: 'holds', method: 'tested', points: 64, worst: 3e-15 },
};

export const scalar: Derivation = {
  schema: 'chainrule/derivation/1',
  detail: 'every',
  problem: {
    source: 'x^2 * sin(3x)',
    target: 'x^2 * sin(3 x)',
    output: null,
    wrt: ['x'],
    order: 1,
    definitions: [],
    shapes: {},
  },
  formula: 'x^2 * sin(3 x)',
  wanted: 'd(x^2 * sin(3 x), x)',
  ordinary: true,
  lets: [],
  steps: [
    step('product', 'd(x^2, x) * sin(3 x) + x^2 * d(sin(3 x), x)'),
    step('power', '2 x * sin(3 x) + x^2 * d(sin(3 x), x)'),
    step('elementary', '2 x * sin(3 x) + x^2 * cos(3 x) * d(3 x, x)', { function: 'sin', derivative: 'cos(u)' }),
    step('constant-factor', '2 x * sin(3 x) + 3 x^2 * cos(3 x)', { factor: '3' }),
    step('simplify', 'x * (2 sin(3 x) + 3 x * cos(3 x))'),
  ],
  result: 'x * (2 sin(3 x) + 3 x * cos(3 x))',
  expanded: 'x * (2 sin(3 x) + 3 x * cos(3 x))',
  resultShape: 'scalar',
  uses: ['x', 'sin(3 x)', 'cos(3 x)'],
  unused: [],
  unresolved: [],
  certificate: proved,
};

export const backward: Gradient = {
  schema: 'chainrule/gradient/1',
  problem: { ...backprop.problem, wrt: ['beta[j]', 'alpha[j]'] },
  formula: backprop.formula,
  lets: backprop.lets,
  adjoints: [
    { of: 'w', name: 'w_bar', expression: "E'(w)", wanted: false, shape: 'scalar', certificate: proved },
    { of: 'z', name: 'z_bar', expression: "w_bar * g'(z)", wanted: false, shape: 'scalar', certificate: proved },
    {
      of: 'beta[j]',
      name: 'beta_bar[j]',
      expression: 'z_bar * f(y[j])',
      wanted: true,
      shape: 'scalar',
      certificate: proved,
    },
    {
      of: 'y[j]',
      name: 'y_bar[j]',
      expression: "z_bar * beta[j] * f'(y[j])",
      wanted: false,
      shape: 'scalar',
      certificate: tested,
    },
    {
      of: 'alpha[j]',
      name: 'alpha_bar[j]',
      expression: 'y_bar[j] * x[j]',
      wanted: true,
      shape: 'vector(d)',
      certificate: tested,
    },
  ],
  results: [
    {
      wrt: 'beta[j]',
      result: "E'(w) * g'(z) * f(y[j])",
      expanded: backprop.expanded,
      resultShape: 'scalar',
    },
    {
      wrt: 'alpha[j]',
      result: "E'(w) * g'(z) * beta[j] * f'(y[j]) * x[j]",
      expanded: "E'(w) * g'(z) * beta[j] * f'(y[j]) * x[j]",
      resultShape: 'vector(d)',
    },
  ],
  operations: { shared: '2 + 3 n + n d', separate: '5 n + n d' },
  uses: ["E'(w)", "g'(z)", "f'(y[j])", 'f(y[j])', 'beta', 'x'],
  unused: ['alpha'],
  unresolved: [],
  updates: [
    { name: 'beta[j]', expression: 'beta[j] - eta * beta_bar[j]' },
    { name: 'alpha[j]', expression: 'alpha[j] - eta * alpha_bar[j]' },
  ],
  certificate: tested,
};

/** All fixtures by name. */
export const results = { backprop, scalar, backward };
