import { detectSyntax } from './detect.ts';
import { readLatex } from './latex.ts';
import type { Reader } from './statement.ts';
import { readText } from './text.ts';

/** Reads a source in either notation. */
export const readSource: Reader = (source, syntax = detectSyntax(source)) =>
  syntax === 'latex' ? readLatex(source, undefined, 'source') : readText(source);
