/** Runs the command as a person would: what it prints, and how it ends. */

import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const bin = resolve('bin/chainrule');

interface Where {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A command that runs it, such as `setpriv`. */
  readonly through?: readonly string[];
}

export function run(args: readonly string[], { cwd, input = '', env = {}, through = [] }: Where = {}): Promise<Run> {
  const [program = '', ...rest] = [...through, process.execPath, bin, ...args];
  return new Promise((resolve) => {
    const options = { maxBuffer: 1e8, env: { ...process.env, ...env }, ...(cwd === undefined ? {} : { cwd }) };
    const child = execFile(program, rest, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    // A command that ends before it reads is no failure of the test.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** The same through a shell, where `chainrule` in `line` is the command. */
export function runLine(line: string, cwd: string): Promise<Run> {
  const script = `chainrule() { "${process.execPath}" "${bin}" "$@"; }; ${line}`;
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', script], { cwd, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'chainrule-'));
