import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';
import { flattenElement, gatherUsage } from '../../src/meaning/usage.ts';
import { type MathNode, view } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import type { Statement } from '../../src/syntax/statement.ts';
import { readText } from '../../src/syntax/text.ts';
import { evaluateIn, type World } from '../support/independent.ts';
import { kinds, mutate } from '../support/mutate.ts';

const derivations = readFileSync(new URL('../cases/correct-derivations.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

describe('a correct derivation', () => {
  it('is one of thirty at least', () => {
    expect(derivations.length).toBeGreaterThanOrEqual(30);
  });

  it.each(derivations)('holds: %s', (source) => {
    expect(verify(source)).toMatchObject({ verdict: 'holds' });
  });
});

describe('a wrong derivation', () => {
  const counts = new Map(kinds.map((kind) => [kind, { made: 0, changing: 0, failing: 0 }]));
  const missed: string[] = [];
  for (const source of derivations) {
    const statements = readText(source);
    const chain = statements[statements.length - 1] as Statement;
    const prefix = statements.slice(0, -1).map((one) => one.sides.map((side) => printText(side.node)).join(' = '));
    const worlds = [1, 2, 3].map((seed) => worldOf(statements, seed));
    const indices = indexLetters(statements);
    // A letter that stands nowhere else in the derivation is a mistake as well.
    const letters = indices.length === 0 ? [] : [...indices, ...['q'].filter((name) => !indices.includes(name))];
    const sides = chain.sides.map((side) => printText(side.node));
    for (let at = 1; at < chain.sides.length; at++) {
      const right = (chain.sides[at] as { node: MathNode }).node;
      for (const { kind, node } of mutate(right, letters)) {
        const count = counts.get(kind) as { made: number; changing: number; failing: number };
        count.made++;
        if (!changesValue(right, node, worlds, letters)) continue;
        count.changing++;
        const mutant = printText(node);
        // The wrong step on its own, and the chain in which it stands.
        const claims = [`${sides[at - 1]} = ${mutant}`, sides.with(at, mutant).join(' = ')].map((claim) =>
          [...prefix, claim].join('; '),
        );
        const unseen = claims.filter((claim) => verdictOf(claim) !== 'fails');
        if (unseen.length === 0) count.failing++;
        else missed.push(...unseen.map((claim) => `${kind}, ${verdictOf(claim)}: ${claim}`));
      }
    }
  }

  it('fails for every single mutation that changes the value', () => {
    const rows = [...counts].map(([kind, { made, changing, failing }]) => `${kind} ${made}/${changing}/${failing}`);
    const sum = (key: 'made' | 'changing' | 'failing'): number =>
      [...counts.values()].reduce((total, one) => total + one[key], 0);
    console.log(
      `mutations: ${sum('made')} made, ${sum('changing')} change the value, ${sum('failing')} fail (${rows.join(', ')})`,
    );
    expect(missed).toEqual([]);
    expect(sum('changing')).toBeGreaterThan(900);
    for (const { changing } of counts.values()) expect(changing).toBeGreaterThan(0);
  });
});

/** What the judge says; `error` for what can't be read. */
function verdictOf(claim: string): string {
  try {
    return verify(claim).verdict;
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function worldOf(statements: readonly Statement[], seed: number): World {
  const definitions = new Map<string, { parameters: string[]; body: MathNode }>();
  for (const { sides } of statements.slice(0, -1)) {
    const [head, body] = sides;
    if (head === undefined || body === undefined) continue;
    const { base, indices } = flattenElement(head.node);
    const name = view(base);
    const parameters = indices.map((at) => printText(at));
    if (name.kind === 'symbol') definitions.set(name.name, { parameters, body: body.node });
  }
  return { seed, size: 3, definitions, indices: new Set(indexLetters(statements)) };
}

function indexLetters(statements: readonly Statement[]): string[] {
  const usage = gatherUsage(statements.flatMap((one) => one.sides.map((side) => side.node)));
  return [...usage].filter(([, use]) => use.subscript && use.subscripts === 0).map(([name]) => name);
}

/** Whether the mutant has another value than the original in one of the worlds, for one choice of the free indices. */
function changesValue(
  original: MathNode,
  mutant: MathNode,
  worlds: readonly World[],
  indices: readonly string[],
): boolean {
  return worlds.some((world) =>
    [1, 2, 3].some((shift) => {
      const free = new Map(indices.map((name, at) => [name, ((at + shift) % world.size) + 1]));
      const before = evaluateIn(original, world, free);
      const after = evaluateIn(mutant, world, free);
      return Math.abs(after - before) > 1e-4 * (1 + Math.abs(before));
    }),
  );
}
