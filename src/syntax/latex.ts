/** LaTeX mathematics, as KaTeX shows it, into statements of syntax trees. */

import { fail, type Problem, withinStack, withSource } from '../problem.ts';
import type { Context } from './latex-cursor.ts';
import { grammar } from './latex-grammar.ts';
import { readStatements } from './latex-statements.ts';
import type { Token } from './latex-token.ts';
import { readTokens } from './latex-tokens.ts';
import type { Naming } from './naming.ts';
import type { NeutralSource, Statement } from './statement.ts';

/**
 * The formula or display `source` as it was written: tokens with their places, and the statements that the grammar makes
 * of them, one for each row or part that stands by itself, once it is known what the names mean; every node has its span.
 * Throws `MathError`.
 */
export function scanLatex(source: string): NeutralSource {
  const tokens = withSource(source, () => withinStack(tooDeep, () => readTokens(source)));
  return { text: source, notation: 'latex', tokens, statements: (naming) => parse(source, tokens, naming) };
}

function parse(source: string, tokens: readonly Token[], naming: Naming): Statement[] {
  return withSource(source, () =>
    withinStack(tooDeep, () => {
      const context: Context = { grammar, naming, bound: [], depth: 0 };
      const statements = readStatements(context, tokens);
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
