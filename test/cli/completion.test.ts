import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandTable } from '../../src/cli/command-table.ts';
import { newFolder, run } from '../support/command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

const scripts = new Map<string, string>();
beforeAll(async () => {
  for (const shell of shells) {
    const { code, stdout, stderr } = await run(['completion', shell]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const file = join(newFolder(), `chainrule.${shell}`);
    writeFileSync(file, stdout);
    scripts.set(shell, file);
  }
});

const fileOf = (shell: string): string => scripts.get(shell) as string;

/** What bash offers behind these words, of which the last one is begun. */
function completed(words: readonly string[]): string[] {
  const script = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chainrule; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const text = execFileSync('bash', ['-c', script, 'bash', fileOf('bash'), 'chainrule', ...words], {
    encoding: 'utf8',
  });
  return text.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  it.each(shells)('for %s has every option of every command', (shell) => {
    const text = execFileSync('cat', [fileOf(shell)], { encoding: 'utf8' });
    for (const { options } of commandTable) {
      for (const { name, on } of options) {
        const long = `${on === true ? 'no-' : ''}${name}`;
        expect(text).toMatch(new RegExp(shell === 'fish' ? ` -l ${long} ` : `--${long}\\b`));
      }
    }
  });

  it.runIf(has('bash')).each([
    [['d'], ['derive']],
    [
      ['derive', '--la'],
      ['--layout', '--lang'],
    ],
    [['derive', 'x^2', '--format', 'm'], ['markdown']],
    [['derive', 'x^2', '--format', '=', 'm'], ['markdown']],
    [
      ['derive', '--example', 'lo'],
      ['logistic', 'logistic-regression'],
    ],
    [
      ['check', '--format', ''],
      ['terminal', 'json'],
    ],
    [['build', 'notes.md', '--no'], []],
    [
      ['derive', '--no'],
      ['--no-verify', '--no-color'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['help', 'b'], ['build']],
    // Names of files are for bash itself.
    [['check', 'n'], []],
    [['derive', '-o', ''], []],
  ])('in bash offers for %j', (words, offered) => {
    expect(completed(words)).toEqual(offered);
  });

  it.each(shells.filter(has))('for %s is a script that the shell can read', (shell) => {
    expect(spawnSync(shell, ['-n', fileOf(shell)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
