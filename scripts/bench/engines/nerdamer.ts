/** nerdamer: `diff` of its parsed symbols, which it changes in place. */

import type { Parsed } from 'nerdamer/all.js';
import { type Engine, openAlgebra } from './engine.ts';

export const nerdamer: Engine = async (job) => {
  const { default: library } = await import('nerdamer/all.js');
  const core = library.getCore();
  return openAlgebra<Parsed, Parsed>(
    {
      read: (text, names) => core.PARSER.parse(text, Object.fromEntries(names)),
      copy: (expression) => expression.clone(),
      derive: (expression, by, order) => core.Calculus.diff(expression, by, order),
      evaluate: (answer, point) => {
        const values = Object.fromEntries(Object.entries(point).map(([name, value]) => [name, String(value)]));
        return Number(library(answer.toString(), values).evaluate().text('decimals'));
      },
      print: (answer) => answer.toString(),
    },
    job,
  );
};
