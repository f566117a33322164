import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
const bin = resolve('bin/chainrule');

function run(args: readonly string[], input: string | Buffer = '') {
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const child = execFile(
      process.execPath,
      [bin, ...args],
      { cwd: folder, maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

const right = '$$\n\\frac{\\partial}{\\partial x} x^2 = 2 x\n$$\n';
const note = write('right.md', right);
write('open.md', '$$\na = \\int_D b \\, dx = c\n$$\n');
write('prose.md', 'Words.\n');
write('empty.md', '\n');
write('binary.md', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]));
write('latin1.md', Buffer.from(`Zeile\nF\u00fcr\n\n${right}`, 'latin1'));
write('wide.md', Buffer.from(`\ufeff${right}`, 'utf16le'));
write('wide-be.md', Buffer.from(`\ufeff${right}`, 'utf16le').swap16());
write('odd.md', Buffer.concat([Buffer.from(`\ufeff${right}`, 'utf16le'), Buffer.from([0x41])]));
write('marked.md', `\ufeff${right.replace('2 x', '3 x')}`);
write('long.md', 'word '.repeat(400_001));
write('endless.md', 'x'.repeat(8_000_001));
write('notes.tex', `\\begin{align}\n\\frac{\\partial}{\\partial x} x^2 = 2 x\n\\end{align}\n`);
mkdirSync(join(folder, 'folder.md'));

describe('a file that check can not read', () => {
  it.each([
    ['absent.md', "error: absent.md can't be read: there is no such file\nhint: check the path\n"],
    ['folder.md', "error: folder.md can't be read: it is a folder\nhint: name a file in it\n"],
    [
      'binary.md',
      'error: binary.md is binary and no text\nhint: a text in UTF-8 is expected, or in UTF-16 with a byte order mark\n',
    ],
    [
      'latin1.md',
      "error: latin1.md is not UTF-8: byte FC in line 2 can't be read\nhint: save it as UTF-8: iconv -f LATIN1 -t UTF-8\n",
    ],
    ['odd.md', 'error: odd.md begins as UTF-16 does and goes on otherwise\nhint: save it as UTF-8\n'],
    ['long.md', 'long.md error: this note is too long\nhint: split it: two million characters at most\n'],
    ['endless.md', 'error: endless.md is too long\nhint: split it: eight million bytes at most\n'],
  ])('loses its own report alone: %s', async (bad, said) => {
    const { code, stdout, stderr } = await run(['check', note, bad, 'open.md']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: said });
    expect(stdout).toContain('1 equality holds · 1 not judged');
    expect(await run(['check', bad])).toEqual({ code: 2, stdout: '', stderr: said });
  });

  it.skipIf(process.getuid?.() === 0)('loses its own report alone: without permission', async () => {
    chmodSync(join(folder, write('locked.md', right)), 0);
    const { code, stdout, stderr } = await run(['check', 'locked.md', note]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "error: locked.md can't be read: you may not read it\nhint: ask its owner, or change its permissions\n",
    });
    expect(stdout).toContain('1 holds');
  });

  it('is named where it is standard input', async () => {
    const { code, stderr } = await run(['check', '-'], Buffer.from([0xff, 0xfe, 0x00]));
    expect({ code, stderr: stderr.split('\n')[0] }).toEqual({
      code: 2,
      stderr: 'error: standard input begins as UTF-16 does and goes on otherwise',
    });
  });
});

describe('a file with little to check', () => {
  it.each([
    ['empty.md', 'warning: empty.md is empty\n', 1],
    ['prose.md', 'warning: no equations in 1 file: prose.md\n', 1],
    ['notes.tex', 'warning: notes.tex is read as Markdown, which its name does not say\n', 0],
  ])('is said to be so: %s', async (name, said, strict) => {
    expect(await run(['check', name])).toMatchObject({ code: 0, stderr: said });
    expect(await run(['check', name, '--strict'])).toMatchObject({ code: strict, stderr: said });
  });

  it('is counted among the others', async () => {
    const { code, stderr } = await run(['check', 'prose.md', note, 'empty.md', 'prose.md']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'warning: empty.md is empty\nwarning: no equations in 1 file: prose.md\n',
    });
    expect((await run(['check', 'prose.md', note, '--strict'])).code).toBe(0);
    expect((await run(['check', 'open.md', note, '--strict'])).code).toBe(1);
  });
});

describe('encodings', () => {
  it.each(['wide.md', 'wide-be.md'])('UTF-16 is read where a byte order mark says so: %s', async (name) => {
    const { code, stdout, stderr } = await run(['check', name]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('1 equality holds');
  });

  it('places are those of the file behind a byte order mark', async () => {
    const { code, stdout } = await run(['check', 'marked.md', '--format', 'json']);
    const [found] = JSON.parse(stdout) as {
      start: { line: number; column: number; offset: number };
      end: { offset: number };
    }[];
    expect(code).toBe(1);
    expect(found?.start).toMatchObject({ line: 2 });
    const text = readFileSync(join(folder, 'marked.md'), 'utf8');
    expect(text.slice(found?.start.offset, found?.end.offset)).toBe('3 x');
  });

  it('build and derive refuse what they can not read', async () => {
    expect(await run(['build', 'latin1.md', '-o', 'out.html'])).toMatchObject({ code: 2, stdout: '' });
    expect(await run(['build', 'empty.md', '-o', 'out.html'])).toMatchObject({
      code: 0,
      stderr: 'warning: empty.md is empty\n',
    });
    const { code, stderr } = await run(['derive', '-', '--wrt', 'x'], Buffer.from([0x78, 0xff]));
    expect({ code, stderr: stderr.split('\n')[0] }).toEqual({
      code: 2,
      stderr: "error: standard input is not UTF-8: byte FF in line 1 can't be read",
    });
  });
});
