import type { Certificate, Counterexample } from '../certificate.ts';
import type { ReadingNotice } from '../meaning/names/table.ts';
import type { Because } from './because.ts';
import type { StatementKind } from './claim.ts';
import type { ReadName } from './read-name.ts';

/** A place in a document: line and column from 1, offset from 0, as in unist. */
export interface Point {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export type { ReadName } from './read-name.ts';

/** What is said of one equality. */
export interface Verdict {
  readonly file: string;
  readonly start: Point;
  readonly end: Point;
  /** Both sides as they are written. */
  readonly left: string;
  readonly right: string;
  /** What it is in the text; all but a `claim` has the verdict `none`. */
  readonly kind: StatementKind;
  readonly verdict: 'holds' | 'fails' | 'warns' | 'unknown' | 'none';
  readonly method: Certificate['method'];
  readonly reason?: string;
  /** The reason in a sentence. */
  readonly detail?: string;
  /** The same as data, from which the sentence is made in any language. */
  readonly because?: Because;
  readonly counterexample?: Counterexample;
  /** Of what holds where one side alone has a value, what the other needs for one: `x > 0`. */
  readonly conditions?: readonly string[];
  /** What had to be read otherwise than is likeliest for it to hold. */
  readonly readAs?: readonly ReadingNotice[];
  /** How it was read, as far as the text leaves that open. */
  readonly names?: readonly ReadName[];
}
