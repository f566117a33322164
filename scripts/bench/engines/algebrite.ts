/** Algebrite: `derivative` of its evaluated expressions. */

import type { AlgebriteTerm } from 'algebrite';
import { type Engine, openAlgebra } from './engine.ts';

export const algebrite: Engine = async (job) => {
  const { default: library } = await import('algebrite');
  const read = (text: string): AlgebriteTerm => {
    const term = library.eval(text);
    // It answers what it can't read with a message in place of a term.
    if (typeof term !== 'object') throw new Error(String(term));
    return term;
  };
  return openAlgebra<AlgebriteTerm, AlgebriteTerm>(
    {
      read: (text, names) => {
        let term = read(text);
        for (const [name, value] of names) {
          if (text.includes(name)) term = library.subst(value, read(name), term);
        }
        return term;
      },
      derive: (expression, by, order) => {
        let answer = library.derivative(expression, read(by));
        for (let count = 1; count < order; count++) answer = library.derivative(answer, read(by));
        return answer;
      },
      evaluate: (answer, point) => {
        let term = answer;
        for (const [name, value] of Object.entries(point)) term = library.subst(read(String(value)), read(name), term);
        return Number(library.float(term).d ?? Number.NaN);
      },
      print: (answer) => answer.toString(),
    },
    job,
  );
};
