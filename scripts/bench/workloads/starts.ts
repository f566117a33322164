/** The start of the command beside that of Node alone. */

import { spawnSync } from 'node:child_process';
import { median, spread } from '../measure.ts';
import type { Settings } from '../settings.ts';
import { digits, percent, type Report } from '../table.ts';

const model = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';

/** The arguments of Node by name. */
const starts: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'chainrule --version': ['bin/chainrule', '--version'],
  'derive, text': ['bin/chainrule', 'derive', model, '--wrt', 'beta[j]'],
  'derive, LaTeX': ['bin/chainrule', 'derive', '\\sum_i (y_i - a x_i)^2', '--wrt', 'a'],
  check: ['bin/chainrule', 'check', 'examples/check-backprop.md'],
};

// This variable makes every start of Node 20 read a file of certificates: left out on both sides.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

export async function coldStarts(settings: Settings): Promise<Report> {
  const build = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  const wrong = build.status === 0 ? [] : ['scripts/build.mjs failed'];
  const times = new Map<string, number[]>();
  for (let round = 0; round < (settings.quick ? 3 : 15); round++) {
    for (const [name, args] of Object.entries(starts)) {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, args, { stdio: 'ignore', env });
      times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
      // The document that is checked holds mistakes, which is exit code 1.
      if (status !== (name === 'check' ? 1 : 0) && round === 0) wrong.push(`${name} ended with exit code ${status}`);
    }
  }
  const alone = median(times.get('node -e 0') ?? []);
  const rows = [...times].map(([name, own]) => [
    name,
    digits(median(own)),
    percent(spread(own)),
    digits(median(own) / alone),
  ]);
  return {
    title: 'Cold start of the command, as dist/ holds it after scripts/build.mjs',
    tables: [{ columns: ['', 'ms', 'spread', 'times node alone'], rows }],
    goals: [],
    notes: [],
    wrong,
  };
}
