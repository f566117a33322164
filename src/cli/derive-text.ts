/** `derive` for sources in text syntax: the bundle without KaTeX. */

import { readText } from '../syntax/text.ts';
import { type DeriveFlags, type DrawFigure, deriveCommand } from './derive-command.ts';

export function runDerive(source: string, wrt: string, flags: DeriveFlags, loadFigure: () => DrawFigure): number {
  return deriveCommand(readText, source, wrt, flags, loadFigure);
}
