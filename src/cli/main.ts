/** The command line: options and help. What a command needs is loaded when it runs, so that `--help` is quick. */

import { Command, CommanderError, Option } from 'commander';
import { deriveOptionTable, type OptionEntry } from '../option-table.ts';
import { checkFormats, deriveFormats } from '../options.ts';
import type { CheckFlags } from './check.ts';
import type { Load } from './commands.ts';
import { examples } from './examples.ts';
import { endOnClosedPipe } from './files.ts';
import type { BuildFlags, DeriveFlags } from './flags.ts';
import { exit, guarded } from './report.ts';
import { chooseSource } from './source.ts';
import { version } from './version.ts';

const deriveHelp = `
Examples:
  chainrule derive "x^2 * sin(3x)" --wrt x
  chainrule derive "E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))" --wrt "beta[j],alpha[j]"
  chainrule derive '\\sum_i (y_i - a x_i - b)^2' --wrt a --format markdown
  echo "z = a*x + b; sigmoid(z)" | chainrule derive - --wrt a
  chainrule derive --example backprop --lang ja
  chainrule derive --example backprop --format svg -o backprop.svg
  chainrule derive --example backprop --format html -o backprop.html

Beyond one derivative:
  chainrule derive "exp(sin(x))" --wrt x --order 3
  chainrule derive "x^2*y^3" --wrt x,y --mixed
  chainrule derive --implicit "x^2 + y^2 = 1" --wrt x
  chainrule derive y --implicit "x^2/a^2 + y^2/b^2 = 1" --wrt x
  chainrule derive "x^2*y" --wrt t --depends "x(t), y(t)"
  chainrule derive "log(1 + x)" --wrt x --taylor 4
  chainrule derive "sin(x)" --wrt x --taylor 3 --at pi/2
  chainrule derive "x^2*y" --wrt x,y --direction "3, 4" --unit
  chainrule derive "x^2*y + sin(y)" --wrt x,y --hessian
  chainrule derive "sum((a*x[i] + b - y[i])^2, i)" --wrt a,b --stationary
  chainrule derive "x^sin(x)" --wrt x --method logarithmic

With whole vectors and matrices, declared by --shape "A: matrix(m, n), x: vector(n)":
  chainrule derive "tanh(A*x)" --wrt x --direction v        the Jacobian-vector product J v (forward mode)
  chainrule derive "tanh(A*x)" --wrt x --vjp u              the vector-Jacobian product J'u (reverse mode)
  chainrule derive "trace(X'*A*X)" --wrt X --direction V    along a matrix
  chainrule derive "norm(X*w + b - y)^2" --wrt w,b --hessian
  chainrule derive "norm(A*x - b)^2" --wrt x --taylor 2 --at a
  chainrule derive "norm(X*w - y)^2" --wrt w --stationary   the normal equations, solved
  chainrule derive "x'*A*x" --wrt t --depends "x(t)"`;

const checkHelp = `
Examples:
  chainrule check notes/backprop.md
  chainrule check notes/*.md --strict --format json
  cat notes.md | chainrule check -

Exit code 1 if a step fails (with --strict, also if one is unknown, or if there is none); 2 if a file can't be read,
while the others are checked all the same.`;

const buildHelp = `
Examples:
  chainrule build notes/backprop.md -o backprop.html
  chainrule build notes/backprop.md -o backprop.html --watch
  chainrule build notes/backprop.md -o with-derivations.md
  chainrule build notes/backprop.md -o backprop.tex --lang ja
  chainrule build notes/exercises.md -o exercises.html --template problem-sheet

In the note:
  \`\`\`derive wrt="beta[j]" name=model
  z = sum(beta[i] * f(y[i]), i)
  E(g(z))
  \`\`\`

Exit code 2 if a block can't be derived; the page is written all the same, with the block and the message in it.`;

const collect = (value: string, before: string[]): string[] => [...before, value];

/** Adds the options of a table that belong to a command. */
function addTable(command: Command, table: readonly OptionEntry[]): Command {
  for (const entry of table) if (entry.only !== 'block') command.addOption(optionOf(entry));
  return command;
}

function optionOf({ name, short, takes, help, choices, initial, repeated, on }: OptionEntry): Option {
  const flag = `--${on === true ? 'no-' : ''}${name}`;
  const option = new Option(
    [...(short === undefined ? [] : [`-${short}`]), flag].join(', ') + (takes === undefined ? '' : ` ${takes}`),
    help,
  );
  if (choices !== undefined) option.choices(choices);
  if (repeated === true) option.default([]).argParser(collect);
  if (initial !== undefined) option.default(initial);
  return option;
}

/** Options of `derive` that the other commands have too. */
const sharedOptions: readonly OptionEntry[] = deriveOptionTable.filter(
  ({ name }) => name === 'lang' || name === 'seed',
);

/** The examples are those of the command. */
const deriveOptions: readonly OptionEntry[] = deriveOptionTable.map((entry) =>
  entry.name === 'example' ? { ...entry, help: `${entry.help}: ${[...examples.keys()].join(', ')}` } : entry,
);

/** A note says its language itself, so none stands in for it here. */
const buildOptions: readonly OptionEntry[] = sharedOptions.map(({ initial, ...entry }) =>
  entry.name === 'lang' || initial === undefined ? entry : { ...entry, initial },
);

function addOutput(command: Command): Command {
  return command
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--no-color', 'no colours, as with NO_COLOR');
}

/** The whole command line; actions set `process.exitCode`. */
export function createProgram(load: Load): Command {
  const program = new Command('chainrule')
    .description('Derives gradients with every step named and verified, and checks the derivations in your notes.')
    .version(version, '-V, --version')
    .exitOverride()
    .showHelpAfterError('(see chainrule --help)');
  addOutput(addTable(program.command('derive'), deriveOptions))
    .description('derive by one variable, or by several in one backward pass')
    // What begins with a minus is taken for an option before anyone looks at it.
    .showHelpAfterError('(see chainrule --help; an expression that begins with a minus goes in brackets, or behind --)')
    .argument(
      '[expression]',
      'text or LaTeX, definitions in lines before it; - reads standard input; with --implicit, the dependent name',
    )
    .addOption(new Option('--format <format>', 'what to print').choices(deriveFormats).default('terminal'))
    .addHelpText('after', deriveHelp)
    .action((expression: string | undefined, given: DeriveFlags) => {
      process.exitCode = guarded(() => {
        const { source, wrt, flags, syntax } = chooseSource(expression, given);
        return load(syntax === 'latex' ? 'derive-latex' : 'derive-text').runDerive(source, wrt, flags, load);
      });
    });
  addOutput(addTable(program.command('check'), sharedOptions))
    .description('check the equations in notes')
    .argument('<files...>', 'Markdown files; - reads standard input')
    .addOption(new Option('--format <format>', 'what to print').choices(checkFormats).default('terminal'))
    .option('--strict', 'count as failures what could not be decided, and notes without an equation')
    .addHelpText('after', checkHelp)
    .action((files: string[], flags: CheckFlags) => {
      process.exitCode = load('check').runCheck(files, flags);
    });
  addTable(program.command('build'), buildOptions)
    .description('build a note with its derivations: HTML, Markdown, LaTeX or Typst')
    .argument('<note>', 'a Markdown file with ```derive blocks; - reads standard input')
    .requiredOption('-o, --output <file>', 'where to write; its ending says the format: .html, .md, .tex, .typ')
    .option('--template <name>', 'note, embed, slides, cheat-sheet, problem-sheet, or a Liquid file of your own')
    .option('--watch', 'build again whenever the note or the template changes')
    .addHelpText('after', buildHelp)
    .action((note: string, flags: BuildFlags) => {
      process.exitCode = load('build').runBuild(note, flags, load);
    });
  return program;
}

/** Runs the command line; the exit code goes to `process.exitCode`. */
export function main(argv: readonly string[], load: Load): void {
  process.stdout.on('error', endOnClosedPipe);
  process.exitCode = guarded(() => {
    try {
      createProgram(load).parse(argv);
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return error.exitCode === 0 ? exit.done : exit.badInput;
    }
    return Number(process.exitCode ?? exit.done);
  });
}
