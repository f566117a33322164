import katex from 'katex';
import mathjax from 'mathjax';
import temml from 'temml';
import { beforeAll, describe, expect, it } from 'vitest';
import { emittedFormulas } from '../support/emitted.ts';

const formulas = emittedFormulas();

/** The formulas at which `set` throws, with what it says. */
function refusedBy(set: (formula: string) => unknown): [string, string][] {
  return formulas.flatMap((formula): [string, string][] => {
    try {
      set(formula);
      return [];
    } catch (error) {
      return [[formula, String(error)]];
    }
  });
}

describe('every formula that is emitted', () => {
  it('is one of thousands', () => {
    expect(formulas.length).toBeGreaterThan(2000);
  });

  it('is taken by KaTeX in strict mode', () => {
    const options = { strict: 'error', throwOnError: true, trust: false, displayMode: true } as const;
    expect(refusedBy((formula) => katex.renderToString(formula, options))).toEqual([]);
  });

  it('is taken by Temml', () => {
    const options = { strict: true, throwOnError: true, displayMode: true } as const;
    expect(refusedBy((formula) => temml.renderToString(formula, options))).toEqual([]);
  });

  describe('in MathJax 4', () => {
    let toMathML: (formula: string) => string = () => '';
    beforeAll(async () => {
      const engine = await mathjax.init({
        loader: { load: ['input/tex'] },
        tex: {
          // Without these two an unknown command is an error, and an error is thrown.
          packages: { '[-]': ['noundefined', 'noerrors'] },
          formatError: (_: unknown, error: Error) => {
            throw error;
          },
        },
      });
      toMathML = (formula) => engine.tex2mml(formula, { display: true });
    });

    it('refuses what is no formula', () => {
      expect(() => toMathML('\\frac{x}{')).toThrow();
      expect(() => toMathML('\\nosuchcommand x')).toThrow();
    });

    it('is taken', () => {
      expect(refusedBy(toMathML)).toEqual([]);
    });
  });
});
