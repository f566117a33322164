/** How the names of a claim were read that the text does not define: functions, vectors and matrices, indices. */

import { printText } from '../syntax/print.ts';
import { shapeOf } from '../term/dims.ts';
import { freeIndices, partsBelow } from '../term/inspect.ts';
import { symbolsBelow } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import type { LoweredClaim } from './claim.ts';
import type { ReadName } from './read-name.ts';

/** The names in the order of their roles; a plain number needs no word. */
export function readNames({ left, right, definitions }: LoweredClaim): readonly ReadName[] {
  const sides = [left, right];
  const free = new Set(sides.flatMap((side) => [...freeIndices(side)]));
  const all = sides.flatMap(partsBelow);
  const functions = new Set(all.flatMap((term) => (term.kind === 'apply' && term.generic ? [term.name] : [])));
  const summed = new Set(
    all
      .flatMap((term) => (term.kind === 'sum' || term.kind === 'product' ? [term.hint] : []))
      .filter((name) => !free.has(name)),
  );
  const symbols = new Set(sides.flatMap((side) => [...symbolsBelow(side, definitions)]));
  const shaped = [...symbols].flatMap((symbol): ReadName[] => {
    const shape = definitions.has(symbol) ? undefined : shapeText(symbol);
    return shape === undefined ? [] : [{ name: symbol.name, role: 'quantity', shape }];
  });
  return [
    ...[...functions].map((name): ReadName => ({ name, role: 'function' })),
    ...shaped,
    ...[...summed].map((name): ReadName => ({ name, role: 'summed' })),
    ...[...free].map((name): ReadName => ({ name, role: 'free' })),
  ];
}

/** The shape of a vector or matrix in the words of `--shape`; undefined for a number. */
function shapeText(symbol: SymbolTerm): string | undefined {
  const dims = shapeOf(symbol)?.dims;
  if (dims === undefined || dims.length === 0) return undefined;
  const lengths = dims.map((dim: Term) => printText(raise(dim))).join(', ');
  return `${['', 'vector', 'matrix'][dims.length] ?? 'tensor'}(${lengths})`;
}
