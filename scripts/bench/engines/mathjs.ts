/** mathjs: `derivative` of parsed nodes, with its default simplification or without. */

import type { MathNode } from 'mathjs';
import { functionsAt } from '../evaluate.ts';
import { type Engine, openAlgebra } from './engine.ts';

const mathjs =
  (simplify: boolean): Engine =>
  async (job) => {
    const { derivative, parse } = await import('mathjs');
    return openAlgebra<string | MathNode, MathNode>(
      {
        read: (text, names) => {
          if (job.fromText === true) return text;
          return parse(text).transform((node) => {
            const known = 'name' in node && typeof node.name === 'string' ? names.get(node.name) : undefined;
            return known !== undefined && typeof known !== 'string' ? known : node;
          });
        },
        derive: (expression, by, order) => {
          let answer = derivative(expression, by, { simplify });
          for (let count = 1; count < order; count++) answer = derivative(answer, by, { simplify });
          return answer;
        },
        evaluate: (answer, point) => Number(answer.evaluate(functionsAt(point))),
        print: (answer) => answer.toString(),
      },
      job,
    );
  };

export const plainMathjs = mathjs(false);
export const simplifiedMathjs = mathjs(true);
