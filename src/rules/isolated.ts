/**
 * Equalities of the variable that hold at single points: x = 0, x^2 = a. What stands at such a point alone has no derivative
 * there, whatever its expression is, and elsewhere it does not count. An analytic function that is not zero has isolated
 * zeros (Rudin, Principles of Mathematical Analysis, 1976, theorem 8.5).
 */

import { add, cases, isNumber, subtract } from '../term/construct.ts';
import { unfold } from '../term/substitute.ts';
import type { CasesTerm, Term, Variable } from '../term/term.ts';
import type { RuleContext } from './rule.ts';

type Known = Pick<RuleContext, 'depends' | 'definitions'>;

/** A difference that is analytic in the variable, and which signs it can have where a branch is taken. */
interface Sided {
  readonly difference: Term;
  readonly signs: Signs;
}

type Signs = readonly (-1 | 0 | 1)[];

const signsOf: Readonly<Record<CasesTerm['condition']['operator'], Signs>> = {
  '==': [0],
  '!=': [-1, 1],
  '<': [-1],
  '<=': [-1, 0],
  '>': [1],
  '>=': [0, 1],
};

/** Cases without the branches that are taken at single points alone: of x > 0 ? u : (x < 0 ? v : w) without w. */
export function withoutPoints(term: Term, by: Variable, known: Known, given: readonly Sided[] = []): Term {
  if (term.kind !== 'cases') return term;
  const { condition } = term;
  const difference = subtract(condition.left, condition.right);
  const isSided = known.depends(difference, by) && isAnalytic(difference, by, { ...known, members: new Set() });
  if (!isSided) {
    return cases(
      condition,
      withoutPoints(term.then, by, known, given),
      withoutPoints(term.otherwise, by, known, given),
    );
  }
  const possible = signsGiven(difference, given);
  const within = possible.filter((sign) => signsOf[condition.operator].includes(sign));
  const beyond = possible.filter((sign) => !within.includes(sign));
  const follow = (branch: Term, signs: Signs): Term =>
    withoutPoints(branch, by, known, [...given, { difference, signs }]);
  if (isNowhere(within)) return follow(term.otherwise, beyond);
  if (isNowhere(beyond)) return follow(term.then, within);
  return cases(condition, follow(term.then, within), follow(term.otherwise, beyond));
}

/** Whether nothing but single points is left. */
const isNowhere = (signs: Signs): boolean => signs.every((sign) => sign === 0);

/** What is known of the sign of a difference; that of its negative tells as much. */
function signsGiven(difference: Term, given: readonly Sided[]): Signs {
  let signs: Signs = [-1, 0, 1];
  for (const one of given) {
    if (one.difference === difference) signs = signs.filter((sign) => one.signs.includes(sign));
    else if (isNumber(add(one.difference, difference), 0)) {
      signs = signs.filter((sign) => one.signs.some((other) => other === -sign || (other === 0 && sign === 0)));
    }
  }
  return signs;
}

const pieced: ReadonlySet<string> = new Set([
  ...['abs', 'sign', 'heaviside', 'floor', 'ceil', 'mod', 'max', 'min', 'clamp'],
  ...['relu', 'leaky_relu', 'elu', 'selu'],
]);

/** Whether a term is one analytic function of the variable; of what is not known, as of f, nothing says so. */
function isAnalytic(term: Term, by: Variable, known: Known & { readonly members: Set<Term> }): boolean {
  if (term === by || !known.depends(term, by)) return true;
  const areAnalytic = (parts: readonly Term[]): boolean => parts.every((part) => isAnalytic(part, by, known));
  switch (term.kind) {
    case 'symbol':
    case 'element': {
      const body = unfold(term, known.definitions);
      if (body !== undefined) return isAnalytic(body, by, known);
      // Of two members of a family one may be the other, so that they are equal whatever their value is.
      return term.kind === 'element' && by.kind === 'element' && known.members.add(term).size === 1;
    }
    case 'add':
      return areAnalytic(term.terms);
    case 'multiply':
      return areAnalytic(term.factors);
    case 'power':
      return areAnalytic([term.base, term.exponent]);
    case 'apply':
      return !term.generic && !pieced.has(term.name) && areAnalytic(term.args);
    default:
      return false;
  }
}
