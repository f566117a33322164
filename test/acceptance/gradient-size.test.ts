import { expect, it } from 'vitest';
import { gradient } from '../../src/index.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** The squared error of a network with all its weights written out, by each of them. */
function ofNetwork(size: number) {
  const all = upTo(size);
  const units = all.map((unit) => `v${unit}*tanh(${all.map((at) => `w${unit}_${at}*x${at}`).join(' + ')})`);
  const wrt = [...all.flatMap((unit) => all.map((at) => `w${unit}_${at}`)), ...all.map((unit) => `v${unit}`)];
  return gradient(`(${units.join(' + ')} - t)^2`, { wrt });
}

it('of a network has the size of the network, names what is long, and is certified as a whole', () => {
  const [small, large] = [ofNetwork(8), ofNetwork(16)];
  expect(large.results).toHaveLength(272);
  expect(JSON.stringify(large).length / JSON.stringify(small).length).toBeLessThan(4);
  for (const { certificate, answer } of [small, large]) {
    expect([certificate.verdict, answer?.verdict]).toEqual(['holds', 'holds']);
  }
  expect(large.lets).toHaveLength(17);
  expect(large.lets[0]?.expression).toMatch(/^w1_1 \* x1 \+ .* \+ w1_16 \* x16$/);
  expect(large.adjoints.find(({ of }) => of === 'w2_3')?.expression).toBe('u_2_bar * x3');
  expect(large.results.find(({ wrt }) => wrt === 'w2_3')?.result).toBe('2 * u_17 * v2 * x3 * sech(u_2) ^ 2');
});

it('of names that share what they rest on has the size of the definitions', () => {
  const size = (count: number): number => {
    const define = upTo(count).map((at) => {
      const before = at === 1 ? 'x' : `u${at - 1}`;
      return `u${at} = sin(${before})*${before} + a${at}`;
    });
    const result = gradient(`u${count}^2`, { define, wrt: ['x', ...upTo(count).map((at) => `a${at}`)] });
    expect([result.certificate.verdict, result.answer?.verdict]).toEqual(['holds', 'holds']);
    return JSON.stringify(result).length;
  };
  expect(size(40) / size(20)).toBeLessThan(2.2);
});

it('sums over the entries for which a number stands', () => {
  const shapes = 'X: matrix(n, m), w: vector(m), y: vector(n), b: scalar';
  const { adjoints, certificate } = gradient('z = X*w + b; dot(z - y, z - y)', { wrt: ['w', 'b'], shapes });
  expect(adjoints.map(({ name, expression }) => `${name} = ${expression}`)).toEqual([
    'z_bar = 2 * (z - y)',
    "w_bar = X' * z_bar",
    'b_bar = sum(z_bar)',
  ]);
  expect(certificate.verdict).toBe('holds');
});
