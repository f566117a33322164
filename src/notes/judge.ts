/** Whether a claim holds, in the light of what the text has defined. A guess is never a verdict. */

import { lower } from '../meaning/lower.ts';
import type { Evidence } from '../meaning/names/evidence.ts';
import { gatherUsage } from '../meaning/usage.ts';
import { createOracle, type Oracle } from '../oracle/certify.ts';
import { MathError } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { callNode, type MathNode, symbolNode } from '../syntax/node.ts';
import { children, freeIndices } from '../term/inspect.ts';
import { type Definitions, symbolsBelow, symbolsOf, variableSymbol } from '../term/substitute.ts';
import type { DerivativeTerm, SymbolTerm, Term } from '../term/term.ts';
import { mostWork, withinWork } from '../work.ts';
import type { Claim, Judgement } from './claim.ts';
import { unknown } from './claim.ts';
import { buildNotesScope, type DefinitionTable, definitionKey } from './context.ts';

export interface JudgeContext {
  readonly table: DefinitionTable;
  readonly functions: FunctionTable;
  readonly evidence: Evidence;
  readonly seed: number;
}

/** Judges one claim. Never throws for what a text holds. */
export function judge(claim: Claim, context: JudgeContext): Judgement {
  try {
    return withinWork(mostWork, () => judgeIn(claim, { ...context, table: withConventions(context) }));
  } catch (error) {
    if (error instanceof MathError && error.code === 'too-large') return unknown('too-large', error.message);
    if (error instanceof MathError) return unknown('unsupported-notation', error.message);
    throw error;
  }
}

function judgeIn(claim: Claim, context: JudgeContext): Judgement {
  const {
    scope,
    definitions: written,
    introduced,
    refused,
  } = buildNotesScope([claim.left, claim.right], context.table, context.functions, context.evidence);
  const left = lower(claim.left, scope);
  const right = lower(claim.right, scope);
  const definitions = new Map([...written, ...introduced]);
  const open = findOpenName(left, right, definitions, refused);
  if (open !== undefined) return open;
  const oracle: Oracle = createOracle({ definitions, seed: context.seed });
  const certificate = oracle.compare(left, right);
  if (certificate.verdict !== 'fails') return { certificate };
  if (claim.asserted !== true && !isIdentity(claim, left, right, definitions)) {
    return unknown('not-an-equation', 'this may be an equation to solve or a condition, not an identity');
  }
  if (claim.asserted !== true) {
    const doubt = findDoubt(claim, left, right, definitions);
    if (doubt !== undefined) return unknown('not-enough-context', doubt);
    // The partial derivative by x of z = x^2 + y with y = x^3 may hold y fixed.
    const numerators = new Set([...derivativesIn(left), ...derivativesIn(right)].map((one) => nameOf(one.of)));
    const fixed = new Map([...definitions].filter(([name]) => numerators.has(name)));
    const partial = createOracle({ definitions: fixed, seed: context.seed }).compare(left, right);
    if (fixed.size > 0 && partial.verdict === 'holds') return { certificate: partial };
  }
  const loose = looseName(claim, context.table);
  if (loose !== undefined) {
    return unknown('not-enough-context', `${loose} is defined more than once, or in another section only`);
  }
  return { certificate };
}

/** Why a claim that is no identity may be right all the same; undefined where nothing speaks for that. */
function findDoubt(claim: Claim, left: Term, right: Term, definitions: Definitions): string | undefined {
  const usage = gatherUsage([claim.left, claim.right]);
  for (const name of ['d', 'delta', 'Delta']) {
    if (usage.get(name)?.bare !== undefined) return 'differentials are not covered yet';
  }
  if (usage.get('i')?.bare !== undefined) return 'i may be the imaginary unit';
  const used = [...symbolsOf(left), ...symbolsOf(right)].some((name) => definitions.has(name));
  if (!used && [left, right].some(holdsGeneric)) return 'what the functions in it are is not said before';
  const variables = new Set(
    [...derivativesIn(left), ...derivativesIn(right)].flatMap((one) => [...freeIndices(one.by)]),
  );
  const [onLeft, onRight] = [freeIndices(left), freeIndices(right)];
  const onBoth = [...onLeft].every((name) => onRight.has(name)) && [...onRight].every((name) => onLeft.has(name));
  const isFixed = [...onLeft, ...onRight].every((name) => variables.has(name));
  if (!onBoth && !isFixed) return 'an index is free on one side only';
  if (repeatsIndex(left, variables) || repeatsIndex(right, variables)) return 'a repeated index may mean a sum';
  return undefined;
}

function holdsGeneric(term: Term): boolean {
  return (term.kind === 'apply' && term.generic) || children(term).some(holdsGeneric);
}

/** Whether a product holds a free index twice that is not an index of the variable: Einstein's convention. */
function repeatsIndex(term: Term, variables: ReadonlySet<string>): boolean {
  if (term.kind === 'multiply') {
    const counts = new Map<string, number>();
    for (const factor of term.factors) {
      for (const name of freeIndices(factor)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const free = freeIndices(term);
    for (const [name, count] of counts) if (count > 1 && free.has(name) && !variables.has(name)) return true;
  }
  return children(term).some((part) => repeatsIndex(part, variables));
}

/** A name in the claim, or below it, that is defined in a way that need not be meant here. */
function looseName(claim: Claim, table: DefinitionTable): string | undefined {
  const seen = new Set<string>();
  const visit = (nodes: readonly MathNode[]): string | undefined => {
    for (const [name, use] of gatherUsage(nodes)) {
      for (const kind of ['quantity', 'function'] as const) {
        const key = definitionKey(kind, name);
        const definition = table.get(key);
        if (definition === undefined || seen.has(key) || (kind === 'function' && !use.applied)) continue;
        seen.add(key);
        const loose = definition.firm ? visit([definition.body]) : name;
        if (loose !== undefined) return loose;
      }
    }
    return undefined;
  };
  return visit([claim.left, claim.right]);
}

/** A name whose value the text does not give, so that nothing can be said of the claim. */
function findOpenName(
  left: Term,
  right: Term,
  definitions: Definitions,
  refused: ReadonlyMap<string, string>,
): Judgement | undefined {
  for (const term of [left, right]) {
    for (const derivative of derivativesIn(term)) {
      const problem = checkDerivative(derivative, definitions);
      if (problem !== undefined) return problem;
    }
  }
  const known = symbolsBelow(left, definitions);
  for (const name of symbolsBelow(right, definitions)) {
    if (!known.has(name) && holdsKnown(left, right, definitions)) {
      return unknown(
        'undefined-name',
        `${name.name} stands on the right alone, and the text before does not define it`,
      );
    }
  }
  for (const name of [...symbolsOf(left), ...symbolsOf(right)]) {
    const why = refused.get(name.name);
    if (why !== undefined)
      return unknown('unsupported-notation', `the definition of ${name.name} could not be used: ${why}`);
  }
  return undefined;
}

/** Whether a name on the right alone makes the claim a definition of it: the left has derivatives or defined names. */
function holdsKnown(left: Term, _right: Term, definitions: Definitions): boolean {
  return derivativesIn(left).length > 0 || [...symbolsOf(left)].some((name) => definitions.has(name));
}

/** A derivative of a name that nothing defines says nothing. */
function checkDerivative(term: DerivativeTerm, definitions: Definitions): Judgement | undefined {
  const of = nameOf(term.of);
  const by = variableSymbol(term.by);
  if (of !== undefined && of !== by && !definitions.has(of)) {
    return unknown('undefined-name', `${of.name} is not defined before`);
  }
  if (of !== undefined && of !== by && !symbolsBelow(term.of, definitions).has(by)) {
    return unknown('not-enough-context', `how ${of.name} depends on ${by.name} is not said before`);
  }
  return undefined;
}

function nameOf(term: Term): SymbolTerm | undefined {
  return term.kind === 'element' ? term.base : term.kind === 'symbol' ? term : undefined;
}

function derivativesIn(term: Term): DerivativeTerm[] {
  const found: DerivativeTerm[] = [];
  const seen = new Set<Term>();
  const visit = (part: Term): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.kind === 'derivative') found.push(part);
    children(part).forEach(visit);
  };
  visit(term);
  return found;
}

/** Whether the claim is meant to hold for all values: a link of a chain, or about a derivative or a defined name. */
function isIdentity(claim: Claim, left: Term, right: Term, definitions: Definitions): boolean {
  if (left.kind === 'number' || right.kind === 'number') return claim.linked && derivativesIn(left).length > 0;
  if (derivativesIn(left).length > 0 || derivativesIn(right).length > 0) return true;
  // a + 4 sqrt(2 p) = a + 2: a value may have been put in for a name that is gone.
  if (claim.linked) return sameLeaves(left, right, definitions);
  return [...symbolsOf(left)].some((name) => definitions.has(name)) && [...symbolsOf(right)].length > 0;
}

function sameLeaves(left: Term, right: Term, definitions: Definitions): boolean {
  const leaves = (term: Term): string =>
    [...symbolsBelow(term, definitions)]
      .filter((name) => !definitions.has(name))
      .map((name) => name.name)
      .sort()
      .join();
  return leaves(left) === leaves(right);
}

/** Readings that the field takes for granted where a text does not say them. */
const conventions: readonly { readonly name: string; readonly known: string }[] = [{ name: 'sigma', known: 'sigmoid' }];

/** The definitions with the usual meaning of function names that the text uses and does not define. */
function withConventions({ table, evidence }: JudgeContext): DefinitionTable {
  let known = table;
  for (const { name, known: usual } of conventions) {
    const isOpen = evidence.functions.has(name) && !table.has(definitionKey('function', name));
    if (isOpen) known = withAlias(known, name, usual);
  }
  return known;
}

function withAlias(table: DefinitionTable, name: string, known: string): DefinitionTable {
  const parameter = symbolNode('x');
  const head = callNode(name, [parameter]);
  const body = callNode(known, [parameter]);
  return new Map(table).set(definitionKey('function', name), {
    kind: 'function',
    name,
    parameters: ['x'],
    head,
    body,
    firm: true,
  });
}
