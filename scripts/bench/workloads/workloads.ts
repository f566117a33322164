/** All workloads by name, in the order in which they are run. */

import { readRows } from '../list.ts';
import type { Settings } from '../settings.ts';
import type { Report } from '../table.ts';
import { backward } from './backward.ts';
import { form } from './form.ts';
import { nested, networks } from './gradients.ts';
import { orders } from './orders.ts';
import { page } from './page.ts';
import { coldStarts } from './starts.ts';
import { certified, textbook } from './textbook.ts';

const list = 'test/cases/textbook.txt';

export const workloads: ReadonlyMap<string, (settings: Settings) => Promise<Report>> = new Map([
  ['textbook', (settings: Settings) => textbook(readRows(list), settings)],
  ['certified', (settings: Settings) => certified(readRows(list), settings)],
  ['form', form],
  ['nested', nested],
  ['network', networks],
  ['backward', backward],
  ['orders', orders],
  ['start', coldStarts],
  ['page', page],
]);
