import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examples } from '../../src/cli/examples.ts';
import * as html from '../../src/html.ts';
import * as library from '../../src/index.ts';
import { functionTable } from '../../src/rules/elementary.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('the package', () => {
  it('has these public names', () => {
    expect(Object.keys(library).sort()).toEqual([
      'MathError',
      'check',
      'derive',
      'describeProblem',
      'gradient',
      'hessian',
      'parse',
      'safeDerive',
      'stationary',
      'toJson',
      'toLatex',
      'toMarkdown',
      'toTerminal',
      'toTypst',
      'verify',
    ]);
  });

  it('has these in chainrule/html', () => {
    expect(Object.keys(html).sort()).toEqual(['htmlStyles', 'toHtml']);
  });

  it('lists every elementary function in the README', () => {
    const text = read('README.md');
    expect([...functionTable.keys()].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });

  it('shows in examples/backprop.md what --example backprop derives', () => {
    const block = /```derive wrt="([^"]+)"[^\n]*\n([\s\S]*?)\n```/.exec(read('examples/backprop.md'));
    expect(examples.get('backprop')).toEqual({ source: block?.[2], wrt: block?.[1] });
  });
});
