import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder, run } from '../support/command.ts';

/** A folder with a way to name what is in it. */
function place(): (name: string) => string {
  const folder = newFolder();
  return (name) => join(folder, name);
}

describe('line ends', () => {
  const note = (end: string): string => ['# T', '', '> ```derive wrt=x', '> x^2', '> ```', '', 'end'].join(end);

  it.each([
    ['md', '\r\n'],
    ['md', '\n'],
    ['html', '\r\n'],
    ['html', '\n'],
    ['tex', '\r\n'],
    ['typ', '\r\n'],
  ])('in .%s are those of the note: %j', async (ending, end) => {
    const at = place();
    writeFileSync(at('notes.md'), note(end));
    expect((await run(['build', at('notes.md'), '-o', at(`out.${ending}`)])).code).toBe(0);
    const ends = readFileSync(at(`out.${ending}`), 'utf8').match(/\r?\n|\r/g) ?? [];
    expect(ends.length).toBeGreaterThan(10);
    expect(new Set(ends)).toEqual(new Set([end]));
  });

  it('stay through another run', async () => {
    const at = place();
    writeFileSync(at('notes.md'), note('\r\n'));
    await run(['build', at('notes.md'), '-o', at('one.md')]);
    await run(['build', at('one.md'), '-o', at('two.md')]);
    expect(readFileSync(at('two.md'), 'utf8')).toBe(readFileSync(at('one.md'), 'utf8'));
    expect(readFileSync(at('one.md'), 'utf8').startsWith(note('\r\n').slice(0, -7))).toBe(true);
  });

  it('are not shown in messages', async () => {
    const at = place();
    const { stderr } = await run(['build', '-', '-o', at('out.md')], { input: '```derive wrt=x\r\nx +\r\n```\r\n' });
    expect(stderr).toContain('\n\n  x +\n     ^\n\n');
  });
});
