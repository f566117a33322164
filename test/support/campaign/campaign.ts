/** The campaign: runs inputs in processes of their own, so that none can take the others with it. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Line, Outcome } from './run.ts';

export interface Finding {
  readonly at: number;
  readonly outcome: Outcome | { readonly kind: 'hangs' } | { readonly kind: 'dies'; readonly how: string };
  readonly seconds: number;
}

export interface Report {
  readonly inputs: number;
  readonly answered: number;
  readonly typed: number;
  /** Everything that took long, and everything that ended otherwise than in an answer or a problem. */
  readonly findings: readonly Finding[];
}

export interface CampaignOptions {
  /** The module that runs inputs; see `run.ts`. It is called with seed, first and last number. */
  readonly runner: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** How many processes at a time. */
  readonly jobs: number;
  readonly progress?: (done: number) => void;
  /** Told of each finding as soon as it is there: a run takes an hour. */
  readonly found?: (finding: Finding) => void;
}

/** Memory that an input may take, in megabytes: what V8 may keep, less than what the process takes. */
const mostMemory = 400;

/** A process that says nothing for so long hangs. Other work may slow it down a lot: this is no measure of time. */
const silence = 60_000;

/** Processor time that an input may take, in seconds. */
const mostSeconds = 2;

/** Few enough for an even load, many enough that starting costs nothing. */
const mostInputs = 5000;

/** Runs the inputs and gathers what is worth to be reported. */
export async function runCampaign(options: CampaignOptions): Promise<Report> {
  const { from, to, jobs } = options;
  const findings: Finding[] = [];
  let [next, answered, typed, done] = [from, 0, 0, 0];
  const size = Math.max(1, Math.min(mostInputs, Math.ceil((to - from) / jobs)));
  const work = async (): Promise<void> => {
    while (next < to) {
      let first = next;
      const last = Math.min(to, first + size);
      next = last;
      while (first < last) {
        const { reached, ...found } = await runPart(options, first, last);
        findings.push(...found.findings);
        answered += found.answered;
        typed += found.typed;
        done += reached - first;
        options.progress?.(done);
        first = reached;
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  for (const [at, one] of findings.entries()) findings[at] = await measuredAgain(options, one);
  return { inputs: to - from, answered, typed, findings: findings.sort((a, b) => a.at - b.at) };
}

/** What took long, once more and by itself: other work on the machine and garbage of the inputs before count for time too. */
async function measuredAgain(options: CampaignOptions, one: Finding): Promise<Finding> {
  if (one.seconds <= mostSeconds) return one;
  const { findings } = await runPart(options, one.at, one.at + 1);
  return { ...one, seconds: Math.min(one.seconds, findings[0]?.seconds ?? 0) };
}

interface Part {
  readonly findings: readonly Finding[];
  readonly answered: number;
  readonly typed: number;
  /** The number of the next input: after one that hangs or dies, the one behind it. */
  readonly reached: number;
}

function runPart({ runner, seed, found }: CampaignOptions, first: number, last: number): Promise<Part> {
  let resolve: (part: Part) => void = () => {};
  const promise = new Promise<Part>((settle) => {
    resolve = settle;
  });
  const findings: Finding[] = [];
  const note = (finding: Finding): void => {
    findings.push(finding);
    found?.(finding);
  };
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${mostMemory}`, runner, ...[seed, first, last].map(String)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [at, answered, typed] = [first, 0, 0];
  let isDone = false;
  let isSilent = false;
  let complaint = '';
  const watch = setTimeout(() => {
    isSilent = true;
    child.kill('SIGKILL');
  }, silence);
  child.stderr.on('data', (text) => {
    complaint = (complaint + text).slice(-4000);
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (text) => {
    watch.refresh();
    const line = JSON.parse(text) as Line;
    if ('begins' in line) at = line.begins;
    else if ('ends' in line) note({ at: line.ends, outcome: line.outcome, seconds: line.seconds });
    else [isDone, answered, typed] = [true, line.answered, line.typed];
  });
  const ended = Promise.all([
    new Promise((close) => lines.on('close', close)),
    new Promise<string>((close) => child.on('close', (code, signal) => close(signal ?? String(code)))),
  ]);
  ended.then(([, how]) => {
    clearTimeout(watch);
    if (isDone) return resolve({ findings, answered, typed, reached: last });
    const said = /heap out of memory/.test(complaint) ? 'out of memory' : `${how}: ${complaint.slice(-300)}`;
    const outcome = isSilent ? ({ kind: 'hangs' } as const) : ({ kind: 'dies', how: said } as const);
    note({ at, outcome, seconds: 0 });
    resolve({ findings, answered, typed, reached: at + 1 });
  });
  return promise;
}

/** What nobody may see: anything thrown that is no problem, and inputs that hang or die. */
export function failuresIn({ findings }: Report): readonly Finding[] {
  return findings.filter(({ outcome }) => outcome.kind !== 'answer' && outcome.kind !== 'typed');
}

/** The report in words: one line for each kind of failure with its shortest input, then what took long. */
export function describeReport(report: Report): string {
  const failures = failuresIn(report);
  const kinds = grouped(failures);
  const long = report.findings.filter(({ seconds }) => seconds > mostSeconds);
  return [
    `${report.inputs} inputs, ${report.typed} ended in a problem, ${failures.length} in something else of ${kinds.size} kinds, ${long.length} took more than ${mostSeconds} s`,
    ...[...kinds]
      .sort((a, b) => b[1].length - a[1].length)
      .map(([kind, found]) => {
        const [shortest] = [...found].sort((a, b) => inputOf(a).length - inputOf(b).length) as [Finding];
        return `${found.length} times ${kind}\n    number ${shortest.at}: ${inputOf(shortest)}`;
      }),
    ...long.map(({ at, outcome, seconds }) => `${seconds.toFixed(1)} s for number ${at}, ${codeOf(outcome)}`),
  ].join('\n');
}

function grouped(findings: readonly Finding[]): Map<string, Finding[]> {
  const kinds = new Map<string, Finding[]>();
  for (const one of findings) kinds.set(kindOf(one.outcome), [...(kinds.get(kindOf(one.outcome)) ?? []), one]);
  return kinds;
}

function kindOf(outcome: Finding['outcome']): string {
  if (outcome.kind === 'untyped') return `${outcome.message.replace(/[\d"].*/, '…').slice(0, 120)} ${outcome.frame}`;
  return outcome.kind === 'dies' ? `dies, ${outcome.how}` : outcome.kind;
}

function codeOf(outcome: Finding['outcome']): string {
  return outcome.kind === 'typed' ? `which ends in ${outcome.code}` : `which ends in: ${outcome.kind}`;
}

function inputOf({ outcome }: Finding): string {
  return outcome.kind === 'untyped' ? outcome.input : '';
}
