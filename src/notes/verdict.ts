import type { Certificate, Counterexample } from '../oracle/certificate.ts';
import type { StatementKind } from './claim.ts';

/** A place in a document: line and column from 1, offset from 0, as in unist. */
export interface Point {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
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
  readonly verdict: 'holds' | 'fails' | 'unknown' | 'none';
  readonly method: Certificate['method'];
  readonly reason?: string;
  /** The reason in a sentence. */
  readonly detail?: string;
  readonly counterexample?: Counterexample;
}
