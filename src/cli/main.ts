/** The command line: options and help. What a command needs is loaded when it runs, so that `--help` is quick. */

import { Command, CommanderError, Option } from 'commander';
import { checkFormats, defaultSeed, deriveFormats, details, languages, methods, syntaxes } from '../options.ts';
import type { CheckFlags } from './check.ts';
import type { Load } from './commands.ts';
import type { DeriveFlags } from './derive-command.ts';
import { endOnClosedPipe } from './files.ts';
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
  chainrule derive "x^sin(x)" --wrt x --method logarithmic`;

const checkHelp = `
Examples:
  chainrule check notes/backprop.md
  chainrule check notes/*.md --strict --format json
  cat notes.md | chainrule check -

Exit code 1 if a step fails (with --strict, also if one is unknown).`;

const collect = (value: string, before: string[]): string[] => [...before, value];

function addCommon(command: Command): Command {
  return command
    .addOption(new Option('--lang <language>', 'language of the words').choices(languages).default('en'))
    .addOption(new Option('--seed <number>', 'seed of the random points').default(String(defaultSeed)))
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
  addCommon(program.command('derive'))
    .description('derive by one variable, or by several in one backward pass')
    .argument(
      '[expression]',
      'text or LaTeX, definitions in lines before it; - reads standard input; with --implicit, the dependent name',
    )
    .option('-w, --wrt <variables>', 'what to differentiate by: x, "beta[j]", "beta[j],alpha[j]"')
    .option('--order <number>', 'how often to differentiate, at most 12', '1')
    .option('--mixed', 'by each of the variables in turn, one after the other')
    .option('--implicit <equation>', 'differentiate an equation; EXPRESSION names what depends on the variable')
    .option(
      '--depends <names>',
      'names that depend on others: "y(x)", "x(t), z(x, y)"; the derivative is then a total one',
    )
    .option('--taylor <degree>', 'the Taylor polynomial of this degree, at most 12')
    .option('--at <point>', 'the point of the Taylor polynomial, an expression; 0 unless given')
    .option('--direction <components>', 'the derivative along this direction: "3, 4"; its length counts, see --unit')
    .option('--unit', 'divide the direction by its length')
    .option('--hessian', 'all second partial derivatives by the variables')
    .option('--stationary', 'set the derivatives to zero, and solve where they are linear')
    .addOption(new Option('--method <method>', 'how to derive').choices(methods).default('chain'))
    .option('--define <definition>', 'a definition, such as "z = a*x + b"; may be repeated', collect, [])
    .option('--shape <declarations>', 'shapes and properties: "x: vector(n), t: positive"')
    .addOption(new Option('--syntax <notation>', 'notation of the expression').choices(syntaxes))
    .addOption(new Option('--format <format>', 'what to print').choices(deriveFormats).default('terminal'))
    .addOption(new Option('--detail <level>', 'how much to show').choices(details).default('standard'))
    .option('--expand', 'put the named intermediates back into the answer')
    .option('--update [rate]', 'add the update rule of gradient descent')
    .option('--example <name>', 'derive a built-in example: backprop, least-squares, logistic')
    .option('--no-verify', 'leave the verification out')
    .addHelpText('after', deriveHelp)
    .action((expression: string | undefined, flags: DeriveFlags) => {
      process.exitCode = guarded(() => {
        const { source, wrt, syntax } = chooseSource(expression, flags);
        return load(syntax === 'latex' ? 'derive-latex' : 'derive-text').runDerive(source, wrt, flags, load);
      });
    });
  addCommon(program.command('check'))
    .description('check the equations in notes')
    .argument('<files...>', 'Markdown files; - reads standard input')
    .addOption(new Option('--format <format>', 'what to print').choices(checkFormats).default('terminal'))
    .option('--strict', 'count a step that could not be decided as a failure')
    .addHelpText('after', checkHelp)
    .action((files: string[], flags: CheckFlags) => {
      process.exitCode = load('check').runCheck(files, flags);
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
