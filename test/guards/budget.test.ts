import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const longestFile = 250;
const longestFunction = 40;

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: `src/${file}`, lines: readFileSync(`src/${file}`, 'utf8').split('\n') }));

/** Functions at the left margin, as the formatter leaves them: from the line that opens one to the `}` that ends it. */
function functionsOf(lines: readonly string[]): { name: string; length: number }[] {
  const found: { name: string; length: number }[] = [];
  lines.forEach((line, at) => {
    const name = /^(?:export )?(?:async )?function\*? (\w+)|^(?:export )?const (\w+).*=> \{$/.exec(line);
    if (name === null) return;
    const end = lines.findIndex((later, place) => place >= at && /^\}/.test(later));
    if (end > 0) found.push({ name: name[1] ?? name[2] ?? '', length: end - at + 1 });
  });
  return found;
}

it('reports files and functions that are larger than is our habit, without failing', () => {
  const long = files.filter(({ lines }) => lines.length > longestFile);
  const large = files.flatMap(({ file, lines }) =>
    functionsOf(lines)
      .filter(({ length }) => length > longestFunction)
      .map(({ name, length }) => `${file} ${name} ${length}`),
  );
  const shown = (entries: readonly string[]): string => entries.map((entry) => `\n  ${entry}`).join('') || ' none';
  console.log(
    `files over ${longestFile} lines:${shown(long.map(({ file, lines }) => `${file} ${lines.length}`))}\n` +
      `functions over ${longestFunction} lines:${shown(large)}`,
  );
  expect(files.flatMap(({ lines }) => functionsOf(lines)).length).toBeGreaterThan(200);
});
