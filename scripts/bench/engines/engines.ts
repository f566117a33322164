/** The engines that run in a JavaScript process, by the name under which a worker is asked for them. */

import { algebrite } from './algebrite.ts';
import { certifiedChainrule, chainrule } from './chainrule.ts';
import type { Engine } from './engine.ts';
import { plainMathjs, simplifiedMathjs } from './mathjs.ts';
import { nerdamer } from './nerdamer.ts';

export const engines = {
  chainrule,
  'chainrule, certified': certifiedChainrule,
  'mathjs, not simplified': plainMathjs,
  'mathjs, simplified': simplifiedMathjs,
  nerdamer,
  algebrite,
} satisfies Record<string, Engine>;

export type EngineName = keyof typeof engines;
