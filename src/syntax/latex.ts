/** LaTeX mathematics, as KaTeX shows it, into statements of syntax trees. */

import { fail, type Problem, withinStack, withSource } from '../problem.ts';
import { guardSource, longestLatex } from './guard.ts';
import type { Context, Form } from './latex-cursor.ts';
import { withDivergences } from './latex-divergence.ts';
import { grammar } from './latex-grammar.ts';
import { readStatements, type Unread, withLines } from './latex-statements.ts';
import type { Token } from './latex-token.ts';
import { readLines } from './latex-tokens.ts';
import type { Naming } from './naming.ts';
import { readPlainly } from './plain-source.ts';
import type { NeutralSource, Statement } from './statement.ts';

/**
 * The formula or display `source` as it was written: tokens with their places, and the statements that the grammar makes
 * of them, one for each row or part that stands by itself, once it is known what the names mean; every node has its span.
 * In the source of a derivation a line break and a semicolon part statements; in a formula of a document lines are only
 * wrapped. Throws `MathError`.
 */
export function scanLatex(source: string, form: Form = 'formula'): NeutralSource {
  const { tokens, isAligned } = withSource(source, () => withinStack(tooDeep, () => scan(source, form)));
  // In a display of aligned rows a row that begins with a minus goes on.
  const rows = isAligned ? 'formula' : form;
  const statements = (naming: Naming, unread?: Unread): Statement[] =>
    parse(source, tokens, { naming, form }, rows, unread);
  return { text: source, notation: 'latex', tokens, statements };
}

const alignment = /\\begin\s*\{(?:align|gather|split|eqnarray|flalign|multline|dmath|IEEEeqnarray)/;

function scan(source: string, form: Form): { tokens: readonly Token[]; isAligned: boolean } {
  guardSource(source, longestLatex);
  let tokens: readonly Token[] = [];
  let isAligned = false;
  readPlainly(source, 'latex', (plain) => {
    const read = readLines(plain);
    const all = withDivergences(read.tokens);
    tokens = form === 'source' ? withLines(all, read.lines) : all;
    isAligned = alignment.test(plain);
    return [];
  });
  return { tokens, isAligned };
}

function parse(
  source: string,
  tokens: readonly Token[],
  given: Pick<Context, 'naming' | 'form'>,
  rows: Form,
  unread?: Unread,
): Statement[] {
  return withSource(source, () =>
    withinStack(tooDeep, () => {
      const statements = readPlainly(source, 'latex', () => {
        const context: Context = { grammar, ...given, bound: [], outside: [], depth: 0 };
        return readStatements(context, tokens, rows, unread);
      });
      if (statements.length > 0) return statements;
      return fail({
        code: 'empty-source',
        message: 'there is no expression here',
        span: { start: 0, end: 1 },
        hint: 'write an expression such as \\sin(x^2)',
      });
    }),
  );
}

/** KaTeX recurses where we can't bound it; what exhausts the stack is nested too deep. */
const tooDeep: Problem = {
  code: 'nesting-too-deep',
  message: 'commands are nested too deep',
  span: { start: 0, end: 1 },
  hint: 'name inner parts: y = ..., then use y',
};
