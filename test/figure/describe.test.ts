import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Figure, FigureNode } from '../../src/derivation/figure/figure.ts';
import { figureOf } from '../../src/derivation/figure/figure-of.ts';
import { derive, gradient, hessian, stationary } from '../../src/index.ts';

const rows = readFileSync('test/cases/figures.txt', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' | ') as [string, string, string, string]);

const figure = (source: string, wrt: string): Figure => figureOf(derive(source, { wrt, verify: false }));

function nodeText({ sign, family, role, wanted }: FigureNode): string {
  const { kind, ...rest } = sign;
  const said = Object.values(rest).flatMap((value) =>
    value === true ? ['-'] : typeof value === 'string' ? [value] : [],
  );
  const name = kind === 'quantity' || kind === 'function' ? said[0] : [kind, ...said].join(' ');
  return `${name}${family === null ? '' : '*'}:${role}${wanted ? ',w' : ''}`;
}

describe('the graph of a model', () => {
  test.each(rows)('%s by %s', (source, wrt, nodes, edges) => {
    const made = figure(source, wrt);
    expect(made.nodes.slice(0, -1).map(nodeText).join(' ')).toBe(nodes);
    const path = made.edges.filter(({ role, factor }) => role === 'path' && factor !== null);
    const texts = path.map(({ value, factor }) => `${value === null ? '' : `${value} `}<${factor}>`);
    expect(texts.join(' ')).toBe(edges);
  });

  test('is plain data', () => {
    for (const [source, wrt] of rows) {
      const made = figure(source, wrt);
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    }
  });

  test('can be made from a derivation that was stored', () => {
    const result = derive('E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))', { wrt: 'beta[j]', verify: false });
    expect(figureOf(JSON.parse(JSON.stringify(result)))).toEqual(figureOf(result));
  });

  test('goes from inputs to the output: no edge leads back', () => {
    for (const [source, wrt] of rows)
      for (const { from, to } of figure(source, wrt).edges) expect(from).toBeLessThan(to);
  });

  test('carries the adjoints of a backward pass', () => {
    const made = figureOf(gradient('z = a*x + b; E(z)', { wrt: 'a,b', verify: false }));
    const adjoints = made.nodes.flatMap(({ adjoint }) =>
      adjoint === null ? [] : [`${adjoint.name} = ${adjoint.expression}`],
    );
    expect(adjoints.sort()).toEqual(['a_bar = z_bar * x', 'b_bar = z_bar', "z_bar = E'(z)"]);
  });

  test('exists for every kind of result', () => {
    expect(figureOf(hessian('x^2*y', { wrt: 'x,y', verify: false })).nodes).toHaveLength(5);
    expect(figureOf(stationary('(x - a)^2', { wrt: 'x', verify: false })).nodes).toHaveLength(5);
    const total = figureOf(derive('x^2*y', { wrt: 't', depends: 'x(t), y(t)', verify: false }));
    expect(total.nodes.filter(({ wanted }) => wanted)).toHaveLength(2);
  });

  test('does not exist for an equation', () => {
    const result = derive('', { implicit: 'x^2 + y^2 = 1', wrt: 'x', verify: false });
    expect(() => figureOf(result)).toThrow('an equation has no figure');
  });

  test('is refused where nobody could read it', () => {
    const long = Array.from({ length: 40 }, (_, at) => `sin(${at + 2} * x)`).join(' + ');
    expect(() => figure(long, 'x')).toThrow('a figure of this model would have more than 60 nodes');
  });
});
