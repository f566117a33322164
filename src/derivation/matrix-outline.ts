import type { Term } from '../term/term.ts';
import type { Outline } from './outline.ts';

/** The outline, and the left side where it is another than the derivative of the whole. */
export interface MatrixOutline {
  readonly outline: Outline;
  readonly left: Term;
}
