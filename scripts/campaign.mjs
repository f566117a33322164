/**
 * Runs generated inputs through the published modules in `dist` and reports what was thrown that is no `MathError`, what
 * took more than two seconds of a processor, and what hung or ran out of memory:
 *
 *     npm run build:code && node scripts/campaign.mjs [--inputs 200000] [--from 0] [--seed 1] [--jobs 2]
 *     node scripts/campaign.mjs --show 4711 [--seed 1]
 *
 * `npm test` runs the first twentieth of it. The inputs are made in `test/support/campaign`.
 */

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url);
const folder = new URL('node_modules/.cache/chainrule-campaign/', root);

/** The sources of the campaign as modules that Node runs; mathjs stays outside, as it does for those who use the library. */
export async function buildCampaign() {
  await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: ['campaign', 'run', 'runner'].map((name) => `test/support/campaign/${name}.ts`),
    outdir: fileURLToPath(folder),
    bundle: true,
    splitting: true,
    external: ['mathjs'],
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return { runner: fileURLToPath(new URL('runner.js', folder)), modules: folder };
}

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '200000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    show: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const { runner, modules } = await buildCampaign();

if (values.show !== undefined) {
  const { showInput } = await import(new URL('run.js', modules).href);
  console.log(showInput(root, seed, Number(values.show)));
} else {
  const { runCampaign, describeReport } = await import(new URL('campaign.js', modules).href);
  const from = Number(values.from);
  const begun = performance.now();
  const report = await runCampaign({
    runner,
    seed,
    from,
    to: from + Number(values.inputs),
    jobs: Number(values.jobs),
    found: (finding) => process.stderr.write(`\n${JSON.stringify(finding).slice(0, 600)}\n`),
    progress: (done) =>
      process.stderr.write(`\r${done} of ${values.inputs}, ${Math.round((performance.now() - begun) / 1000)} s `),
  });
  process.stderr.write('\n');
  console.log(values.json ? JSON.stringify(report, null, 2) : describeReport(report));
}
