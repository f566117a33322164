/**
 * Outside `npm test`: `node scripts/torture-writing.mjs [ROUNDS]`, 50 unless given, puts `-o` through what can go wrong: kill -9
 * while it writes, a full disk, a folder that can only be read, FIFOs, devices, links that lead nowhere, equal process ids.
 * After each round the old file or the new one has to be there, whole, and what was no file has to be what it was.
 *
 * Everything happens in a folder of its own. A full disk is a small file system in memory, where one may be mounted; devices are
 * made where one may make them. What can't be tried here is said to be left out.
 */

import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const rounds = Number(process.argv[2] ?? 50);
const bin = resolve('bin/chainrule');
const folder = mkdtempSync(join(tmpdir(), 'chainrule-torture-'));
const at = (name) => join(folder, name);
const isRoot = process.getuid?.() === 0;
chmodSync(folder, 0o755);

const old = `${'what was there before\n'.repeat(1000)}`;
const page = ['derive', '--example', 'backprop', '--format', 'html'];

function run(args, through = []) {
  const [program, ...rest] = [...through, process.execPath, bin, ...args];
  return new Promise((done) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    let stdout = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
}

const succeeds = (program, ...args) => spawnSync(program, args).status === 0;

const { stdout: whole } = await run(page);
const temporary = (where) => readdirSync(where).filter((name) => name.endsWith('.tmp'));

/** Each answers what is wrong after a round, or nothing. */
const trials = {
  'kill -9 while it writes': {
    async round(number) {
      const place = at('kill');
      mkdirSync(place, { recursive: true });
      const file = join(place, 'out.html');
      if (number % 2 === 0) writeFileSync(file, old);
      else rmSync(file, { force: true });
      const child = spawn(process.execPath, [bin, ...page, '-o', file], { stdio: 'ignore' });
      const watcher = watch(place, (_event, name) => {
        if (name?.endsWith('.tmp')) setTimeout(() => child.kill('SIGKILL'), (number % 10) / 5);
      });
      const signal = await new Promise((done) => child.on('exit', (_code, signal) => done(signal)));
      watcher.close();
      this.hits += signal === 'SIGKILL' ? 1 : 0;
      if (!existsSync(file)) return number % 2 === 0 ? 'the old file is gone' : undefined;
      const text = readFileSync(file, 'utf8');
      if (text !== whole && !(number % 2 === 0 && text === old)) return 'the file is neither the old nor the new one';
      return undefined;
    },
    hits: 0,
    // What a killed process has left is in nobody's way.
    async end() {
      const { code } = await run([...page, '-o', join(at('kill'), 'out.html')]);
      return code === 0
        ? `${this.hits} killed, ${temporary(at('kill')).length} stale files`
        : 'FAILS after stale files';
    },
  },
  'kill -9 at any time': {
    async round(number) {
      const file = at('any.html');
      writeFileSync(file, old);
      const child = spawn(process.execPath, [bin, ...page, '-o', file], { stdio: 'ignore' });
      setTimeout(() => child.kill('SIGKILL'), number * 6);
      await new Promise((done) => child.on('exit', done));
      const text = readFileSync(file, 'utf8');
      return text === old || text === whole ? undefined : 'the file is neither the old nor the new one';
    },
  },
  'a full disk': {
    possible: () => {
      mkdirSync(at('small'));
      return succeeds('mount', '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', at('small'));
    },
    async round(number) {
      const file = join(at('small'), 'out.html');
      writeFileSync(file, old);
      const { code, stderr } = await run([...page, '-o', number % 2 === 0 ? file : join(at('small'), 'new.html')]);
      if (code !== 2 || !stderr.includes("can't be written: the disk is full\nhint: "))
        return `ends in ${code}: ${stderr}`;
      if (readFileSync(file, 'utf8') !== old) return 'the old file is lost';
      return readdirSync(at('small')).join() === 'out.html' ? undefined : 'something is left behind';
    },
    end: () => void spawnSync('umount', [at('small')]),
  },
  'a full disk behind standard output': {
    possible: () => {
      mkdirSync(at('tiny'));
      return succeeds('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('tiny'));
    },
    async round() {
      const line = `"${process.execPath}" "${bin}" ${page.join(' ')} > "${at('tiny')}/out"`;
      const { status, stderr } = spawnSync('/bin/sh', ['-c', line], { encoding: 'utf8' });
      rmSync(join(at('tiny'), 'out'));
      return status === 2 && stderr.includes("standard output can't be written: the disk is full")
        ? undefined
        : `ends in ${status}`;
    },
    end: () => void spawnSync('umount', [at('tiny')]),
  },
  'a disk that can only be read': {
    possible: () => {
      mkdirSync(at('frozen'));
      if (!succeeds('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', at('frozen'))) return false;
      writeFileSync(join(at('frozen'), 'out.html'), old);
      return succeeds('mount', '-o', 'remount,ro', at('frozen'));
    },
    async round() {
      const { code, stderr } = await run([...page, '-o', join(at('frozen'), 'out.html')]);
      if (code !== 2 || !stderr.includes("can't be written: its disk can only be read\nhint: "))
        return `ends in ${code}: ${stderr}`;
      return readFileSync(join(at('frozen'), 'out.html'), 'utf8') === old ? undefined : 'the old file is lost';
    },
    end: () => void spawnSync('umount', [at('frozen')]),
  },
  'a folder that may only be read': {
    possible: () => !isRoot || succeeds('setpriv', '--reuid=65534', '--clear-groups', 'true'),
    async round(number) {
      const place = at('locked');
      if (number === 0) {
        mkdirSync(place);
        writeFileSync(join(place, 'out.html'), old);
        chmodSync(join(place, 'out.html'), 0o666);
        chmodSync(place, 0o555);
      }
      const through = isRoot ? ['setpriv', '--reuid=65534', '--clear-groups'] : [];
      const { code, stderr } = await run([...page, '-o', join(place, number % 2 === 0 ? 'out.html' : 'new')], through);
      if (code !== 2 || !stderr.includes("can't be written: you may not write there\nhint: "))
        return `ends in ${code}: ${stderr}`;
      if (readFileSync(join(place, 'out.html'), 'utf8') !== old) return 'the old file is lost';
      return readdirSync(place).join() === 'out.html' ? undefined : 'something is left behind';
    },
    end: () => chmodSync(at('locked'), 0o755),
  },
  'a FIFO': {
    possible: () => succeeds('mkfifo', at('fifo')),
    async round() {
      const reader = spawn('cat', [at('fifo')], { stdio: ['ignore', 'pipe', 'ignore'] });
      let text = '';
      reader.stdout.on('data', (data) => {
        text += data;
      });
      const closed = new Promise((done) => reader.on('close', done));
      const { code } = await run([...page, '-o', at('fifo')]);
      await closed;
      if (code !== 0 || text !== whole) return 'the reader did not get all';
      return lstatSync(at('fifo')).isFIFO() ? undefined : 'the FIFO was replaced';
    },
  },
  'a device': {
    possible: () => isRoot && succeeds('mknod', at('device'), 'c', '1', '3'),
    async round() {
      const { code } = await run([...page, '-o', at('device')]);
      return code === 0 && lstatSync(at('device')).isCharacterDevice() ? undefined : 'the device was replaced';
    },
  },
  'a device that is full': {
    possible: () => isRoot && succeeds('mknod', at('full'), 'c', '1', '7'),
    async round() {
      const { code, stderr } = await run([...page, '-o', at('full')]);
      if (code !== 2 || !stderr.includes("can't be written: the disk is full\nhint: "))
        return `ends in ${code}: ${stderr}`;
      return lstatSync(at('full')).isCharacterDevice() ? undefined : 'the device was replaced';
    },
  },
  'a link that leads to nothing': {
    async round() {
      rmSync(at('target'), { force: true });
      rmSync(at('link'), { force: true });
      symlinkSync('target', at('link'));
      const { code } = await run([...page, '-o', at('link')]);
      if (code !== 0 || readFileSync(at('target'), 'utf8') !== whole) return 'its target was not written';
      return readlinkSync(at('link')) === 'target' ? undefined : 'the link was replaced';
    },
  },
  'equal process ids, at once': {
    possible: () => succeeds('unshare', '--fork', '--pid', 'true'),
    async round() {
      const place = at('pids');
      mkdirSync(place, { recursive: true });
      const through = ['unshare', '--fork', '--pid'];
      const file = join(place, 'out.html');
      const ended = await Promise.all([1, 2, 3].map(() => run([...page, '-o', file], through)));
      if (ended.some(({ code }) => code !== 0)) return 'one of them failed';
      if (readdirSync(place).join() !== 'out.html') return 'something is left behind';
      return readFileSync(file, 'utf8') === whole ? undefined : 'the file is not whole';
    },
  },
  'the mode of a file': {
    async round(number) {
      const mode = [0o600, 0o640, 0o666, 0o755][number % 4];
      writeFileSync(at('mode'), old);
      chmodSync(at('mode'), mode);
      const { code } = await run([...page, '-o', at('mode')]);
      return code === 0 && (statSync(at('mode')).mode & 0o777) === mode ? undefined : 'has changed';
    },
  },
};

let faults = 0;
for (const [name, trial] of Object.entries(trials)) {
  if (trial.possible !== undefined && !trial.possible()) {
    console.log(`${name}: left out, it can't be set up here`);
    continue;
  }
  const found = [];
  for (let number = 0; number < rounds; number++) {
    const fault = await trial.round(number);
    if (fault !== undefined) found.push(`round ${number}: ${fault}`);
  }
  const remark = await trial.end?.();
  faults += found.length;
  console.log(`${name}: ${rounds} rounds, ${found.length} faults${remark === undefined ? '' : ` (${remark})`}`);
  for (const one of found.slice(0, 3)) console.log(`  ${one}`);
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = faults === 0 ? 0 : 1;
