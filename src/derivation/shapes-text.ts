import type { Model } from '../meaning/model.ts';
import { open } from '../term/construct.ts';
import { knownDims, shapeOf } from '../term/dims.ts';
import { children, freeIndices, freshIndexOutside } from '../term/inspect.ts';
import { isSelection } from '../term/tensor/selection.ts';
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
  for (const term of [...model.variables, ...model.beside, named.target, ...named.lets.map((one) => one.body)])
    visit(term);
  const shapes: Record<string, string> = {};
  for (const [symbol, least] of subscripts) {
    const families = Math.min(symbol.axes, least === 9 ? 0 : least);
    const member = symbol.axes - families === 0 ? 'scalar' : symbol.axes - families === 1 ? 'vector' : 'matrix';
    const shape = describeDeclared(symbol) ?? 'family('.repeat(families) + member + ')'.repeat(families);
    const { positive, integer } = model.declarations;
    const signs = [
      ...(positive.has(symbol.name) ? ['positive'] : []),
      ...(integer.has(symbol.name) ? ['integer'] : []),
    ];
    shapes[symbol.name] = [shape, ...signs].join(' ');
  }
  for (const name of computedIndices(model, named)) shapes[name] ??= 'index';
  return shapes;
}

/** A shape with its lengths and properties, as it is declared. */
export function describeDeclared(symbol: SymbolTerm): string | undefined {
  const shape = shapeOf(symbol);
  if (shape === undefined) return undefined;
  if (shape.dims.length === 0) return 'scalar';
  const lengths = shape.dims.map(lengthText);
  const word = (own: readonly string[]): string =>
    `${['', 'vector', 'matrix'][own.length] ?? 'tensor'}(${own.join(', ')})`;
  const { families = 0 } = shape;
  const member = lengths.slice(families);
  const described = [member.length === 0 ? 'scalar' : word(member), ...shape.traits].join(' ');
  return 'family('.repeat(families) + described + ')'.repeat(families);
}

/** The shape of a term as it would be declared: `scalar`, `vector(n)`, `matrix(1, n)`. */
export function describeShape(term: Term): string {
  if (term.rank === 0) return 'scalar';
  return `${['', 'vector', 'matrix'][term.rank] ?? 'tensor'}(${knownDims(term).map(lengthText).join(', ')})`;
}

function lengthText(length: Term): string {
  if (length.kind === 'add') return length.terms.map(lengthText).sort().join('+');
  if (length.kind === 'multiply' && length.factors.length === 1) {
    // 2 n is declared as n+n.
    const name = lengthText(length.factors[0] as Term);
    return Array.from({ length: Number(length.coefficient.numerator) }, () => name).join('+');
  }
  if (length.kind === 'multiply') {
    const number = length.coefficient.numerator === 1n ? [] : [String(length.coefficient.numerator)];
    return [...number, ...length.factors.map(lengthText)].sort().join('*');
  }
  if (length.kind === 'power' && length.exponent.kind === 'number') {
    return Array.from({ length: length.exponent.integer }, () => lengthText(length.base)).join('*');
  }
  return length.kind === 'symbol' ? length.name : length.kind === 'number' ? String(length.integer) : '';
}

/**
 * The indices of a model that computes with them: a text may then hold one that is nowhere a subscript, as x^i does. Where
 * one letter is bound within itself, a letter that stands for it on the way is among them.
 */
function computedIndices(model: Model, named: NamedModel): ReadonlySet<string> {
  const names = new Set([...model.variables, named.target].flatMap((term) => [...freeIndices(term)]));
  const taken = new Set(names);
  let isComputed = false;
  let clashes = 0;
  const visit = (term: Term, around: readonly string[], seen: Set<Term>): void => {
    if (seen.has(term)) return;
    seen.add(term);
    if (term.kind === 'index') isComputed = true;
    if (term.kind === 'sum' || term.kind === 'product') {
      const { index, body } = open(term, taken);
      if (index.name !== term.hint || around.includes(index.name)) clashes++;
      names.add(index.name);
      visit(body, [...around, index.name], new Set());
      for (const end of children(term).slice(1)) visit(end, around, seen);
      return;
    }
    const isPlace = term.kind === 'element' || term.kind === 'delta' || isSelection(term);
    for (const part of children(term)) if (!(isPlace && part.kind === 'index')) visit(part, around, seen);
  };
  for (const term of [...model.variables, named.target, ...named.lets.map((one) => one.body)])
    visit(term, [], new Set());
  for (const { parameters } of named.lets) for (const { name } of parameters) names.add(name);
  for (; clashes > 0; clashes--) names.add(freshIndexOutside(names));
  return isComputed ? names : new Set();
}
