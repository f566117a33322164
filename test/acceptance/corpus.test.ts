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

/** Both sides of 0 and of 1, so that every function is within its domain at some of them. */
const usualPoints = [
  { x: 0.37, y: 0.8, z: 1.3, $x: 0.4 },
  { x: 1.7, y: 0.6, z: 0.2, $x: 1.4 },
  { x: 0.21, y: 2.3, z: 0.7, $x: -0.3 },
  { x: -0.43, y: 1.9, z: -0.5, $x: -1.1 },
];

function readRows(file: string): Row[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n');
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).slice(1);
  return rows.map((line) => {
    const [expression = '', variable = '', expected = '', extra = ''] = line.split('\t');
    const point = extra.startsWith('{') ? (JSON.parse(extra) as Record<string, number>) : undefined;
    const points = point === undefined ? usualPoints : [point, ...usualPoints];
    return { expression, variable, expected, wrong: extra === 'WRONG', points };
  });
}

/** Functions of a row that the table does not hold yet. */
function missing(row: Row): string[] {
  const nodes = readSource(row.expression).flatMap((one) => one.sides.map((side) => side.node));
  const used = [...gatherUsage(nodes)].filter(([, use]) => use.applied).map(([name]) => name);
  const isDefinition = /^\w\(\w+\) *=/.test(row.expression);
  return used.filter((name) => !functionTable.has(name) && !constructs.has(name) && !(isDefinition && name === 'f'));
}

/** The real value of a text; NaN where it is complex or none. A definition f(x) = ... has the value of its right side. */
function valueAt(text: string, point: Readonly<Record<string, number>>): number {
  try {
    const value: unknown = math.evaluate(text.replace(/^\w+\(\w+\) *=/, ''), { ...own, ...point });
    return typeof value === 'number' ? value : Number.NaN;
  } catch (error) {
    // mathjs throws where nthRoot has no real value.
    if (error instanceof Error && error.message.startsWith('Root must be odd')) return Number.NaN;
    throw error;
  }
}

/** Central differences with one Richardson step. */
function differenceAt({ expression, variable }: Row, point: Readonly<Record<string, number>>): number {
  const slope = (h: number): number => {
    const shifted = (by: number): number => valueAt(expression, { ...point, [variable]: (point[variable] ?? 0) + by });
    return (shifted(h) - shifted(-h)) / (2 * h);
  };
  return (4 * slope(5e-4) - slope(1e-3)) / 3;
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
        .map((point) => ({
          // One answer of mathjs is wrong; it and all others must agree with differences.
          wanted: row.wrong ? differenceAt(row, point) : valueAt(row.expected, point),
          difference: differenceAt(row, point),
          found: valueAt(result.result, point),
        }))
        .filter(({ wanted, difference }) => Number.isFinite(wanted) && Number.isFinite(difference));
      expect(pairs.length).toBeGreaterThan(0);
      for (const { wanted, difference, found } of pairs) {
        expect(Math.abs(found - difference)).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(difference)));
        if (!row.wrong) expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(wanted)));
      }
      if (row.wrong) {
        const [point] = row.points.filter((one) => Number.isFinite(differenceAt(row, one)));
        if (point === undefined) throw new Error('no point in the domain');
        expect(Math.abs(valueAt(result.result, point) - valueAt(row.expected, point))).toBeGreaterThan(1e-3);
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
