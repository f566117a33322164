import { existsSync, readFileSync } from 'node:fs';
import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/calculus/context.ts';
import { present } from '../../src/calculus/present.ts';
import { trace } from '../../src/calculus/trace.ts';
import { resolve } from '../../src/calculus/value.ts';
import { derive } from '../../src/derive.ts';
import { readModel } from '../../src/pipeline.ts';
import { functionTable } from '../../src/rules/elementary.ts';
import { readSource } from '../../src/syntax/read.ts';
import { derivative } from '../../src/term/construct.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { gatherUsage } from '../../src/term/usage.ts';

const folder = new URL('../../../shared/corpora/', import.meta.url);
if (all === undefined) throw new Error('mathjs without its functions');
const math = create(all);
const own = { sigmoid: (x: number) => 1 / (1 + Math.exp(-x)), softplus: (x: number) => Math.log1p(Math.exp(x)) };
const constructs = new Set(['nthRoot', 'pow', 'ln', 'd', 'sum', 'dot']);

interface Row {
  readonly expression: string;
  readonly variable: string;
  readonly expected: string;
  readonly wrong: boolean;
  readonly points: readonly Readonly<Record<string, number>>[];
}

const usualPoints = [
  { x: 0.37, y: 0.8, z: 1.3, $x: 0.4 },
  { x: 1.7, y: 0.6, z: 0.2, $x: 1.4 },
];

function readRows(file: string): Row[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n');
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).slice(1);
  return rows.map((line) => {
    const [expression = '', variable = '', expected = '', extra = ''] = line.split('\t');
    const point = extra.startsWith('{') ? (JSON.parse(extra) as Record<string, number>) : undefined;
    return { expression, variable, expected, wrong: extra === 'WRONG', points: point ? [point] : usualPoints };
  });
}

/** Functions of a row that the table does not hold yet. */
function missing(row: Row): string[] {
  const nodes = readSource(row.expression).flatMap((one) => one.sides.map((side) => side.node));
  const used = [...gatherUsage(nodes)].filter(([, use]) => use.applied).map(([name]) => name);
  const isDefinition = /^\w\(\w+\) *=/.test(row.expression);
  return used.filter((name) => !functionTable.has(name) && !constructs.has(name) && !(isDefinition && name === 'f'));
}

function valueAt(text: string, point: Readonly<Record<string, number>>): number {
  return Number(math.evaluate(text, { ...own, ...point }));
}

describe.skipIf(!existsSync(folder))('the corpus', () => {
  for (const file of ['mathjs_derivative_cases.tsv', 'scalar_rules.tsv']) {
    const rows = existsSync(folder) ? readRows(file) : [];
    const covered = rows.filter((row) => missing(row).length === 0);
    const later = [...new Set(rows.flatMap(missing))];

    it(`${file} is covered but for functions that come later`, () => {
      console.log(`${file}: ${covered.length} rows covered, ${rows.length - covered.length} left: ${later.join(', ')}`);
      expect(covered.length).toBeGreaterThan(rows.length / 2);
    });

    it.each(covered)(`${file}: d/d$variable $expression`, (row) => {
      const result = derive(row.expression, { wrt: row.variable, detail: 'every' });
      expect(result.unresolved).toEqual([]);
      expect(result.certificate.verdict).toBe('holds');
      expect(result.steps.map((step) => step.certificate.verdict)).not.toContain('fails');
      expect(result.steps.map((step) => step.certificate.verdict)).not.toContain('unknown');
      const pairs = row.points
        .map((point) => ({ wanted: valueAt(row.expected, point), found: valueAt(result.result, point) }))
        .filter(({ wanted }) => Number.isFinite(wanted));
      expect(pairs.length).toBeGreaterThan(0);
      for (const { wanted, found } of pairs) {
        if (row.wrong) expect(found).toBeCloseTo(-wanted, 9);
        else expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(wanted)));
      }
    });

    it.each(covered)(`${file}: both drivers end in one term for $expression`, (row) => {
      inFreshStore(() => {
        const model = readModel(readSource, row.expression, { wrt: row.variable });
        const [by] = model.variables;
        if (by === undefined) throw new Error('no variable');
        const context = createContext(model.definitions, [by]);
        const start = derivative(model.target, by);
        expect(present(trace(start, context).result)).toBe(present(resolve(start, context)));
      });
    });
  }
});
