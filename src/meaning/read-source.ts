/** Reading in either notation, for callers that have KaTeX at hand anyway. */

import { MathError } from '../problem.ts';
import { scanLatex } from '../syntax/latex.ts';
import { scanSource } from '../syntax/read.ts';
import type { NeutralSource, Statement } from '../syntax/statement.ts';
import { type Evidence, gatherEvidence } from './names/evidence.ts';
import { namingFrom } from './names/naming.ts';
import { openChoices, type Reading, readingsOf } from './names/readings.ts';
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

/** Formulas that belong together, in one reading of their names. */
interface ReadTogether extends Reading {
  /** Of each formula, in the order in which they were given. */
  readonly statements: readonly (readonly Statement[])[];
}

/** All readings in which each of the formulas can be read, and whether there are more than are tried. */
interface ReadingsTogether extends Iterable<ReadTogether> {
  readonly isCut: boolean;
}

/**
 * The readings of a claim and of the definitions and facts that it reaches, the likeliest first, made one by one as they are
 * asked for. `gathered` is the evidence of the whole document ({@link gatherLatexEvidence}); it is not copied. Where nothing is
 * open, which is usual, there is one reading, the one of {@link readGathered}. Formulas that many claims reach are best handed over
 * as {@link scanLatex} gives them, so that KaTeX parses each once.
 *
 * A claim holds if it holds in some reading, and the notice of `differs` then says in which; it may be said to fail only if it
 * fails in all of them, and if `isCut` is false:
 *
 *     const readings = readTogether([claim, ...reached], gathered);
 *     const verdicts = [...readings].map(({ statements }) => judge(statements));
 *     const fails = !readings.isCut && verdicts.every((one) => one === 'fails');
 */
export function readTogether(sources: readonly (string | NeutralSource)[], gathered: Evidence): ReadingsTogether {
  const scanned = sources.map((source) => (typeof source === 'string' ? scanLatex(source) : source));
  const readings = readingsOf(gathered, openChoices(scanned, gathered));
  return {
    isCut: readings.isCut,
    *[Symbol.iterator]() {
      for (const reading of readings) {
        const naming = namingFrom(reading.evidence);
        const statements = ifReadable(() => scanned.map((source) => source.statements(naming)));
        if (statements !== undefined) yield { ...reading, statements };
      }
    },
  };
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MathError) return undefined;
    throw error;
  }
}

/**
 * Adds to `into` what `source` shows about its names: which are applied, which are bold or under an arrow, which
 * count, which are differentiated by. A source that can't be read adds nothing; nothing is thrown.
 */
export function gatherLatexEvidence(source: string, into: Evidence): void {
  ifReadable(() => gatherEvidence(scanLatex(source).tokens, into));
}
