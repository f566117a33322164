import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Layers from the bottom; a file imports from layers below its own, or from its own folder. */
const layers: readonly (readonly string[])[] = [
  ['columns.ts'],
  ['problem.ts', 'nearest.ts', 'certificate.ts'],
  ['work.ts'],
  ['options.ts'],
  ['option-table.ts'],
  ['library-options.ts'],
  ['syntax'],
  ['term'],
  ['numbers'],
  ['rules', 'oracle'],
  ['meaning', 'writing'],
  ['calculus', 'endtoend'],
  ['derivation'],
  ['notes'],
  ['explain'],
  ['render'],
  ['answer.ts'],
  ['printed'],
  ['pipeline.ts', 'check.ts', 'parse.ts'],
  ['derive.ts', 'request.ts'],
  ['build'],
  ['remark', 'cli', 'element'],
  ['index.ts', 'html.ts', 'figure.ts', 'remark.ts'],
];

/** Beside the readers, the files that may import KaTeX: for our formulas, and for those of authors. */
const typesetters = ['src/render/typeset.ts', 'src/render/author-formula.ts'];
/** The one that has its fonts and style sheet put into a bundle. */
const assets = 'src/cli/katex-assets.ts';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `src/${file.replaceAll('\\', '/')}`);

function unitOf(file: string): string {
  const [, first = ''] = file.split('/');
  return first;
}

function layerOf(file: string): number {
  return layers.findIndex((units) => units.includes(unitOf(file)));
}

interface Import {
  readonly from: string;
  readonly to: string;
}

const pattern = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*'([^']+)'|import\('([^']+)'\)/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(pattern)].map((match) => {
    const name = match[1] ?? match[2] ?? '';
    return { from: file, to: name.startsWith('.') ? normalize(join(dirname(file), name)) : name };
  });
}

const imports = files.flatMap(importsOf);
const internal = imports.filter(({ to }) => to.startsWith('src/'));

describe('the layers', () => {
  it('hold every file', () => {
    expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
    expect(internal.length).toBeGreaterThan(200);
  });

  it('are imported strictly downward, types included', () => {
    const upward = internal.filter(({ from, to }) => unitOf(from) !== unitOf(to) && layerOf(to) >= layerOf(from));
    expect(upward).toEqual([]);
  });

  it('hold no circle of imports', () => {
    const graph = new Map(
      files.map((file) => [file, internal.filter(({ from }) => from === file).map(({ to }) => to)]),
    );
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('keep the oracle apart from the rules', () => {
    const crossing = internal.filter(({ from, to }) => unitOf(from) === 'oracle' && unitOf(to) === 'rules');
    expect(crossing).toEqual([]);
  });

  it("keep mathjs and KaTeX in syntax, KaTeX's renderer in render, files and processes at the edges", () => {
    const outside = imports.filter(
      ({ from, to }) =>
        (/^(mathjs|katex)/.test(to) &&
          unitOf(from) !== 'syntax' &&
          !(to === 'katex' && typesetters.includes(from)) &&
          !(to.startsWith('katex/dist/') && from === assets)) ||
        (/^node:/.test(to) && unitOf(from) !== 'cli'),
    );
    expect(outside).toEqual([]);
  });
});

describe('the sources', () => {
  it('never evaluate a text as code', () => {
    const suspicious = /\beval\s*\(|new Function\b|\.compile\(|\bmath(?:js)?\.evaluate\(/;
    expect(
      files.filter((file) => suspicious.test(readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))),
    ).toEqual([]);
  });
});
