import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Figure } from '../../src/derivation/figure/figure.ts';
import { figureOf } from '../../src/derivation/figure/figure-of.ts';
import { derive, verify } from '../../src/index.ts';

/** Sources without families, where a path is a product and nothing is summed but paths. */
const sources = readFileSync('test/cases/expressions.txt', 'utf8')
  .split('\n')
  .filter((line) => line.includes(' => ') && !line.startsWith('#') && !/\[|sum\(|prod\(|vector|dot\(|norm/.test(line))
  .map((line) => line.split(' => ').map((part) => part.trim()))
  .filter(([, , order]) => order === undefined) as [string, string][];

/** The sum over all paths from a wanted input to the output of the products of their factors (Bauer 1974). */
function sumOverPaths({ nodes, edges }: Figure): string {
  const last = nodes.length - 2;
  const below = (at: number): string[] => {
    if (nodes[at]?.wanted === true) return ['1'];
    const ways = edges.filter(({ to, role, factor }) => to === at && role === 'path' && factor !== null);
    return ways.flatMap(({ from, factor }) => below(from).map((rest) => `(${factor}) * ${rest}`));
  };
  return below(last).join(' + ') || '0';
}

test('the factors along all paths make the derivative', () => {
  const verdicts = sources.flatMap(([source, wrt]) => {
    const result = derive(source, { wrt, verify: false });
    const paths = sumOverPaths(figureOf(result));
    if (paths.length > 4000) return [];
    const lets = result.lets.map(({ name, expression }) => `${name} = ${expression}`);
    const { verdict } = verify([...lets, `d(${result.problem.target}, ${wrt}) = ${paths}`].join('; '));
    return [{ source, verdict, paths }];
  });
  expect(verdicts.length).toBeGreaterThan(100);
  expect(verdicts.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
});

test('every expression has a figure, and where its derivative is not 0, a path to the output', () => {
  const lines = readFileSync('test/cases/expressions.txt', 'utf8').split('\n');
  const all = lines.filter((line) => line.includes(' => ') && !line.startsWith('#'));
  expect(all.length).toBeGreaterThan(300);
  const broken = all.filter((line) => {
    const [source = '', wrt = '', order = '1'] = line.split(' => ');
    const result = derive(source, { wrt, order: Number(order), verify: false });
    const { nodes, edges } = figureOf(result);
    const isForward = edges.every(({ from, to }) => from < to);
    return !isForward || (result.result !== '0' && nodes[nodes.length - 1]?.role !== 'path');
  });
  expect(broken).toEqual([]);
});
