/**
 * Stationary points: the gradient set to zero, and solved where it is linear in the variables. For least squares these are
 * the normal equations (Gauss 1809; Strang, Introduction to Linear Algebra, 2016, section 4.3).
 *
 * What is not linear is given as it is and not solved. A solution is tested by putting it in: the oracle differentiates
 * the target itself at the solution and must find zero.
 */

import {
  commonContent,
  cramer,
  determinant,
  hasPieces,
  linearForm,
  mostUnknowns,
  nonZero,
} from '../calculus/linear-solve.ts';
import { present } from '../calculus/present.ts';
import { holdsDerivative } from '../calculus/trace.ts';
import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import {
  add,
  derivative,
  divide,
  isNumber,
  mapParts,
  multiply,
  negate,
  number,
  power,
  relation,
  symbol,
  zero,
} from '../term/construct.ts';
import type { Definition } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { certifyPassages, certifyWhole, printPassages } from './assemble.ts';
import { type BuildOptions, createDesk, describeProblemStatement, printLets, withRename } from './build.ts';
import type { Stationary } from './derivation.ts';
import { type NamedModel, unfoldAll } from './naming.ts';
import { type Carried, type Claim, carryOut, contextOf, type Passage, statement } from './outline.ts';

/** What came of the equations: a solved system, a system that has no single solution, or why it is none. */
interface System {
  readonly passages: readonly Passage[];
  readonly claims: readonly Claim[];
  readonly matrix?: readonly (readonly Term[])[];
  readonly right?: readonly Term[];
  readonly determinant?: Term;
  readonly solution: readonly Term[];
  readonly reason: Stationary['reason'];
}

export function buildStationary(model: Model, given: NamedModel, options: BuildOptions): Stationary {
  const { variables, output } = model;
  // Intermediates hide whether the equations are linear, so they are put back.
  const named: NamedModel = { target: unfoldAll(given), lets: [] };
  if (named.target.rank > 0) {
    fail({
      code: 'shape-clash',
      message: 'only a scalar has stationary points, and this is a vector',
      hint: 'take a component or its norm',
    });
  }
  const lengths = createLengthNames(model);
  const shown: NamedModel = { ...named, lets: [] };
  const desk = createDesk(model, shown, variables, options);
  const name = output === undefined ? named.target : symbol(output);
  const gradients = variables.map((by) => carryOut(derivative(named.target, by), named, contextOf(named, [by])));
  const passages: Passage[] = variables.map((by, at) => ({
    left: derivative(name, by),
    start: derivative(named.target, by),
    moves: (gradients[at] as Carried).moves,
  }));
  const unresolved = gradients.flatMap((one) => one.unresolved);
  const ends = gradients.map((one) => one.result);
  const system = unresolved.length > 0 ? open('unresolved') : solve(model, named, ends, lengths);
  const all = [...withRename(passages, named, desk.taken), ...system.passages];
  const certified = certifyPassages(all, desk);
  const claims = [
    ...variables.map((by, at) => ({ left: derivative(named.target, by), right: ends[at] as Term })),
    ...system.claims,
  ];
  const outline = {
    passages: all,
    result: named.target,
    unresolved,
    exhausted: gradients.some((one) => one.exhausted),
    claims,
  };
  const { print, printAsWritten } = desk;
  const names = variables.map(print);
  return {
    schema: 'chainrule/stationary/1',
    detail: options.detail,
    problem: { ...describeProblemStatement(model, shown, variables, options, printAsWritten), task: 'stationary' },
    formula: printAsWritten(named.target),
    lets: printLets({ target: named.target, lets: lengths.lets }, print),
    steps: options.detail === 'answer' ? [] : printPassages(certified, '', desk),
    equations: ends.map((one) => ({ left: print(one), right: '0' })),
    system:
      system.matrix === undefined || system.right === undefined
        ? null
        : { matrix: system.matrix.map((row) => row.map(print)), right: system.right.map(print) },
    determinant: system.determinant === undefined ? null : print(system.determinant),
    solution: system.solution.map((one, at) => ({ name: names[at] as string, expression: print(one) })),
    conditions:
      system.solution.length === 0 || system.determinant === undefined || system.determinant.kind === 'number'
        ? []
        : [print(relation('!=', system.determinant, zero()))],
    reason: system.reason,
    unresolved: unresolved.map(print),
    certificate: certifyWhole(outline, certified, desk),
  };
}

function open(reason: Stationary['reason']): System {
  return { passages: [], claims: [], solution: [], reason };
}

/** The equations as a linear system and its solution by Cramer's rule, as far as they are one. */
function solve(model: Model, named: NamedModel, gradients: readonly Term[], lengths: LengthNames): System {
  const { variables } = model;
  if (variables.some((one) => one.rank > 0)) return open('vectors');
  const unknowns = variables.filter((one): one is SymbolTerm => one.kind === 'symbol');
  if (unknowns.length < variables.length) return open('families');
  // What stands at single points, or jumps, has left no trace in the equations; a solution may lie there.
  if (unknowns.some((unknown) => hasPieces(named.target, unknown))) return open('not-linear');
  const forms = gradients.map((one) => linearForm(one, unknowns));
  if (forms.some((form) => form === undefined || form.coefficients.some(holdsDerivative))) return open('not-linear');
  const sides = forms.map((form) => [...(form?.coefficients ?? []), negate(form?.rest ?? zero())]);
  const scales = sides.map((terms) => number(commonContent(terms)));
  const rows = sides.map((terms, at) => terms.map((term) => lengths.name(present(divide(term, scales[at] as Term)))));
  const matrix = rows.map((row) => row.slice(0, -1));
  const right = rows.map((row) => row[row.length - 1] as Term);
  const equations = rows.map((_, at): Passage => {
    const left = add(...unknowns.map((unknown, k) => multiply(matrix[at]?.[k] as Term, unknown)));
    const end = right[at] as Term;
    const claim = {
      left: multiply(scales[at] as Term, add(left, negate(end))),
      right: gradients[at] as Term,
      given: lengths.lets,
    };
    return { left, start: end, moves: [statement('normal-equation', end, claim)] };
  });
  const base = { matrix, right, passages: equations, claims: [] };
  if (unknowns.length > mostUnknowns) return { ...base, solution: [], reason: 'too-many' };
  if (unknowns.length === 1) return solveOne(base, named, unknowns, matrix[0]?.[0] as Term, right[0] as Term, lengths);
  const solved = cramer(matrix, right);
  if (solved.solution.length === 0)
    return { ...base, determinant: solved.determinant, solution: [], reason: 'singular' };
  const det = symbol(lengths.fresh(['D', 'det', 'Delta']));
  const isLarge = solved.determinant.kind !== 'number';
  const first: Passage[] = isLarge
    ? [
        {
          left: det,
          start: solved.determinant,
          moves: [
            statement('determinant', solved.determinant, {
              left: determinant(matrix),
              right: solved.determinant,
              given: lengths.lets,
            }),
          ],
        },
      ]
    : [];
  const solution = isLarge
    ? solved.numerators.map((numerator) => multiply(numerator, power(det, number(-1))))
    : solved.solution;
  const conditions = isLarge ? [nonZero(det)] : [];
  const given = [...lengths.lets, { symbol: det, parameters: [], body: solved.determinant }];
  const last = unknowns.map((unknown, at): Passage => {
    const own = solution[at] as Term;
    const claim = { left: solved.solution[at] as Term, right: own, given };
    return { left: unknown, start: own, moves: [statement('cramer', own, claim, { conditions })] };
  });
  const claims = pointClaims(named, unknowns, solved.solution, lengths.lets);
  return {
    ...base,
    passages: [...equations, ...first, ...last],
    claims,
    determinant: solved.determinant,
    solution: solved.solution,
    reason: null,
  };
}

function solveOne(
  base: Pick<System, 'matrix' | 'right' | 'passages' | 'claims'>,
  named: NamedModel,
  unknowns: readonly SymbolTerm[],
  factor: Term,
  right: Term,
  lengths: LengthNames,
): System {
  if (isNumber(factor, 0)) return { ...base, determinant: factor, solution: [], reason: 'singular' };
  const value = present(divide(right, factor));
  const conditions = factor.kind === 'number' ? [] : [nonZero(factor)];
  const claim = { left: multiply(factor, value), right, given: lengths.lets };
  const passage: Passage = {
    left: unknowns[0] as Term,
    start: value,
    moves: [statement('divide', value, claim, { facts: { divisor: factor }, conditions })],
  };
  const claims = pointClaims(named, unknowns, [value], lengths.lets);
  return {
    ...base,
    passages: [...base.passages, passage],
    claims,
    determinant: factor,
    solution: [value],
    reason: null,
  };
}

/** The derivatives of the target at the solution are zero. */
function pointClaims(
  named: NamedModel,
  unknowns: readonly SymbolTerm[],
  solution: readonly Term[],
  lengths: readonly Definition[],
): Claim[] {
  const point = unknowns.map(
    (unknown, at): Definition => ({ symbol: unknown, parameters: [], body: solution[at] as Term }),
  );
  const given = [...lengths, ...point];
  return unknowns.map((unknown) => ({ left: derivative(named.target, unknown), right: zero(), given }));
}

/** Names for the lengths of sums: n for sum(1, i), which stands in every normal equation. */
interface LengthNames {
  readonly lets: Definition[];
  readonly fresh: (letters: readonly string[]) => string;
  readonly name: (term: Term) => Term;
}

function createLengthNames(model: Model): LengthNames {
  const lets: Definition[] = [];
  const taken = new Set(model.names);
  const fresh = (letters: readonly string[]): string => {
    const name = letters.find((one) => !taken.has(one)) ?? `${letters[0]}_1`;
    taken.add(name);
    return name;
  };
  const name = (term: Term): Term => {
    const isLength = term.kind === 'sum' && isNumber(term.body, 1);
    if (!isLength) return mapParts(term, noNames, name);
    // From 1 to n there are n.
    if (term.range !== undefined && isNumber(term.range.from, 1)) return term.range.to;
    const known = lets.find((one) => one.body === term);
    if (known !== undefined) return known.symbol;
    const length: Definition = { symbol: symbol(fresh(['n', 'N', 'm', 'M'])), parameters: [], body: term };
    lets.push(length);
    return length.symbol;
  };
  return { lets, fresh, name };
}

const noNames: ReadonlySet<string> = new Set();
