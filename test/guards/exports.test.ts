import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ruleIds } from '../../src/explain/words.ts';

function filesIn(folder: string): readonly (readonly [file: string, text: string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$|\.mjs$/.test(name))
    .map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]);
}

const sources = filesIn('src');
const others = [...filesIn('test'), ...filesIn('scripts')];

/** What the package or the command is entered by: its exports are for its users. */
const entries: ReadonlySet<string> = new Set(['src/index.ts', 'src/html.ts', 'src/figure.ts', 'src/remark.ts']);

it('exports nothing that no other file uses', () => {
  const users = new Map<string, number>();
  for (const [, text] of [...sources, ...others]) {
    for (const word of new Set(text.match(/\b[A-Za-z_]\w*\b/g))) users.set(word, (users.get(word) ?? 0) + 1);
  }
  const unused = sources.flatMap(([file, text]) =>
    entries.has(file) || file.startsWith(join('src', 'cli'))
      ? []
      : [...text.matchAll(/^export (?:async )?(?:function\*?|const|class|interface|type|let) (\w+)/gm)]
          .filter(([, name = '']) => users.get(name) === 1)
          .map(([, name]) => `${file}: ${name}`),
  );
  expect(unused).toEqual([]);
});

it('has words for no rule that nothing makes', () => {
  const makers = sources.filter(([file]) => !/^src.explain.(?:words|en|ja)\.ts$/.test(file));
  const idle = ruleIds.filter((id) => !makers.some(([, text]) => text.includes(`'${id}'`)));
  expect(idle).toEqual([]);
});
