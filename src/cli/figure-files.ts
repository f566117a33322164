/** `build --figures FOLDER`: the figures of a Markdown note as files beside it, to which it links. */

import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import type { Address } from '../build/figures.ts';
import type { BuildFormat } from '../options.ts';
import { fail } from '../problem.ts';
import { isStandardOutput, makeFolder, writeOutput } from './output.ts';

export interface FigureFiles {
  readonly address: Address;
  /** Writes what has got an address: before the note, so that it never links to what is not there. */
  readonly write: () => void;
}

/** Files in `folder`, seen from that of the output. They are named after it, so that notes may share a folder. */
export function figureFiles(note: string, output: string, format: BuildFormat, folder: string): FigureFiles {
  if (format !== 'md') refuseFigures();
  const home = isStandardOutput(output) ? '.' : dirname(output);
  const name = isStandardOutput(output) ? note : output;
  const stem = name === '-' ? 'notes' : basename(name, extname(name));
  const drawn = new Map<string, string>();
  return {
    address: (svg, number) => {
      const file = join(resolve(home, folder), `${stem}-figure-${number}.svg`);
      drawn.set(file, svg);
      return linkTo(relative(resolve(home), file));
    },
    write: () => {
      if (drawn.size > 0) makeFolder(resolve(home, folder));
      for (const [file, svg] of drawn) writeOutput(svg, file);
    },
  };
}

/** A path as Markdown wants it: nothing in it that ends the link. */
function linkTo(path: string): string {
  return encodeURI(path.replaceAll('\\', '/')).replace(/[()#?]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function refuseFigures(): never {
  return fail({
    code: 'unknown-option',
    message: '--figures is for Markdown: other formats hold their figures',
    hint: 'leave --figures out, or write to a file that ends in .md',
  });
}
