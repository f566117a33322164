/** What the dump asks: every line of the tables, corpora, examples and notes, each as one question to the library. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cases = `${root}test/cases/`;
const corpora = `${root}../shared/corpora/`;

/** @typedef {{ id: string, verb: string, source: string, options?: object, brief?: boolean }} Row */

/** @returns {Row[]} */
export function readRows() {
  return [...tableRows(), ...corpusRows(), ...notesRows()];
}

function linesOf(path, comment = '#') {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((text, at) => ({ text, at: at + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith(comment));
}

function table(name, separator, toRow) {
  return linesOf(`${cases}${name}`).map(({ text, at }) => ({ id: `${name}:${at}`, ...toRow(text.split(separator)) }));
}

/** Rows of a file with a head line of column names. */
function columns(path, name, toRow) {
  const [head, ...rest] = linesOf(path);
  if (head === undefined) return [];
  const names = head.text.split('\t');
  return rest.flatMap(({ text, at }) => {
    const cells = text.split('\t');
    const row = toRow(Object.fromEntries(names.map((column, place) => [column, cells[place] ?? ''])));
    return [row].flat().map((one, part) => ({ id: `${name}:${at}${part > 0 ? `/${part}` : ''}`, ...one }));
  });
}

const derive = (source, wrt, more = {}) => ({ verb: 'derive', source, options: { wrt, ...more } });

function tableRows() {
  return [
    ...table('derivatives.txt', ' => ', ([source, wrt]) => derive(source, wrt)),
    ...table('textbook.txt', ' => ', ([source, wrt]) => derive(source, wrt)),
    ...table('expressions.txt', ' => ', ([source, wrt, order = '1']) => derive(source, wrt, { order: Number(order) })),
    ...table('gradients.txt', ' => ', ([source, wrt]) => ({ verb: 'gradient', source, options: { wrt } })),
    ...table('matrix.txt', ' | ', ([shapes, source, wrt]) => derive(source, wrt, { shapes })),
    ...table('tasks.txt', ' => ', ([verb, source, options = '{}']) => ({
      verb,
      source,
      options: { wrt: 'x', ...JSON.parse(options) },
    })),
    ...table('simplification.txt', ' => ', ([source]) => derive(source, 'x')),
    ...table('latex.txt', ' => ', ([source]) => ({ verb: 'parse', source, options: { syntax: 'latex' } })),
    ...table('text.txt', ' => ', ([source]) => ({ verb: 'parse', source, options: { syntax: 'text' } })),
    ...table('print.txt', ' => ', ([source]) => ({ verb: 'parse', source, options: { syntax: 'text' } })),
    ...table('correct-derivations.txt', '\0', ([source]) => ({ verb: 'verify', source })),
    ...table('bad-input.txt', '\0', ([source]) => derive(source.replace(/ => .*/, ''), 'x')),
    ...table('shape-errors.txt', ' | ', ([shapes, source, wrt]) => derive(source ?? '', wrt ?? 'x', { shapes })),
    ...columns(`${cases}matrix-identities.tsv`, 'matrix-identities.tsv', (row) => identity(row, row.derivative)),
    ...linesOf(`${cases}correct-notes.txt`, '//').map(({ text, at }) => ({
      id: `correct-notes.txt:${at}`,
      verb: 'check',
      source: JSON.parse(/ ("(?:[^"\\]|\\.)*")$/.exec(text)?.[1] ?? '""'),
    })),
  ];
}

const properties = {
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
function shapesOf(declaration) {
  return declaration
    .split(';')
    .flatMap((part) => {
      const [names = '', rest = ''] = part.split(':');
      const [shape = '', ...words] = rest.trim().split(/\s+/);
      const said = [shapeOf(shape), ...words.map((word) => properties[word] ?? word)].join(' ').trim();
      return names.split(',').map((name) => `${name.trim()}: ${said}`);
    })
    .join(', ');
}

function shapeOf(shape) {
  if (shape.startsWith('index(')) return 'index';
  if (shape === 'scalar') return shape;
  const matrix = /^(\w+)x(\w+)$/.exec(shape);
  return matrix === null ? `vector(${shape})` : `matrix(${matrix[1]}, ${matrix[2]})`;
}

/** An identity as a derivation and as a claim. */
function identity(row, stated) {
  const shapes = shapesOf(row.decl);
  return [
    derive(row.expr, row.var, { shapes }),
    { verb: 'verify', source: `d(${row.expr}, ${row.var}) = ${stated}`, options: { shapes } },
  ];
}

function corpusRows() {
  const read = (name, toRow) => columns(`${corpora}${name}`, name, toRow).map((row) => ({ ...row, brief: true }));
  return [
    ...read('rubi_public_sample.tsv', (row) => derive(row.antiderivative, row.variable)),
    ...read('rubi_generic.tsv', (row) => derive(row.antiderivative, row.variable)),
    ...read('mathjs_derivative_cases.tsv', (row) => derive(row.expr, row.variable)),
    ...read('scalar_rules.tsv', (row) => derive(row.expr, row.variable)),
    ...read('sympy_diff_cases.tsv', (row) => derive(row.expr, row.variable, { order: Number(row.order) })),
    ...read('feynman_partials.tsv', (row) => derive(row.expr, row.variable)),
    ...read('book_exercises_public.tsv', (row) => derive(row.expression, row.variable, { order: Number(row.order) })),
    ...read('matrix_identities_public.tsv', (row) => identity(row, row.derivative)),
    ...read('matrix_identities_wrong_public.tsv', (row) => ({
      verb: 'verify',
      source: `d(${row.expr}, ${row.var}) = ${row.wrong_derivative}`,
      options: { shapes: shapesOf(row.decl) },
    })),
    ...read('matrix_problems_public.tsv', (row) => [
      derive(row.text, row.text_wrt, row.text_shapes === '' ? {} : { shapes: row.text_shapes }),
      derive(row.latex, row.wrt, row.shapes === '' ? {} : { shapes: row.shapes }),
    ]),
    ...read('reading_public.tsv', (row) => {
      const { shape, ...options } = JSON.parse(row.options);
      const source = row.source.replace(/\\n(?=[a-z(]|$)(?!abla|eq|u\b)/g, '\n');
      return derive(source, options.wrt, shape === undefined ? options : { ...options, shapes: shape });
    }),
    ...read('verdicts_public.tsv', (row) => ({
      verb: 'verify',
      source: row.claim,
      options: row.shapes === '' ? {} : { shapes: row.shapes },
    })),
  ];
}

/** Whole documents: our examples, the notes and the errata of the corpora, and their displays one by one. */
function notesRows() {
  const folders = [`${root}examples/`, `${corpora}notes/`, `${corpora}errata/`];
  const documents = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(md|rst)$/.test(file))
      .sort()
      .map((file) => ({ id: file.replaceAll('\\', '/'), verb: 'check', source: readFileSync(folder + file, 'utf8') })),
  );
  const blocks = linesOf(`${corpora}blocks_public.jsonl`).map(({ text, at }) => ({
    id: `blocks_public.jsonl:${at}`,
    verb: 'check',
    source: `$$\n${JSON.parse(text).tex}\n$$\n`,
  }));
  return [...documents, ...blocks];
}
