import type { Span } from '../problem.ts';
import type { MathNode } from './node.ts';

/** The signs between the sides of a statement. Only `=` is a claim of equality; the others are read and passed on. */
export type RelationSign = '=' | ':=' | '~' | '<' | '>' | '<=' | '>=' | '!=' | '->' | 'in';

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
}

/** What is known about names before or after reading; either notation adds to it. */
export interface Evidence {
  /** Names that are applied somewhere, or differentiated with a prime, or called functions in prose. */
  readonly functions: Set<string>;
  /** Names that are bold or under an arrow. */
  readonly vectors: Set<string>;
  /** Names bound by a sum or product, or that stand as a subscript of one letter. */
  readonly indices: Set<string>;
  /** Names that are known to be variables, so that `x (a + b)` is a product. */
  readonly variables: Set<string>;
}

export function noEvidence(): Evidence {
  return { functions: new Set(), vectors: new Set(), indices: new Set(), variables: new Set() };
}

/** Reads a source in text or LaTeX; without `syntax` a backslash tells them apart. */
export type Reader = (source: string, syntax?: 'text' | 'latex') => Statement[];
