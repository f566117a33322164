/** Whether a claim holds, in the light of what the text has defined. A guess is never a verdict. */

import { createOracle, type Oracle } from '../oracle/certify.ts';
import { MathError } from '../problem.ts';
import { callNode, type MathNode, symbolNode } from '../syntax/node.ts';
import type { Evidence } from '../syntax/statement.ts';
import { children } from '../term/inspect.ts';
import type { FunctionTable } from '../term/lower.ts';
import { lower } from '../term/lower.ts';
import { type Definitions, symbolsBelow, symbolsOf, variableSymbol } from '../term/substitute.ts';
import type { DerivativeTerm, SymbolTerm, Term } from '../term/term.ts';
import { gatherUsage } from '../term/usage.ts';
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
    const first = judgeIn(claim, context);
    if (first.certificate.verdict !== 'fails') return first;
    return judgeConventions(claim, context, first);
  } catch (error) {
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
  const loose = looseName(claim, context.table);
  if (loose !== undefined) {
    return unknown('not-enough-context', `${loose} is defined more than once, or in another section only`);
  }
  return { certificate };
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

/** A failure counts only if it fails under the usual meaning of undefined function names as well. */
function judgeConventions(claim: Claim, context: JudgeContext, first: Judgement): Judgement {
  for (const { name, known } of conventions) {
    if (context.table.has(definitionKey('function', name)) || !context.evidence.functions.has(name)) continue;
    const again = judgeIn(claim, { ...context, table: withAlias(context.table, name, known) });
    if (again.certificate.verdict !== 'fails') return again;
  }
  return first;
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
