import { expect, it } from 'vitest';
import { letterOfScript, lowered, raised } from '../../src/syntax/script-letters.ts';

it.each([
  ['raised', raised],
  ['lowered', lowered],
] as const)('each %s sign that is printed is read as its letter', (kind, table) => {
  const read = [...table].map(([letter, sign]) => [letter, letterOfScript(kind, sign)]);
  expect(read).toEqual([...table.keys()].map((letter) => [letter, letter === '−' ? '-' : letter]));
});

it('reads no letter of the line as a small one', () => {
  expect(letterOfScript('raised', 'x')).toBeUndefined();
  expect(letterOfScript('lowered', '²')).toBeUndefined();
});
