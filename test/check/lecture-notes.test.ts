import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check.ts';
import { third } from '../support/table.ts';

interface Note {
  readonly name: string;
  readonly text: string;
  readonly mistakes: readonly (readonly [right: string, wrong: string])[];
}

const notes = readFileSync(new URL('../cases/lecture-notes.txt', import.meta.url), 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((block): Note => {
    const [name = '', ...lines] = block.split('\n');
    const isMistake = (line: string): boolean => line.startsWith('--- ');
    const mistakes = lines.filter(isMistake).map((line): [string, string] => {
      const [right = '', wrong = ''] = line.slice(4).replaceAll('⏎', '\n').split(' => ');
      return [right, wrong];
    });
    return { name, text: lines.filter((line) => !isMistake(line)).join('\n'), mistakes };
  });

const mistakes = notes.flatMap(({ name, text, mistakes: own }) =>
  own.map((one) => [name, one[1], text, one[0]] as const),
);

describe('a lecture note', () => {
  it.each(third(notes))('holds line by line: $name', ({ text }) => {
    const verdicts = check(text).map((one) => one.verdict);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter((one) => one !== 'holds')).toEqual([]);
  });

  it.each(third(mistakes))('fails where it is wrong: %s, %s', (_, wrong, text, right) => {
    const at = text.lastIndexOf(right);
    expect(at).toBeGreaterThan(0);
    const line = text.slice(0, at).split('\n').length;
    const failing = check(text.slice(0, at) + wrong + text.slice(at + right.length)).filter(
      ({ verdict }) => verdict === 'fails',
    );
    expect(failing.length).toBeGreaterThan(0);
    expect(failing[0]?.start.line).toBeGreaterThanOrEqual(line);
  });
});
