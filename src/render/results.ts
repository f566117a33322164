/** The results of a derivation alone, as equations in the text of the data. */

import type { Result } from '../derivation/derivation.ts';

/** `d(E, beta[j]) = ...`, one for each that was asked for. */
export function resultFormulas(result: Result): string[] {
  switch (result.schema) {
    case 'chainrule/derivation/1': {
      const { wanted, remainder } = result;
      return [`${wanted} = ${result.result}${remainder === undefined ? '' : ` + ${remainder}`}`];
    }
    case 'chainrule/gradient/1': {
      const { output, target } = result.problem;
      return result.results.map((one) => `d(${output ?? target}, ${one.wrt}) = ${one.result}`);
    }
    case 'chainrule/hessian/1': {
      const { output, target, wrt } = result.problem;
      const of = output ?? target;
      const { blocks, matrix } = result;
      // The axes of the variable that comes last stand first; a row is the transpose of what was derived.
      const pair = (i: number, j: number): string => {
        const [row, column] = blocks?.[i]?.[j]?.startsWith('matrix(1,') === true ? [j, i] : [i, j];
        const [first, last] = blocks === undefined ? [row, column] : [column, row];
        return `d(d(${of}, ${wrt[first]}), ${wrt[last]}) = ${matrix[row]?.[column]}`;
      };
      return matrix.flatMap((row, i) => row.slice(i).map((_, at) => pair(i, i + at)));
    }
    case 'chainrule/stationary/1':
      return result.solution.length > 0
        ? result.solution.map(({ name, expression }) => `${name} = ${expression}`)
        : result.equations.map(({ left, right }) => `${left} = ${right}`);
  }
}
