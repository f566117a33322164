/** The options of the commands as commander hands them over, and what bundles ask of one another. */

import type { Result } from '../derivation/derivation.ts';
import type { WrittenOptions } from '../option-table.ts';
import type { BuildWord, DeriveFormat, Detail, Language } from '../options.ts';
import type { Problem } from '../problem.ts';
import type { SvgOptions } from '../render/figure/to-svg.ts';

/** Options of `derive`: those of the table, and those of the command alone. */
export interface DeriveFlags extends WrittenOptions {
  readonly define: readonly string[];
  readonly detail: Detail;
  readonly format: DeriveFormat;
  readonly example?: string;
  /** Whether the table of names is wanted instead of the derivation. */
  readonly explain?: boolean;
  readonly lang: Language;
  readonly output?: string;
  readonly color: boolean;
}

/** Draws a result; see `figure.ts`. */
export type DrawFigure = (result: Result, options: SvgOptions) => string | Problem;

/** Options of `build`. */
export interface BuildFlags {
  readonly output?: string;
  readonly format?: BuildWord;
  readonly figures?: string;
  readonly template?: string;
  readonly lang?: Language;
  readonly seed: string;
  readonly watch?: boolean;
}
