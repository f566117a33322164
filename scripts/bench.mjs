/**
 * Ratios within one run: the start of the command beside that of Node alone, and a certified derivation beside mathjs's
 * `derivative`. Every answer is checked before it is timed. Set up nothing; run it with `npm run bench`.
 */

import { spawnSync } from 'node:child_process';
import { derivative, evaluate } from 'mathjs';
import { Bench } from 'tinybench';
import { derive } from '../dist/index.js';

const model = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';
const starts = {
  'node -e 0': ['-e', '0'],
  'chainrule --version': ['bin/chainrule', '--version'],
  'derive, text': ['bin/chainrule', 'derive', model, '--wrt', 'beta[j]'],
  'derive, LaTeX': ['bin/chainrule', 'derive', '\\sum_i (y_i - a x_i)^2', '--wrt', 'a'],
  check: ['bin/chainrule', 'check', 'examples/check-backprop.md'],
};

// This variable makes every start of Node 20 read a file of certificates: left out on both sides.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

function milliseconds(args) {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: 'ignore', env });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const times = Object.fromEntries(Object.keys(starts).map((name) => [name, []]));
for (let round = 0; round < 15; round++) {
  for (const [name, args] of Object.entries(starts)) times[name].push(milliseconds(args));
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const alone = median(times['node -e 0']);
console.table(
  Object.entries(times).map(([start, values]) => ({
    start,
    'median, ms': Number(median(values).toFixed(1)),
    'times node alone': Number((median(values) / alone).toFixed(2)),
  })),
);

const sources = ['x^2 * sin(3x)', 'x / (1 + x^2)', 'tanh(2x + 1)^2', 'exp(-x^2 / 2)', 'log(x^2 + 1) * cos(x)'];
for (const source of sources) {
  const ours = evaluate(derive(source, { wrt: 'x' }).result, { x: 0.7 });
  const theirs = derivative(source, 'x').evaluate({ x: 0.7 });
  if (Math.abs(ours - theirs) > 1e-9 * (1 + Math.abs(theirs))) throw new Error(`${source}: ${ours} and ${theirs}`);
}
const bench = new Bench({ time: 1000 })
  .add('mathjs derivative, simplified', () => sources.map((source) => derivative(source, 'x')))
  .add('chainrule, certified, every step', () => sources.map((source) => derive(source, { wrt: 'x', detail: 'every' })))
  .add('chainrule, not certified', () => sources.map((source) => derive(source, { wrt: 'x', verify: false })));
await bench.run();
const base = bench.tasks[0].result.latency.mean;
console.table(
  bench.tasks.map(({ name, result }) => ({
    name,
    'ms for five': Number(result.latency.mean.toFixed(3)),
    'share of mathjs': Number((result.latency.mean / base).toFixed(3)),
  })),
);
