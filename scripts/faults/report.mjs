/** What became of the faults, as text. */

import { layers } from './table.mjs';

export function line({ fault, by, what, seconds }) {
  const seen = (by ?? 'NOT SEEN').padEnd(12);
  return `${fault.id.padEnd(28)}${fault.layer.padEnd(18)}${seen}${seconds.toFixed(1).padStart(6)} s  ${what}`;
}

/** By layer: how many faults, how many each stage saw; then the share that certificates have to see. */
export function describeTotals(results) {
  const seenBy = (some, stage) => String(some.filter(({ by }) => by === stage).length).padStart(12);
  const row = (name, some) =>
    [
      name.padEnd(18),
      String(some.length).padStart(8),
      ...['certificate', 'quick', 'whole', undefined].map((stage) => seenBy(some, stage)),
    ].join('');
  const head = 'layer               faults certificate       quick       whole        none';
  const rows = [...layers.keys()].map((layer) => [layer, results.filter(({ fault }) => fault.layer === layer)]);
  const demanded = results.filter(({ fault }) => layers.get(fault.layer));
  const alone = demanded.filter(({ by }) => by === 'certificate').length;
  const missed = results.filter(({ by }) => by === undefined).map(({ fault }) => `  ${fault.id}: ${fault.words}`);
  return [
    head,
    ...rows.filter(([, some]) => some.length > 0).map(([layer, some]) => row(layer, some)),
    row('all', results),
    `certificates alone see ${alone} of ${demanded.length} faults in constructors, rules, presentation and the printers of text, LaTeX, Markdown and terminal`,
    ...(missed.length === 0 ? [] : ['not seen:', ...missed]),
  ].join('\n');
}
