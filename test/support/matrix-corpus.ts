/** Rows of matrix identities: their declarations in our words, our derivation of each, and how long it is. */

import { verify } from '../../src/check.ts';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { derive } from '../../src/derive.ts';
import { MathError } from '../../src/problem.ts';

export interface Identity {
  readonly id: string;
  readonly shapes: string;
  readonly source: string;
  readonly wrt: string;
  readonly stated: string;
}

const properties: Readonly<Record<string, string>> = {
  sym: 'symmetric',
  spd: 'positive definite',
  inv: 'invertible',
  pos: 'positive',
  prob: 'probability vector',
  onehot: 'one-hot',
  '01': 'binary',
  label: '',
};

/** `x,y:n pos; A:mxn` in the words of `--shape`. */
export function shapesOf(declaration: string): string {
  const one = (part: string): string[] => {
    const [names = '', rest = ''] = part.split(':');
    const [shape = '', ...words] = rest.trim().split(/\s+/);
    const said = [shapeOf(shape), ...words.map((word) => properties[word] ?? word)].join(' ').trim();
    return names.split(',').map((name) => `${name.trim()}: ${said}`);
  };
  return declaration.split(';').flatMap(one).join(', ');
}

function shapeOf(shape: string): string {
  if (/^index\(/.test(shape)) return 'index';
  if (shape === 'scalar') return shape;
  const matrix = /^(\w+)x(\w+)$/.exec(shape);
  return matrix === null ? `vector(${shape})` : `matrix(${matrix[1]}, ${matrix[2]})`;
}

export interface Checked {
  readonly identity: Identity;
  readonly unread?: string;
  readonly result: string;
  readonly ratio: number;
  /** Steps and the whole that are not certified. */
  readonly open: readonly string[];
  readonly equal: string;
}

const bare = (text: string): number => text.replaceAll(' ', '').length;

/** Derives a row and compares it with what it states. */
export function checkIdentity(identity: Identity): Checked {
  const { source, wrt, shapes, stated } = identity;
  let derivation: Derivation;
  try {
    derivation = derive(source, { wrt, shapes, detail: 'every' });
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    return { identity, unread: error.problem.message, result: '', ratio: 0, open: [], equal: 'unknown' };
  }
  const { result, expanded, certificate, steps } = derivation;
  const open = [
    ...steps.filter((step) => step.certificate.verdict !== 'holds').map(({ rule, state }) => `${rule}: ${state}`),
    ...(certificate.verdict === 'holds' ? [] : [`as a whole: ${certificate.verdict} ${certificate.reason ?? ''}`]),
  ];
  const equal = verify(`${expanded} = ${stated}`, { shapes }).verdict;
  return { identity, result, ratio: bare(result) / bare(stated), open, equal };
}

/** Longest that a printed result may be, by the stated one. */
export const mostRatio = 1.25;

/** The report that a test prints: rows run, passed, unread, and the table of results that are longer. */
export function reportIdentities(name: string, rows: readonly Checked[]): string {
  const unread = rows.filter((row) => row.unread !== undefined);
  const passed = rows.filter((row) => row.open.length === 0 && row.equal === 'holds' && row.unread === undefined);
  const longer = rows.filter((row) => row.ratio > mostRatio);
  const table = longer.map(
    (row) => `  ${row.identity.id}  ${row.ratio.toFixed(2)}  ${row.result}  |  ${row.identity.stated}`,
  );
  const reasons = unread.map((row) => `  ${row.identity.id}  ${row.unread}`);
  const mean = rows.reduce((sum, row) => sum + row.ratio, 0) / Math.max(1, rows.length);
  return [
    `${name}: ${rows.length} rows run, ${passed.length} passed, ${unread.length} unread`,
    ...reasons,
    `longer than ${mostRatio} times the stated: ${longer.length}, mean ratio ${mean.toFixed(2)}`,
    ...table,
  ].join('\n');
}
