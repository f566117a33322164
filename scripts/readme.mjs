/** Writes what the commands in README.md print below them; with --check, says whether it is up to date. */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const prompt = '    $ npx chainrule ';

/** The arguments of a command line with quotes. */
function argumentsOf(line) {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare);
}

function outputOf(command) {
  const text = execFileSync(process.execPath, ['bin/chainrule', ...argumentsOf(command)], {
    encoding: 'utf8',
    // What was read by convention is said there.
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`));
}

/** `text` with the output below each command renewed. */
function renewed(text) {
  const lines = text.split('\n');
  const result = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    result.push(line);
    if (!line.startsWith(prompt)) continue;
    result.push('', ...outputOf(line.slice(prompt.length)), '');
    while (
      at + 1 < lines.length &&
      (lines[at + 1] === '' || lines[at + 1].startsWith('    ')) &&
      !lines[at + 1].startsWith(prompt)
    )
      at++;
  }
  return result.join('\n');
}

/** The counts of proofs and tests change with every improvement of the oracle; that they are there is enough. */
const withoutCounts = (text) => text.replace(/(✓ [^:\n]*):.*$/gm, '$1');

const before = readFileSync('README.md', 'utf8');
const after = renewed(before);
if (!process.argv.includes('--check')) writeFileSync('README.md', after);
else if (withoutCounts(before) !== withoutCounts(after)) {
  process.stderr.write('README.md does not show what its commands print: run node scripts/readme.mjs\n');
  process.exitCode = 1;
}
