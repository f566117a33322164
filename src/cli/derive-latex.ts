/** `derive` for sources of which one at least is LaTeX. */

import { readSource } from '../syntax/read.ts';
import { type DeriveFlags, type DrawFigure, deriveCommand } from './derive-command.ts';

export function runDerive(source: string, wrt: string, flags: DeriveFlags, loadFigure: () => DrawFigure): number {
  return deriveCommand(readSource, source, wrt, flags, loadFigure);
}
