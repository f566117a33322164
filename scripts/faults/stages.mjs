/** The stages that a fault goes through: certificates, `quick`, the whole suite. Each says what saw it, or nothing. */

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildLibrary } from './build.mjs';
import { lostCertificate } from './certificates.mjs';
import { certificateRows } from './rows.mjs';
import { faultyText, root } from './table.mjs';

export const stages = ['certificate', 'quick', 'whole'];

const asker = fileURLToPath(new URL('ask.mjs', import.meta.url));

/** The answers of a build, one after the other; whoever stops reading ends the process. */
async function* answersOf(module, seconds) {
  const child = spawn(process.execPath, [asker, module], { stdio: ['ignore', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      // Of a process that is ended in the middle of a line the rest is not known.
      if (!line.endsWith('}')) return;
      yield JSON.parse(line);
    }
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

/** The answers of the library as it is, and how long they took. */
export async function soundAnswers() {
  const begun = performance.now();
  const { module } = await buildLibrary(undefined);
  const answers = new Map();
  for await (const answer of answersOf(module, 3600)) answers.set(answer.id, answer);
  if (answers.size < certificateRows().length) throw new Error('the library without faults does not answer every row');
  return { answers, seconds: (performance.now() - begun) / 1000 };
}

/** A certificate that held and holds no more, as `row: place verdict`; undefined where there is none. */
async function askCertificates(fault, { answers, seconds }) {
  const { module, holdsFault } = await buildLibrary(fault);
  if (!holdsFault) return undefined;
  for await (const { id, certificates } of answersOf(module, 60 + 4 * seconds)) {
    const lost = lostCertificate(answers.get(id)?.certificates ?? {}, certificates ?? {});
    if (lost !== undefined) return `${id}: ${lost.join(' ')}`;
  }
  return undefined;
}

const left = new Set(['node_modules', 'dist', '.git']);

/** The test of this table, which a fault fails by being there. */
const tableTest = 'test/guards/faults.test.ts';

/** A copy of the working tree with the fault in it; tests that read sources or run the built command meet it too. */
function copyTree(fault) {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-fault-'));
  const isWanted = (path) => !left.has(relative(root, path)) && relative(root, path) !== tableTest;
  cpSync(root, folder, { recursive: true, filter: isWanted });
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'), 'dir');
  if (fault !== undefined) writeFileSync(join(folder, fault.file), faultyText(fault));
  return folder;
}

const suites = {
  quick: ['--config', 'vitest.quick.config.ts'],
  whole: [],
};

/** The first test of a suite that fails, as its file and name; undefined where all pass. */
export async function runSuite(fault, suite) {
  const folder = copyTree(fault);
  try {
    const args = ['node_modules/vitest/vitest.mjs', 'run', ...suites[suite], '--bail', '1', '--reporter', 'dot'];
    const { code, output } = await run(args, folder);
    if (code === 0) return undefined;
    return / FAIL +(.*)/.exec(output)?.[1] ?? `ended with ${code}: ${output.trim().slice(-200)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args, cwd) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, NO_COLOR: '1' } });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => parts.push(part));
    child.on('error', failed);
    child.on('close', (code) => done({ code, output: Buffer.concat(parts).toString() }));
  });
}

/** What a stage saw of a fault. */
export function see(stage, fault, sound) {
  return stage === 'certificate' ? askCertificates(fault, sound) : runSuite(fault, stage);
}
