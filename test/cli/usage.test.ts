import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../src/cli/command-table.ts';
import { newFolder, run, runLine } from '../support/command.ts';

/** What the command says of a line, which has to be wrong. */
async function refusal(line: string, cwd = newFolder()): Promise<string> {
  const { code, stdout, stderr } = await runLine(`chainrule ${line}`, cwd);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr;
}

describe('a line that is wrong', () => {
  it.each([
    // Quotes.
    [
      'derive x ^ 2 --wrt x',
      'derive takes one expression, and there are 3: x, ^, 2',
      'put the expression in quotes: "x ^ 2"; see chainrule derive --help',
    ],
    [
      'derive --wrt x \\\\frac{x} 2',
      'derive takes one expression, and there are 2: \\frac{x}, 2',
      "put the expression in quotes: '\\frac{x} 2'; see chainrule derive --help",
    ],
    [
      'derive x^2 wrt x',
      'derive takes one expression, and there are 3: x^2, wrt, x',
      'options begin with two dashes: --wrt; see chainrule derive --help',
    ],
    [
      'derive “x ^ 2” --wrt x',
      'derive takes one expression, and there are 3: “x, ^, 2”',
      'put the expression in quotes: "x ^ 2"; see chainrule derive --help',
    ],
    [
      'derive x*y --wrt x, y',
      'derive takes one expression, and there are 2: x*y, y',
      'the value of --wrt goes in quotes where it has blanks; see chainrule derive --help',
    ],
    [
      'derive --define z = a*x z^2 --wrt x',
      'derive takes one expression, and there are 3: =, a*x, z^2',
      'the value of --define goes in quotes where it has blanks; see chainrule derive --help',
    ],
    [
      'derive -- -x^2 --wrt x',
      'derive takes one expression, and there are 3: -x^2, --wrt, x',
      '--wrt goes in front of --, behind which nothing is an option; see chainrule derive --help',
    ],
    [
      'build a.md b.md -o out.html',
      'build takes one note, and there are 2: a.md, b.md',
      'one at a time; a name with blanks goes in quotes; see chainrule build --help',
    ],
    // Dashes.
    [
      'derive x^2 -wrt x',
      '-wrt has one dash too few',
      'options of more than one letter begin with two dashes: --wrt; see chainrule derive --help',
    ],
    [
      'derive x^2 -wrt=x',
      '-wrt has one dash too few',
      'options of more than one letter begin with two dashes: --wrt; see chainrule derive --help',
    ],
    [
      'derive x^2 --wrt x -no-verify',
      '-no-verify has one dash too few',
      'options of more than one letter begin with two dashes: --no-verify; see chainrule derive --help',
    ],
    [
      'build notes.md -output out.html',
      '-output has one dash too few',
      'options of more than one letter begin with two dashes: --output; see chainrule build --help',
    ],
    [
      'derive x^2 –wrt x',
      '–wrt does not begin with two short dashes',
      'options of more than one letter begin with two dashes: --wrt; see chainrule derive --help',
    ],
    [
      'derive 3 -x --wrt x',
      'there is no option -x',
      'an expression that begins with a minus goes in brackets, or behind --, one with blanks in quotes; see chainrule derive --help',
    ],
    // Options.
    ['derive x^2 --wtr x', 'there is no option --wtr', 'did you mean --wrt? chainrule derive --help shows all options'],
    [
      'check notes.md --fromat json',
      'there is no option --fromat',
      'did you mean --format? chainrule check --help shows all options',
    ],
    ['build notes.md --nonsense=3', 'there is no option --nonsense=3', 'chainrule build --help shows all options'],
    ['--nonsense', 'there is no option --nonsense', 'chainrule --help shows all options'],
    [
      'check notes.md --template a',
      'there is no option --template here',
      'chainrule build has one; see chainrule check --help',
    ],
    [
      'derive x^2 --wrt',
      '--wrt needs a value',
      '-w, --wrt <variables>: what to differentiate by: x, "beta[j]", "beta[j],alpha[j]"; see chainrule derive --help',
    ],
    [
      'derive x^2 --wrt --order 2',
      '--wrt needs a value',
      '-w, --wrt <variables>: what to differentiate by: x, "beta[j]", "beta[j],alpha[j]"; see chainrule derive --help',
    ],
    // Choices.
    [
      'derive x^2 --wrt x --format markdwon',
      '--format can\'t be "markdwon"',
      'did you mean markdown? it is one of terminal, markdown, latex, html, typst, json, svg; see chainrule derive --help',
    ],
    [
      'check notes.md --format yaml',
      '--format can\'t be "yaml"',
      'it is one of terminal, json; see chainrule check --help',
    ],
    [
      'build notes.md -o - --format mark',
      '--format can\'t be "mark"',
      'did you mean markdown? it is one of html, markdown, latex, typst; see chainrule build --help',
    ],
    [
      'derive --example atention',
      '--example can\'t be "atention"',
      'did you mean attention? it is one of backprop, least-squares, logistic, perceptron, cross-entropy, batch, linear-regression, ridge, logistic-regression, gaussian, factorisation, rnn, attention; see chainrule derive --help',
    ],
    [
      'completion zhs',
      'the shell can\'t be "zhs"',
      'did you mean zsh? it is one of bash, zsh, fish; see chainrule completion --help',
    ],
    // Commands and what they work on.
    ['deriv x^2', 'there is no command "deriv"', 'did you mean derive? chainrule --help shows all commands'],
    ['nonsense', 'there is no command "nonsense"', 'chainrule --help shows all commands'],
    [
      "'x^2*y' --wrt x",
      'there is no command "x^2*y"',
      'did you mean chainrule derive "x^2*y" --wrt x? chainrule --help shows all commands',
    ],
    [
      'notes.md',
      'there is no command "notes.md"',
      'did you mean chainrule check notes.md? chainrule --help shows all commands',
    ],
    [
      'derive',
      'there is no expression',
      'chainrule derive "x^2" --wrt x, or - for standard input, or --example backprop; see chainrule derive --help',
    ],
    [
      'derive x^2',
      'it is not said by what to differentiate',
      'add --wrt x, or --wrt "beta[j]"; see chainrule derive --help',
    ],
    [
      'check',
      'it is not said which file is meant',
      'chainrule check notes.md, or - for standard input; see chainrule check --help',
    ],
    [
      'build -o out.html',
      'it is not said which note is meant',
      'chainrule build notes.md -o notes.html; see chainrule build --help',
    ],
    ['completion', 'it is not said which shell is meant', 'chainrule completion bash; see chainrule completion --help'],
    [
      'build notes.md',
      'it is not said where to write',
      'chainrule build notes.md -o notes.html, or -o - for standard output; see chainrule build --help',
    ],
    [
      'build notes.md -o out.pdf',
      'it is not clear what out.pdf should be',
      'its ending says the format: .html, .md, .tex, .typ; or --format does: html, markdown, latex, typst',
    ],
    // Files.
    ['check none.md', "none.md can't be read: there is no such file", 'check the path'],
    ['check .', ". can't be read: it is a folder", 'name a file in it'],
    [
      'check "*.md"',
      'no file matches *.md',
      'check the path; "notes/*.md" is a folder, "notes/**/*.md" those below it as well; see chainrule check --help',
    ],
    ['build none.md -o -', "none.md can't be read: there is no such file", 'check the path'],
  ])('is explained: %s', async (line, message, hint) => {
    expect(await refusal(line)).toBe(`error: ${message}\nhint: ${hint}\n`);
  });

  it('is explained where the shell has put files in the place of an asterisk', async () => {
    const folder = newFolder();
    for (const name of ['a.md', 'b.md']) writeFileSync(join(folder, name), '');
    expect(await refusal('derive x * 2 --wrt x', folder)).toBe(
      'error: derive takes one expression, and there are 4: x, a.md, b.md, 2\nhint: put the expression in quotes, so that the shell leaves its * alone; see chainrule derive --help\n',
    );
  });
});

describe('a line that is right', () => {
  it.each([
    ['a value that looks like an option with one dash', ['derive', 'order', '--wrt', 'order', '--define', '-order']],
    ['a short option with its value behind it', ['derive', 'x^2', '-wx']],
    ['what stands behind --', ['derive', '--wrt', 'order', '--', '-order']],
  ])('is not taken for a wrong one: %s', async (_, args) => {
    const { stderr } = await run(args);
    expect(stderr).not.toContain('dash');
    expect(stderr).not.toContain('option');
  });
});

describe('patterns of check', () => {
  const claim = '$$\nx + x = 2 x\n$$\n';

  /** A folder with notes on several levels. */
  function notes(): string {
    const folder = newFolder();
    for (const name of ['deep', 'node_modules']) mkdirSync(join(folder, name));
    const files = ['a.md', 'b.md', 'c.md', '[c].md', 'deep/d.md', 'node_modules/e.md', 'f.txt'];
    for (const file of files) writeFileSync(join(folder, file), claim);
    return folder;
  }

  async function checked(line: string, folder: string): Promise<string[]> {
    const { code, stdout } = await runLine(`chainrule check ${line} --format json`, folder);
    expect(code).toBe(0);
    return (JSON.parse(stdout) as { readonly file: string }[]).map(({ file }) => file);
  }

  it.each([
    ['"*.md"', ['[c].md', 'a.md', 'b.md', 'c.md']],
    ['"**/*.md"', ['[c].md', 'a.md', 'b.md', 'c.md', 'deep/d.md']],
    ['"{b,a}.md"', ['a.md', 'b.md']],
    ['b.md "*.md"', ['b.md', '[c].md', 'a.md', 'c.md']],
    ['"*.md" "![[]*" "!b.md"', ['a.md', 'c.md']],
    ['"[c].md"', ['[c].md']],
  ])('are expanded: %s', async (line, files) => {
    expect(await checked(line, notes())).toEqual(files);
  });

  it('that match nothing are an error, whatever others match', async () => {
    expect(await refusal('check "*.md" "*.mdx"', notes())).toBe(
      'error: no file matches *.mdx\nhint: check the path; "notes/*.md" is a folder, "notes/**/*.md" those below it as well; see chainrule check --help\n',
    );
    expect(await refusal('check "!*.md"', notes())).toBe(
      'error: only files to leave out are named, and none to check\nhint: chainrule check "notes/*.md" "!notes/draft.md"; see chainrule check --help\n',
    );
  });
});

describe('help', () => {
  it('of derive stands in groups, each option in one of them', async () => {
    const { stdout } = await run(['derive', '--help']);
    const headings = [...stdout.matchAll(/^([A-Z][^:\n]*):$/gm)].map((match) => match[1]);
    expect(headings).toEqual([
      'Arguments',
      'What to derive',
      'What the expression means',
      'How to derive',
      'What is written, and where',
      'Options',
      'Examples',
      'Beyond one derivative',
    ]);
    const [derive] = commandTable;
    for (const { name, on } of derive?.options ?? []) {
      expect(stdout.match(new RegExp(`^  (?:-., )?--${on === true ? 'no-' : ''}${name}\\b`, 'gm'))).toHaveLength(1);
    }
  });

  it.each(commandTable.map(({ name }) => [name]))('of %s is named by its errors, and exists', async (name) => {
    const { stderr } = await run([name, '--nonsense']);
    expect(stderr).toContain(`chainrule ${name} --help`);
    expect((await run([name, '--help'])).stdout).toMatch(new RegExp(`^Usage: chainrule ${name} `));
  });
});
