/** LaTeX mathematics, as KaTeX shows it, into statements of syntax trees. */

import { fail, MathError, type Problem, withinStack, withSource } from '../problem.ts';
import { guardSource, longestLatex } from './guard.ts';
import type { Context } from './latex-cursor.ts';
import { gatherEvidence } from './latex-evidence.ts';
import { grammar } from './latex-grammar.ts';
import { type Form, readStatements, withLines } from './latex-statements.ts';
import { readLines, readTokens } from './latex-tokens.ts';
import { plainSource, readPlainly } from './plain-source.ts';
import { type Evidence, noEvidence, type Statement } from './statement.ts';

/**
 * Reads the formula or display `source` into statements, one for each row or part that stands by itself; every node
 * has its span in `source`. What is known about names from elsewhere goes in as `evidence`, which stays unchanged;
 * what the formula itself shows is added to it before anything is decided. In the source of a derivation a line break and a
 * semicolon part statements; in a formula of a document lines are only wrapped. Throws {@link MathError}.
 *
 *     readLatex('E = \\frac{1}{2} x_i^2')  // E = 1 / 2 * x[i] ^ 2
 */
export function readLatex(source: string, evidence: Evidence = noEvidence(), form: Form = 'formula'): Statement[] {
  return withSource(source, () =>
    withinStack(tooDeep, () => {
      guardSource(source, longestLatex);
      const statements = readPlainly(source, 'latex', (plain) => {
        const read = readLines(plain);
        const tokens = form === 'source' ? withLines(read.tokens, read.lines) : read.tokens;
        const known = copyOf(evidence);
        gatherEvidence(tokens, known);
        const context: Context = { grammar, evidence: known, bound: [], depth: 0 };
        // In a display of aligned rows a row that begins with a minus goes on.
        return readStatements(context, tokens, alignment.test(plain) ? 'formula' : form);
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

/**
 * Adds to `into` what `source` shows about its names: which are applied, which are bold or under an arrow, which
 * count, which are differentiated by. A source that can't be read adds nothing; nothing is thrown.
 */
export function gatherLatexEvidence(source: string, into: Evidence): void {
  try {
    withinStack(tooDeep, () => gatherEvidence(readTokens(plainSource(source, 'latex').text), into));
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
  }
}

const alignment = /\\begin\s*\{(?:align|gather|split|eqnarray|flalign|multline|dmath|IEEEeqnarray)/;

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
