/** What the bundles of the command offer to one another; `main` loads the one that it needs. */

import type { Command } from 'commander';
import type { Result } from '../derivation/derivation.ts';
import type { Problem } from '../problem.ts';
import type { HtmlOptions } from '../render/html.ts';
import type { Reader } from '../syntax/statement.ts';
import type { CheckFlags } from './check.ts';
import type { BuildFlags, DeriveFlags, DrawFigure } from './flags.ts';

/** Runs `derive`; what it prints may take a further bundle. */
export type RunDerive = (source: string, wrt: string, flags: DeriveFlags, load: Load) => number;

export interface Bundles {
  readonly 'derive-text': { readonly runDerive: RunDerive };
  readonly 'derive-latex': { readonly runDerive: RunDerive };
  readonly 'read-latex': { readonly scanSource: Reader };
  readonly figure: { readonly drawFigure: DrawFigure };
  readonly build: { readonly runBuild: (note: string, flags: BuildFlags, load: Load) => number };
  readonly html: { readonly printPage: (result: Result, options: HtmlOptions) => string };
  readonly patterns: {
    readonly expandPatterns: (files: readonly string[]) => readonly string[] | { readonly problem: Problem };
  };
  readonly completion: { readonly completionFor: (shell: 'bash' | 'zsh' | 'fish') => string };
  readonly usage: {
    readonly misspelling: (program: Command, written: readonly string[]) => Problem | undefined;
    readonly usageProblem: (command: Command, said: string) => Problem;
    readonly unknownChoice: (command: string, name: string, value: string, choices: readonly string[]) => Problem;
  };
  readonly check: { readonly runCheck: (files: readonly string[], flags: CheckFlags) => number };
}

/** Loads a bundle by name. */
export type Load = <Name extends keyof Bundles>(name: Name) => Bundles[Name];
