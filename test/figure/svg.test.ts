import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toSvg } from '../../src/figure.ts';
import { derive, gradient, MathError, type Result } from '../../src/index.ts';
import { backprop, results } from '../render/fixtures.ts';

const elements = new Set('svg title desc style defs g path use circle rect text'.split(' '));

const attributes = new Set(
  [
    'xmlns id role lang aria-labelledby viewBox width height style transform d fill fill-opacity stroke stroke-width',
    'class color opacity x y cx cy r rx href font-size font-family stroke-linecap',
  ].flatMap((names) => names.split(' ')),
);

/** The tags of a drawing, with their attributes; throws for what is no well-formed XML of the kind that is drawn here. */
function readTags(svg: string): { name: string; attributes: Map<string, string> }[] {
  const open: string[] = [];
  const tags: { name: string; attributes: Map<string, string> }[] = [];
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?: [\w-]+="[^"<&]*(?:&[a-z#0-9]+;[^"<&]*)*")*)(\/?)>/gi,
    (_, end, name, list, alone) => {
      if (end === '/') {
        if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
        return '';
      }
      const pairs = [...list.matchAll(/ ([\w-]+)="([^"]*)"/g)].map((match) => [match[1], match[2]] as [string, string]);
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`<${name}> has an attribute twice`);
      tags.push({ name, attributes: new Map(pairs) });
      if (alone !== '/') open.push(name);
      return '';
    },
  );
  if (open.length > 0) throw new Error(`<${open[0]}> is not closed`);
  if (/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(rest)) throw new Error(`left over: ${rest}`);
  return tags;
}

/** What a drawing holds that none should. */
function strangeParts(svg: string, id: string): string[] {
  return readTags(svg).flatMap(({ name, attributes: given }) => [
    ...(elements.has(name) ? [] : [name]),
    ...[...given].flatMap(([key, value]) => {
      const isOwn =
        key === 'href' ? value.startsWith(`#${id}-g`) : key !== 'id' || value === id || value.startsWith(`${id}-`);
      return attributes.has(key) && isOwn ? [] : [`${key}="${value}"`];
    }),
  ]);
}

const models: [string, Result][] = [
  ...Object.entries(results),
  ['least squares', derive('sum((y[i] - a*x[i] - b)^2, i)', { wrt: 'a', verify: false })],
  ['softmax', derive('p[k] = softmax(z[k], k); -sum(t[k]*log(p[k]), k)', { wrt: 'z[j]', verify: false })],
  ['sharing', derive('exp(x*y) / (1 + exp(x*y))', { wrt: 'x', verify: false })],
  ['signs', derive('max(x, 0) + abs(x)^y - sqrt(x)/x + (x > 0 ? x : 0)', { wrt: 'x', verify: false })],
  ['network', gradient('h[k] = tanh(sum(W[k,i]*x[i], i)); sum(v[k]*h[k], k)', { wrt: 'W[j,l],v[j]', verify: false })],
];

describe('a figure', () => {
  test.each(models)('of %s is a well-formed drawing without script', (_, result) => {
    for (const lang of ['en', 'ja'] as const)
      expect(strangeParts(toSvg(result, { lang, id: 'one' }), 'one')).toEqual([]);
  });

  test.each(models)('of %s holds everything within its borders', (_, result) => {
    const svg = toSvg(result, { lang: 'en' });
    const [width, height] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).slice(1).map(Number) as [number, number];
    for (const { attributes: given } of readTags(svg)) {
      const place = /^translate\(([-\d.]+) ([-\d.]+)\) scale/.exec(given.get('transform') ?? '');
      if (place === null || given.get('transform')?.includes('scale(1')) continue;
      expect(Number(place[1])).toBeGreaterThanOrEqual(0);
      expect(Number(place[1])).toBeLessThan(width);
      expect(Number(place[2])).toBeLessThan(height);
    }
  });

  test('has a name and a description in the language of the page', () => {
    const en = toSvg(backprop, { lang: 'en', id: 'a' });
    expect(en).toContain('role="img" lang="en" aria-labelledby="a-title a-desc"');
    expect(en).toContain('<title id="a-title">The computational graph of E = E(g(Σᵢ βᵢ f(xᵢ·αᵢ)))</title>');
    expect(en).toContain(
      '<desc id="a-desc">Values go from left to right, from βᵢ, xᵢ, αᵢ to E. The derivative with respect to βⱼ comes back along the highlighted path. It is computed without xᵢ, αᵢ.</desc>',
    );
    const ja = toSvg(backprop, { lang: 'ja', id: 'a' });
    expect(ja).toContain('<title id="a-title">E = E(g(Σᵢ βᵢ f(xᵢ·αᵢ))) の計算グラフ</title>');
    expect(ja).toContain('βⱼ による微分は、強調した経路を逆向きにたどって求める。その計算に xᵢ、αᵢ は要らない。');
  });

  test('shares no id with another one on the page', () => {
    const ids = ['a', 'b'].flatMap((id) =>
      [...toSvg(backprop, { lang: 'en', id }).matchAll(/ id="([^"]*)"/g)].map((one) => one[1]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('of the first example is the one that the README shows', async () => {
    const result = derive('E(g(sum(beta[i] * f(dot(x[i], alpha[i])), i)))', { wrt: 'beta[j]', verify: false });
    expect(toSvg(result, { lang: 'en' })).toBe(toSvg(result, { lang: 'en' }));
    await expect(toSvg(result, { lang: 'en' })).toMatchFileSnapshot('../../examples/backprop.svg');
  });

  test('takes no id that could break out', () => {
    for (const id of ['', '1', 'a"b', 'a b', 'é'])
      expect(() => toSvg(backprop, { lang: 'en', id })).toThrow('the id of a figure');
  });

  test('of any text is harmless, or a clear error', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '</title><script>x</script>',
        '"><svg onload=x>',
        '&lt;',
        ']]>',
        'x_é',
        'µ',
        '日本',
        'a_b_c',
        "f'",
      ),
      fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '=', 'x', '_', '(', ')', '[', ']', '\\') }),
    );
    fc.assert(
      fc.property(name, name, (one, other) => {
        const problem = { ...backprop.problem, target: `E(${one})`, output: one, wrt: [other], shapes: {} };
        const hostile: Result = { ...backprop, problem, lets: [], formula: other, wanted: one, result: other };
        for (const result of [
          hostile,
          { ...backprop, formula: one, wanted: other, problem: { ...backprop.problem, output: one } },
        ]) {
          try {
            expect(strangeParts(toSvg(result, { lang: 'en', id: 'f' }), 'f')).toEqual([]);
          } catch (error) {
            if (!(error instanceof MathError)) throw error;
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
