/** Writes the declarations of the entries into dist/types, and of the other modules those that the entries name. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = join('dist', 'types');
rmSync(folder, { recursive: true, force: true });
const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', '.', '--emitDeclarationOnly', '--outDir', folder], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);

const named = new Set();
function follow(file) {
  if (named.has(file)) return;
  named.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from |import |import\()'(\.[^']+)\.[jt]s'/g))
    follow(join(dirname(file), `${path}.d.ts`));
}
for (const entry of ['index', 'html', 'figure', 'remark']) follow(join(folder, `${entry}.d.ts`));

for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  const path = join(folder, file);
  if (file.endsWith('.d.ts') && !named.has(path)) rmSync(path);
}
