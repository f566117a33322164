/** The Hessian: second partial derivatives by each pair of variables, each pair once (Schwarz, for smooth functions). */

import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { derivative, symbol } from '../term/construct.ts';
import { variableSymbol } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import { certifyPassages, certifyWhole, printPassages } from './assemble.ts';
import { type BuildOptions, createDesk, describeProblemStatement, printLets, withRename } from './build.ts';
import type { Hessian } from './derivation.ts';
import type { NamedModel } from './naming.ts';
import { type Carried, type Claim, carryOut, contextOf, type Passage, statement } from './outline.ts';
import { shareTerms } from './sharing.ts';
import { expandShort } from './written-size.ts';

/** Most variables: n (n + 1) / 2 derivations. */
const mostVariables = 8;

export function buildHessian(model: Model, named: NamedModel, options: BuildOptions): Hessian {
  const { variables, output } = model;
  demandVariables(model, named);
  refuseVectors(variables);
  const desk = createDesk(model, named, variables, options);
  const name = output === undefined ? named.target : symbol(output);
  const firsts = variables.map((by) => carryOut(derivative(named.target, by), named, contextOf(named, [by])));
  const passages: Passage[] = variables.map((by, at) => ({
    left: derivative(name, by),
    start: derivative(named.target, by),
    moves: (firsts[at] as Carried).moves,
    brief: variables.length > 2,
  }));
  const entries = new Map<string, Term>();
  const claims: { left: Term; right: Term }[] = [];
  const unresolved: Term[] = firsts.flatMap((one) => one.unresolved);
  let exhausted = firsts.some((one) => one.exhausted);
  variables.forEach((first, row) => {
    const known = firsts[row] as Carried;
    variables.forEach((second, column) => {
      if (column < row) return;
      const start = derivative(known.result, second);
      if (known.unresolved.length > 0) {
        entries.set(`${row},${column}`, start);
        return;
      }
      const carried = carryOut(start, named, contextOf(named, [second]));
      const opening = statement('second-partial', start, { left: start, right: start });
      passages.push({
        left: derivative(derivative(name, first), second),
        start,
        moves: [opening, ...carried.moves],
        brief: true,
      });
      entries.set(`${row},${column}`, carried.result);
      unresolved.push(...carried.unresolved);
      exhausted ||= carried.exhausted;
      claims.push({ left: derivative(derivative(named.target, first), second), right: carried.result });
    });
  });
  const rows = variables.map((_, row) =>
    variables.map((_, column) => entries.get(row <= column ? `${row},${column}` : `${column},${row}`) as Term),
  );
  return assembleHessian(model, named, desk, options, {
    passages: withRename(passages, named, desk.taken),
    rows,
    claims,
    unresolved,
    exhausted,
  });
}

/** The rows of a Hessian and how they were derived; `blocks` are the shapes of its entries where those are matrices. */
interface DerivedRows {
  readonly passages: readonly Passage[];
  readonly rows: readonly (readonly Term[])[];
  readonly claims: readonly Claim[];
  readonly unresolved: readonly Term[];
  readonly exhausted: boolean;
  readonly blocks?: readonly (readonly string[])[];
}

/** The document of a Hessian: steps, entries with their shared parts named, certificate. */
export function assembleHessian(
  model: Model,
  named: NamedModel,
  desk: ReturnType<typeof createDesk>,
  options: BuildOptions,
  { passages, rows, claims, unresolved, exhausted, blocks }: DerivedRows,
): Hessian {
  const { print, printAsWritten } = desk;
  const certified = certifyPassages(passages, desk);
  const outline = { passages, result: named.target, unresolved, exhausted, claims };
  const sharing = shareTerms([...new Set(rows.flat())], print, model.names, named);
  const definitions = new Map(named.lets.map((one) => [one.symbol, one]));
  return {
    schema: 'chainrule/hessian/1',
    detail: options.detail,
    problem: {
      ...describeProblemStatement(model, named, model.variables, { ...options, order: 2 }, printAsWritten),
      task: 'hessian',
    },
    formula: printAsWritten(expandShort(named.target, definitions)),
    lets: printLets(named, printAsWritten),
    steps: options.detail === 'answer' ? [] : printPassages(certified, '', { ...desk, shared: sharing.share }),
    matrix: rows.map((row) => row.map((entry) => print(sharing.share(entry)))),
    ...(blocks === undefined ? {} : { blocks }),
    ...(sharing.lets.length === 0 ? {} : { sharing: sharing.lets }),
    expanded: rows.map((row) => row.map((entry) => print(expandShort(entry, definitions)))),
    unresolved: unresolved.map(print),
    certificate: certifyWhole(outline, certified, desk),
  };
}

/** Refuses what is no scalar, and more variables than anyone reads. */
export function demandVariables({ variables }: Model, { target }: NamedModel): void {
  if (target.rank > 0) {
    fail({
      code: 'shape-clash',
      message: `a Hessian is that of a scalar, and this is a ${target.rank === 1 ? 'vector' : 'matrix'}`,
      hint: 'take a component or its norm',
    });
  }
  if (variables.length > mostVariables) {
    fail({
      code: 'too-large',
      message: `a Hessian is by at most ${mostVariables} variables, here there are ${variables.length}`,
      hint: 'ask for a part of it',
    });
  }
}

/** A member of a family of vectors can't be differentiated by twice as a whole. */
function refuseVectors(variables: readonly Variable[]): void {
  const vector = variables.find((one) => one.rank > 0);
  if (vector === undefined) return;
  const { name } = variableSymbol(vector);
  fail({
    code: 'shape-clash',
    message: `${name} is a family of vectors, and a Hessian is by whole vectors or by scalars`,
    hint: `name components: --wrt "${name}[j][k]"`,
  });
}
