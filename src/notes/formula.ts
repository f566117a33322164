import type { Span } from '../problem.ts';

/** One formula: its LaTeX, whether it is displayed, and where each of its characters stands in the document. */
export interface Formula {
  readonly tex: string;
  readonly display: boolean;
  /** Where it begins in the document, with its dollar signs. */
  readonly start: number;
  /** Counts the headings before it: what one section defines, another need not mean. */
  readonly section: number;
  /** The offset in the document of an offset in `tex`. */
  readonly offsetAt: (offset: number) => number;
  /** The opening fence of a display that nothing closes. */
  readonly unclosed?: Span;
}
