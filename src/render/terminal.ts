/** A derivation or gradient as text for a terminal: aligned Unicode, no wider than it must be. */

import { widthOf } from '../columns.ts';
import type { Derivation, Gradient, Hessian, Result } from '../derivation/derivation.ts';
import { certificateNotices, type Notice } from '../explain/certificates.ts';
import { fill, formula, wordsOf } from '../explain/explain.ts';
import { footprintSentences } from '../explain/footprint.ts';
import { givenPhrases } from '../explain/given.ts';
import { withOutput } from '../explain/output.ts';
import { taskPhrase, unsolvedPhrase } from '../explain/sentences.ts';
import { demandResult, readOptions } from '../library-options.ts';
import { alignRight, type Line, pad, rightColumn, wrapItems } from './layout.ts';
import { margin, openPage, type Page, type TerminalOptions } from './page.ts';
import { letEquations, problemFormula, rowsOf, singleBlock, targetEquation } from './rows.ts';
import { gradientColumns } from './terminal-gradient.ts';

export type { TerminalOptions } from './page.ts';

/** A left-hand side wider than this stands on a line of its own. */
const widestLeftSide = 40;

/** `derived` as lines of text that end in a line break. Total. */
export function toTerminal(derived: Result, given: TerminalOptions = {}): string {
  const options = readOptions<TerminalOptions>('toTerminal', given);
  demandResult('toTerminal', derived);
  const result = withOutput(derived);
  const page = openPage(result, options);
  const blocks =
    result.schema === 'chainrule/gradient/1'
      ? gradientBlocks(result, page)
      : derivationBlocks(result, page, options.expand === true);
  const lines = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => indented(line)).join('\n'));
  return `${lines.join('\n\n')}\n`;
}

function indented(line: string): string {
  return line === '' ? '' : ' '.repeat(margin) + line;
}

function derivationBlocks(result: Exclude<Result, Gradient>, page: Page, isExpanded: boolean): string[][] {
  const isAnswer = result.detail === 'answer';
  const header = headerLines(result, page);
  const rows = stepLines(result, page, isExpanded);
  const column = rightColumn([...header, ...rows.lines], page.width);
  const place = { column, width: page.width, indent: rows.indent };
  const print = (lines: readonly Line[]) => alignRight(lines, place, page.paint.dim);
  return [
    print(header),
    givenLines(result, page),
    isAnswer ? [] : letLines(result, page),
    print(rows.lines),
    result.schema === 'chainrule/hessian/1' ? matrixLines(result, page) : [],
    sharingLines(result, page),
    updateLines(result, page),
    noticeLines(openNotices(result, page), page),
    isAnswer ? [] : footprintLines(result, page),
  ];
}

/** What the oracle found, and that equations are not solved where they are not. */
function openNotices(result: Exclude<Result, Gradient>, page: Page): Notice[] {
  const unsolved = unsolvedPhrase(result, page.language);
  const notices = certificateNotices(result, page.language);
  return unsolved.length === 0 ? notices : [...notices, { mark: 'open', phrase: unsolved }];
}

/** The matrix of second derivatives, its columns aligned. */
function matrixLines(hessian: Hessian, page: Page): string[] {
  const single = singleBlock(hessian);
  if (single !== undefined) return [`H = ${page.show(single)}`];
  const cells = hessian.matrix.map((row) => row.map(page.show));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const last = cells.length - 1;
  return cells.map((row, at) => {
    const inner = row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('   ');
    const [open, close] = last === 0 ? ['(', ')'] : at === 0 ? ['⎛', '⎞'] : at === last ? ['⎝', '⎠'] : ['⎜', '⎟'];
    const lead = at === Math.floor(last / 2) ? 'H = ' : '    ';
    return `${lead}${open} ${inner} ${close}`;
  });
}

function sharingLines(result: Result, page: Page): string[] {
  if (!('sharing' in result) || result.sharing === undefined) return [];
  const items = result.sharing.map(({ name, expression }) => page.show(`${name} = ${expression}`));
  const [lead = '', tail = ''] = wordsOf(page.language).derivation.where.split('{lets}');
  return wrapItems(items, '    ', widthOf(lead), page.width).map((line, at) =>
    at === 0 ? lead + line + tail : ' '.repeat(widthOf(lead)) + line,
  );
}

/** The formula and what is wanted; nothing where the first row says both. */
function headerLines(result: Exclude<Result, Gradient>, page: Page): Line[] {
  const { wanted: template } = wordsOf(page.language).derivation;
  const task = taskPhrase(result, page.language);
  if (task === undefined && result.problem.output === null && result.lets.length === 0) return [];
  const wanted = task ?? formula('wanted' in result ? result.wanted : '');
  return [{ left: page.show(problemFormula(result)), right: page.say(fill(template, { wanted })) }];
}

/** What is known of the names, where there is something to say. */
function givenLines(result: Result, page: Page): string[] {
  const items = givenPhrases(result, page.language).map(page.say);
  if (items.length === 0) return [];
  const { given, list } = wordsOf(page.language);
  const [lead = ''] = given.line.split('{given}');
  const width = widthOf(lead);
  const lines = wrapItems(
    items.map((item, at) => (at < items.length - 1 ? item + list.trimEnd() : item)),
    ' ',
    width,
    page.width,
  );
  return lines.map((line, at) => (at === 0 ? lead + line : ' '.repeat(width) + line));
}

function letLines(derivation: Result, page: Page): string[] {
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

/** The rows at their `=`; a long left-hand side stands on a line of its own. */
function stepLines(result: Exclude<Result, Gradient>, page: Page, isExpanded: boolean) {
  const rows = rowsOf(result, page.language, isExpanded).map((row) => ({
    ...row,
    left: row.left === '' ? '' : page.show(row.left),
  }));
  const lefts = rows.map(({ left }) => widthOf(left)).filter((width) => width > 0);
  const short = lefts.filter((width) => width <= widestLeftSide);
  const indent = short.length === 0 ? 2 : Math.max(...short) + 1;
  const lines = rows.flatMap((row): Line[] => {
    const width = widthOf(row.left);
    const isLong = width > widestLeftSide;
    const left = width === 0 || isLong ? ' '.repeat(indent) : `${' '.repeat(indent - 1 - width)}${row.left} `;
    const mark = row.doubt === undefined ? '' : ` ${marks[row.doubt]}`;
    const conditions = page.say(row.conditions);
    const right = [page.say(row.rule) + mark, conditions].filter((part) => part !== '').join('   ');
    const line = { left: `${left}= ${page.show(row.formula)}`, right };
    return isLong ? [{ left: row.left, right: '' }, line] : [line];
  });
  return { lines, indent: indent + 4 };
}

function updateLines(result: Result, page: Page): string[] {
  const update = (result as Partial<Derivation>).update;
  return update === undefined ? [] : [updateText(update.name, update.expression, page)];
}

/** `βⱼ ← βⱼ − η E′(w) …`, with its word before it. */
function updateText(name: string, expression: string, page: Page): string {
  const { update } = wordsOf(page.language).derivation;
  return `${page.paint.dim(update)}  ${page.show(name)} ← ${page.show(expression)}`;
}

const marks: Readonly<Record<Notice['mark'], string>> = { verified: '✓', failed: '✗', open: '?' };

function noticeLines(notices: readonly Notice[], page: Page): string[] {
  const paints = { verified: page.paint.green, failed: page.paint.red, open: page.paint.yellow };
  return notices.map(({ mark, phrase }) => `${paints[mark](marks[mark])} ${page.say(phrase)}`);
}

function footprintLines(result: Result, page: Page): string[] {
  const sentences = footprintSentences(result, page.language).map(page.say);
  return wrapItems(sentences, '   ', 0, page.width);
}

function gradientBlocks(gradient: Gradient, page: Page): string[][] {
  const { operations } = wordsOf(page.language).gradient;
  const { shared, separate } = gradient.operations;
  const counts = fill(operations, { shared: formula(shared), separate: formula(separate) });
  const updates = (gradient.updates ?? []).map(({ name, expression }) => updateText(name, expression, page));
  return [
    givenLines(gradient, page),
    ...gradientColumns(gradient, page),
    shared === '' || separate === '' ? [] : [page.say(counts)],
    updates,
    noticeLines(certificateNotices(gradient, page.language), page),
    footprintLines(gradient, page),
  ];
}
