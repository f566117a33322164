/** Whether what is printed of a derivation, in LaTeX and Unicode, has the value of what it was printed from when it is read. */

import type { Result } from '../../src/derivation/derivation.ts';
import { readDeclarations } from '../../src/meaning/declare.ts';
import { buildModel } from '../../src/meaning/model.ts';
import { readSource } from '../../src/meaning/read-source.ts';
import { createOracle } from '../../src/oracle/certify.ts';
import { latexOf, unicodeOf } from '../../src/render/formula-text.ts';
import { toUnicode } from '../../src/render/formula-unicode.ts';
import { formulaOptions } from '../../src/render/rows.ts';
import { functionTable } from '../../src/rules/elementary.ts';
import {
  barsNode,
  callNode,
  conditionalNode,
  dotted,
  elementNode,
  isBetweenBars,
  isDotted,
  type MathNode,
  type Operator,
  operatorNode,
  parenthesisNode,
  symbolNode,
  view,
} from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import type { Statement } from '../../src/syntax/statement.ts';
import { readText } from '../../src/syntax/text.ts';
import { partsOf } from '../../src/syntax/walk.ts';
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
  const names = looksOf(statement.sides.map(({ node }) => node));
  for (const [at, { node }] of statement.sides.entries()) {
    const found = renamed((only.sides[at] as Statement['sides'][0]).node, names);
    const wrong = valueDifference(node, found, result);
    if (wrong !== undefined) return `${printed} is read as ${printText(found)}: ${wrong}`;
  }
  return undefined;
}

/** How two trees differ in value, in the light of the shapes of a derivation. */
function valueDifference(wanted: MathNode, found: MathNode, { problem }: Result): string | undefined {
  if (keyOf(wanted) === keyOf(found)) return undefined;
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

/** A tree without the brackets that only group, products and sums in one row. */
function keyOf(node: MathNode): string {
  const seen = view(node);
  switch (seen.kind) {
    case 'parenthesis':
      return keyOf(seen.content);
    case 'operator':
      return seen.args.length === 1
        ? `(${seen.operator} ${keyOf(seen.args[0] as MathNode)})`
        : `(${seen.args.map(keyOf).join(` ${seen.operator} `)})`;
    case 'call': {
      const inner = seen.name === 'log' ? view(seen.args[0] as MathNode) : undefined;
      if (inner?.kind === 'call' && inner.name === 'det') return `logdet(${inner.args.map(keyOf).join(', ')})`;
      return `${seen.name === '' ? keyOf(seen.callee) : seen.name}(${seen.args.map(keyOf).join(', ')})`;
    }
    case 'element':
      return lookOf(node);
    case 'conditional':
      return `(${[seen.condition, seen.then, seen.else].map(keyOf).join(' ? ')})`;
    default:
      return printText(node);
  }
}

/** Names, elements and functions by what they look like: what is read is looked up among the names of the derivation. */
interface Looks {
  readonly leaves: ReadonlyMap<string, MathNode>;
  readonly functions: ReadonlyMap<string, string>;
  /** Variable and change of a differential. */
  readonly differential: readonly [MathNode, MathNode] | undefined;
}

/** δᵢⱼ, Iₙ, 𝟏ₙ, and dy/dx, which is a quotient of two names for a reader that knows no y of x. */
function isSetAsName(seen: ReturnType<typeof view>): boolean {
  return seen.kind === 'call' && /^(?:delta|eye|ones|d)$/.test(seen.name);
}

const isLeaf = ({ kind }: ReturnType<typeof view>): boolean => kind === 'symbol' || kind === 'element';

/** How a node looks; a unit vector is bold, which readers of text pass over, and n p below an I are two lengths. */
function lookOf(node: MathNode): string {
  return toUnicode(node, { ordinary: true })
    .replace('𝐞', 'e')
    .normalize('NFKC')
    .replace(/[ ,_{}]/g, '');
}

function headOf(name: string, count: number): string {
  if (name === '') return '';
  // A sum is never without its brackets.
  const args = Array.from({ length: count }, () => operatorNode('+', symbolNode('x'), symbolNode('y')));
  return toUnicode(callNode(name, args)).replace(/\(.*$/s, '');
}

function looksOf(nodes: readonly MathNode[]): Looks {
  const leaves = new Map<string, MathNode>();
  const functions = new Map<string, string>();
  let differential: Looks['differential'];
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'call' && seen.name === 'jvp') differential = seen.args.slice(1) as [MathNode, MathNode];
    if (isLeaf(seen) || isSetAsName(seen)) leaves.set(lookOf(node), node);
    const head = seen.kind === 'call' ? headOf(seen.name, seen.args.length) : '';
    if (seen.kind === 'call' && head !== '') functions.set(head, seen.name);
    for (const part of partsOf(node)) waiting.push(part);
  }
  return { leaves, functions, differential };
}

function renamed(node: MathNode, looks: Looks): MathNode {
  const seen = view(node);
  const into = (part: MathNode): MathNode => renamed(part, looks);
  if (isLeaf(seen) || (seen.kind === 'operator' && seen.operator === '/')) {
    const known = looks.leaves.get(lookOf(node));
    if (known !== undefined) return known;
  }
  switch (seen.kind) {
    case 'parenthesis':
      return parenthesisNode(into(seen.content));
    case 'element':
      return elementNode(into(seen.object), seen.indices.map(into));
    case 'conditional':
      return conditionalNode(into(seen.condition), into(seen.then), into(seen.else));
    case 'operator': {
      const built = operatorNode(seen.operator as Operator, ...(seen.args.map(into) as [MathNode]));
      return isDotted(node) ? dotted(built) : built;
    }
    case 'call': {
      if (isBetweenBars(node)) return barsNode(into(seen.args[0] as MathNode));
      const [only, second] = seen.args;
      // The differential of u: by which variable, the derivation knows.
      const change = seen.name === 'd' && second === undefined ? looks.differential : undefined;
      if (change !== undefined) return callNode('jvp', [into(only as MathNode), ...change]);
      if (seen.name === '') return callNode(into(seen.callee), seen.args.map(into));
      const name = looks.functions.get(headOf(seen.name, seen.args.length)) ?? seen.name;
      return callNode(name, seen.args.map(into));
    }
    default:
      return node;
  }
}
