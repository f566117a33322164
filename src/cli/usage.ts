/** What is wrong with a command line, in sentences: a bundle of its own, loaded where something is. */

import { existsSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { nearest } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import type { CommandName } from './command-table.ts';

/** A call of each command that works. */
const calls: Readonly<Record<CommandName, string>> = {
  derive: 'chainrule derive "x^2" --wrt x',
  check: 'chainrule check notes.md, or - for standard input',
  build: 'chainrule build notes.md -o notes.html',
  completion: 'chainrule completion bash',
};

/** What each command works on, in the singular. */
const subjects: Readonly<Record<CommandName, string>> = {
  derive: 'expression',
  check: 'file',
  build: 'note',
  completion: 'shell',
};

function problem(message: string, hint: string): Problem {
  return { code: 'unknown-option', message, hint };
}

/** The problem that commander describes as `said`. The tests hold all of its sentences that can occur. */
export function usageProblem(command: Command, said: string): Problem {
  const [, quoted = ''] = /'(.*?)'(?=$| argument missing| not specified|\n)/s.exec(said.trimEnd()) ?? [];
  if (said.startsWith('error: unknown option')) return unknownOption(command, quoted);
  if (said.startsWith('error: unknown command')) return unknownCommand(command, quoted);
  if (said.startsWith('error: too many arguments')) return tooMany(command);
  if (said.startsWith('error: missing required argument')) {
    const name = command.name() as CommandName;
    return problem(`it is not said which ${subjects[name]} is meant`, `${calls[name]}; see ${helpOf(command)}`);
  }
  const option = command.options.find(({ flags }) => flags === quoted);
  if (option !== undefined) return withoutValue(command, option);
  return problem(said.replace(/^error: /, '').trim(), `see ${helpOf(command)}`);
}

/** The problem of a value that is not one of `choices`. */
export function unknownChoice(command: string, name: string, value: string, choices: readonly string[]): Problem {
  return problem(
    `${name} can't be "${printed(value)}"`,
    `${didYouMean(nearest(value, choices))}it is one of ${choices.join(', ')}; see chainrule ${command} --help`,
  );
}

/**
 * What commander would read as something else: `-wrt`, which is `-w` with the value "rt"; a long dash, which a word processor
 * makes of two; and an option in the place of another one's value.
 */
export function misspelling(program: Command, written: readonly string[]): Problem | undefined {
  const command = program.commands.find((one) => one.name() === written[0]);
  if (command === undefined) return undefined;
  const named = (word: string | undefined): Option | undefined =>
    command.options.find(({ long, short }) => word !== undefined && (long === word || short === word));
  for (let at = 1; at < written.length && written[at] !== '--'; at++) {
    const word = written[at] as string;
    const option = named(word);
    if (option?.required === true) {
      const next = written[++at];
      if (next?.startsWith('--') === true && named(next) !== undefined) return withoutValue(command, option);
      continue;
    }
    const [, dashes = '', name = ''] = /^([-\u2010-\u2015\u2212]+)([a-z][a-z-]+)(?:=|$)/i.exec(word) ?? [];
    if (dashes === '--' || named(`--${name}`) === undefined) continue;
    const hint = `options of more than one letter begin with two dashes: --${name}; see ${helpOf(command)}`;
    return dashes === '-'
      ? problem(`-${name} has one dash too few`, hint)
      : problem(`${dashes}${name} does not begin with two short dashes`, hint);
  }
  return undefined;
}

function unknownOption(command: Command, flag: string): Problem {
  const options = command.options.flatMap(({ long }) => long ?? []);
  const message = `there is no option ${printed(flag)}`;
  const name = flag.replace(/=.*$/s, '');
  const near = name.startsWith('--')
    ? nearest(name.slice(2), [...options.map((long) => long.slice(2)), 'help'])
    : undefined;
  if (near !== undefined) return problem(message, `${didYouMean(`--${near}`)}${helpOf(command)} shows all options`);
  const owner = command.parent?.commands.find((one) => one.options.some(({ long }) => long === name));
  if (owner !== undefined)
    return problem(`${message} here`, `chainrule ${owner.name()} has one; see ${helpOf(command)}`);
  if (command.name() !== 'derive' || /^--[a-z][a-z-]*$/i.test(name))
    return problem(message, `${helpOf(command)} shows all options`);
  // What begins with a minus is taken for an option before anyone looks at it.
  return problem(
    message,
    `an expression that begins with a minus goes in brackets, or behind --, one with blanks in quotes; see ${helpOf(command)}`,
  );
}

function unknownCommand(program: Command, name: string): Problem {
  const near = nearest(name, [...program.commands.map((command) => command.name()), 'help']);
  const meant = near ?? (/\.(?:md|mdx|markdown|qmd|rmd)$/i.test(name) ? `chainrule check ${quote(name)}` : undefined);
  const hint = meant ?? (/^[a-z-]{3,}$/i.test(name) ? undefined : `chainrule derive ${quote(name)} --wrt x`);
  return problem(`there is no command "${printed(name)}"`, `${didYouMean(hint)}${helpOf(program)} shows all commands`);
}

/** Several words where one belongs: most often something with blanks that was not put in quotes. */
function tooMany(command: Command): Problem {
  const name = command.name() as CommandName;
  const { args, options } = command;
  const message = `${name} takes one ${subjects[name]}, and there are ${args.length}: ${printed(args.join(', '))}`;
  const explained = (hint: string): Problem => problem(message, `${hint}; see ${helpOf(command)}`);
  if (name !== 'derive') return explained('one at a time; a name with blanks goes in quotes');
  const behind = args.find((word) => options.some(({ long }) => long === word));
  if (behind !== undefined) return explained(`${behind} goes in front of --, behind which nothing is an option`);
  const bare = args.slice(1).find((word) => options.some(({ long }) => long === `--${word}`));
  if (bare !== undefined) return explained(`options begin with two dashes: --${bare}`);
  const open = openValue(command);
  if (open !== undefined) return explained(`the value of ${open} goes in quotes where it has blanks`);
  // The shell has put names in the place of an asterisk.
  if (args.some((word) => /\w\.\w/.test(word) && existsSync(word))) {
    return explained('put the expression in quotes, so that the shell leaves its * alone');
  }
  const text = args.join(' ').replace(/^[\u2018-\u201f]|[\u2018-\u201f]$/g, '');
  return explained(`put the expression in quotes: ${quote(text)}`);
}

/** The option whose value goes on in the next word, as in `--wrt x, y`; or behind which a second expression seems to stand. */
function openValue({ options, parent }: Command): string | undefined {
  const words = parent === null ? [] : (parent as Command & { readonly rawArgs: readonly string[] }).rawArgs.slice(3);
  let operands = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const option = options.find(({ long, short }) => long === word || short === word);
    if (option?.required !== true) {
      if (option === undefined) operands++;
      continue;
    }
    const [value = '', next] = words.slice(++at);
    if (next === undefined || next.startsWith('-')) continue;
    if (operands > 0 || /[,=:]$/.test(value) || /^[,=:]/.test(next)) return option.long;
  }
  return undefined;
}

function withoutValue(command: Command, { flags, long, description }: Option): Problem {
  return problem(`${long} needs a value`, `${flags}: ${description}; see ${helpOf(command)}`);
}

function helpOf(command: Command): string {
  return command.parent === null ? 'chainrule --help' : `chainrule ${command.name()} --help`;
}

function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : `did you mean ${near}? `;
}

/** As it would be typed, in the quotes in which the shell changes nothing. */
function quote(text: string): string {
  if (/^[\w./-]+$/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}

function printed(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
