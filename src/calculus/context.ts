import { extentsOf } from '../rules/extent.ts';
import type { Extent, RuleContext } from '../rules/rule.ts';
import { derivative, one } from '../term/construct.ts';
import { children, freeIndices, settle } from '../term/inspect.ts';
import { type Definition, type Definitions, expand, variableSymbol } from '../term/substitute.ts';
import { otherSymbols, type SymbolTerm, type Term, type Variable } from '../term/term.ts';

/**
 * What the rules need to know for derivatives of `target` by `variables`. A variable that has a definition of its own
 * counts as independent: in the derivative by z, z is not unfolded. Without the target less is known of where indices
 * stand, and more cases remain.
 */
export function createContext(
  definitions: readonly Definition[],
  variables: readonly Variable[],
  target?: Term,
): RuleContext {
  const unfolded = definitions.length === 0 ? noDefinitions : dependent(definitions, variables);
  return {
    definitions: unfolded,
    depends: dependence(unfolded),
    taken: indicesIn(target === undefined ? variables : [...variables, target]),
    components: variables.every(isScalarName) ? noNames : new Set(variables.flatMap(componentIndices)),
    extents: target === undefined ? noExtents : findExtents(variables, target, unfolded),
    inner: inertInner,
  };
}

// A context is made for every derivative: what is empty in most of them is made once.
const noDefinitions: Definitions = new Map();
const noNames: ReadonlySet<string> = new Set();
const noExtents: ReadonlyMap<string, Extent> = new Map();

function isScalarName({ kind }: Variable): boolean {
  return kind === 'symbol';
}

/** The definitions of all names but those of the variables. */
function dependent(definitions: readonly Definition[], variables: readonly Variable[]): Definitions {
  const independent = new Set(variables.map(variableSymbol));
  return new Map(
    definitions.filter(({ symbol }) => !independent.has(symbol)).map((definition) => [definition.symbol, definition]),
  );
}

function indicesIn(terms: readonly Term[]): ReadonlySet<string> {
  return terms.every((term) => freeIndices(term).size === 0)
    ? noNames
    : new Set(terms.flatMap((term) => [...freeIndices(term)]));
}

/** The inner derivative left standing; of the variable itself it is 1 at once. */
function inertInner(of: Term, by: Variable): Term {
  return of === by && of.rank === 0 ? one() : derivative(of, by);
}

function findExtents(
  variables: readonly Variable[],
  target: Term,
  definitions: Definitions,
): ReadonlyMap<string, Extent> {
  if (variables.every(isScalarName)) return noExtents;
  const expanded = expand(target, definitions);
  return new Map(variables.flatMap((variable) => [...extentsOf(variable, expanded)]));
}

function componentIndices(variable: Variable): string[] {
  const behind = variable.kind === 'element' ? variable.indices.slice(1) : [];
  return behind.flatMap((at) => [...freeIndices(at)]);
}

/** Whether a term changes with a variable; memoised over the graph. */
function dependence(definitions: Definitions): (term: Term, by: Variable) => boolean {
  let memos: Map<SymbolTerm, Map<number, boolean>> | undefined;
  const visit = (term: Term, base: SymbolTerm, memo: Map<number, boolean>): boolean => {
    const known = memo.get(term.id);
    if (known !== undefined) return known;
    // Set first, so that a circle through definitions, which no model holds, would still end.
    memo.set(term.id, false);
    const body = term.kind === 'symbol' ? definitions.get(term)?.body : undefined;
    const result =
      (body !== undefined && visit(body, base, memo)) || children(term).some((part) => visit(part, base, memo));
    memo.set(term.id, result);
    return result;
  };
  return (term, by) => {
    const base = variableSymbol(by);
    if (definitions.size === 0 && base.symbols !== otherSymbols) return (term.symbols & base.symbols) !== 0;
    memos ??= new Map();
    let memo = memos.get(base);
    if (memo === undefined) {
      memo = new Map([[base.id, true]]);
      memos.set(base, memo);
    }
    const known = memo.get(term.id);
    if (known !== undefined) return known;
    return settle(term, (part) => visit(part, base, memo));
  };
}
