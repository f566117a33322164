import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder, run } from '../support/command.ts';

/** A folder with a way to name what is in it. */
function place(): (name: string) => string {
  const folder = newFolder();
  return (name) => join(folder, name);
}

describe('standard output', () => {
  it.each([
    ['html', [], '<!doctype html>'],
    ['markdown', ['--format', 'markdown'], '```derive wrt=x'],
    ['latex', ['--format', 'latex'], '\\documentclass'],
    ['typst', ['--format', 'typst'], '#set page'],
  ])('is what -o - means for build: %s', async (_, flags, expected) => {
    const { code, stdout, stderr } = await run(['build', '-', '-o', '-', ...flags], {
      input: '```derive wrt=x\nx^2\n```\n',
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(expected);
  });
});

describe('--figures', () => {
  const note = '```derive wrt=x figure\nx^2\n```\n\n```derive wrt=x\nx^3\n```\n\n```derive wrt=x figure\nsin(x)\n```\n';

  it.each([
    ['.', 'out-figure-1.svg', 'out-figure-3.svg'],
    ['my figures (1)', 'my%20figures%20%281%29/out-figure-1.svg', 'my%20figures%20%281%29/out-figure-3.svg'],
  ])('%s puts the figures of Markdown into files', async (folder, ...links) => {
    const at = place();
    writeFileSync(at('notes.md'), note);
    const result = await run(['build', at('notes.md'), '-o', at('out.md'), '--figures', folder]);
    expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
    const text = readFileSync(at('out.md'), 'utf8');
    expect([...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map((match) => match[1])).toEqual(links);
    for (const link of links) {
      expect(readFileSync(at(decodeURIComponent(link)), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    }
  });

  it('stand in the note itself otherwise', async () => {
    const { stdout } = await run(['build', '-', '-o', '-', '--format', 'markdown'], { input: note });
    expect(stdout.match(/\(data:image\/svg\+xml;base64,/g)).toHaveLength(2);
  });

  it('is for Markdown', async () => {
    const { code, stderr } = await run(['build', '-', '-o', '-', '--figures', '.'], { input: note });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: --figures is for Markdown: other formats hold their figures\nhint: leave --figures out, or write to a file that ends in .md\n',
    });
  });
});
