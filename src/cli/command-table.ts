/** The commands as a table, from which the command line, its help and the completion of shells are made. */

import { buildOptionTable, checkOptionTable, deriveOptionTable, type OptionEntry } from '../option-table.ts';
import { examples } from './examples.ts';

export type CommandName = 'derive' | 'check' | 'build' | 'completion';

export interface CommandEntry {
  readonly name: CommandName;
  readonly description: string;
  /** What it works on, as it stands in the usage line. */
  readonly argument: string;
  readonly argumentHelp: string;
  /** Whether that is a file; or the words of which it is one. */
  readonly file?: true;
  readonly choices?: readonly string[];
  readonly options: readonly OptionEntry[];
  readonly help: string;
}

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
  chainrule check "notes/**/*.md" --strict --format json
  cat notes.md | chainrule check -

Exit code 1 if a step fails (with --strict, also if one is unknown).`;

const buildHelp = `
Examples:
  chainrule build notes/backprop.md -o backprop.html
  chainrule build notes/backprop.md -o backprop.html --watch
  chainrule build notes/backprop.md -o with-derivations.md
  chainrule build notes/backprop.md -o with-derivations.md --figures figures
  chainrule build notes/backprop.md -o - --format latex
  chainrule build notes/backprop.md -o backprop.tex --lang ja
  chainrule build notes/exercises.md -o exercises.html --template problem-sheet

In the note:
  \`\`\`derive wrt="beta[j]" name=model
  z = sum(beta[i] * f(y[i]), i)
  E(g(z))
  \`\`\`

Exit code 2 if a block can't be derived; the page is written all the same, with the block and the message in it.`;

const completionHelp = `
Examples:
  source <(chainrule completion bash)                    in ~/.bashrc
  source <(chainrule completion zsh)                     in ~/.zshrc, below compinit
  chainrule completion fish > ~/.config/fish/completions/chainrule.fish`;

/** The examples are those of the command. */
const deriveOptions: readonly OptionEntry[] = deriveOptionTable
  .filter(({ only }) => only !== 'block')
  .map((entry) => (entry.name === 'example' ? { ...entry, choices: [...examples.keys()] } : entry));

export const commandTable: readonly CommandEntry[] = [
  {
    name: 'derive',
    description: 'derive by one variable, or by several in one backward pass',
    argument: '[expression]',
    argumentHelp:
      'text or LaTeX, definitions in lines before it; - reads standard input; with --implicit, the dependent name',
    options: deriveOptions,
    help: deriveHelp,
  },
  {
    name: 'check',
    description: 'check the equations in notes',
    argument: '<files...>',
    argumentHelp: 'Markdown files, or patterns of them such as "notes/**/*.md"; - reads standard input',
    file: true,
    options: checkOptionTable,
    help: checkHelp,
  },
  {
    name: 'build',
    description: 'build a note with its derivations: HTML, Markdown, LaTeX or Typst',
    argument: '<note>',
    argumentHelp: 'a Markdown file with ```derive blocks; - reads standard input',
    file: true,
    options: buildOptionTable,
    help: buildHelp,
  },
  {
    name: 'completion',
    description: 'print what a shell needs to complete commands, options and their values',
    argument: '<shell>',
    argumentHelp: 'bash, zsh or fish',
    choices: ['bash', 'zsh', 'fish'],
    options: [],
    help: completionHelp,
  },
];
