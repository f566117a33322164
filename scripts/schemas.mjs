/**
 * Writes the JSON schemas of what the library returns and `--format json` prints, from the types in the sources; with
 * --check, says whether they are up to date.
 *
 *     node scripts/schemas.mjs [--check]
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

/** The type that each schema describes, and where it stands. */
const roots = {
  derivation: ['Derivation', 'src/derivation/derivation.ts'],
  gradient: ['Gradient', 'src/derivation/derivation.ts'],
  hessian: ['Hessian', 'src/derivation/derivation.ts'],
  stationary: ['Stationary', 'src/derivation/derivation.ts'],
  verdict: ['Verdict', 'src/notes/verdict.ts'],
};

function schemaOf(type, path) {
  const config = { path, type, tsconfig: 'tsconfig.json', expose: 'export', skipTypeCheck: true };
  return createGenerator(config).createSchema(type);
}

/** Measured numbers, which may be infinite or none at all: `JSON.stringify` writes null for them. */
const measured = new Set(['worst', 'left', 'right', 'additionalProperties']);

function withNull(value, key) {
  if (Array.isArray(value)) return value.map((one) => withNull(one));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withNull(one, name)]));
  const types = [inner.type].flat();
  return measured.has(key) && types.includes('number') ? { ...inner, type: [...types, 'null'] } : inner;
}

function texts() {
  const all = new Map();
  for (const [name, [type, path]] of Object.entries(roots)) {
    const { $schema, ...schema } = withNull(schemaOf(type, path));
    // `check` gives a list.
    const id = name === 'verdict' ? 'check' : name;
    const whole = name === 'verdict' ? { type: 'array', items: { $ref: schema.$ref } } : { $ref: schema.$ref };
    const file = { $schema, $id: `chainrule/${id}/1`, ...whole, definitions: schema.definitions };
    all.set(`schemas/${id}-1.json`, `${JSON.stringify(file, null, 2)}\n`);
  }
  return all;
}

const isCheck = process.argv.includes('--check');
if (!isCheck) mkdirSync('schemas', { recursive: true });
for (const [file, text] of texts()) {
  if (!isCheck) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${file} is not what the types say: run node scripts/schemas.mjs\n`);
    process.exitCode = 1;
  }
}
