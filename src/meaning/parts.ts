/** What the lines of a source are: definitions, functions of the author, and the expression or equation at the end. */

import { fail, type Span } from '../problem.ts';
import { callNode, locate, type MathNode, spanOf, view } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import { baseOfPower } from './named-powers.ts';
import { flattenElement, nameOf } from './usage.ts';

/** One line, taken apart. */
export interface Part {
  readonly kind: 'expression' | 'definition' | 'function';
  readonly name: string | undefined;
  readonly nameNode: MathNode | undefined;
  readonly parameters: readonly string[];
  readonly body: MathNode;
  /** Of an equation. */
  readonly right?: MathNode;
  readonly isLast: boolean;
}

/** The lines of a source by what they are: all but the last define something. Throws on a name that is defined twice. */
export function readParts(unrolled: readonly Statement[], form: 'expression' | 'equation'): readonly Part[] {
  const parts = unrolled.map((statement, at) => {
    const isLast = at === unrolled.length - 1;
    return isLast && form === 'equation' ? classifyEquation(statement) : classify(statement, isLast);
  });
  refuseDuplicates(parts);
  return parts;
}

/** The last line as an equation between two expressions, neither of which is defined by the other. */
function classifyEquation(statement: Statement): Part {
  const [left, right] = statement.sides;
  if (left === undefined || right === undefined || statement.sides.length > 2 || statement.relations[0] !== '=') {
    return fail({
      code: 'syntax',
      message: 'an equation has one equals sign',
      span: statement.span,
      hint: 'for example x^2 + y^2 = 1',
    });
  }
  return {
    kind: 'expression',
    name: undefined,
    nameNode: undefined,
    parameters: [],
    body: left.node,
    right: right.node,
    isLast: true,
  };
}

function classify(statement: Statement, isLast: boolean): Part {
  const [left, right] = statement.sides;
  if (
    left === undefined ||
    statement.sides.length > 2 ||
    statement.relations.some((sign) => sign !== '=' && sign !== ':=')
  ) {
    return fail({
      code: 'syntax',
      message: 'a line holds one expression or one definition',
      span: statement.span,
      hint: 'write name = expression; chains of equations are for check',
    });
  }
  if (right === undefined) {
    if (!isLast) {
      fail({
        code: 'syntax',
        message: 'this line defines nothing, and it is not the last',
        span: statement.span,
        hint: 'write name = expression; one line alone may be the expression to differentiate',
      });
    }
    return { kind: 'expression', name: undefined, nameNode: undefined, parameters: [], body: left.node, isLast };
  }
  return { ...definedName(isLast ? withNames(left.node) : left.node, left.span), body: right.node, isLast };
}

/**
 * The head of the last line with names for powers of them, L(\\mu, \\sigma^2) = ...: nothing behind it is applied to other values, so
 * that it says no more than what the value rests on.
 */
function withNames(head: MathNode): MathNode {
  const seen = view(head);
  if (seen.kind !== 'call' || seen.name === '') return head;
  const isOfNames = seen.args.some((arg) => view(arg).kind === 'symbol');
  return isOfNames ? locate(callNode(seen.name, seen.args.map(baseOfPower)), spanOf(head)) : head;
}

function definedName(node: MathNode, span: Span): Omit<Part, 'body' | 'isLast'> {
  const seen = view(node);
  if (seen.kind === 'symbol') return { kind: 'definition', name: seen.name, nameNode: node, parameters: [] };
  if (seen.kind === 'element') {
    const { base, indices } = flattenElement(node);
    const name = view(base);
    const parameters = indices.map((part) => view(part));
    if (name.kind === 'symbol' && parameters.every((part) => part.kind === 'symbol')) {
      const names = parameters.map((part) => (part.kind === 'symbol' ? part.name : ''));
      if (new Set(names).size === names.length) {
        return { kind: 'definition', name: name.name, nameNode: node, parameters: names };
      }
    }
  }
  if (seen.kind === 'call' && seen.name !== '' && !seen.name.endsWith("'")) {
    const parameters = seen.args.map((part) => view(part));
    if (parameters.every((part) => part.kind === 'symbol')) {
      const names = parameters.map((part) => (part.kind === 'symbol' ? part.name : ''));
      refuseTwins(seen.name, names, span);
      return { kind: 'function', name: seen.name, nameNode: node, parameters: names };
    }
  }
  return fail({
    code: 'syntax',
    message: 'the left side of a definition is a name, y[i], or f(x)',
    span,
    hint: `${asWord(node)}an equation between expressions goes by --implicit "... = ...", with the expression left empty`,
  });
}

/** Letters side by side before an equals sign may be one name: SSE, PV, net_k. */
function asWord(node: MathNode): string {
  const letters = lettersOf(node);
  if (letters.length < 2 || letters.some((one) => !/^\p{L}(?:_.*)?$/u.test(one))) return '';
  const [word, label] = letters.join('').split('_');
  const name = label === undefined ? word : `${word}_${label}`;
  return `if ${name} is one name, write it without blanks, in LaTeX \\mathrm{${word}}${label === undefined ? '' : `_${label}`}; `;
}

/** The factors of a product of names written side by side, the last perhaps with an index; none of anything else. */
function lettersOf(node: MathNode): string[] {
  const seen = view(node);
  if (seen.kind === 'symbol') return [seen.name];
  if (seen.kind === 'element') {
    const { base, indices } = flattenElement(node);
    const label = indices.map((one) => (view(one).kind === 'symbol' ? nameOf(one) : '')).join('');
    return lettersOf(base).map((one) => `${one}_${label}`);
  }
  return seen.kind === 'operator' && seen.operator === '*' ? seen.args.flatMap(lettersOf) : [];
}

function refuseTwins(name: string, parameters: readonly string[], span: Span): void {
  const twin = parameters.find((parameter, at) => parameters.indexOf(parameter) < at);
  if (twin === undefined) return;
  fail({
    code: 'duplicate-definition',
    message: `${name} has the parameter ${twin} twice`,
    span,
    hint: 'give each parameter a name of its own',
  });
}

/** Whether a line defines a quantity on which the last one may rest. */
export const isQuantity = (part: Part): boolean => part.kind === 'definition' && !part.isLast;

function refuseDuplicates(parts: readonly Part[]): void {
  const seen = new Map<string, Part>();
  for (const part of parts) {
    if (part.name === undefined) continue;
    const key = `${part.kind} ${part.name}`;
    const first = seen.get(key);
    if (first !== undefined) {
      const span = part.nameNode === undefined ? undefined : spanOf(part.nameNode);
      const firstSpan = first.nameNode === undefined ? undefined : spanOf(first.nameNode);
      fail({
        code: 'duplicate-definition',
        message: `${part.name} is defined twice`,
        ...(span === undefined ? {} : { span }),
        hint: 'give one of them another name',
        ...(firstSpan === undefined ? {} : { related: { span: firstSpan, message: 'first here:' } }),
      });
    }
    seen.set(key, part);
  }
}

/** The expressions of a line: of an equation both sides. */
export function sidesOf(part: Part): readonly MathNode[] {
  return part.right === undefined ? [part.body] : [part.body, part.right];
}
