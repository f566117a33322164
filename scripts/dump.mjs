/**
 * `npm run dump -- FILE` writes every answer, step, printed text and verdict of every table, corpus and note to FILE, one
 * row a line; `npm run dump -- --compare BEFORE AFTER` says which rows differ, and in what. It asks the built package, as
 * users do, so that two builds can be compared letter by letter. `--lib FOLDER` takes the `dist` of another checkout,
 * `--only TEXT` the rows whose id holds TEXT, `--show N` prints at most N differences of each kind (5).
 */

import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createGunzip, createGzip } from 'node:zlib';
import { readRows } from './dump/rows.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    compare: { type: 'boolean', default: false },
    lib: { type: 'string', default: 'dist' },
    only: { type: 'string', default: '' },
    show: { type: 'string', default: '5' },
  },
});

if (values.compare && positionals.length === 2) await compare(positionals[0], positionals[1], Number(values.show));
else if (!values.compare && positionals.length === 1) await write(positionals[0]);
else {
  console.error('usage: npm run dump -- FILE | npm run dump -- --compare BEFORE AFTER');
  process.exitCode = 2;
}

async function write(file) {
  const begun = performance.now();
  const folder = pathToFileURL(`${values.lib}/`);
  const library = await import(new URL('index.js', folder));
  const { toHtml } = await import(new URL('html.js', folder));
  const printers = {
    terminal: (result, lang) => library.toTerminal(result, { lang, color: false }),
    markdown: (result, lang) => library.toMarkdown(result, { lang }),
    latex: (result, lang) => library.toLatex(result, { lang }),
    typst: (result, lang) => library.toTypst(result, { lang }),
    html: (result, lang) => toHtml(result, { lang }),
  };
  const print = (result, languages) =>
    Object.entries(printers).flatMap(([format, printer]) =>
      languages.map((lang) => [`${format} ${lang}`, printer(result, lang)]),
    );
  const answer = ({ verb, source, options, brief }) => {
    if (verb === 'verify' || verb === 'check') return { verdict: library[verb](source, options) };
    if (verb === 'parse') return { tree: String(library.parse(source, options)) };
    const { names, notices, ...every } = library[verb](source, { ...options, detail: 'every' });
    const reading = { names, notices };
    // The corpora are there for answers and steps; what they look like, our own tables show.
    if (brief === true) return { every, reading, terminal: printers.terminal(every, 'en') };
    const { names: _, notices: __, ...standard } = library[verb](source, options);
    return { every, standard, reading, ...Object.fromEntries(print(standard, ['en', 'ja'])) };
  };
  const zip = createGzip({ level: 1 });
  const done = once(zip.pipe(createWriteStream(file)), 'finish');
  const rows = readRows().filter(({ id }) => id.includes(values.only));
  let thrown = 0;
  for (const row of rows) {
    let got;
    try {
      got = answer(row);
    } catch (error) {
      thrown++;
      got = { error: error.problem ?? `untyped: ${error}` };
    }
    const line = JSON.stringify({ id: row.id, asked: [row.verb, row.source, row.options], got });
    if (!zip.write(`${line}\n`)) await once(zip, 'drain');
  }
  zip.end();
  await done;
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${rows.length} rows, ${thrown} of them refused, in ${seconds} s: ${file}`);
}

async function* linesOf(file) {
  yield* createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY });
}

/** A row is known by its file and by what it asks, as lines move. */
function keyOf({ id, asked }) {
  return `${id.split(':')[0]} ${JSON.stringify(asked)}`;
}

async function compare(before, after, most) {
  const old = new Map();
  for await (const line of linesOf(before)) old.set(keyOf(JSON.parse(line)), line);
  const kinds = new Map();
  let equal = 0;
  const note = (kind, text) => {
    const found = kinds.get(kind) ?? [];
    kinds.set(kind, found);
    found.push(text);
  };
  for await (const line of linesOf(after)) {
    const { id, asked, got } = JSON.parse(line);
    const key = keyOf({ id, asked });
    const known = old.get(key);
    old.delete(key);
    const then = known === undefined ? undefined : JSON.parse(known);
    // How a source was read is compared where both builds say it.
    if (then !== undefined && then.got.reading === undefined) delete got.reading;
    if (JSON.stringify(then?.got) === JSON.stringify(got) && JSON.stringify(then?.asked) === JSON.stringify(asked))
      equal++;
    else if (then === undefined) note('new row', id);
    else {
      if (JSON.stringify(then.asked) !== JSON.stringify(asked)) note('asked otherwise', id);
      else
        note(differing(then.got, got).join(', '), `${id} ${asked[0]} ${asked[1].slice(0, 160)}${first(then.got, got)}`);
    }
  }
  for (const key of old.keys()) note('gone', key.slice(0, 200));
  const all = [...kinds].sort((a, b) => b[1].length - a[1].length);
  for (const [kind, rows] of all) {
    console.log(`\n${rows.length} rows: ${kind}`);
    for (const row of rows.slice(0, most)) console.log(`  ${row}`);
  }
  const differ = all.reduce((total, [, rows]) => total + rows.length, 0);
  console.log(`\n${equal} rows equal, ${differ} differ`);
  process.exitCode = differ > 0 ? 1 : 0;
}

function differing(then, now) {
  const keys = new Set([...Object.keys(then), ...Object.keys(now)]);
  return [...keys].filter((key) => JSON.stringify(then[key]) !== JSON.stringify(now[key]));
}

/** Where the answers part, in short. */
function first(then, now) {
  const [key] = differing(then, now);
  const [a = '', b = ''] = [then[key], now[key]].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const around = (text) => text.slice(Math.max(0, at - 60), at + 100).replaceAll('\n', '⏎');
  return `\n      - ${around(a)}\n      + ${around(b)}`;
}
