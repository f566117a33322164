/** What a workload found, and how it is shown: aligned in the terminal, piped in Markdown. */

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Goal {
  readonly text: string;
  /** Undefined where this run can't tell, with the reason in the text. */
  readonly met: boolean | undefined;
}

export interface Report {
  readonly title: string;
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  readonly notes: readonly string[];
  /** Answers of this project that were wrong; the command then fails. */
  readonly wrong: readonly string[];
}

const verdict = ({ met }: Goal): string => (met === undefined ? 'open' : met ? 'met' : 'not met');

export function printReport(report: Report): string {
  const goals = report.goals.map((goal) => `goal, ${verdict(goal)}: ${goal.text}`);
  const wrong = report.wrong.map((text) => `WRONG: ${text}`);
  return [report.title, ...report.tables.map(alignTable), [...goals, ...wrong, ...report.notes].join('\n')].join(
    '\n\n',
  );
}

function alignTable({ columns, rows }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  // Names to the left, numbers to the right.
  const align = (cell: string, at: number) =>
    at === 0 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number);
  return lines.map((line) => line.map(align).join('  ').trimEnd()).join('\n');
}

export function markdownReport(report: Report): string {
  const goals = report.goals.map((goal) => `- goal, **${verdict(goal)}**: ${goal.text}`);
  const others = [...report.wrong.map((text) => `wrong: ${text}`), ...report.notes].map((text) => `- ${text}`);
  return [`## ${report.title}`, ...report.tables.map(pipeTable), [...goals, ...others].join('\n')].join('\n\n');
}

function pipeTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, at) => (at === 0 ? '---' : '---:'));
  return [line(columns), line(rule), ...rows.map(line)].join('\n');
}

/** A number with three significant digits, thousands set apart. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 12 });
}

export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
