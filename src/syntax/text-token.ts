/** A sign of the text syntax with its place. */

import type { Span } from '../problem.ts';

export interface Token extends Span {
  readonly kind: 'name' | 'number' | 'open' | 'close' | 'operator' | 'break';
  readonly text: string;
  /** Of an opening bracket, that what it holds was set above or below the line; of a product, that it was a dot, a full stop or a cross;
   * of a function, that bars or the like around its argument stood for it. */
  readonly set?: 'raised' | 'lowered' | 'dot' | 'stop' | 'cross' | 'fence';
}
