/** The lines of `test/cases/textbook.txt`, and how our answers compare with them. */

import { printedSize } from '../../scripts/printed-size.mjs';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { derive } from '../../src/derive.ts';
import { readDeclarations } from '../../src/meaning/declare.ts';
import { flattenElement, gatherUsage } from '../../src/meaning/usage.ts';
import { callNode, elementNode, type MathNode, symbolNode, view } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import { readText } from '../../src/syntax/text.ts';
import { declarationsOf } from './agreement.ts';
import { entryIn, evaluateIn, type World } from './independent.ts';
import { type DerivativeCase, readCases } from './table.ts';

/** Expression, variable and what the text prints. */
export type TextbookRow = DerivativeCase;

export function readTextbook(): TextbookRow[] {
  return readCases('textbook.txt');
}

/** The sizes of one row, as printed. */
export interface FormRow {
  readonly source: string;
  readonly wrt: string;
  readonly textbook: string;
  readonly ours: string;
  readonly ratio: number;
  /** Characters without blanks, ours by the text's. */
  readonly characters: number;
}

/** What is measured of a row: the derivation as users get it. */
export function deriveRow({ source, wrt }: DerivativeCase): Derivation {
  return derive(source, { wrt });
}

/** Our answer; names that the author did not give are put back first. */
export function answerOf(derivation: Derivation): string {
  const named = derivation.lets.length > derivation.problem.definitions.length;
  return named ? derivation.expanded : derivation.result;
}

/** An answer beside that of the text. */
export function compareForm({ source, wrt, result: textbook }: DerivativeCase, ours: string): FormRow {
  const bare = (text: string): number => text.replace(/\s/g, '').length;
  return {
    source,
    wrt,
    textbook,
    ours: ours.replaceAll(' ', ''),
    ratio: printedSize(ours) / printedSize(textbook),
    characters: bare(ours) / bare(textbook),
  };
}

/** Where values of names are drawn: positive, of both signs, and large enough for acosh(x/3). */
const regions = [
  { from: 0.3, width: 0.5 },
  { from: -2, width: 4 },
  { from: 3.1, width: 1.4 },
  { from: -0.95, width: 1.9 },
];
const familySize = 4;
const componentName = 'COMPONENT';

/**
 * Where one of these answers, of the text's and ours unless others are given, differs from differences of the source, by an evaluation that shares nothing with
 * the project's own. Throws where nothing could be compared.
 */
export function wrongValues(
  row: DerivativeCase,
  derivation: Derivation,
  texts: readonly string[] = [derivation.result, derivation.expanded, row.result],
): string[] {
  const { problem, resultShape, lets } = derivation;
  const by = parse(problem.wrt[0] as string);
  const definitions: World['definitions'] = new Map(
    lets.map(({ name, expression }) => {
      const { base, indices } = flattenElement(parse(name));
      const head = view(base);
      return [
        head.kind === 'symbol' ? head.name : '',
        { parameters: indices.map((at) => printText(at)), body: parse(expression) },
      ] as const;
    }),
  );
  const target = parse(problem.target);
  const answers = texts.map((text) => ({ text, node: parse(text) }));
  const letters = [...gatherUsage([target, by, ...answers.map(({ node }) => node)])]
    .filter(([name, use]) => use.subscript && use.subscripts === 0 && name !== 'n')
    .map(([name]) => name);
  const { axes } = readDeclarations(declarationsOf(problem.shapes));
  const isVector = resultShape !== 'scalar';
  const wrong: string[] = [];
  let compared = 0;
  for (const region of regions) {
    for (const seed of [1, 2, 3, 4, 5]) {
      const world: World = { seed, size: familySize, definitions, indices: new Set(letters), axes, region };
      for (let component = 1; component <= (isVector ? familySize : 1); component++) {
        const values = letters.map((name, at) => [name, 2 + ((at + seed) % 2)] as const);
        const free = new Map<string, number>([...values, [componentName, component]]);
        const value = (node: MathNode): number =>
          isVector ? entryIn(node, component, world, free) : evaluateIn(node, world, free);
        const { base, indices } = flattenElement(by);
        const variable = isVector ? elementNode(base, [...indices, symbolNode(componentName)]) : by;
        const slope = callNode('d', [target, variable]);
        const coarse = evaluateIn(slope, world, free);
        const wanted = evaluateIn(slope, { ...world, step: 5e-4 }, free);
        // Two steps that disagree: the function turns faster than either can follow.
        if (!(Math.abs(coarse - wanted) <= 1e-7 * (1 + Math.abs(wanted)))) continue;
        compared++;
        for (const { text, node } of answers) {
          const found = value(node);
          if (!(Math.abs(found - wanted) <= 1e-6 * (1 + Math.abs(wanted)))) {
            wrong.push(`${text} is ${found}, differences give ${wanted}`);
          }
        }
      }
    }
  }
  if (compared < 3) throw new Error(`${row.source}: ${compared} points could be compared`);
  return wrong;
}

function parse(text: string): MathNode {
  return (readText(text)[0]?.sides[0] as { node: MathNode }).node;
}
