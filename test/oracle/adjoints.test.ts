import { expect, it } from 'vitest';
import { backwardPass, type NodeAdjoint } from '../../src/calculus/backward.ts';
import { ofMatrices, ofScalars } from '../../src/derivation/local-calculus.ts';
import { type NamedModel, nameIntermediates } from '../../src/derivation/naming.ts';
import { nameNested } from '../../src/derivation/naming-nested.ts';
import { mix, uniform } from '../../src/numbers/hash.ts';
import { type ClaimedAdjoint, createOracle } from '../../src/oracle/certify.ts';
import { readModel } from '../../src/pipeline.ts';
import { scanText } from '../../src/syntax/text.ts';
import { multiply, number } from '../../src/term/construct.ts';
import { rational } from '../../src/term/rational.ts';
import { variableSymbol } from '../../src/term/substitute.ts';
import { type IndexTerm, inFreshStore } from '../../src/term/term.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

interface Family {
  readonly source: string;
  readonly wrt: string;
  readonly shapes?: string;
}

/** Programs of all kinds whose adjoints are handed on: chains, networks, shared names, sums over an index, matrices. */
const families: Readonly<Record<string, Family>> = {
  chain: {
    source: upTo(12).reduceRight((inner, at) => `tanh(w${at}*${inner})`, 'x'),
    wrt: upTo(12)
      .map((at) => `w${at}`)
      .join(),
  },
  network: {
    source: `(${upTo(4)
      .map(
        (unit) =>
          `v${unit}*tanh(${upTo(4)
            .map((at) => `w${unit}_${at}*x${at}`)
            .join(' + ')})`,
      )
      .join(' + ')} - t)^2`,
    wrt: upTo(4)
      .flatMap((unit) => [`v${unit}`, ...upTo(4).map((at) => `w${unit}_${at}`)])
      .join(),
  },
  'shared names': {
    source: [
      ...upTo(8).map(
        (at) => `u${at} = sin(${at === 1 ? 'x' : `u${at - 1}`})*${at === 1 ? 'y' : `u${at - 1}`} + a${at}`,
      ),
      'u8^2',
    ].join('; '),
    wrt: ['x', ...upTo(8).map((at) => `a${at}`)].join(),
  },
  'sums over an index': {
    source: 'y[i] = dot(x[i], alpha[i]); z = sum(beta[i]*f(y[i]), i); E(g(z)) + sum(beta[i]^2, i)',
    wrt: 'beta[j], alpha[j]',
  },
  'layers of matrices': {
    source: 'h = tanh(W*x + b); s = tanh(V*h + c); dot(s - y, s - y)',
    wrt: 'W, V, b, c',
    shapes: 'W: matrix(n, m), V: matrix(k, n), x: vector(m), b: vector(n), c: vector(k), y: vector(k)',
  },
};

/** The adjoints of a family, and the test of them with some changed. */
function judged({ source, wrt, shapes }: Family) {
  const model = readModel(scanText, source, { wrt, ...(shapes === undefined ? {} : { shapes }) });
  const named: NamedModel = nameNested(model, nameIntermediates(model));
  const calculus = model.tensors ? ofMatrices(model, named) : ofScalars(named);
  const taken = new Set(model.variables.flatMap((variable) => [...variable.free]));
  const adjoints = backwardPass({ ...named, variables: model.variables }, taken, calculus);
  const claim = ({ of, adjoint, value }: NodeAdjoint): ClaimedAdjoint => {
    const parameters = of.kind === 'element' ? (of.indices as readonly IndexTerm[]) : [];
    return { of, definition: { symbol: variableSymbol(adjoint), parameters, body: value } };
  };
  const verdicts = (changed: readonly NodeAdjoint[], seed: number): readonly string[] => {
    const definitions = new Map(named.lets.map((one) => [one.symbol, one]));
    return createOracle({ definitions, seed })
      .testAdjoints(named.target, changed.map(claim))
      .map(({ verdict }) => verdict);
  };
  return { adjoints, verdicts };
}

it.each(Object.entries(families))('all adjoints of a %s hold by one test', (_, family) => {
  inFreshStore(() => {
    const { adjoints, verdicts } = judged(family);
    expect(adjoints.length).toBeGreaterThan(3);
    expect(verdicts(adjoints, 1)).toEqual(adjoints.map(() => 'holds'));
  });
});

/** `WRONG_ADJOINTS=200` tries a thousand over all families. */
const rounds = Number(process.env.WRONG_ADJOINTS ?? 40);

/** How an adjoint is spoilt: by its sign, by a factor, by a thousandth of it, and by being left out. */
const factors = [number(-1), number(2), number(rational(1001, 1000)), number(0)];

it.each(Object.entries(families))(
  'one wrong adjoint of a %s is found and named, wherever it stands',
  (_, family) => {
    inFreshStore(() => {
      const { adjoints, verdicts } = judged(family);
      for (let round = 0; round < rounds; round++) {
        const at = Math.floor(uniform(mix(round, 17)) * adjoints.length);
        const factor = factors[round % factors.length] as (typeof factors)[number];
        const changed = adjoints.map((one, k) => (k === at ? { ...one, value: multiply(factor, one.value) } : one));
        const found = verdicts(changed, round);
        expect([round, at, found.indexOf('fails'), found.filter((one) => one === 'fails').length]).toEqual([
          round,
          at,
          at,
          1,
        ]);
      }
    });
  },
  120_000,
);
