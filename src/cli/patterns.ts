/** Patterns of files, as `check "notes/*.md"`: a bundle of its own, loaded where a name has a sign of a pattern in it. */

import { existsSync } from 'node:fs';
import { globSync, isDynamicPattern } from 'tinyglobby';
import type { Problem } from '../problem.ts';

/** What nobody means by `**`: eslint and prettier leave it out as well. */
const leftOut = ['**/node_modules/**', '**/.git/**'];

/** The files that are named, patterns expanded, each once; or the pattern that matches none. `!` leaves files out. */
export function expandPatterns(files: readonly string[]): readonly string[] | { readonly problem: Problem } {
  const isPattern = (file: string): boolean => file !== '-' && !existsSync(file) && isDynamicPattern(file);
  const without = files.filter((file) => file.startsWith('!') && !existsSync(file)).map((file) => file.slice(1));
  const found = new Set<string>();
  for (const file of files) {
    if (file.startsWith('!') && !existsSync(file)) continue;
    if (!isPattern(file)) {
      found.add(file);
      continue;
    }
    const matches = globSync(file, { ignore: [...leftOut, ...without], expandDirectories: false });
    if (matches.length === 0) return { problem: nothingMatches(file) };
    for (const match of matches.sort()) found.add(match);
  }
  return found.size > 0 ? [...found] : { problem: nothingLeft };
}

function nothingMatches(pattern: string): Problem {
  return {
    code: 'unreadable-file',
    message: `no file matches ${pattern.slice(0, 80)}`,
    hint: 'check the path; "notes/*.md" is a folder, "notes/**/*.md" those below it as well; see chainrule check --help',
  };
}

const nothingLeft: Problem = {
  code: 'unreadable-file',
  message: 'only files to leave out are named, and none to check',
  hint: 'chainrule check "notes/*.md" "!notes/draft.md"; see chainrule check --help',
};
