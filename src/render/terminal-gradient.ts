/** The backward pass in two columns: what is computed forward, and the adjoints from the output to the inputs. */

import { widthOf } from '../columns.ts';
import type { Adjoint, Gradient } from '../derivation/derivation.ts';
import { wordsOf } from '../explain/explain.ts';
import { wantedPhrase } from '../explain/sentences.ts';
import { pad } from './layout.ts';
import type { Page } from './page.ts';
import { writtenOut } from './rows.ts';

/** The two columns side by side, one below the other where the terminal is too narrow; then the results written out. */
export function gradientColumns(gradient: Gradient, page: Page): string[][] {
  const texts = wordsOf(page.language).gradient;
  const forward = [page.paint.dim(texts.forward), ...forwardLines(gradient, page)];
  const backward = [page.paint.dim(texts.backward), ...backwardLines(gradient, page)];
  const left = widest(forward) + 4;
  const blocks =
    forward.length === 1
      ? [backward]
      : left + widest(backward) <= page.width
        ? [sideBySide(forward, backward, left)]
        : [forward, backward];
  return [...blocks, writtenOutLines(gradient, page)];
}

function widest(lines: readonly string[]): number {
  return Math.max(0, ...lines.map(widthOf));
}

function sideBySide(left: readonly string[], right: readonly string[], column: number): string[] {
  const count = Math.max(left.length, right.length);
  return Array.from({ length: count }, (_, at) => (pad(left[at] ?? '', column) + (right[at] ?? '')).trimEnd());
}

function forwardLines(gradient: Gradient, page: Page): string[] {
  const { problem } = gradient;
  const target = problem.output === null ? [] : [{ name: problem.output, expression: problem.target }];
  return equations(
    [...gradient.lets, ...target].map(({ name, expression }) => [page.show(name), page.show(expression)]),
  );
}

function backwardLines(gradient: Gradient, page: Page): string[] {
  const output = gradient.problem.output;
  const lines = equations(
    gradient.adjoints.map(({ name, of, expression }) => {
      const derivative = output === null ? [] : [page.show(`d(${output}, ${of})`)];
      return [page.show(name), ...derivative, page.show(expression)];
    }),
  );
  const column = widest(lines) + 3;
  return lines.map((line, at) => {
    const adjoint = gradient.adjoints[at] as Adjoint;
    return adjoint.wanted
      ? pad(line, column) + page.paint.dim(`← ${page.say(wantedPhrase(adjoint, page.language))}`)
      : line;
  });
}

/** Rows of parts with aligned equals signs. */
function equations(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => widest(rows.map((row) => row[at] ?? '')));
  return rows.map((row) =>
    row.map((part, at) => (at < row.length - 1 ? pad(part, widths[at] as number) : part)).join(' = '),
  );
}

/** The wanted derivatives without adjoints in them. */
function writtenOutLines(gradient: Gradient, page: Page): string[] {
  const rows = writtenOut(gradient);
  if (rows.length === 0) return [];
  const name = gradient.problem.output;
  const lines = equations(
    rows.map(({ wrt, result }) => [
      page.show(name === null ? `d(${gradient.problem.target}, ${wrt})` : `d(${name}, ${wrt})`),
      page.show(result),
    ]),
  );
  return [page.paint.dim(wordsOf(page.language).gradient.writtenOut), ...lines];
}
