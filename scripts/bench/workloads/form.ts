/**
 * The printed sizes of answers over the textbook list, ours and those of peers, as multiples of what the text prints.
 * An answer counts where it agrees with differences of the function, by the check of the test of the list.
 */

import { readFileSync } from 'node:fs';
import { parse } from 'mathjs';
import { casesIn } from '../../../test/support/table.ts';
import { answerOf, compareForm, deriveRow, type TextbookRow, wrongValues } from '../../../test/support/textbook.ts';
import { printedSize } from '../../printed-size.mjs';
import type { Contestant } from '../contestant.ts';
import type { Job } from '../engines/engine.ts';
import { namesIn } from '../list.ts';
import { median } from '../measure.ts';
import { enter, type PeerName, peerDialects, type Settings } from '../settings.ts';
import type { Goal, Report, Table } from '../table.ts';
import { isGeneric, readBack, writeFor } from '../written.ts';

const list = 'test/cases/textbook.txt';

/** The peers that take part, by the titles of their columns. */
const columns: readonly (readonly [title: string, peer: PeerName, entrant: Parameters<typeof enter>[0]])[] = [
  ['SymPy', 'SymPy', 'SymPy'],
  ['simplified', 'SymPy', 'SymPy, simplified'],
  ['mathjs', 'mathjs, simplified', 'mathjs, simplified'],
  ['GiNaC', 'GiNaC', 'GiNaC'],
  ['nerdamer', 'nerdamer', 'nerdamer'],
  ['algebrite', 'algebrite', 'algebrite'],
];

/** The answer to a row in our text syntax, or why there is none. */
type Answer = { readonly text: string } | { readonly missing: string; readonly kind: keyof typeof marks };

/** What stands in place of a size. */
const marks = { language: '-', none: '?', wrong: 'wrong' } as const;

const ours = 'ours';

export async function form(settings: Settings): Promise<Report> {
  const rows = casesIn(readFileSync(list, 'utf8')).filter((_, at) => !settings.quick || at % 8 === 0);
  const derivations = rows.map(deriveRow);
  const check = (answer: Answer, at: number): Answer => {
    if (!('text' in answer)) return answer;
    const problem = problemOf(answer.text, rows[at] as TextbookRow, derivations[at] as (typeof derivations)[number]);
    return problem === undefined ? answer : { missing: problem, kind: 'wrong' };
  };
  const answers = new Map<string, readonly Answer[]>();
  answers.set(
    ours,
    derivations.map((derivation, at) => check({ text: answerOf(derivation) }, at)),
  );
  const absent: string[] = [];
  for (const [title, peer, entrant] of columns) {
    if (!settings.peers.includes(peer)) continue;
    const contestant = enter(entrant, settings);
    const found = await answersOf(contestant, peer, rows, settings.quick ? 5 : 20);
    contestant.end();
    if (typeof found === 'string') absent.push(`${title} is left out: ${found}.`);
    else answers.set(title, found.map(check));
  }
  return reportOf(rows, answers, absent);
}

/** What is wrong with an answer; undefined where nothing is. */
function problemOf(text: string, row: TextbookRow, derivation: ReturnType<typeof deriveRow>): string | undefined {
  try {
    return wrongValues(row, derivation, [text])[0];
  } catch (error) {
    return `${text}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The answers of a peer, or why it takes no part. */
async function answersOf(
  contestant: Contestant,
  peer: PeerName,
  rows: readonly TextbookRow[],
  seconds: number,
): Promise<Answer[] | string> {
  const written = rows.map((row) => translate(row, peer));
  const job: Job = {
    expressions: written.map((one) => one?.source ?? '0'),
    wanted: written.map((one, expression) => ({ expression, by: one?.by ?? 'x', order: 1 })),
    timing: 'separate',
    slice: 0,
    warmUp: 0,
    points: [],
  };
  const refused = await contestant.open(job, 60);
  if (refused !== undefined) return refused.failed;
  const answers: Answer[] = [];
  for (const [at, one] of written.entries()) {
    if (one === undefined) {
      answers.push({ missing: 'not in its language', kind: 'language' });
      continue;
    }
    try {
      const text = readBack(await contestant.print(at, seconds), peerDialects[peer], one.back);
      printedSize(text);
      answers.push({ text });
    } catch (error) {
      answers.push({ missing: error instanceof Error ? error.message : String(error), kind: 'none' });
    }
  }
  return answers;
}

/**
 * A row in the syntax of a peer: the variable is x, other names p1, p2 and so on, unknown functions q1, q2 and so on, so
 * that none is taken; and the names to be put back. Undefined where the peer can't be asked.
 */
function translate({ source, wrt }: TextbookRow, peer: PeerName) {
  if (source.includes(';')) return undefined;
  const [tree, by] = [parse(source), parse(wrt)];
  const generic = new Set<string>();
  tree.traverse((node) => {
    if (node.type !== 'FunctionNode') return;
    const { name } = (node as unknown as { fn: { name: string } }).fn;
    if (isGeneric(name)) generic.add(name);
  });
  const others = [...new Set([...namesIn(tree), ...namesIn(by)])].filter((name) => name !== wrt);
  const names = new Map([
    [wrt, 'x'],
    ...others.map((name, at) => [name, `p${at + 1}`] as const),
    ...[...generic].map((name, at) => [name, `q${at + 1}`] as const),
  ]);
  const [sourceText, byText] = [tree, by].map((one) => writeFor(one, peerDialects[peer], names));
  if (sourceText === undefined || byText === undefined) return undefined;
  return { source: sourceText, by: byText, back: new Map([...names].map(([name, own]) => [own, name])) };
}

function reportOf(
  rows: readonly TextbookRow[],
  answers: ReadonlyMap<string, readonly Answer[]>,
  absent: readonly string[],
): Report {
  const ratios = new Map(
    [...answers].map(([name, own]) => [
      name,
      own.map((answer, at) => ('text' in answer ? compareForm(rows[at] as TextbookRow, answer.text).ratio : undefined)),
    ]),
  );
  const mine = numbersOf(ratios.get(ours) ?? []);
  return {
    title: 'Textbook list, printed sizes of answers',
    tables: [sizeTable(rows, answers), ratioTable(answers, ratios)],
    goals: [
      goal('answers at most 1.25 times as long as the text prints', Math.max(...mine), 1.25),
      goal('half of the answers no longer than the text prints', median(mine), 1),
    ],
    notes: [
      'A size counts names, numbers, signs and functions, brackets not (scripts/printed-size.mjs), the same for all. Each',
      "answer is brought to the text syntax and checked by numbers first. - the row can't be said in the peer's language",
      '(names for parts, vectors; for all but SymPy sums over an index and unknown functions); ? no answer, or none that is',
      'a formula of reals; wrong: it differs from the derivative. Functions that a peer lacks, such as sigmoid, are written',
      "by their meaning. SymPy's derivatives of unknown functions count as the text's: f'(x^2) for Subs(Derivative(f(_xi_1),",
      '_xi_1), _xi_1, x**2); its symbols are declared real. simplified: SymPy with simplify(). mathjs: its default.',
      ...absent,
    ],
    wrong: (answers.get(ours) ?? []).flatMap((answer) => ('missing' in answer ? [answer.missing] : [])),
  };
}

function goal(text: string, found: number, most: number): Goal {
  return { text: `${text}: ${found.toFixed(2)}`, met: found <= most };
}

function numbersOf(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}

function sizeTable(rows: readonly TextbookRow[], answers: ReadonlyMap<string, readonly Answer[]>): Table {
  const cell = (answer: Answer | undefined): string => {
    if (answer === undefined) return '';
    return 'text' in answer ? String(printedSize(answer.text)) : marks[answer.kind];
  };
  return {
    columns: ['expression by variable', 'text', ...answers.keys()],
    rows: rows.map(({ source, wrt, result }, at) => [
      `${source} by ${wrt}`,
      String(printedSize(result)),
      ...[...answers.values()].map((own) => cell(own[at])),
    ]),
  };
}

/** Ratios to the text's size; and ours on the rows that the peer has right. */
function ratioTable(
  answers: ReadonlyMap<string, readonly Answer[]>,
  ratios: ReadonlyMap<string, readonly (number | undefined)[]>,
): Table {
  const mine = ratios.get(ours) ?? [];
  const rows = [...answers].map(([name, own]) => {
    const count = (kind: keyof typeof marks) => own.filter((one) => 'kind' in one && one.kind === kind).length;
    const theirs = ratios.get(name) ?? [];
    const common = mine.filter((_, at) => theirs[at] !== undefined);
    const kinds = Object.keys(marks) as (keyof typeof marks)[];
    return [
      name,
      ...[numbersOf(theirs).length, ...kinds.map(count)].map(String),
      ...summary(numbersOf(theirs)),
      ...(name === ours ? ['', '', ''] : summary(numbersOf(common))),
    ];
  });
  const three = ['median', 'worst', 'over 1.25'];
  return {
    columns: ['size by that of the text', 'rows', '-', '?', 'wrong', ...three, ...three.map((one) => `ours: ${one}`)],
    rows,
  };
}

function summary(values: readonly number[]): string[] {
  if (values.length === 0) return ['', '', ''];
  const over = values.filter((value) => value > 1.25).length;
  return [median(values).toFixed(2), Math.max(...values).toFixed(2), String(over)];
}
