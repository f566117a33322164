/** Reading in either notation, for callers that have KaTeX at hand anyway. */

import { MathError } from '../problem.ts';
import { scanLatex } from '../syntax/latex.ts';
import { scanSource } from '../syntax/read.ts';
import type { Statement } from '../syntax/statement.ts';
import { type Evidence, gatherEvidence } from './names/evidence.ts';
import { namingFrom } from './names/naming.ts';
import { readStatements } from './read.ts';

/** The statements of a source in text or LaTeX. Throws `MathError`. */
export function readSource(source: string, syntax?: 'text' | 'latex', known?: Evidence): readonly Statement[] {
  return readStatements(scanSource, source, syntax, known);
}

/**
 * Reads a formula or display of LaTeX in the light of `known`, which stays unchanged.
 *
 *     readLatex('E = \\frac{1}{2} x_i^2')  // E = 1 / 2 * x[i] ^ 2
 */
export function readLatex(source: string, known?: Evidence): readonly Statement[] {
  return readStatements((text) => scanLatex(text), source, 'latex', known);
}

/**
 * Reads a formula of a document whose names have all been gathered, this formula's too, by {@link gatherLatexEvidence}.
 * It reads what `readLatex` does, and copies nothing, so that a document takes no time that grows with its square.
 */
export function readGathered(
  source: string,
  gathered: Evidence,
  unread?: (error: MathError) => void,
): readonly Statement[] {
  return scanLatex(source).statements(namingFrom(gathered), unread);
}

/**
 * Adds to `into` what `source` shows about its names: which are applied, which are bold or under an arrow, which
 * count, which are differentiated by. A source that can't be read adds nothing; nothing is thrown.
 */
export function gatherLatexEvidence(source: string, into: Evidence): void {
  try {
    gatherEvidence(scanLatex(source).tokens, into);
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
  }
}
