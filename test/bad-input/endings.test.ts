import { describe, expect, it } from 'vitest';
import * as library from '../../src/index.ts';
import { MathError } from '../../src/problem.ts';
import { readText } from '../support/table.ts';

const line = /^(?<verb>\w+) (?<source>"(?:[^"\\]|\\.)*") (?<options>\{.*\}) => (?<ending>[\w-]+)$/;

const cases = readText('endings.txt')
  .split('\n')
  .filter((text) => text !== '' && !text.startsWith('//'))
  .map((text) => {
    const { verb, source, options, ending } = line.exec(text)?.groups ?? {};
    if (verb === undefined || source === undefined || options === undefined) throw new Error(`not a case: ${text}`);
    return { text, verb, source: JSON.parse(source) as string, options: JSON.parse(options) as object, ending };
  });

const verbs = library as unknown as Readonly<Record<string, (source: string, options: object) => unknown>>;

function endingOf({ verb, source, options }: (typeof cases)[number]): string {
  try {
    verbs[verb]?.(source, options);
    return 'answer';
  } catch (error) {
    if (error instanceof MathError) return error.code;
    throw error;
  }
}

describe('what once ended in an exception of ours', () => {
  it.each(cases)('ends in an answer or a problem: $text', (one) => {
    expect(endingOf(one)).toBe(one.ending);
  });
});
