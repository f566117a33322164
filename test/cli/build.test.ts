import { execFile, spawn } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function run(args: readonly string[], input = '') {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['bin/chainrule', ...args],
      { maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
    child.stdin?.end(input);
  });
}

const block = '```derive wrt=x\nx^2\n```\n';

/** A folder with the file `notes.md` in it. */
function folderWith(note: string): { path: (name: string) => string; list: () => string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-build-'));
  writeFileSync(join(folder, 'notes.md'), note);
  return { path: (name) => join(folder, name), list: () => readdirSync(folder).sort() };
}

describe('build', () => {
  it.each([
    ['html', '</html>\n'],
    ['md', '<!-- chainrule:end -->\n'],
    ['tex', '\\end{document}\n'],
    ['typ', 'the answer verified against the source.\n'],
  ])('writes .%s, whole', async (ending, end) => {
    const { path, list } = folderWith(block);
    const { code, stdout, stderr } = await run(['build', path('notes.md'), '-o', path(`out.${ending}`)]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(path(`out.${ending}`), 'utf8').endsWith(end)).toBe(true);
    expect(list()).toEqual(['notes.md', `out.${ending}`].sort());
  });

  it('reads standard input', async () => {
    const { path } = folderWith('');
    expect((await run(['build', '-', '-o', path('out.md')], block)).code).toBe(0);
    expect(readFileSync(path('out.md'), 'utf8')).toContain('2 x');
  });

  it('writes a page that needs nothing from elsewhere', async () => {
    const { path } = folderWith(`${block}\n![drawing](a.svg) and [link](https://example.org)\n`);
    writeFileSync(path('a.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await run(['build', path('notes.md'), '-o', path('out.html')]);
    const page = readFileSync(path('out.html'), 'utf8');
    expect(page).toContain('src="data:image/svg+xml;base64,');
    expect(page.match(/<script/gi)).toBeNull();
    expect([...page.matchAll(/(?:src|url\(|@import)[="(' ]*(https?:|\.\.?\/)/g)]).toEqual([]);
  });

  it.each([
    ['a block that is wrong', '```derive wrt=x\nx^\n```', 2],
    ['a derivative left standing', '```derive wrt=n\nsum(x[i], i, 1, n)\n```', 3],
    ['nothing to derive', 'text', 0],
  ])('ends in its exit code for %s, and writes the page', async (_, note, code) => {
    const { path } = folderWith(note);
    expect((await run(['build', path('notes.md'), '-o', path('out.html')])).code).toBe(code);
    expect(existsSync(path('out.html'))).toBe(true);
  });

  it('names the place of what is wrong', async () => {
    const { path } = folderWith('text\n\n```derive wrt=x\nx^2 +\n```');
    const { stderr } = await run(['build', path('notes.md'), '-o', path('out.html')]);
    expect(stderr.replace(path('notes.md'), 'notes.md')).toBe(
      'notes.md:4:6 error: the expression ends too early\n\n  x^2 +\n       ^\n\nhint: products need a sign or a space, functions their parentheses: 2 x, sin(x)\n',
    );
  });

  it.each([
    ['no output', ['notes.md'], 'error: it is not said where to write'],
    ['no format', ['notes.md', '-o', 'out.pdf'], 'error: it is not clear what out.pdf should be'],
    ['no note', ['none.md', '-o', 'out.html'], "error: none.md can't be read: there is no such file"],
    [
      'no folder',
      ['notes.md', '-o', 'none/out.html'],
      "error: none/out.html can't be written: its folder does not exist",
    ],
    [
      'no template',
      ['notes.md', '-o', 'out.html', '--template', 'poster'],
      'error: there is no template "poster" for .html',
    ],
    [
      'a template for Markdown',
      ['notes.md', '-o', 'out.md', '--template', 'note'],
      'error: Markdown takes no template',
    ],
    ['a watched input', ['-', '-o', 'out.html', '--watch'], "error: standard input can't be watched"],
    [
      'a watched standard output',
      ['notes.md', '-o', '-', '--watch'],
      "error: what is written to standard output can't be watched",
    ],
  ])('is refused with %s', async (_, args, message) => {
    const { path, list } = folderWith(block);
    const bin = join(process.cwd(), 'bin/chainrule');
    const { code, stderr } = await new Promise<{ code: number; stderr: string }>((resolve) => {
      const child = execFile(process.execPath, [bin, 'build', ...args], { cwd: path('.') }, (error, _stdout, text) =>
        resolve({ code: Number(error?.code), stderr: text }),
      );
      child.stdin?.end();
    });
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(list()).toEqual(['notes.md']);
  });
});

describe('the input', () => {
  it.each([
    ['its own name', 'notes.md', () => {}],
    ['a symbolic link', 'out.md', (from: string, to: string) => symlinkSync(from, to)],
    ['a hard link', 'out.md', (from: string, to: string) => linkSync(from, to)],
  ])('is not overwritten through %s', async (_, output, link) => {
    const { path } = folderWith(block);
    link(path('notes.md'), path(output));
    const { code, stderr } = await run(['build', path('notes.md'), '-o', path(output)]);
    expect(code).toBe(2);
    expect(stderr).toContain('is the input itself, which is never overwritten');
    expect(readFileSync(path('notes.md'), 'utf8')).toBe(block);
  });

  it('may be linked from elsewhere: an output that is a link stays one', async () => {
    const { path } = folderWith(block);
    writeFileSync(path('real.html'), 'old', { mode: 0o600 });
    symlinkSync(path('real.html'), path('out.html'));
    expect((await run(['build', path('notes.md'), '-o', path('out.html')])).code).toBe(0);
    expect(readFileSync(path('real.html'), 'utf8')).toContain('</html>');
    expect(statSync(path('real.html')).mode & 0o777).toBe(0o600);
  });
});

describe('a template', () => {
  it("of one's own is filled, what it prints escaped", async () => {
    const { path } = folderWith(`# A < B\n\n${block}`);
    writeFileSync(path('my.liquid'), '{{ title }}|{{ words.answer }}|{{ derivations[0].source }}|{{ lang }}');
    expect((await run(['build', path('notes.md'), '-o', path('out.html'), '--template', path('my.liquid')])).code).toBe(
      0,
    );
    expect(readFileSync(path('out.html'), 'utf8')).toBe('A &lt; B|Answer|x^2|en\n');
  });

  it.each([
    ['{% include "notes.md" %}', "a template can't use {% include %}: it reads no files"],
    ['{% render "notes.md" %}', "a template can't use {% render %}: it reads no files"],
    ['{% layout "notes.md" %}', "a template can't use {% layout %}: it reads no files"],
    ['{% for i in (1..1000000000) %}x{% endfor %}', 'memory alloc limit exceeded'],
    ['{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}', 'limit exceeded'],
    ['{{ nothing }}', 'undefined variable: nothing'],
    ['{{ title.constructor.constructor }}', 'undefined variable'],
    ['{{ title | nothing }}', 'undefined filter: nothing'],
    ['{% for %}', "the template can't be used"],
  ])('is refused: %s', async (template, message) => {
    const { path } = folderWith(block);
    writeFileSync(path('my.liquid'), template);
    const args = ['build', path('notes.md'), '-o', path('out.html'), '--template', path('my.liquid')];
    const { code, stderr } = await run(args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(existsSync(path('out.html'))).toBe(false);
  });
});

describe('--watch', () => {
  it('builds again and says what changed', async () => {
    const { path } = folderWith(`before\n\n${block}`);
    const child = spawn(process.execPath, [
      'bin/chainrule',
      'build',
      path('notes.md'),
      '-o',
      path('out.html'),
      '--watch',
    ]);
    let said = '';
    const until = (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => said.includes(text) && resolve();
        child.stderr.on('data', look);
        look();
      });
    child.stderr.on('data', (data) => {
      said += data;
    });
    await until('watching');
    expect(readFileSync(path('out.html'), 'utf8')).toContain('before');
    writeFileSync(path('notes.md'), `after\n\n${block}`);
    await until('text changed (line 1)');
    expect(readFileSync(path('out.html'), 'utf8')).toContain('after');
    writeFileSync(path('notes.md'), `after\n\n${block.replace('x^2', 'x^')}`);
    await until('block 1 changed (line 3)');
    expect(said).toContain('error: the expression ends too early');
    child.kill();
  });
});

describe('an output', () => {
  it('is whole or absent, however often the process is killed while it writes', { timeout: 240_000 }, async () => {
    const { path, list } = folderWith(`${block}\n![a](a.png) ![b](b.png)\n`);
    // Large images, so that writing takes a while.
    for (const name of ['a.png', 'b.png']) writeFileSync(path(name), Buffer.alloc(4_900_000, name));
    const output = path('out.html');
    let interrupted = 0;
    for (let round = 0; round < 50; round++) {
      if (round % 2 === 0) rmSync(output, { force: true });
      const before = existsSync(output) ? readFileSync(output, 'utf8').length : 0;
      const finished = await killedWhileWriting(path('.'), ['build', path('notes.md'), '-o', output], round);
      if (!finished) interrupted++;
      const after = existsSync(output) ? readFileSync(output, 'utf8') : '';
      expect(after === '' || after.endsWith('</html>\n')).toBe(true);
      if (before > 0) expect(after).not.toBe('');
    }
    expect(interrupted).toBeGreaterThan(10);
    for (const left of list().filter((name) => name.endsWith('.tmp'))) rmSync(path(left));
    expect((await run(['build', path('notes.md'), '-o', output])).code).toBe(0);
    expect(list()).toEqual(['a.png', 'b.png', 'notes.md', 'out.html']);
  });
});

/** Kills the command some time after its temporary file appears; whether it was done by then. */
function killedWhileWriting(folder: string, args: readonly string[], round: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['bin/chainrule', ...args], { stdio: 'ignore' });
    const watcher = watch(folder, (_event, name) => {
      if (name?.endsWith('.tmp') !== true) return;
      watcher.close();
      setTimeout(() => child.kill('SIGKILL'), round / 4);
    });
    child.on('exit', (code) => {
      watcher.close();
      resolve(code === 0);
    });
  });
}
