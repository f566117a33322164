import type { Certificate, Counterexample } from '../certificate.ts';
import type { NameRole, ReadingNotice } from '../meaning/names/table.ts';
import type { Because } from './because.ts';
import type { StatementKind } from './claim.ts';

/** A place in a document: line and column from 1, offset from 0, as in unist. */
export interface Point {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** How a name of a claim was read that the text does not define. */
export interface ReadName {
  readonly name: string;
  /** Of an index also whether a sum binds it. */
  readonly role: NameRole | 'summed' | 'free';
  /** Of a quantity that is no number, in the words of `--shape`. */
  readonly shape?: string;
}

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
  /** What had to be read otherwise than is likeliest for it to hold. */
  readonly readAs?: readonly ReadingNotice[];
  /** How it was read, as far as the text leaves that open. */
  readonly names?: readonly ReadName[];
}
