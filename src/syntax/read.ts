import { detectSyntax } from './detect.ts';
import { scanLatex } from './latex.ts';
import type { Reader } from './statement.ts';
import { scanText } from './text.ts';

/** Reads a source in either notation. */
export const scanSource: Reader = (source, syntax = detectSyntax(source)) =>
  syntax === 'latex' ? scanLatex(source, 'source') : scanText(source);
