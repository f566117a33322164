/** The library with one fault in it, bundled alone: the fault is put in while the file is read, and no source is touched. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { faultyText, root } from './table.mjs';

const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Where builds are kept; modules that stand outside of them are found from there. */
export const cache = `${root}node_modules/.cache/chainrule-faults/`;

function faultPlugin(fault) {
  const path = resolve(root, fault.file);
  return {
    name: 'fault',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, (args) =>
        args.path === path ? { contents: faultyText(fault), loader: 'ts' } : undefined,
      );
    },
  };
}

/**
 * Bundles the library with `fault`, or as it is where there is none.
 *
 * @returns {Promise<{ module: string, holdsFault: boolean }>} the bundle, and whether the fault's file is part of it
 */
export async function buildLibrary(fault) {
  const module = `${cache}${fault?.id ?? 'sound'}/index.mjs`;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/index.ts'],
    outfile: module,
    bundle: true,
    metafile: true,
    external: Object.keys(dependencies),
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { debug: './scripts/silent-debug.cjs' },
    logLevel: 'error',
    plugins: fault === undefined ? [] : [faultPlugin(fault)],
  });
  return { module, holdsFault: fault !== undefined && metafile.inputs[fault.file] !== undefined };
}
