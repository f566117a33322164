/** `derive` for sources of which one at least is LaTeX. */

import { scanSource } from '../syntax/read.ts';
import type { RunDerive } from './commands.ts';
import { deriveCommand } from './derive-command.ts';

export const runDerive: RunDerive = (source, wrt, flags, load) =>
  deriveCommand({ read: scanSource, latex: () => scanSource }, source, wrt, flags, load);
