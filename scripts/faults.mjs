/**
 * `npm run faults` puts single faults into the library, each built alone, and says what sees them: a certificate of an
 * answer by itself, else `quick`, else the whole suite, stopping at the first. `--only ID,ID` takes these faults,
 * `--layer NAME,NAME` those of these layers, `--stage NAME` one stage alone (certificate, quick, whole), `--to NAME` all stages
 * up to one, `--jobs N` so many faults at a time (1), `--list` prints the table. The faults stand in `scripts/faults/faults.txt`. Ends with 1 where one was
 * seen by none.
 */

import { parseArgs } from 'node:util';
import { describeTotals, line } from './faults/report.mjs';
import { runSuite, see, soundAnswers, stages } from './faults/stages.mjs';
import { layers, readFaults } from './faults/table.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    layer: { type: 'string' },
    stage: { type: 'string' },
    to: { type: 'string', default: 'whole' },
    jobs: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
});

const isAmong = (list, name) => list === undefined || list.split(',').includes(name);
const faults = readFaults().filter(({ id, layer }) => isAmong(values.only, id) && isAmong(values.layer, layer));
const asked = values.stage === undefined ? stages.slice(0, stages.indexOf(values.to) + 1) : [values.stage];

if (faults.length === 0 || asked.length === 0 || asked.some((stage) => !stages.includes(stage))) {
  console.error(
    `no such fault, layer or stage; layers: ${[...layers.keys()].join(', ')}; stages: ${stages.join(', ')}`,
  );
  process.exitCode = 2;
} else if (values.list) {
  for (const { id, layer, file, words } of faults) console.log(`${layer}\t${id}\t${file}\t${words}`);
} else {
  const results = await tryAll();
  console.log(`\n${describeTotals(results)}`);
  process.exitCode = results.some(({ by }) => by === undefined) ? 1 : 0;
}

async function tryAll() {
  const sound = asked.includes('certificate') ? await soundAnswers() : undefined;
  const suites = new Map();
  /** A suite that fails as it is would see everything. */
  const demandPassing = (suite) => {
    if (!suites.has(suite)) suites.set(suite, runSuite(undefined, suite));
    return suites.get(suite).then((failed) => {
      if (failed !== undefined) throw new Error(`${suite} fails without any fault: ${failed}`);
    });
  };
  const tryOne = async (fault) => {
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    for (const stage of asked) {
      if (stage !== 'certificate') await demandPassing(stage);
      const what = await see(stage, fault, sound);
      if (what !== undefined) return { fault, by: stage, what, seconds: seconds() };
    }
    return { fault, by: undefined, what: '', seconds: seconds() };
  };
  const waiting = [...faults];
  const results = [];
  const work = async () => {
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
      const result = await tryOne(fault);
      results.push(result);
      console.log(line(result));
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  return results;
}
