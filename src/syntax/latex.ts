/** LaTeX mathematics, as KaTeX shows it, into statements of syntax trees. */

import { fail, MathError, type Problem, withinStack, withSource } from '../problem.ts';
import type { Context } from './latex-cursor.ts';
import { gatherEvidence } from './latex-evidence.ts';
import { grammar } from './latex-grammar.ts';
import { readStatements } from './latex-statements.ts';
import { readTokens } from './latex-tokens.ts';
import { type Evidence, noEvidence, type Statement } from './statement.ts';

/**
 * Reads the formula or display `source` into statements, one for each row or part that stands by itself; every node
 * has its span in `source`. What is known about names from elsewhere goes in as `evidence`, which stays unchanged;
 * what the formula itself shows is added to it before anything is decided. Throws {@link MathError}.
 *
 *     readLatex('E = \\frac{1}{2} x_i^2')  // E = 1 / 2 * x[i] ^ 2
 */
export function readLatex(source: string, evidence: Evidence = noEvidence()): Statement[] {
  return withSource(source, () =>
    withinStack(tooDeep, () => {
      const tokens = readTokens(source);
      const known = copyOf(evidence);
      gatherEvidence(tokens, known);
      const context: Context = { grammar, evidence: known, bound: [], depth: 0 };
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

/**
 * Adds to `into` what `source` shows about its names: which are applied, which are bold or under an arrow, which
 * count, which are differentiated by. A source that can't be read adds nothing; nothing is thrown.
 */
export function gatherLatexEvidence(source: string, into: Evidence): void {
  try {
    withinStack(tooDeep, () => gatherEvidence(readTokens(source), into));
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
  }
}

function copyOf(evidence: Evidence): Evidence {
  return {
    functions: new Set(evidence.functions),
    vectors: new Set(evidence.vectors),
    indices: new Set(evidence.indices),
    variables: new Set(evidence.variables),
  };
}

/** KaTeX recurses where we can't bound it; what exhausts the stack is nested too deep. */
const tooDeep: Problem = {
  code: 'nesting-too-deep',
  message: 'commands are nested too deep',
  span: { start: 0, end: 1 },
  hint: 'name inner parts: y = ..., then use y',
};
