/** `derive` for sources in text syntax: the bundle without KaTeX. */

import { readText } from '../syntax/text.ts';
import type { RunDerive } from './commands.ts';
import { deriveCommand } from './derive-command.ts';

export const runDerive: RunDerive = (source, wrt, flags, load) => deriveCommand(readText, source, wrt, flags, load);
