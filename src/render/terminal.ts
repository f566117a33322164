/** A derivation or gradient as text for a terminal: aligned Unicode, no wider than it must be. */

import type { Derivation, Gradient } from '../derivation/derivation.ts';
import { certificateNotices, type Notice } from '../explain/certificates.ts';
import { fill, formula, wordsOf } from '../explain/explain.ts';
import { footprintSentences } from '../explain/footprint.ts';
import { alignRight, type Line, rightColumn, widthOf, wrapItems } from './layout.ts';
import { margin, openPage, type Page, type TerminalOptions } from './page.ts';
import { letEquations, problemFormula, rowsOf, targetEquation } from './rows.ts';
import { gradientColumns } from './terminal-gradient.ts';

export type { TerminalOptions } from './page.ts';

/** A left-hand side wider than this stands on a line of its own. */
const widestLeftSide = 40;

/** `result` as lines of text that end in a line break. Total. */
export function toTerminal(result: Derivation | Gradient, options: TerminalOptions): string {
  const page = openPage(result, options);
  const isGradient = result.schema === 'chainrule/gradient/1';
  const blocks = isGradient ? gradientBlocks(result, page) : derivationBlocks(result, page, options.expand === true);
  const lines = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => indented(line)).join('\n'));
  return `${lines.join('\n\n')}\n`;
}

function indented(line: string): string {
  return line === '' ? '' : ' '.repeat(margin) + line;
}

function derivationBlocks(derivation: Derivation, page: Page, isExpanded: boolean): string[][] {
  const isAnswer = derivation.detail === 'answer';
  const header = headerLines(derivation, page);
  const rows = stepLines(derivation, page, isExpanded);
  const isLong = rows.standalone !== undefined;
  const all = [...header, ...rows.lines];
  const column = rightColumn(all, page.width);
  const place = { column, width: page.width, indent: rows.indent };
  const print = (lines: readonly Line[]) => alignRight(lines, place, page.paint.dim);
  return [
    print(header),
    isAnswer ? [] : letLines(derivation, page),
    [...(isLong ? [rows.standalone as string] : []), ...print(rows.lines)],
    updateLines(derivation, page),
    noticeLines(certificateNotices(derivation, page.language), page),
    isAnswer ? [] : footprintLines(derivation, page),
  ];
}

/** The formula and what is wanted; nothing where the first row says both. */
function headerLines(derivation: Derivation, page: Page): Line[] {
  if (derivation.problem.output === null && derivation.lets.length === 0) return [];
  const { wanted } = wordsOf(page.language).derivation;
  const right = page.say(fill(wanted, { wanted: formula(derivation.wanted) }));
  return [{ left: page.show(problemFormula(derivation)), right }];
}

function letLines(derivation: Derivation, page: Page): string[] {
  if (derivation.lets.length === 0) return [];
  const texts = wordsOf(page.language).derivation;
  const target = targetEquation(derivation);
  const closing = target === undefined ? [] : [page.say(fill(texts.soThat, { equation: formula(target) }))];
  const lead = `${texts.let}    `;
  const indent = widthOf(lead);
  const items = [...letEquations(derivation).map(page.show), ...closing];
  return wrapItems(items, ' '.repeat(8), indent, page.width).map((line, at) =>
    at === 0 ? lead + line : ' '.repeat(indent) + line,
  );
}

/** The rows at their `=`; a long left-hand side is returned as `standalone`, for a line above them. */
function stepLines(derivation: Derivation, page: Page, isExpanded: boolean) {
  const wanted = page.show(derivation.wanted);
  const isLong = widthOf(wanted) > widestLeftSide;
  const indent = isLong ? 2 : widthOf(wanted) + 1;
  const rows = rowsOf(derivation, page.language, isExpanded);
  const lines = rows.map((row, at): Line => {
    const left = at === 0 && !isLong ? `${wanted} ` : ' '.repeat(indent);
    const mark = row.doubt === undefined ? '' : ` ${marks[row.doubt]}`;
    const conditions = page.say(row.conditions);
    const right = [page.say(row.rule) + mark, conditions].filter((part) => part !== '').join('   ');
    return { left: `${left}= ${page.show(row.formula)}`, right };
  });
  return { lines, indent: indent + 4, standalone: isLong ? wanted : undefined };
}

function updateLines({ update }: Derivation, page: Page): string[] {
  return update === undefined ? [] : [updateText(update.name, update.expression, page)];
}

/** `βⱼ ← βⱼ − η E′(w) …`, with its word before it. */
export function updateText(name: string, expression: string, page: Page): string {
  const { update } = wordsOf(page.language).derivation;
  return `${page.paint.dim(update)}  ${page.show(name)} ← ${page.show(expression)}`;
}

const marks: Readonly<Record<Notice['mark'], string>> = { verified: '✓', failed: '✗', open: '?' };

function noticeLines(notices: readonly Notice[], page: Page): string[] {
  const paints = { verified: page.paint.green, failed: page.paint.red, open: page.paint.yellow };
  return notices.map(({ mark, phrase }) => `${paints[mark](marks[mark])} ${page.say(phrase)}`);
}

function footprintLines(result: Derivation | Gradient, page: Page): string[] {
  const sentences = footprintSentences(result, page.language).map(page.say);
  return wrapItems(sentences, '   ', 0, page.width);
}

function gradientBlocks(gradient: Gradient, page: Page): string[][] {
  const { operations } = wordsOf(page.language).gradient;
  const { shared, separate } = gradient.operations;
  const counts = fill(operations, { shared: formula(shared), separate: formula(separate) });
  const updates = (gradient.updates ?? []).map(({ name, expression }) => updateText(name, expression, page));
  return [
    ...gradientColumns(gradient, page),
    shared === '' || separate === '' ? [] : [page.say(counts)],
    updates,
    noticeLines(certificateNotices(gradient, page.language), page),
    footprintLines(gradient, page),
  ];
}
