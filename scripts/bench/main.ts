/** The command: chooses the workloads, runs them one after the other, prints and writes what they found. */

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median, spread } from './measure.ts';
import { type PeerName, peerNames, type Settings } from './settings.ts';
import { digits, markdownReport, percent, printReport, type Report } from './table.ts';
import { workloads } from './workloads/workloads.ts';

const usage = `npm run bench -- [options]

  --only NAME        this workload alone, may be repeated: ${[...workloads.keys()].join(', ')}
  --peer NAME        beside this peer alone, may be repeated: ${peerNames.join('; ')}
  --quick            fewer rounds and smaller sizes
  --markdown FILE    write the tables to a file as well
  --help

Times this project against mathjs, nerdamer and Algebrite, and against GiNaC (ginsh) and SymPy (python3) where they are
on the machine. Every answer is checked before it is timed; the exit code is 1 if one of this project's is wrong.`;

/** Where the compiled workers are. */
export type Places = Pick<Settings, 'worker' | 'sympyWorker'>;

/** Runs the command and returns its exit code: 0, 1 for a wrong answer of ours, 2 for bad usage. */
export async function main(args: readonly string[], places: Places): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.log(options);
    return options === usage ? 0 : 2;
  }
  const settings: Settings = { ...places, peers: options.peers, quick: options.quick, noise: [] };
  const reports: Report[] = [];
  for (const name of options.only) {
    const report = await (workloads.get(name) as (settings: Settings) => Promise<Report>)(settings);
    console.log(`\n${printReport(report)}`);
    reports.push(report);
  }
  const machine = describeMachine(settings.noise);
  console.log(`\n${machine}`);
  if (options.markdown !== undefined) {
    const text = ['# Benchmark', machine, ...reports.map(markdownReport)].join('\n\n');
    writeFileSync(options.markdown, `${text}\n`);
  }
  return reports.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
}

/** The options, or what to say instead of running. */
function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true, default: [] },
        peer: { type: 'string', multiple: true, default: [] },
        quick: { type: 'boolean', default: false },
        markdown: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return usage;
    const unknown = values.only.find((name) => !workloads.has(name));
    if (unknown !== undefined) return `there is no workload ${unknown}\n\n${usage}`;
    const stranger = values.peer.find((name) => !peerNames.includes(name as PeerName));
    if (stranger !== undefined) return `there is no peer ${stranger}\n\n${usage}`;
    const peers = values.peer.length > 0 ? (values.peer as PeerName[]) : peerNames;
    return { ...values, peers, only: values.only.length > 0 ? values.only : [...workloads.keys()] };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`;
  }
}

function describeMachine(noise: readonly number[]): string {
  const [processor] = cpus();
  const machine = `${processor?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`;
  if (noise.length === 0) return machine;
  return (
    `${machine}. Times are medians of rounds in which all take turns; spread is half the distance between the quartiles. ` +
    `A fixed piece of work took ${digits(median(noise))} ms in each of ${noise.length} rounds, spread ${percent(spread(noise))}, ` +
    `at worst ${digits(Math.max(...noise))} ms: differences smaller than that are noise.`
  );
}
