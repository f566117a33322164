/** x^(i) in text: a sample, where a sum counts i and two names have that letter alone in brackets above them; else a power. */

import { elementNode, locate, type MathNode, spanOf, view } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import { holdsPart, mapParts, partsOf } from '../syntax/walk.ts';
import { isBinder, nameOf } from './usage.ts';

/** What a name has above it: the letter in brackets. */
interface Above {
  readonly base: MathNode;
  readonly letter: string;
  readonly index: MathNode;
}

/** `statements` with x[i] for such x^(i). */
export function withSamples(statements: readonly Statement[]): readonly Statement[] {
  const nodes = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  if (!nodes.some((node) => holdsPart(node, (part) => aboveOf(part) !== undefined))) return statements;
  const names = new Map<string, Set<string>>();
  const bound = new Set<string>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'call' && isBinder(seen.name) && seen.args[1]) bound.add(nameOf(seen.args[1]) ?? '');
    const above = aboveOf(node);
    if (above !== undefined)
      names.set(above.letter, (names.get(above.letter) ?? new Set()).add(nameOf(above.base) as string));
    waiting.push(...partsOf(node));
  }
  const counts = (letter: string): boolean => bound.has(letter) && (names.get(letter)?.size ?? 0) > 1;
  const change = (node: MathNode): MathNode => {
    const above = aboveOf(node);
    if (above === undefined || !counts(above.letter)) return mapParts(node, change);
    return locate(elementNode(above.base, [above.index]), spanOf(node));
  };
  return statements.map((statement) => ({
    ...statement,
    sides: statement.sides.map((side) => ({ ...side, node: change(side.node) })),
  }));
}

function aboveOf(node: MathNode): Above | undefined {
  const seen = view(node);
  const [base, exponent] = seen.kind === 'operator' && seen.operator === '^' ? seen.args : [];
  const bracket = exponent === undefined ? undefined : view(exponent);
  if (base === undefined || bracket?.kind !== 'parenthesis' || nameOf(base) === undefined) return undefined;
  const letter = nameOf(bracket.content);
  return letter !== undefined && /^[a-z]$/.test(letter) ? { base, letter, index: bracket.content } : undefined;
}
