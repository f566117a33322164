/**
 * Everything that can be wrong with an input, as plain data.
 *
 * A {@link Problem} is a value first: a code, a sentence, a place in the source and a hint. {@link MathError} wraps it
 * where a caller prefers an exception; {@link describeProblem} prints it with source line and caret.
 */

import { cutLine, markLine } from './columns.ts';

/** A half-open range of UTF-16 code units in a source text, counted from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The stable names of all problems; programs may switch over them. */
export type ProblemCode =
  | 'empty-source'
  | 'source-too-long'
  | 'nesting-too-deep'
  | 'invalid-character'
  | 'unclosed-group'
  | 'unopened-group'
  | 'syntax'
  | 'unknown-command'
  | 'unsupported-notation'
  | 'reserved-name'
  | 'wrong-arguments'
  | 'duplicate-definition'
  | 'circular-definition'
  | 'free-index'
  | 'shape-clash'
  | 'unknown-variable'
  | 'too-large'
  | 'unknown-option'
  | 'unreadable-file';

/** What is wrong, where, and what to do about it. */
export interface Problem {
  readonly code: ProblemCode;
  /** One sentence without a full stop that names the thing that was found. */
  readonly message: string;
  /** The text that `span` refers to. */
  readonly source?: string;
  readonly span?: Span;
  /** What the author can do. */
  readonly hint?: string;
  /** What was found that can't be read, as a phrase: `an integral`. */
  readonly found?: string;
  /** A second place that takes part, such as the other use in a clash of shapes. */
  readonly related?: { readonly span: Span; readonly message: string };
}

/** Thrown for bad input by every public function that has no `safe` twin; carries the fields of its {@link Problem}. */
export class MathError extends Error {
  override readonly name = 'MathError';
  readonly code: ProblemCode;
  readonly span: Span | undefined;
  readonly hint: string | undefined;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    // Whoever refuses may hand over a token for its place; a problem is plain data.
    const { span, related } = problem;
    this.problem = {
      ...problem,
      ...(span === undefined ? {} : { span: bareSpan(span) }),
      ...(related === undefined ? {} : { related: { ...related, span: bareSpan(related.span) } }),
    };
    this.code = problem.code;
    this.span = this.problem.span;
    this.hint = problem.hint;
  }
}

function bareSpan({ start, end }: Span): Span {
  return { start, end };
}

/** Throws a {@link MathError}; an expression, so that it can end a `??` or a `switch`. */
export function fail(problem: Problem): never {
  throw new MathError(problem);
}

/** Runs `work`; adds `source` to a problem that has a span but does not say of which text. */
export function withSource<T>(source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MathError && error.problem.source === undefined) {
      throw new MathError({ ...error.problem, source });
    }
    throw error;
  }
}

/** Runs `work`; where it exhausts the stack, ends with `problem` instead of a RangeError. */
export function withinStack<T>(problem: Problem, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail(problem);
  }
}

/** Longest part of a source line that is shown around a caret. */
const visibleWidth = 76;

/** The problem as text for a terminal: message, source line with caret, hint. No colours. */
export function describeProblem(problem: Problem): string {
  const lines = [`error: ${problem.message}`];
  if (problem.source !== undefined && problem.span !== undefined) {
    lines.push('', ...excerpt(problem.source, problem.span));
    if (problem.related !== undefined) {
      lines.push('', `  ${problem.related.message}`, '', ...excerpt(problem.source, problem.related.span));
    }
  } else if (problem.source !== undefined) {
    lines.push('', `  ${cutLine(problem.source, visibleWidth)}`);
  }
  if (problem.hint !== undefined) {
    if (lines.length > 1) lines.push('');
    lines.push(`hint: ${problem.hint}`);
  }
  return lines.join('\n');
}

function excerpt(source: string, span: Span): string[] {
  const lineStart = source.lastIndexOf('\n', Math.max(0, span.start - 1)) + 1;
  const nextBreak = source.indexOf('\n', span.start);
  const afterLine = nextBreak < 0 ? source.length : nextBreak;
  const lineEnd = source[afterLine - 1] === '\r' && afterLine > span.start ? afterLine - 1 : afterLine;
  const line = source.slice(lineStart, lineEnd);
  const { text, marks } = markLine(line, span.start - lineStart, Math.min(span.end, lineEnd) - lineStart, visibleWidth);
  return [`  ${text}`, `  ${marks}`];
}
