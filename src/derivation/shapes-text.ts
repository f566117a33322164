import { children } from '../term/inspect.ts';
import type { Model } from '../term/model.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { NamedModel } from './naming.ts';

/** The shape of every quantity in words of the `--shape` option: `scalar`, `vector`, `family(scalar)`, ... */
export function describeShapes(model: Model, named: NamedModel): Record<string, string> {
  const subscripts = new Map<SymbolTerm, number>();
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    if (term.kind === 'element')
      subscripts.set(term.base, Math.min(subscripts.get(term.base) ?? 9, term.indices.length));
    else if (term.kind === 'symbol' && !term.constant && !subscripts.has(term))
      subscripts.set(term, term.axes === 0 ? 0 : 9);
    children(term).forEach(visit);
  };
  for (const term of [...model.variables, named.target, ...named.lets.map((one) => one.body)]) visit(term);
  const shapes: Record<string, string> = {};
  for (const [symbol, least] of subscripts) {
    const families = Math.min(symbol.axes, least === 9 ? 0 : least);
    const member = symbol.axes - families === 0 ? 'scalar' : symbol.axes - families === 1 ? 'vector' : 'matrix';
    shapes[symbol.name] = 'family('.repeat(families) + member + ')'.repeat(families);
  }
  return shapes;
}
