import { readFileSync } from 'node:fs';

/** One line of `test/cases/derivatives.txt`. */
export interface DerivativeCase {
  readonly source: string;
  readonly wrt: string;
  readonly result: string;
}

/** One line of `test/cases/expressions.txt`. */
export interface ExpressionCase {
  readonly source: string;
  readonly wrt: string;
  readonly order: number;
}

/** The lines of a table in `test/cases`, comments and empty lines left out. */
export function readLines(name: string): string[] {
  return linesIn(readText(name));
}

/** A file in `test/cases`, as it is. */
export function readText(name: string): string {
  return readFileSync(new URL(`../cases/${name}`, import.meta.url), 'utf8');
}

function linesIn(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** `source => variable => result`, one a line. */
export function readDerivatives(): DerivativeCase[] {
  return readCases('derivatives.txt');
}

export function readCases(name: string): DerivativeCase[] {
  return readLines(name).map(caseOf);
}

/** The same from the text of a file. */
export function casesIn(text: string): DerivativeCase[] {
  return linesIn(text).map(caseOf);
}

function caseOf(line: string): DerivativeCase {
  const [source = '', wrt = '', result = ''] = line.split(' => ');
  return { source, wrt, result };
}

/** `source => variable => order`, one a line. */
export function readExpressions(): ExpressionCase[] {
  return readLines('expressions.txt').map((line) => {
    const [source = '', wrt = '', order = '1'] = line.split(' => ');
    return { source, wrt, order: Number(order) };
  });
}

/** Every tenth of `rows` in `npm run quick`, else all of them. */
export function tenth<Row>(rows: readonly Row[]): readonly Row[] {
  return inQuick(rows, 10);
}

/** Every third of `rows` in `npm run quick`, else all of them. */
export function third<Row>(rows: readonly Row[]): readonly Row[] {
  return inQuick(rows, 3);
}

function inQuick<Row>(rows: readonly Row[], step: number): readonly Row[] {
  return process.env.QUICK === '1' ? rows.filter((_, at) => at % step === 0) : rows;
}
