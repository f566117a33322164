import type { Derivation, Gradient } from '../derivation/derivation.ts';
import type { DeriveOptions, Detail, Language } from '../options.ts';
import { deriveWith, gradientWith, splitVariables } from '../pipeline.ts';
import { fail } from '../problem.ts';
import { toJson } from '../render/json.ts';
import { toLatex } from '../render/latex.ts';
import { toMarkdown } from '../render/markdown.ts';
import { toTerminal } from '../render/terminal.ts';
import { detectSyntax } from '../syntax/detect.ts';
import type { Reader } from '../syntax/statement.ts';
import { readText } from '../syntax/text.ts';
import { examples } from './examples.ts';
import { readInput, readSeed, wantsColor, writeOutput } from './files.ts';

/** Options as commander hands them over. */
export interface DeriveFlags {
  readonly wrt?: string;
  readonly order: string;
  readonly define: readonly string[];
  readonly shape?: string;
  readonly syntax?: 'text' | 'latex';
  readonly format: 'terminal' | 'markdown' | 'latex' | 'json';
  readonly detail: Detail;
  readonly expand?: boolean;
  readonly update?: string | boolean;
  readonly example?: string;
  readonly verify: boolean;
  readonly lang: Language;
  readonly seed: string;
  readonly output?: string;
  readonly color: boolean;
}

/** Runs `derive` and returns the exit code. */
export async function runDerive(expression: string | undefined, flags: DeriveFlags): Promise<number> {
  const { source, wrt } = chooseSource(expression, flags);
  const options: DeriveOptions = {
    wrt,
    order: Number(flags.order),
    define: flags.define,
    detail: flags.detail,
    verify: flags.verify,
    seed: readSeed(flags.seed),
    ...(flags.shape === undefined ? {} : { shapes: flags.shape }),
    ...(flags.syntax === undefined ? {} : { syntax: flags.syntax }),
    ...(flags.update === undefined ? {} : { update: flags.update }),
  };
  const read = await chooseReader([source, wrt, ...flags.define], flags.syntax);
  const run = splitVariables(wrt).length > 1 ? gradientWith : deriveWith;
  const result = run(read, source, options);
  writeOutput(print(result, flags), flags.output);
  return exitCode(result);
}

/** The reader that these sources need: KaTeX is loaded for LaTeX alone. */
async function chooseReader(sources: readonly string[], syntax: 'text' | 'latex' | undefined): Promise<Reader> {
  if (syntax === 'text' || (syntax === undefined && sources.every((one) => detectSyntax(one) === 'text')))
    return readText;
  const { readSource } = await import('../syntax/read.ts');
  return readSource;
}

function chooseSource(expression: string | undefined, flags: DeriveFlags): { source: string; wrt: string } {
  if (flags.example !== undefined) {
    const example = examples.get(flags.example);
    if (example === undefined) {
      return fail({
        code: 'unknown-option',
        message: `there is no example "${flags.example.slice(0, 40)}"`,
        hint: `there are ${[...examples.keys()].join(', ')}`,
      });
    }
    return { source: example.source, wrt: flags.wrt ?? example.wrt };
  }
  if (expression === undefined) {
    return fail({
      code: 'empty-source',
      message: 'there is no expression',
      hint: 'chainrule derive "x^2" --wrt x, or - for standard input, or --example backprop',
    });
  }
  const source = expression === '-' ? readInput('-') : expression;
  if (flags.wrt === undefined) {
    return fail({
      code: 'unknown-variable',
      message: 'it is not said by what to differentiate',
      hint: 'add --wrt x, or --wrt "beta[j]"',
    });
  }
  return { source, wrt: flags.wrt };
}

function print(result: Derivation | Gradient, flags: DeriveFlags): string {
  const { lang, expand = false } = flags;
  switch (flags.format) {
    case 'terminal': {
      const width = process.stdout.columns;
      const color = wantsColor(flags.color, flags.output);
      return toTerminal(result, { lang, color, expand, ...(width === undefined ? {} : { width }) });
    }
    case 'markdown':
      return toMarkdown(result, { lang, expand });
    case 'latex':
      return toLatex(result, { lang, expand });
    case 'json':
      return toJson(result);
  }
}

/** 1 if something failed its certificate, 3 if a derivative is left standing, else 0. */
function exitCode(result: Derivation | Gradient): number {
  if (result.certificate.verdict === 'fails') return 1;
  return result.schema === 'chainrule/derivation/1' && result.unresolved.length > 0 ? 3 : 0;
}
