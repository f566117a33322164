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
      return result.matrix.flatMap((row, i) =>
        row.slice(i).map((entry, at) => `d(d(${of}, ${wrt[i]}), ${wrt[i + at]}) = ${entry}`),
      );
    }
    case 'chainrule/stationary/1':
      return result.solution.length > 0
        ? result.solution.map(({ name, expression }) => `${name} = ${expression}`)
        : result.equations.map(({ left, right }) => `${left} = ${right}`);
  }
}
