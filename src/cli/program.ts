/** The table of commands as commander wants it, and what runs for each. */

import { Command, Option } from 'commander';
import type { OptionEntry } from '../option-table.ts';
import { fail, type Problem } from '../problem.ts';
import type { CheckFlags } from './check.ts';
import { type CommandEntry, type CommandName, commandTable } from './command-table.ts';
import type { Load } from './commands.ts';
import type { BuildFlags, DeriveFlags } from './flags.ts';
import { writeOutput } from './output.ts';
import { guarded } from './report.ts';
import { chooseSource } from './source.ts';
import { version } from './version.ts';

/** Runs a command with what its argument and its options are; returns the exit code. */
type Run = (argument: never, flags: never, load: Load) => number;

const runs: Readonly<Record<CommandName, Run>> = {
  derive: (expression: string | undefined, given: DeriveFlags, load) => {
    const { source, wrt, flags, syntax } = chooseSource(expression, given);
    return load(syntax === 'latex' ? 'derive-latex' : 'derive-text').runDerive(source, wrt, flags, load);
  },
  check: (files: readonly string[], flags: CheckFlags, load) => {
    const hasPattern = files.some((file) => /[*?[{(!]/.test(file));
    return load('check').runCheck(hasPattern ? unlessRefused(load('patterns').expandPatterns(files)) : files, flags);
  },
  build: (note: string, flags: BuildFlags, load) => load('build').runBuild(note, flags, load),
  completion: (shell: 'bash' | 'zsh' | 'fish', _flags, load) => {
    writeOutput(load('completion').completionFor(shell), undefined);
    return 0;
  },
};

/** What another bundle found; an error that it throws would be none of ours. */
function unlessRefused<T extends object>(found: T | { readonly problem: Problem }): T {
  return 'problem' in found ? fail(found.problem) : found;
}

/** The whole command line; actions set `process.exitCode`. */
export function createProgram(load: Load): Command {
  const program = new Command('chainrule')
    .description('Derives gradients with every step named and verified, and checks the derivations in your notes.')
    .version(version, '-V, --version')
    .exitOverride();
  explainErrors(program, load);
  for (const entry of commandTable) addCommand(program, entry, load);
  return program;
}

function addCommand(program: Command, entry: CommandEntry, load: Load): void {
  const { name, description, argument, argumentHelp, choices, options, help } = entry;
  const command = program.command(name).description(description).addHelpText('after', help);
  if (choices === undefined) command.argument(argument, argumentHelp);
  else {
    command.argument(argument, argumentHelp, (value) => {
      return choices.includes(value) ? value : fail(load('usage').unknownChoice(name, 'the shell', value, choices));
    });
  }
  for (const option of options) command.addOption(optionOf(option, name, load));
  command.action((given, flags) => {
    process.exitCode = guarded(() => runs[name](given as never, flags as never, load));
  });
  explainErrors(command, load);
}

/** Commander's errors in our words, with the help of the command itself. */
function explainErrors(command: Command, load: Load): void {
  command.configureOutput({
    writeOut: (text) => writeOutput(text, undefined),
    outputError: (said) => fail(load('usage').usageProblem(command, said)),
  });
}

const collect = (value: string, before: string[]): string[] => [...before, value];
const join = (value: string, before: string | undefined): string =>
  before === undefined ? value : `${before}, ${value}`;

function optionOf(entry: OptionEntry, command: CommandName, load: Load): Option {
  const { name, short, takes, help, choices, initial, repeated, on, group } = entry;
  const flag = `--${on === true ? 'no-' : ''}${name}`;
  const option = new Option(
    [...(short === undefined ? [] : [`-${short}`]), flag].join(', ') + (takes === undefined ? '' : ` ${takes}`),
    help,
  );
  if (choices !== undefined) {
    option.choices(choices).argParser((value) => {
      return choices.includes(value) ? value : fail(load('usage').unknownChoice(command, flag, value, choices));
    });
  }
  if (repeated === true) option.default([]).argParser(collect);
  if (repeated === 'joined') option.argParser(join);
  if (initial !== undefined) option.default(initial);
  if (group !== undefined) option.helpGroup(`${group}:`);
  return option;
}
