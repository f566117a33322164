/** The environment `cases`: a choice for each row, the last one for everything else. */

import { type Context, type Cursor, peek, refuse } from './latex-cursor.ts';
import { conditions, connectives, otherwise } from './latex-symbols.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { conditionalNode, constantNode, locate, type MathNode, type Operator, operatorNode } from './node.ts';
import type { RelationSign } from './relation.ts';

const comparisons: Readonly<Partial<Record<RelationSign, Operator>>> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  '=': '==',
  '!=': '!=',
};

interface Row {
  readonly value: MathNode;
  /** Undefined for "otherwise". */
  readonly condition: Comparison | undefined;
}

interface Comparison {
  readonly node: MathNode;
  readonly sign: RelationSign;
  readonly text: string;
}

/** Reads the rows into nested choices. */
export function readCases(cursor: Cursor): MathNode {
  const token = peek(cursor) as TokenOf<'cases'>;
  const span = { start: token.start, end: token.end };
  cursor.at++;
  const rows = token.rows
    .filter((row) => row.some((cell) => cell.length > 0))
    .map((row) => readRow(cursor.context, row, token));
  const last = rows.pop();
  const before = rows.at(-1);
  if (last === undefined || before === undefined || !covers(before, last)) {
    return refuse('a choice without "otherwise"', span, 'end the cases with \\text{otherwise}');
  }
  return rows.reduceRight((rest, { value, condition }) => {
    if (condition === undefined) return refuse('a row after "otherwise"', span, 'put "otherwise" last');
    return locate(conditionalNode(condition.node, value, rest), span);
  }, last.value);
}

function readRow(context: Context, cells: readonly (readonly Token[])[], whole: TokenOf<'cases'>): Row {
  const tokens = cells.flat();
  const comma = tokens.findIndex((token, at) => token.kind === 'sign' && token.sign === ',' && at < tokens.length - 1);
  const valueCell = cells.length > 1 ? (cells[0] ?? []) : tokens.slice(0, Math.max(0, firstWord(tokens, comma)));
  const conditionCell = cells.length > 1 ? cells.slice(1).flat() : tokens.slice(Math.max(0, firstWord(tokens, comma)));
  const value = context.grammar.all(context, withoutPunctuation(valueCell), valueCell[0] ?? whole);
  return { value, condition: readCondition(context, withoutPunctuation(conditionCell), whole) };
}

function firstWord(tokens: readonly Token[], comma: number): number {
  const at = tokens.findIndex((token) => token.kind === 'words');
  return at >= 0 ? at : comma;
}

function withoutPunctuation(tokens: readonly Token[]): Token[] {
  const isBlank = (token: Token | undefined) =>
    token?.kind === 'gap' || (token?.kind === 'sign' && [',', ';', 'dot'].includes(token.sign));
  let end = tokens.length;
  while (end > 0 && isBlank(tokens[end - 1])) end--;
  let start = 0;
  while (start < end && isBlank(tokens[start])) start++;
  return tokens.slice(start, end);
}

/** What stands around a condition in Japanese: （x > 0 のとき）. */
const opening = /^[（(]$/;
const closing = /^(?:のとき|の場合)[）)]?$/;

function readCondition(context: Context, tokens: readonly Token[], whole: TokenOf<'cases'>): Comparison | undefined {
  const [first] = tokens;
  if (first === undefined) return undefined;
  if (first.kind === 'words' && opening.test(first.text)) return readCondition(context, tokens.slice(1), whole);
  const end = tokens.at(-1);
  if (end?.kind === 'words' && closing.test(end.text)) return readCondition(context, tokens.slice(0, -1), whole);
  if (first.kind === 'words' && otherwise.test(first.text)) return undefined;
  const isLead =
    first.kind === 'words' && (conditions.test(first.text) || connectives.test(first.text)) && !/\s/.test(first.text);
  const rest = isLead ? tokens.slice(1) : tokens;
  const at = rest.findIndex((token) => token.kind === 'relation');
  const sign = rest[at];
  const operator = sign?.kind === 'relation' ? comparisons[sign.sign] : undefined;
  const place = { start: first.start, end: tokens.at(-1)?.end ?? first.end };
  if (sign?.kind !== 'relation' || operator === undefined) {
    const words = rest.find((token) => token.kind === 'words');
    return refuse(words === undefined ? 'this condition' : `the words "${words.text}"`, words ?? place, 'write x > 0');
  }
  const left = context.grammar.all(context, rest.slice(0, at), whole);
  const right = context.grammar.all(context, rest.slice(at + 1), whole);
  return { node: locate(operatorNode(operator, left, right), place), sign: sign.sign, text: `${left} ${right}` };
}

const opposites: Readonly<Partial<Record<RelationSign, readonly RelationSign[]>>> = {
  '<': ['>=', '>'],
  '<=': ['>'],
  '>': ['<=', '<'],
  '>=': ['<'],
  '=': ['!='],
  '!=': ['='],
};

/** Whether `last` is all that `before` leaves over, but perhaps for the one point between them. */
function covers(before: Row, last: Row): boolean {
  if (last.condition === undefined) return true;
  if (before.condition === undefined || before.condition.text !== last.condition.text) return false;
  return opposites[before.condition.sign]?.includes(last.condition.sign) === true;
}

/**
 * An indicator, the value 1 where a relation holds and 0 elsewhere: `\mathbb{1}[x > 0]`, `\mathbf 1_{\{y = k\}}`, `I(0 < x < 1)`.
 * `tokens` are the relation's own; undefined where they are none.
 */
export function readIndicator(context: Context, tokens: readonly Token[], whole: Token): MathNode | undefined {
  const inner = withoutBraces(withoutPunctuation(tokens));
  const signs = inner.flatMap((token, at) => (token.kind === 'relation' ? [at] : []));
  if (signs.length === 0) return undefined;
  const span = { start: whole.start, end: Math.max(whole.end, (tokens.at(-1)?.end ?? 0) + 1) };
  // 0 < x < 1 is two relations.
  const links = signs.map((_, k) =>
    inner.slice(k === 0 ? 0 : (signs[k - 1] as number) + 1, signs[k + 1] ?? inner.length),
  );
  return links.reduceRight<MathNode>((then, link) => {
    const condition = readCondition(context, link, whole as TokenOf<'cases'>);
    return condition === undefined
      ? refuse('this condition', span, 'write x > 0')
      : locate(conditionalNode(condition.node, then, constantNode('0')), span);
  }, constantNode('1'));
}

function withoutBraces(tokens: readonly Token[]): readonly Token[] {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return tokens.length > 1 && first?.kind === 'open' && last?.kind === 'close' ? tokens.slice(1, -1) : tokens;
}
