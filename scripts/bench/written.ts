/** One tree in the syntax of each system, and what a system prints in ours. */

import { type MathNode, parse } from 'mathjs';
import { constructs } from '../../src/meaning/constructs.ts';
import { functionTable } from '../../src/rules/elementary.ts';
import { type Dialect, meanings, type Structures } from './dialects.ts';

/** The text of a system with our names in place of its own, and further names put back. */
export function readBack(text: string, { functions, e, pi }: Dialect, names: Names): string {
  const ours = new Map(Object.entries(functions).map(([name, own]) => [own, name.replace('/2', '')]));
  return text.replace(/[A-Za-z_]\w*/g, (word) => {
    if (word === e || word === pi) return word === e ? 'e' : 'pi';
    return names.get(word) ?? ours.get(word) ?? word;
  });
}

type Names = ReadonlyMap<string, string>;

/** The text of `tree`; undefined where the system lacks one of its functions. `names` renames the variables. */
export function writeFor(tree: MathNode, dialect: Dialect, names: Names = new Map()): string | undefined {
  return write(tree, dialect, names)?.text;
}

/** Text and how tightly its outermost sign binds; brackets stand only where they must, as some systems keep them. */
interface Written {
  readonly text: string;
  readonly binding: number;
}

const bindings: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 };
const atom = 5;
const relations = ['<', '>', '<=', '>='];

/** As much of a node of any type as is asked for here. */
interface Parts {
  readonly type: string;
  readonly name: string;
  readonly fn: { readonly name: string };
  readonly op: string;
  readonly args: readonly MathNode[];
  readonly content: MathNode;
  readonly value: number;
  readonly object: MathNode;
  readonly index: { readonly dimensions: readonly MathNode[] };
  readonly condition: MathNode;
  readonly trueExpr: MathNode;
  readonly falseExpr: MathNode;
}

function write(node: MathNode, dialect: Dialect, names: Names): Written | undefined {
  const { type, name, fn, op, args, content, value } = node as unknown as Parts;
  const structures = dialect.structures === undefined ? undefined : writeStructure(node, dialect, names);
  if (structures !== undefined) return structures;
  switch (type) {
    case 'ConstantNode':
      return writeNumber(value, dialect);
    case 'SymbolNode':
      if (name === 'e' || name === 'pi') return { text: dialect[name], binding: atom };
      return { text: names.get(name) ?? name, binding: atom };
    case 'ParenthesisNode':
      return write(content, dialect, names);
    case 'FunctionNode':
      return writeCall(fn.name === 'log' && args.length === 2 ? 'log/2' : fn.name, args, dialect, names);
    case 'OperatorNode':
      return writeOperator(
        op,
        args.map((part) => write(part, dialect, names)),
      );
    default:
      return undefined;
  }
}

/** What is no arithmetic over known functions; undefined for all else, and where a part can't be written. */
function writeStructure(node: MathNode, dialect: Dialect, names: Names): Written | undefined {
  const { type, fn, op, args, object, index, condition, trueExpr, falseExpr } = node as unknown as Parts;
  const { element, sum, cases } = dialect.structures as Structures;
  const all = (parts: readonly MathNode[], build: (texts: readonly string[]) => string): Written | undefined => {
    const texts = parts.map((part) => write(part, dialect, names)?.text);
    return texts.includes(undefined) ? undefined : { text: build(texts as string[]), binding: atom };
  };
  switch (type) {
    case 'AccessorNode':
      return all([object, ...index.dimensions], ([name = '', ...indices]) => element(name, indices));
    case 'ConditionalNode':
      return all([condition, trueExpr, falseExpr], ([when = '', then = '', other = '']) => cases(when, then, other));
    case 'OperatorNode':
      return relations.includes(op) ? all(args, (sides) => sides.join(op)) : undefined;
    case 'FunctionNode':
      if (fn.name === 'sum' && args.length > 1)
        return all(args, ([body = '', at = '', ...limits]) => sum(body, at, limits));
      if (!isGeneric(fn.name)) return undefined;
      return all(args, (texts) => `${names.get(fn.name) ?? fn.name}(${texts.join(',')})`);
    default:
      return undefined;
  }
}

/** Whether a function is an unknown one. */
export function isGeneric(name: string): boolean {
  return !functionTable.has(name) && !constructs.has(name) && meanings[name] === undefined;
}

/** Decimals as quotients where a system would turn to floating-point arithmetic. */
function writeNumber(value: number, dialect: Dialect): Written {
  const text = String(value);
  const [whole = '', decimals] = text.split('.');
  if (decimals === undefined || !dialect.exact) return { text, binding: atom };
  return { text: `${Number(whole + decimals)}/${10 ** decimals.length}`, binding: bindings['/'] as number };
}

function writeCall(name: string, args: readonly MathNode[], dialect: Dialect, names: Names): Written | undefined {
  const known = dialect.functions[name];
  if (known !== undefined) {
    const written = args.map((part) => write(part, dialect, names)?.text);
    return written.includes(undefined) ? undefined : { text: `${known}(${written.join(',')})`, binding: atom };
  }
  const meaning = meanings[name];
  if (meaning === undefined) return undefined;
  const places: Readonly<Record<string, MathNode | undefined>> = { u: args[0], v: args[1] };
  const tree = parse(meaning).transform((part) => places[(part as unknown as Parts).name] ?? part);
  return write(tree, dialect, names);
}

function writeOperator(operator: string, args: readonly (Written | undefined)[]): Written | undefined {
  const bracketed = (part: Written, least: number): string => (part.binding < least ? `(${part.text})` : part.text);
  const [left, ...rest] = args;
  if (left === undefined || rest.some((part) => part === undefined)) return undefined;
  const own = bindings[operator];
  if (own === undefined) return undefined;
  if (rest.length === 0) return { text: operator + bracketed(left, 3), binding: own };
  const right = rest.map((part) => bracketed(part as Written, own + (operator === '+' ? 0 : 1)));
  return { text: [bracketed(left, operator === '^' ? atom : own), ...right].join(operator), binding: own };
}
