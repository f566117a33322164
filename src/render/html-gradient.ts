/** The backward pass: what is computed forward, the adjoints from the output to the inputs, the gradients written out. */

import type { Adjoint, Gradient } from '../derivation/derivation.ts';
import { certificateNotice } from '../explain/certificates.ts';
import { words, wordsOf } from '../explain/explain.ts';
import { wantedPhrase } from '../explain/sentences.ts';
import { drawNotice } from './html-certificate.ts';
import { drawEntries, drawLink, drawSource } from './html-more.ts';
import { type DrawnRow, drawHead, drawRows } from './html-row.ts';
import type { Sheet } from './html-sheet.ts';
import { element } from './markup.ts';
import { writtenOut } from './rows.ts';

/** Forward and backward side by side, where there is room; below them the gradients without adjoints in them. */
export function drawGradient(gradient: Gradient, sheet: Sheet): string {
  const texts = wordsOf(sheet.language).gradient;
  const forward = drawRows(forwardRows(gradient, sheet), sheet);
  const backward = drawRows(
    gradient.adjoints.map((adjoint, at) => adjointRow(adjoint, at + 1, gradient, sheet)),
    sheet,
  );
  const columns = [
    forward === '' ? '' : element('div', {}, drawHead(texts.forward), forward),
    element('div', {}, drawHead(texts.backward), backward),
  ];
  const results = drawRows(resultRows(gradient, sheet), sheet);
  return (
    element('div', { class: 'cr-passes' }, ...columns) + (results === '' ? '' : drawHead(texts.writtenOut) + results)
  );
}

function forwardRows(gradient: Gradient, sheet: Sheet): DrawnRow[] {
  const { output, target } = gradient.problem;
  const end = output === null ? [] : [{ name: output, expression: target }];
  return [...gradient.lets, ...end].map(({ name, expression }) => ({
    left: sheet.show(name),
    formula: sheet.show(expression),
    label: sheet.spell(`${name} = ${expression}`),
  }));
}

function adjointRow(adjoint: Adjoint, number: number, { problem }: Gradient, sheet: Sheet): DrawnRow {
  const { name, of, expression, certificate, wanted } = adjoint;
  const { page } = wordsOf(sheet.language);
  const id = `${sheet.prefix}-${number}`;
  const names = [name, ...(problem.output === null ? [] : [`d(${problem.output}, ${of})`])];
  const left = names.map(sheet.show).join(' = ');
  const formula = sheet.show(expression);
  const notice = certificateNotice(certificate, number, sheet.language);
  const said = wanted ? wantedPhrase(adjoint, sheet.language) : [];
  return {
    left,
    formula,
    label: sheet.speak([
      ...words(sheet.spell([...names, expression].join(' = '))),
      ...(wanted ? [...words(wordsOf(sheet.language).list), ...said] : []),
      ...words(wordsOf(sheet.language).list),
      ...notice.phrase,
    ]),
    reason: wanted ? sheet.sayFlat(said) : drawNotice(notice, sheet),
    id,
    more:
      drawEntries([
        [page.certificate, drawNotice(notice, sheet)],
        [page.source, drawSource(`${left} = ${formula}`)],
      ]) + drawLink(id, page.link),
  };
}

function resultRows(gradient: Gradient, sheet: Sheet): DrawnRow[] {
  const { output, target } = gradient.problem;
  return writtenOut(gradient).map(({ wrt, result }) => {
    const left = `d(${output ?? target}, ${wrt})`;
    return { left: sheet.show(left), formula: sheet.show(result), label: sheet.spell(`${left} = ${result}`) };
  });
}
