import { readLatex } from './latex.ts';
import type { Statement } from './statement.ts';
import { readText } from './text.ts';

export type Syntax = 'text' | 'latex';

/** Which notation a source is in: a backslash means LaTeX. */
export function detectSyntax(source: string): Syntax {
  return source.includes('\\') ? 'latex' : 'text';
}

/** Reads a source in either notation. */
export function readSource(source: string, syntax: Syntax = detectSyntax(source)): Statement[] {
  return syntax === 'latex' ? readLatex(source) : readText(source);
}
