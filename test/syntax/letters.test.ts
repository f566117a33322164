import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { letters } from '../../src/syntax/letters.ts';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(`src/${file}`, 'utf8').matchAll(/\bletters`(.+?)`/g)])
  .map(([, source = '']) => source);

const text = fc.oneof(
  fc.string({ unit: 'binary-ascii' }),
  fc.string({ unit: fc.constantFrom(..."abdDxyT019_(), *+^{}'") }),
  fc.string({ unit: fc.integer({ min: 0x370, max: 0x3ff }).map((code) => String.fromCharCode(code)), maxLength: 2 }),
  fc.string({ unit: fc.constantFrom('d', 'x', 'ö', 'θ', '\u0302', '_', '1', '²') }),
);

it.each(sources)('finds what the classes of Unicode find: %s', (source) => {
  const pattern = letters({ raw: [source] } as unknown as TemplateStringsArray);
  const classes = new RegExp(source, 'u');
  const agrees = (given: string): void => {
    expect(pattern.exec(given)).toEqual(classes.exec(given));
  };
  fc.assert(fc.property(text, agrees), { numRuns: 500 });
  for (const given of ['', 'x', 'x12', 'd_x', 'log_b', 'D(f, 2)', "f''", 'Delta_x', 'n + 2*m', 'ŷ', 'Å', 'x\u0302_1'])
    agrees(given);
});

it('sees the patterns of the project', () => {
  expect(sources.length).toBeGreaterThan(15);
});
