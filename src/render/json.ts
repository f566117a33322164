/** A derivation or gradient as JSON: the same data, the same text for the same input. */

import type { Result } from '../derivation/derivation.ts';
import { demandResult } from '../library-options.ts';

/** The keys in the order of the contract; keys that are not listed follow in alphabetical order. */
const order = [
  'schema',
  'detail',
  'problem',
  'formula',
  'wanted',
  'ordinary',
  'lets',
  'steps',
  'adjoints',
  'equations',
  'system',
  'determinant',
  'solution',
  'conditions',
  'reason',
  'sharing',
  'result',
  'remainder',
  'matrix',
  'blocks',
  'results',
  'expanded',
  'resultShape',
  'uses',
  'unused',
  'unresolved',
  'layout',
  'structured',
  'update',
  'updates',
  'operations',
  'answer',
  'certificate',
  'names',
  'notices',
];

/** Objects whose keys are names or facts: sorted, as nothing else says which comes first. */
const dictionaries = new Set(['shapes', 'facts', 'values']);

/** `result` as indented JSON that ends in a line break. Total; a number that JSON has no way to write becomes null. */
export function toJson(result: Result): string {
  demandResult('toJson', result);
  const entries = Object.entries(result).sort(([a], [b]) => rankOf(a) - rankOf(b) || compare(a, b));
  return `${JSON.stringify(Object.fromEntries(entries), sortDictionaries, 2)}\n`;
}

function rankOf(key: string): number {
  const rank = order.indexOf(key);
  return rank < 0 ? order.length : rank;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortDictionaries(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (!dictionaries.has(key) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compare(a, b)));
}
