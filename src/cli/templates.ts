/** The template of a build: one of ours by its name, or a file of the user. */

import { readdirSync } from 'node:fs';
import { nearest } from '../nearest.ts';
import type { BuildFormat } from '../options.ts';
import { fail } from '../problem.ts';
import { packagePath, readInput } from './files.ts';

const ending = '.liquid';

/** Whether a template is named by a path and not by a word. */
export function isPath(template: string): boolean {
  return /[./\\]/.test(template);
}

/** The text of the template that `asked` names; the plain note where nothing is asked for. */
export function readTemplate(asked: string | undefined, format: BuildFormat): string {
  const name = asked ?? 'note';
  if (isPath(name)) return readInput(name);
  if (format === 'md') {
    if (asked === undefined) return '';
    return fail({
      code: 'unknown-option',
      message: 'Markdown takes no template',
      hint: 'the note itself is the frame; leave --template out',
    });
  }
  const folder = packagePath('templates');
  const known = readdirSync(folder).filter((file) => file.endsWith(`.${format}${ending}`));
  if (known.includes(`${name}.${format}${ending}`)) return readInput(`${folder}/${name}.${format}${ending}`);
  const names = known.map((file) => file.split('.')[0] as string);
  const near = nearest(name, names);
  return fail({
    code: 'unknown-option',
    message: `there is no template "${name.slice(0, 40)}" for .${format}`,
    hint: `${near === undefined ? '' : `did you mean ${near}? `}there are ${names.join(', ')}; a path names a file of your own`,
  });
}
