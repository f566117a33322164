/** What stands on a printed page: its formulas, as the strings that they are on it. */

/** An equation, or the next line of a chain of them. */
export interface Shown {
  /** In the notation of the page: what equals signs or an arrow stand between, be it one by one or several in one text. */
  readonly sides: readonly string[];
  /** Whether it goes on from the line before: its left side is the one of that. */
  readonly goesOn: boolean;
}

const row = (left: string, right: string): Shown =>
  left === '' ? { sides: [right], goesOn: true } : { sides: [left, right], goesOn: false };

const displays = /\\begin\{(align\*|aligned)\}\n([\s\S]*?)\n\\end\{\1\}/g;

/** The formulas of a page in LaTeX or Markdown: rows of displays, and what stands between dollar signs. */
export function shownInLatex(page: string): Shown[] {
  const inline = page.replace(displays, '').matchAll(/(?<!\\)\$([^$]+)(?<!\\)\$/g);
  return [
    ...[...inline].map(([, text = '']): Shown => ({ sides: [text], goesOn: false })),
    ...[...page.matchAll(displays)].flatMap(([, , rows = '']) => rowsIn(rows)),
  ];
}

function rowsIn(display: string): Shown[] {
  const shown: Shown[] = [];
  let above = '';
  for (const line of display.split(' \\\\\n')) {
    const [formula = ''] = line.split(' && ');
    const [, aside] = /^\s*\\rlap\{\$\\displaystyle (.*)\$\}$/s.exec(formula) ?? [];
    const [, left = '', right] = /^(.*?)&(?:=|\\leftarrow) (.*)$/s.exec(formula) ?? [];
    if (aside !== undefined) above = aside;
    else if (right !== undefined) {
      shown.push(row(left.trim() === '' ? above : left.trim(), unfitted(right)));
      above = '';
    }
  }
  return shown;
}

/** A formula that is to be fitted into its line. */
function unfitted(formula: string): string {
  return /^\\chainrulefit\{(.*)\}$/s.exec(formula)?.[1] ?? formula;
}

/** Escape sequences that colour a text. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

/** The formulas of a page for the terminal; `leads` are words that stand before some of them. */
export function shownInTerminal(page: string, leads: readonly string[]): Shown[] {
  const shown: Shown[] = [];
  let before = '';
  const cells: string[] = [];
  for (const line of page.replace(colours, '').split('\n')) {
    const text = line.trim();
    const drawn = drawnRow.exec(text);
    if (drawn !== null) cells.push((drawn[1] ?? drawn[2] ?? '').trim().split(/ {3,}/).join(', '));
    else if (text.startsWith('= ')) {
      const [formula = '', ...asides] = segmentsOf(text.slice(2));
      shown.push(row(indentOf(before) < indentOf(line) ? before.trim() : '', formula), ...asides.map(aside));
    } else shown.push(...segmentsOf(text).map((part) => aside(withoutLead(part, leads))));
    if (cells.length > 0 && /[⎠)]$/.test(text)) shown.push(row('H', matrixOf(cells.splice(0))));
    // A left side that is too wide stands on a line of its own, further to the left than any reason.
    before = sidesIn(text).length > 1 || text.startsWith('= ') ? '' : line;
  }
  return shown.filter(({ sides, goesOn }) => goesOn || sides.length > 1);
}

/** One row of a matrix that is drawn over several lines. */
const drawnRow = /^(?:H = )?[⎛⎜⎝] (.*) [⎞⎟⎠]$|^H = \( (.*) \)$/;

/** Far to the right where there is nothing. */
const indentOf = (line: string): number => (line.trim() === '' ? Number.POSITIVE_INFINITY : line.search(/\S/));

const matrixOf = (rows: readonly string[]): string =>
  rows.length === 1 && rows[0]?.includes(', ') === false ? rows[0] : `[${rows.join('; ')}]`;

const aside = (text: string): Shown => ({ sides: sidesIn(text), goesOn: false });

/** Cuts at the signs that stand outside of all brackets: within them an equals sign is a condition. */
function sidesIn(text: string): string[] {
  const sides: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if ('([{⟨'.includes(text.charAt(at))) depth++;
    if (')]}⟩'.includes(text.charAt(at))) depth--;
    if (depth > 0 || !/^ [=←] /.test(text.slice(at, at + 3))) continue;
    sides.push(text.slice(start, at));
    start = at + 3;
  }
  return [...sides, text.slice(start)];
}

/** Parts that stand beside one another; blanks before an equals sign only align it. */
function segmentsOf(line: string): string[] {
  return line.split(/ {2,}(?![ =])/).map((part) => part.replace(/ {2,}=/g, ' ='));
}

function withoutLead(line: string, leads: readonly string[]): string {
  const lead = leads.find((one) => line.startsWith(one));
  return lead === undefined ? line : line.slice(lead.length).trim();
}
