import type { MathError, Span } from '../problem.ts';
import type { Token } from './latex-token.ts';
import type { Naming } from './naming.ts';
import type { MathNode } from './node.ts';
import type { RelationSign } from './relation.ts';

/** One side of a statement. */
export interface Side {
  readonly node: MathNode;
  readonly span: Span;
}

/**
 * What stands in one line: an expression (one side), a definition or an equation (two), or a chain `a = b = c` (more).
 * A row of an aligned display that begins with its relation continues the row before: `relations` is then as long as
 * `sides`, otherwise one shorter.
 */
export interface Statement {
  readonly sides: readonly Side[];
  readonly relations: readonly RelationSign[];
  readonly span: Span;
  /** Words that lead to it: where, hence, if. */
  readonly lead?: string;
  /** Whether a comma, a gap or a word such as "where" joins it to the statement before. */
  readonly goesOn?: true;
  /** Whether it stands in brackets behind a formula that it explains. */
  readonly aside?: true;
}

/** A source as it was written, before it is settled what its names mean. */
export interface NeutralSource {
  readonly text: string;
  readonly notation: 'text' | 'latex';
  /** Of LaTeX; what a text shows stands in its trees. */
  readonly tokens: readonly Token[];
  /**
   * The trees, once the names are known. Throws with spans in `text`; with `unread`, a row that can't be read is handed to it,
   * and stands in the result as a statement without sides.
   */
  readonly statements: (naming: Naming, unread?: (error: MathError) => void) => readonly Statement[];
}

/** Reads a source in text or LaTeX; without `syntax` a backslash tells them apart. */
export type Reader = (source: string, syntax?: 'text' | 'latex') => NeutralSource;
