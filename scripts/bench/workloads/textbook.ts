/** The textbook list: one derivative after the other, parsing excluded; or the whole certified derivation of each. */

import { contest, type Entry, type Limits, type Result, totalTime } from '../contest.ts';
import type { Job, Wanted } from '../engines/engine.ts';
import { namesIn, type Row } from '../list.ts';
import { enter, type PeerName, peerDialects, peerNames, type Settings } from '../settings.ts';
import { digits, type Goal, percent, type Report, type Table } from '../table.ts';
import { writeFor } from '../written.ts';

type Ours = 'chainrule' | 'chainrule, certified';

/** The value driver with presentation against the derivatives of all peers. */
export async function textbook(rows: readonly Row[], settings: Settings): Promise<Report> {
  const results = await compare(rows, 'chainrule', peerNames, false, settings);
  const { ratios, table } = comparisonTable(results, rows);
  const ratio = ratios.get('GiNaC');
  const slowest = slowestRows(results[0] as Result, rows);
  return {
    title: 'Textbook list, value driver with presentation, parsing excluded',
    tables: [table, slowest],
    goals: [ratioGoal('no slower than GiNaC', 1, ratio, 'GiNaC')],
    notes: [
      'Ours: present(resolve(D(u, x))) on terms built beforehand in a fresh term store for every single measurement.',
      'A ratio compares the rows that both had right. Functions that a peer lacks are written by their meaning.',
      "SymPy's cache is emptied before every derivative; with it the second call is a look-up.",
    ],
    wrong: wrongAnswers(results[0] as Result, rows),
  };
}

/** The certified derivation of every row from its text against mathjs's default from its text. */
export async function certified(rows: readonly Row[], settings: Settings): Promise<Report> {
  const results = await compare(rows, 'chainrule, certified', ['mathjs, simplified'], true, settings);
  const { ratios, table } = comparisonTable(results, rows);
  return {
    title: 'Textbook list, whole certified derivation by derive(), from the text',
    tables: [table, slowestRows(results[0] as Result, rows)],
    goals: [ratioGoal("half of mathjs derivative's default at most", 0.5, ratios.get('mathjs, simplified'), 'mathjs')],
    notes: ["detail 'every': the trace, each step tested by the oracle, everything printed."],
    wrong: wrongAnswers(results[0] as Result, rows),
  };
}

/** Places are those of `rows`, in every job. */
async function compare(
  rows: readonly Row[],
  ours: Ours,
  peers: readonly PeerName[],
  fromText: boolean,
  settings: Settings,
): Promise<Result[]> {
  const limits: Limits = {
    rounds: settings.quick ? 2 : 5,
    leastRounds: settings.quick ? 1 : 3,
    answer: 20,
    check: 20,
    total: settings.quick ? 2 : fromText ? 20 : 8,
  };
  const slice = settings.quick ? 1 : 4;
  const entries = [
    ourEntry(rows, ours, slice, settings),
    ...peers
      .filter((name) => settings.peers.includes(name))
      .map((name) => peerEntry(rows, name, slice, fromText, settings)),
  ];
  try {
    return await contest(entries, limits, settings.noise);
  } finally {
    for (const { contestant } of entries) contestant.end();
  }
}

function ourEntry(rows: readonly Row[], name: Ours, slice: number, settings: Settings): Entry {
  const job: Job = {
    expressions: rows.map(({ source }) => source),
    wanted: rows.map(({ by }, expression) => ({ expression, by, order: 1 })),
    timing: 'separate',
    slice,
    warmUp: settings.quick ? 300 : 2000,
    points: rows.map(({ points }) => points),
  };
  return entryOf(enter(name, settings), job, rows, () => true);
}

function peerEntry(rows: readonly Row[], name: PeerName, slice: number, fromText: boolean, settings: Settings): Entry {
  const written = rows.map((row) => translate(row, name));
  const job: Job = {
    expressions: written.map((one) => one?.text ?? ''),
    wanted: written.map((_, expression): Wanted => ({ expression, by: 'x', order: 1 })),
    timing: 'separate',
    fromText,
    slice,
    warmUp: settings.quick ? 300 : 2000,
    points: written.map((one) => one?.points ?? []),
  };
  return entryOf(enter(name, settings), job, rows, (at) => written[at] !== undefined);
}

/** Only rows that can be checked are asked for. */
function entryOf(
  contestant: Entry['contestant'],
  job: Job,
  rows: readonly Row[],
  takes: (at: number) => boolean,
): Entry {
  const which = rows.flatMap((row, at) => (row.points.length > 0 && takes(at) ? [at] : []));
  return { contestant, job, which, expected: which.map((at) => rows[at]?.expected ?? []) };
}

/** A row in the syntax of a peer: the variable is x, all other names p1, p2 and so on, so that none is taken. */
export function translate(row: Row, peer: PeerName) {
  if (row.tree === undefined) return undefined;
  const others = namesIn(row.tree).filter((name) => name !== row.by);
  const names = new Map([[row.by, 'x'], ...others.map((name, at) => [name, `p${at + 1}`] as const)]);
  const text = writeFor(row.tree, peerDialects[peer], names);
  if (text === undefined) return undefined;
  const rename = (name: string) => names.get(name) ?? name;
  const points = row.points.map((point) =>
    Object.fromEntries(Object.entries(point).map(([name, value]) => [rename(name), value])),
  );
  return { text, points };
}

function comparisonTable(
  results: readonly Result[],
  rows: readonly Row[],
): { ratios: Map<string, number>; table: Table } {
  const [ours, ...peers] = results as [Result, ...Result[]];
  const ratios = new Map<string, number>();
  const mine = [...ours.times.keys()];
  const whole = totalTime(ours, mine);
  const lines = [
    [
      ours.name,
      `${mine.length} of ${rows.length}`,
      '',
      digits((1000 * whole.median) / mine.length),
      percent(whole.spread),
      '',
      '',
    ],
  ];
  for (const peer of peers) {
    if (peer.failed !== undefined) {
      lines.push([peer.name, peer.failed, '', '', '', '', '']);
      continue;
    }
    const own = [...peer.times.keys()];
    const common = own.filter((at) => ours.times.has(at));
    const theirs = totalTime(peer, own);
    const ratio = totalTime(peer, common).median / totalTime(ours, common).median;
    ratios.set(peer.name, 1 / ratio);
    const ourMean = digits((1000 * totalTime(ours, common).median) / common.length);
    const wrong = [...peer.failures.values()].filter((text) => text.startsWith('wrong')).length;
    lines.push([
      peer.name,
      `${own.length} of ${rows.length}`,
      String(wrong),
      digits((1000 * theirs.median) / own.length),
      percent(theirs.spread),
      ourMean,
      digits(ratio),
    ]);
  }
  const columns = ['', 'rows right', 'wrong', 'µs each', 'spread', 'ours on these', 'times ours'];
  return { ratios, table: { columns, rows: lines } };
}

function slowestRows(ours: Result, rows: readonly Row[]): Table {
  const each = [...ours.times.keys()].map((at) => ({ at, time: totalTime(ours, [at]).median }));
  const slowest = each.sort((a, b) => b.time - a.time).slice(0, 5);
  return {
    columns: ['slowest of ours', 'µs'],
    rows: slowest.map(({ at, time }) => [`${rows[at]?.source} by ${rows[at]?.by}`, digits(1000 * time)]),
  };
}

function ratioGoal(text: string, most: number, ratio: number | undefined, peer: string): Goal {
  if (ratio === undefined) return { text: `${text}: ${peer} did not take part`, met: undefined };
  return { text: `${text}: ${digits(ratio)} of its time`, met: ratio <= most };
}

function wrongAnswers(ours: Result, rows: readonly Row[]): string[] {
  if (ours.failed !== undefined) return [ours.failed];
  return [...ours.failures].map(([at, problem]) => `${rows[at]?.source} by ${rows[at]?.by}: ${problem}`);
}
