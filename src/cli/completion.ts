/**
 * `chainrule completion SHELL`: a script from the table of commands, which starts nothing when it completes. Libraries of the
 * field (@bomb.sh/tab, omelette) start the command at each press of the key, and can't complete names of files.
 */

import type { OptionEntry } from '../option-table.ts';
import { type CommandEntry, commandTable } from './command-table.ts';

export function completionFor(shell: 'bash' | 'zsh' | 'fish'): string {
  return { bash, zsh, fish }[shell]();
}

/** `--no-verify` for what is on unless it is said otherwise. */
function longOf({ name, on }: OptionEntry): string {
  return `--${on === true ? 'no-' : ''}${name}`;
}

function flagsOf(option: OptionEntry): string[] {
  return [...(option.short === undefined ? [] : [`-${option.short}`]), longOf(option)];
}

const help: OptionEntry = { name: 'help', short: 'h', help: 'display help for command' };

const commandNames: readonly string[] = [...commandTable.map(({ name }) => name), 'help'];

// Where the bash script finds nothing, bash completes names of files, with its own quotes.
function bash(): string {
  return `# source <(chainrule completion bash)
_chainrule() {
  local command="\${COMP_WORDS[1]}" word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  # --format=html comes as three words.
  if [[ "$word" == "=" ]]; then word=""; elif [[ "$before" == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  COMPREPLY=()
  if [[ "$COMP_CWORD" -eq 1 ]]; then
    words="${[...commandNames, '--help', '--version'].join(' ')}"
  else
    case "$command $before" in
${commandTable.flatMap(bashValues).join('\n')}
      *)
        case "$command" in
${commandTable.map(bashWords).join('\n')}
          help) words="${commandNames.join(' ')}" ;;
        esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o bashdefault -o default -F _chainrule chainrule
`;
}

function bashValues({ name, options }: CommandEntry): string[] {
  return options
    .filter(({ takes }) => takes?.startsWith('<') === true)
    .map((option) => {
      const patterns = flagsOf(option).map((flag) => `"${name} ${flag}"`);
      return `      ${patterns.join(' | ')}) words="${(option.choices ?? []).join(' ')}" ;;`;
    });
}

function bashWords({ name, options, choices = [] }: CommandEntry): string {
  const flags = [...options, help].map(longOf).join(' ');
  const values = choices.length === 0 ? '' : ` words="${choices.join(' ')}";`;
  return `          ${name})${values} if [[ "$word" == -* ]]; then words="${flags}"; fi ;;`;
}

function zsh(): string {
  return `#compdef chainrule
# source <(chainrule completion zsh)
_chainrule() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  local -a commands=(
${commandTable.map(({ name, description }) => `    ${single(`${name}:${description}`)}`).join('\n')}
    'help:display help for command'
  )
  _arguments -C '(- *)'{-h,--help}'[display help for command]' '(- *)'{-V,--version}'[output the version number]' \\
    '1: :->command' '*:: :->rest'
  case "$state" in
    command) _describe command commands ;;
    rest)
      case "$words[1]" in
${commandTable.map(zshCommand).join('\n')}
        help) _describe command commands ;;
      esac ;;
  esac
}
if [ "\${funcstack[1]}" = _chainrule ]; then _chainrule "$@"; else compdef _chainrule chainrule; fi
`;
}

function zshCommand({ name, argument, file, choices, options }: CommandEntry): string {
  const what = argument.replace(/[^a-z]/g, '');
  const action = choices !== undefined ? `(${choices.join(' ')})` : file === true ? '_files' : '';
  const operand = single(`${argument.includes('...') ? '*' : '1'}:${what}:${action}`);
  const specs = [...options, help].map(zshOption);
  return `        ${name}) _arguments \\\n${[...specs, operand].map((spec) => `          ${spec}`).join(' \\\n')} ;;`;
}

function zshOption(option: OptionEntry): string {
  const { takes, choices, path, repeated } = option;
  const flags = flagsOf(option);
  const action = choices !== undefined ? `(${choices.join(' ')})` : path === true ? '_files' : '';
  const value = takes?.startsWith('<') === true ? `:${takes.slice(1, -1)}:${action}` : '';
  const text = `[${option.help.replace(/[\\[\]]/g, '\\$&')}]${value}`;
  if (repeated !== undefined) return single(`*${flags.at(-1)}${text}`);
  return flags.length === 1 ? single(flags[0] + text) : `'(${flags.join(' ')})'{${flags.join(',')}}${single(text)}`;
}

function fish(): string {
  const first = '__fish_use_subcommand';
  return `# chainrule completion fish > ~/.config/fish/completions/chainrule.fish
complete -c chainrule -f
complete -c chainrule -n ${first} -s h -l help -d 'display help for command'
complete -c chainrule -n ${first} -s V -l version -d 'output the version number'
${[...commandTable, { name: 'help', description: 'display help for command' }]
  .map(({ name, description }) => `complete -c chainrule -n ${first} -a ${name} -d ${escaped(description)}`)
  .join('\n')}
complete -c chainrule -n '__fish_seen_subcommand_from help' -a '${commandNames.join(' ')}'
${commandTable.flatMap(fishCommand).join('\n')}
`;
}

function fishCommand({ name, file, choices, options }: CommandEntry): string[] {
  const begin = `complete -c chainrule -n '__fish_seen_subcommand_from ${name}'`;
  return [
    ...(file === true ? [`${begin} -F`] : []),
    ...(choices === undefined ? [] : [`${begin} -a '${choices.join(' ')}'`]),
    ...[...options, help].map((option) => {
      const { short, takes, choices, path } = option;
      const flags = `${short === undefined ? '' : `-s ${short} `}-l ${longOf(option).slice(2)}`;
      const value = path === true ? ' -r -F' : takes?.startsWith('<') === true ? ' -x' : '';
      const values = choices === undefined ? '' : ` -a '${choices.join(' ')}'`;
      return `${begin} ${flags}${value}${values} -d ${escaped(option.help)}`;
    }),
  ];
}

/** In single quotes for POSIX shells, and for fish, where a backslash in them counts. */
function single(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function escaped(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
