/** `derive` for sources in text syntax: the bundle without KaTeX. */

import { scanText } from '../syntax/text.ts';
import type { RunDerive } from './commands.ts';
import { deriveCommand } from './derive-command.ts';

export const runDerive: RunDerive = (source, wrt, flags, load) =>
  deriveCommand({ read: scanText, latex: () => load('read-latex').scanSource }, source, wrt, flags, load);
