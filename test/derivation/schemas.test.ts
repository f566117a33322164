/** What the library returns is what the shipped JSON schemas say, over the tables of cases and the notes. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check.ts';
import type { Result } from '../../src/derivation/derivation.ts';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import type { DeriveOptions } from '../../src/options.ts';
import { toJson } from '../../src/render/json.ts';
import { readCases, readDerivatives, readExpressions, readLines } from '../support/table.ts';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const schemas = new Map<string, ValidateFunction>(
  readdirSync('schemas').map((file) => {
    const schema = JSON.parse(readFileSync(`schemas/${file}`, 'utf8')) as { readonly $id: string };
    return [schema.$id, ajv.compile(schema)];
  }),
);

/** What is wrong with `value` by its schema, in words. */
function faultsOf(id: string, value: unknown): string[] {
  const validate = schemas.get(id);
  if (validate === undefined) return [`no schema ${id}`];
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const faultsOfResult = (result: Result): string[] => faultsOf(result.schema, JSON.parse(toJson(result)));

/** What the rows of all tables ask for; certificates of long tables are left out, as they take the time. */
const asked: Readonly<Record<string, () => Result[]>> = {
  tasks: () =>
    readLines('tasks.txt').flatMap((line) => {
      const [task, source = '', options = '{}'] = line.split(' => ');
      const verb = { derive, hessian, stationary }[task as 'derive'];
      const given: DeriveOptions = { wrt: 'x', verify: false, ...JSON.parse(options) };
      return (['answer', 'every'] as const).map((detail) => verb(source, { ...given, detail }));
    }),
  gradients: () =>
    readCases('gradients.txt').flatMap(({ source, wrt }) => [
      gradient(source, { wrt, update: true }),
      gradient(source, { wrt, verify: false }),
    ]),
  derivatives: () => readDerivatives().map(({ source, wrt }) => derive(source, { wrt, update: true })),
  expressions: () => readExpressions().map(({ source, wrt, order }) => derive(source, { wrt, order, verify: false })),
  textbook: () => readCases('textbook.txt').map(({ source, wrt }) => derive(source, { wrt, verify: false })),
  matrix: () =>
    readLines('matrix.txt').map((line) => {
      const [shapes = '', source = '', wrt = ''] = line.split(' | ');
      return derive(source, { wrt, shapes, verify: false });
    }),
};

describe('the schemas', () => {
  it('are those of the types', () => {
    expect(() => execFileSync(process.execPath, ['scripts/schemas.mjs', '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it.each(Object.keys(asked))('describe the results of %s', (name) => {
    const results = asked[name]?.() ?? [];
    expect(results.length).toBeGreaterThan(10);
    const faulty = results.map((one) => [one.problem.source, ...faultsOfResult(one)]).filter((one) => one.length > 1);
    expect(faulty).toEqual([]);
  });

  it('describe the reports of check', () => {
    const notes = [
      ...readdirSync('examples')
        .filter((file) => file.endsWith('.md'))
        .map((file) => readFileSync(`examples/${file}`, 'utf8')),
      ...readLines('correct-notes.txt').flatMap((line) => {
        const note = /^\w+ "[^"]+" (".*")$/.exec(line)?.[1];
        return note === undefined ? [] : [JSON.parse(note) as string];
      }),
      '$$\n\\frac{d}{dx} \\log x = -1/x\n$$\n\n$$\n1/x = \\foo\n$$',
    ];
    const reports = notes.map((note) => check(note, { file: 'note.md' }));
    expect(new Set(reports.flat().map((one) => one.verdict))).toEqual(new Set(['holds', 'fails', 'unknown']));
    expect(reports.flatMap((report) => faultsOf('chainrule/check/1', JSON.parse(JSON.stringify(report))))).toEqual([]);
  });

  it('find what is not so', () => {
    const result = derive('x^2', { wrt: 'x' });
    expect(faultsOf(result.schema, { ...result, result: 2 })).toEqual(['/result must be string']);
    expect(faultsOf(result.schema, { ...result, more: 2 })).toEqual([' must NOT have additional properties']);
  });

  it('let pass numbers that JSON can not write', () => {
    const result = derive('x^2', { wrt: 'x' });
    expect(
      faultsOfResult({ ...result, certificate: { ...result.certificate, worst: Number.POSITIVE_INFINITY } }),
    ).toEqual([]);
  });
});
