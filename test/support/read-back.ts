/** Whether what is printed of a derivation, in LaTeX and Unicode, has the value of what it was printed from when it is read. */

import type { Result } from '../../src/derivation/derivation.ts';
import { haveOneStructure, withNamesOf } from '../../src/endtoend/structure.ts';
import { readDeclarations } from '../../src/meaning/declare.ts';
import { buildModel } from '../../src/meaning/model.ts';
import { readSource } from '../../src/meaning/read-source.ts';
import { createOracle } from '../../src/oracle/certify.ts';
import { latexOf, unicodeOf } from '../../src/render/formula-text.ts';
import { formulaOptions } from '../../src/render/rows.ts';
import { functionTable } from '../../src/rules/elementary.ts';
import type { MathNode } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import type { Statement } from '../../src/syntax/statement.ts';
import { readText } from '../../src/syntax/text.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { declarationsOf } from './agreement.ts';

export type Printed = 'unicode' | 'latex';

const printers = { unicode: unicodeOf, latex: latexOf };
const readers = { unicode: readText, latex: (source: string) => readSource(source, 'latex') };

/** Every text of a result that is an expression or an equation between such. */
export function textsOf(result: Result): string[] {
  const named = (list: readonly { readonly name: string; readonly expression: string }[] = []) =>
    list.map(({ name, expression }) => `${name} = ${expression}`);
  const steps = 'steps' in result ? result.steps : [];
  const own = ((): string[] => {
    switch (result.schema) {
      case 'chainrule/derivation/1':
        return [result.wanted, result.result, result.expanded, ...named(result.sharing)];
      case 'chainrule/gradient/1':
        return [...named(result.adjoints), ...result.results.flatMap((one) => [one.result, one.expanded])];
      case 'chainrule/hessian/1':
        return [...result.matrix.flat(), ...result.expanded.flat(), ...named(result.sharing)];
      case 'chainrule/stationary/1':
        // Pages print each side by itself, as a choice would reach over the equals sign.
        return [...result.equations.flatMap(({ left, right }) => [left, right]), ...named(result.solution)];
    }
  })();
  const shown = steps.flatMap(({ left, before, after, state }) => [left ?? '', before, after, state]);
  const all = [result.formula, result.problem.target, ...named(result.lets), ...own, ...shown];
  return [...new Set(all)].filter((text) => text !== '');
}

/** What is wrong with `text` printed in a notation and read again; undefined where nothing is. */
export function differenceOf(text: string, result: Result, notation: Printed): string | undefined {
  const statement = readText(text)[0] as Statement;
  const printed = printers[notation](text, formulaOptions(result, 'en'));
  return comparePrinted(statement, printed, readers[notation], result);
}

/** The same for what any reader makes of `printed`. */
export function comparePrinted(
  statement: Statement,
  printed: string,
  read: (source: string) => readonly Statement[],
  result: Result,
): string | undefined {
  let back: readonly Statement[];
  try {
    back = read(printed);
  } catch (error) {
    return `${printed} is not read: ${(error as Error).message}`;
  }
  const [only, ...others] = back;
  if (only === undefined || others.length > 0 || only.sides.length !== statement.sides.length) {
    return `${printed} is read as ${back.map(({ sides }) => sides.map(({ node }) => printText(node)).join(' = ')).join('; ')}`;
  }
  for (const [at, { node }] of statement.sides.entries()) {
    const read = (only.sides[at] as Statement['sides'][0]).node;
    if (haveOneStructure(node, read)) continue;
    const found = withNamesOf(node, read);
    const wrong = valueDifference(node, found, result);
    if (wrong !== undefined) return `${printed} is read as ${printText(found)}: ${wrong}`;
  }
  return undefined;
}

/** How two trees differ in value, in the light of the shapes of a derivation. */
function valueDifference(wanted: MathNode, found: MathNode, { problem }: Result): string | undefined {
  try {
    return inFreshStore(() => {
      const declarations = readDeclarations(declarationsOf(problem.shapes));
      const span = { start: 0, end: 1 };
      const equation: Statement = { sides: [wanted, found].map((node) => ({ node, span })), relations: ['='], span };
      const { target, right, definitions } = buildModel([equation], [], functionTable, declarations, 'equation');
      if (right === undefined || target === right) return undefined;
      const oracle = createOracle({
        definitions: new Map(definitions.map((one) => [one.symbol, one])),
        seed: 1,
        positive: declarations.positive,
        integer: declarations.integer,
      });
      const { verdict, reason } = oracle.compare(target, right);
      return verdict === 'holds' ? undefined : `${verdict} ${reason ?? ''}`;
    });
  } catch (error) {
    return `not compared: ${(error as Error).message}`;
  }
}
