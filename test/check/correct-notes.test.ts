import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check.ts';
import { third } from '../support/table.ts';

const cases = readFileSync(new URL('../cases/correct-notes.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('//'))
  .map((line) => {
    const [, kind = '', name = '', note = ''] = /^(ok|alarm) "([^"]+)" ("(?:[^"\\]|\\.)*")$/.exec(line) ?? [];
    return { kind, name, note: JSON.parse(note) as string };
  });

const failures = (note: string): string[] =>
  check(note)
    .filter((one) => one.verdict === 'fails')
    .map((one) => `${one.left} = ${one.right}`);

describe('a correct note', () => {
  it.each(third(cases.filter(({ kind }) => kind === 'ok')))('raises no alarm: $name', ({ note }) => {
    expect(failures(note)).toEqual([]);
    expect(failures(note.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(failures(`> ${note.replaceAll('\n', '\n> ')}`)).toEqual([]);
  });
});

const alarms = cases.filter(({ kind }) => kind === 'alarm');

describe.skipIf(alarms.length === 0)('a correct note at which check errs today', () => {
  it.fails.each(alarms)('should raise no alarm: $name', ({ note }) => {
    expect(failures(note)).toEqual([]);
  });
});
