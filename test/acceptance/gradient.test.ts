import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradient } from '../../src/derive.ts';

const rows = readFileSync(new URL('../cases/gradients.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' => ') as [source: string, wrt: string, lets: string, adjoints: string]);

const written = (list: readonly { readonly name: string; readonly expression: string }[]): string =>
  list.map(({ name, expression }) => `${name} = ${expression}`).join('; ') || '-';

describe('the backward pass through nested functions', () => {
  it.each(rows)('of %s by %s hands each adjoint on once', (source, wrt, lets, adjoints) => {
    const pass = gradient(source, { wrt });
    expect(written(pass.lets)).toBe(lets);
    expect(written(pass.adjoints)).toBe(adjoints);
    expect(pass.adjoints.map(({ certificate }) => certificate.verdict)).not.toContain('unknown');
    expect(pass.certificate.verdict).toBe('holds');
  });

  const nested = (count: number) => {
    const names = Array.from({ length: count }, (_, at) => `w${at + 1}`);
    return gradient(
      names.reduce((inner, name) => `tanh(${name}*${inner})`, 'x'),
      { wrt: names, verify: false },
    );
  };

  it('has the size of the function', () => {
    const [short, long] = [60, 120].map((count) => JSON.stringify(nested(count)).length) as [number, number];
    expect(long / short).toBeLessThan(2.3);
  });

  it('writes out short derivatives alone, and counts what each would take on its own', () => {
    const { adjoints, results, operations, uses } = nested(60);
    const expressions = new Set(adjoints.map(({ expression }) => expression));
    expect(results.filter(({ result }) => !expressions.has(result)).length).toBeGreaterThan(3);
    expect(expressions.has(results[0]?.result as string)).toBe(true);
    expect(Number(operations.separate)).toBeGreaterThan(10 * Number(operations.shared));
    expect(uses.filter((name) => name.endsWith('_bar'))).toEqual([]);
  });
});
