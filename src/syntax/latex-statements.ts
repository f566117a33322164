/** Statements: the rows of a display, and the sides of each row. */

import { MathError } from '../problem.ts';
import { type Context, type Form, isSign, lettersBelow, refuse } from './latex-cursor.ts';
import { type Lead, type Piece, withoutBrackets, withoutCounting } from './latex-pieces.ts';
import { conditions } from './latex-symbols.ts';
import { isConditionBar, type Token, type TokenOf } from './latex-token.ts';
import type { Side, Statement } from './statement.ts';

/** Takes the error of a row that can't be read, where the others are wanted all the same. */
export type Unread = (error: MathError) => void;

/** `tokens` with breaks at the line breaks `lines`, where no token reaches over one. */
export function withLines(tokens: readonly Token[], lines: readonly number[]): Token[] {
  let next = 0;
  return tokens.flatMap((token, at) => {
    let line: number | undefined;
    while (next < lines.length && (lines[next] as number) < token.start) line = lines[next++];
    const before = tokens[at - 1];
    if (line === undefined || before === undefined || before.end > line || token.kind === 'script') return [token];
    return [{ kind: 'break', start: line, end: line + 1 } as const, token];
  });
}

/** The statements in `tokens`; with `unread`, rows that can't be read have no sides, and conditions are read as well. */
export function readStatements(context: Context, tokens: readonly Token[], form: Form, unread?: Unread): Statement[] {
  const rows: Piece[] = [];
  const takesConditions = unread !== undefined;
  const split = splitPieces(tokens, takesConditions);
  const pieces =
    form === 'source' || takesConditions
      ? withoutCounting(split.flatMap((piece) => withoutBrackets(piece, takesConditions)))
      : split;
  pieces.forEach((piece, at) => {
    const previous = rows.at(-1);
    if (isRemark(piece, previous)) return;
    const isLast = at === pieces.length - 1;
    const goesOn =
      previous !== undefined &&
      (form === 'source' ? followsInSource(previous.tokens, piece, isLast) : continues(previous.tokens, piece));
    if (!goesOn) rows.push(piece);
    else for (const token of piece.tokens) previous.tokens.push(token);
  });
  return rows
    .map((row): Piece => ({ ...row, tokens: withoutPunctuation(row.tokens) }))
    .flatMap((row) => (row.tokens.length > 0 ? readPiece(context, row, unread) : []));
}

function readPiece(
  context: Context,
  { tokens, words, lead: before, aside }: Piece,
  unread: Unread | undefined,
): Statement {
  const goesOn = before === 'start' || before === 'break' ? {} : { goesOn: true as const };
  const lead = { ...goesOn, ...(words === undefined ? {} : { lead: words }), ...(aside === true ? { aside } : {}) };
  if (unread === undefined) return { ...readRow(context, tokens), ...lead };
  const [bound, depth] = [context.bound, context.depth];
  try {
    return { ...readRow(context, tokens), ...lead };
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    unread(error);
    Object.assign(context, { bound, depth, outside: [] });
    const span = { start: (tokens[0] as Token).start, end: (tokens.at(-1) as Token).end };
    return { sides: [], relations: [], span, ...lead };
  }
}

/** Splits at rows, gaps, commas, arrows and connecting words outside of brackets; inside, rows and gaps say nothing. */
function splitPieces(tokens: readonly Token[], takesConditions: boolean): Piece[] {
  const pieces: Piece[] = [{ tokens: [], lead: 'start' }];
  let depth = 0;
  const begin = (lead: Lead, words?: string) => {
    const last = pieces.at(-1);
    if (last !== undefined && last.tokens.length === 0) {
      const led = words ?? last.words;
      pieces[pieces.length - 1] = {
        tokens: [],
        lead: stronger(last.lead, lead),
        ...(led === undefined ? {} : { words: led }),
      };
    } else pieces.push({ tokens: [], lead, ...(words === undefined ? {} : { words }) });
  };
  tokens.forEach((token, at) => {
    depth = Math.max(0, depth + (token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0));
    if (token.kind === 'break' || token.kind === 'gap') {
      if (depth === 0) begin(token.kind);
    } else if (depth === 0 && isSeparator(tokens, at, takesConditions)) {
      begin('words', token.kind === 'words' ? token.text : undefined);
    } else {
      pieces.at(-1)?.tokens.push(token);
      if (depth === 0 && (isSign(token, ',') || isSign(token, ';'))) begin('comma');
    }
  });
  return pieces.filter((piece) => piece.tokens.length > 0);
}

/** One word behind a gap, where nothing waits for it: `a = b && \text{simplified}`. */
function isRemark({ tokens, lead }: Piece, previous: Piece | undefined): boolean {
  const [only] = tokens;
  const last = previous?.tokens.at(-1);
  const isWord = tokens.length === 1 && only?.kind === 'name' && only.upright && only.name.length > 1;
  return isWord && lead === 'gap' && last !== undefined && last.kind !== 'relation' && !isJoining(last);
}

function stronger(first: Lead, second: Lead): Lead {
  const order: readonly Lead[] = ['comma', 'gap', 'break', 'start', 'words'];
  return order.indexOf(first) >= order.indexOf(second) ? first : second;
}

/** Connecting words and arrows; an arrow between gaps or at the beginning of a row means "hence". */
function isSeparator(tokens: readonly Token[], at: number, takesConditions: boolean): boolean {
  const token = tokens[at] as Token;
  if (token.kind === 'implies') return true;
  if (token.kind === 'words') {
    if (!takesConditions && conditions.test(token.text))
      refuse(`the condition "${token.text}"`, token, 'state the condition outside of the formula');
    return true;
  }
  if (token.kind !== 'relation' || token.sign !== '->') return false;
  const before = tokens[at - 1]?.kind ?? 'break';
  return before === 'gap' || before === 'break';
}

const joining = new Set(['+', '-', '*', 'x', 'kron', '.', '/', '.*', './', 'o']);

/** Whether `piece` goes on with what stands in `before`. */
function continues(before: readonly Token[], piece: Piece): boolean {
  const [first] = piece.tokens;
  const last = before.at(-1);
  if (piece.lead === 'words') return false;
  if (last === undefined || isJoining(last) || last.kind === 'relation') return true;
  const isEnded = isSign(last, ',') || isSign(last, ';') || isSign(last, 'dot');
  const hasRelation = piece.tokens.some((token) => token.kind === 'relation');
  switch (piece.lead) {
    case 'break':
      return !isEnded && isJoining(first) && !(isSign(first, '-') && hasRelation);
    case 'gap':
      if (first?.kind === 'relation') return true;
      return !isEnded && (isJoining(first) || !hasRelation || !before.some((token) => token.kind === 'relation'));
    case 'comma':
      return !(hasRelation && before.some((token) => token.kind === 'relation'));
    default:
      return false;
  }
}

/** The same in the source of a derivation: a semicolon ends a statement, and so does a break behind a complete definition. */
function followsInSource(before: readonly Token[], piece: Piece, isLast: boolean): boolean {
  const last = before.at(-1);
  const [first] = piece.tokens;
  if (isSign(last, ';')) return false;
  if (piece.lead === 'comma' || piece.lead === 'gap') {
    // What holds a relation of its own is a statement: (y - o)^2, o = w x.
    const isStatement = first?.kind !== 'relation' && hasRelation(piece.tokens);
    return !(isStatement && !isJoining(last) && last?.kind !== 'relation') && continues(before, piece);
  }
  if (piece.lead !== 'break') return continues(before, piece);
  if (isPrefix(before) || first?.kind === 'relation') return true;
  const isDefinition = isLast && isSign(first, '-') && hasRelation(before);
  return !isDefinition && continues(before, piece);
}

function hasRelation(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.kind === 'relation');
}

/** Whether something is still to come: a sum or a function without what it applies to. */
function isPrefix(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  const sign = last?.kind === 'script' ? tokens.at(-2) : last;
  return sign?.kind === 'big' || sign?.kind === 'function' || sign?.kind === 'partial' || sign?.kind === 'nabla';
}

function isJoining(token: Token | undefined): boolean {
  return token?.kind === 'sign' && joining.has(token.sign);
}

/** Without the comma or full stop that ends a display. */
function withoutPunctuation(tokens: readonly Token[]): Token[] {
  let end = tokens.length;
  while (end > 0 && [',', ';', 'dot'].some((sign) => isSign(tokens[end - 1], sign))) end--;
  return tokens.slice(0, end);
}

/** One row: its sides between relations outside of brackets. */
function readRow(context: Context, row: readonly Token[]): Statement {
  const groups: Token[][] = [[]];
  const signs: TokenOf<'relation'>[] = [];
  let depth = 0;
  for (const token of row) {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    if (token.kind === 'relation' && depth <= 0) {
      signs.push(token);
      groups.push([]);
    } else groups.at(-1)?.push(token);
  }
  if (groups.length > 1 && groups[0]?.length === 0) groups.shift();
  const [head = []] = groups;
  if (groups.length === 1) groups[0] = withoutAim(context, head);
  if (['=', ':='].includes(signs[0]?.sign ?? '')) groups[0] = withoutCondition(head);
  const sides = groups.map((group, at) => {
    context.outside = lettersBelow(groups.filter((_, other) => other !== at).flat());
    return readSide(context, group, signs[Math.min(at, signs.length - 1)] ?? row[0]);
  });
  context.outside = [];
  const first = row[0] as Token;
  const last = row.at(-1) as Token;
  return { sides, relations: signs.map(({ sign }) => sign), span: { start: first.start, end: last.end } };
}

/** What \\min_w stands before, where the derivative by w is asked for: that of the minimum itself by w would be 0. */
function withoutAim({ form, naming }: Context, row: readonly Token[]): Token[] {
  const [sign, script, ...objective] = row;
  const isAim = sign?.kind === 'function' && /^m(?:in|ax)$/.test(sign.name) && script?.kind === 'script';
  const asked = isAim && script.sup === undefined ? (script.sub ?? []) : [];
  if (form !== 'source' || !asked.some((token) => token.kind === 'name' && naming.isAsked(token.name))) return [...row];
  return objective[0]?.kind === 'gap' ? objective.slice(1) : objective;
}

/**
 * The bar of L(\\theta | x) as a comma where that is the whole left side: it is defined there as a function of both. Anywhere else p(x | y)
 * and p(y | x) are two functions of one name.
 */
function withoutCondition(head: readonly Token[]): Token[] {
  // Of \ln p(x | \theta), and of its negative, the logarithm is what is defined.
  const name = head.findIndex((token) => token.kind !== 'function' && !isSign(token, '-'));
  const open = head[name + 1]?.kind === 'script' ? name + 2 : name + 1;
  const isCall = head[name]?.kind === 'name' && head[open]?.kind === 'open' && head.at(-1)?.kind === 'close';
  const inner = isCall ? head.slice(open + 1, -1) : [];
  const bars = inner.filter(isConditionBar);
  const [bar] = bars;
  if (bar === undefined || bars.length > 1 || inner.some(({ kind }) => kind === 'open')) return [...head];
  return head.map((token) => (token === bar ? { kind: 'sign', sign: ',', start: bar.start, end: bar.end } : token));
}

function readSide(context: Context, tokens: readonly Token[], near: Token | undefined): Side {
  const [first] = tokens;
  const last = tokens.at(-1);
  const place = first === undefined || last === undefined ? near : { start: first.start, end: last.end };
  const span = { start: place?.start ?? 0, end: place?.end ?? 1 };
  return { node: context.grammar.all(context, tokens, span), span };
}
