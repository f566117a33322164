import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the answer's certificate may stand on: what is read, and numbers. */
const allowed = /^src\/(?:endtoend\/|syntax\/|numbers\/|certificate\.ts$)/;
/** What numbers stand on: exact fractions, which know nothing of terms. */
const below = /^src\/(?:numbers\/|term\/rational\.ts$)/;

function importsOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const from = join(folder, file);
      const names = [...readFileSync(from, 'utf8').matchAll(/(?:from\s+|import\(|import\s+)'(\.[^']+)'/g)];
      return names.map(([, name]) => normalize(join(dirname(from), name as string)));
    });
}

describe('the certificate of the answer', () => {
  it('imports syntax and number functions only', () => {
    const imports = importsOf('src/endtoend');
    expect(imports.length).toBeGreaterThan(30);
    expect(imports.filter((path) => !allowed.test(path))).toEqual([]);
  });

  it('stands on numbers that know no terms', () => {
    const imports = importsOf('src/numbers');
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.filter((path) => !below.test(path))).toEqual([]);
    expect(importsOf('src/syntax').filter((path) => !/^src\/(?:syntax\/|[a-z-]+\.ts$)/.test(path))).toEqual([]);
  });
});
