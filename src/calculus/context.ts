import type { RuleContext } from '../rules/rule.ts';
import { derivative, one } from '../term/construct.ts';
import { children, freeIndices, settle } from '../term/inspect.ts';
import { type Definition, type Definitions, variableSymbol } from '../term/substitute.ts';
import { otherSymbols, type SymbolTerm, type Term, type Variable } from '../term/term.ts';

/**
 * What the rules need to know for derivatives by `variables`. A variable that has a definition of its own counts as
 * independent: in the derivative by z, z is not unfolded.
 */
export function createContext(definitions: readonly Definition[], variables: readonly Variable[]): RuleContext {
  const independent = new Set(variables.map(variableSymbol));
  const unfolded: Definitions = new Map(
    definitions.filter(({ symbol }) => !independent.has(symbol)).map((definition) => [definition.symbol, definition]),
  );
  return {
    definitions: unfolded,
    depends: dependence(unfolded),
    taken: new Set(variables.flatMap((variable) => [...freeIndices(variable)])),
    inner: inertInner,
  };
}

/** The inner derivative left standing; of the variable itself it is 1 at once. */
function inertInner(of: Term, by: Variable): Term {
  return of === by && of.rank === 0 ? one() : derivative(of, by);
}

/** Whether a term changes with a variable; memoised over the graph. */
function dependence(definitions: Definitions): (term: Term, by: Variable) => boolean {
  const memos = new Map<SymbolTerm, Map<number, boolean>>();
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
