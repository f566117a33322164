/** The case of two indices that a claim is about: "if i = k, ...", "for i \ne k". */

import { gatherUsage } from '../meaning/usage.ts';
import { callNode, constantNode, type MathNode, operatorNode, symbolNode } from '../syntax/node.ts';
import type { Formula } from './formula.ts';
import type { Sentence } from './sentences.ts';
import { partsOf, sidesOf } from './written-names.ts';

/** Two letters, and whether they are equal. */
export interface IndexCase {
  readonly letters: readonly [string, string];
  readonly isEqual: boolean;
}

/**
 * The case in which what ends at `end` within `formula` stands: said beside it, else in the last formula before it in its sentence,
 * else right behind it.
 */
export function indexCaseAt(formula: Formula, end: number, sentences: readonly Sentence[]): IndexCase | undefined {
  const rest = formula.tex.slice(end);
  const row = rest.slice(0, /\\\\(?!\()/.exec(rest)?.index ?? rest.length);
  const beside = casesIn(row)[0];
  if (beside !== undefined) return beside;
  const around = sentences.filter(({ formulas }) => formulas.some(({ start }) => start === formula.start));
  const inline = around.flatMap(({ formulas }) => formulas);
  const before = inline.filter(({ start, display }) => start < formula.start && !display);
  const next = inline.find(({ start, display }) => start > formula.start && display)?.start ?? Number.POSITIVE_INFINITY;
  const behind = inline.filter(({ start }) => start > formula.start && start < next);
  const said = (formulas: readonly Formula[]): IndexCase[] => formulas.flatMap(({ tex }) => casesIn(tex));
  return said(before).at(-1) ?? said(behind)[0];
}

/** The parts of a formula, in brackets or not, that compare two letters and nothing else. */
function casesIn(tex: string): IndexCase[] {
  return partsOf(tex.replace(/\\(?:text|mbox|textrm|mathrm)\s*\{[^{}]*\}/g, ',')).flatMap(({ text }): IndexCase[] => {
    const inner = /^\s*(?:\\left\s*)?\((.*?)(?:\\right\s*)?\)\s*[.,]?\s*$/s.exec(text)?.[1] ?? text;
    const { sides, relations } = sidesOf(inner);
    const [left, right] = sides.map((side) => /^\s*([a-z])\s*$/.exec(side)?.[1]);
    const [relation] = relations;
    if (sides.length !== 2 || left === undefined || right === undefined || left === right) return [];
    if (relation !== 'equal' && relation !== 'unequal') return [];
    return [{ letters: [left, right], isEqual: relation === 'equal' }];
  });
}

/** Both sides where they are of the case: times delta_{ik}, or 1 - delta_{ik}; as they are where its letters are no indices in them. */
export function inCase(
  sides: readonly [MathNode, MathNode],
  { letters, isEqual }: IndexCase,
): readonly [MathNode, MathNode] {
  const usage = gatherUsage(sides);
  if (!letters.every((letter) => usage.get(letter)?.subscript === true)) return sides;
  const delta = callNode('delta', letters.map(symbolNode));
  const weight = isEqual ? delta : operatorNode('-', constantNode('1'), delta);
  return [operatorNode('*', sides[0], weight), operatorNode('*', sides[1], weight)];
}
