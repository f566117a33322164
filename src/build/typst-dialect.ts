/** A note as Typst markup; constructs are calls, as markup by indentation could be broken by what stands in it. */

import { typstString, typstText } from '../render/typst-text.ts';
import type { Dialect } from './note-printer.ts';
import { typstFormula } from './typst-formula.ts';

export const typstDialect: Dialect = {
  text: (value) => value.split('\n').map(proseOf).join('\n'),
  formula: (tex, display) => {
    const printed = typstFormula(tex);
    if (printed === undefined) return undefined;
    return display ? `$ ${printed} $` : `$${printed}$`;
  },
  emphasis: (content) => `#emph[${content}]`,
  strong: (content) => `#strong[${content}]`,
  struck: (content) => `#strike[${content}]`,
  code: (value) => `#raw(${typstString(value)})`,
  codeBlock: (value) => `#raw(block: true, ${value.split('\n').map(typstString).join(' + "\\n" + ')})`,
  link: (url, content) => (/^(?:https?:\/\/|mailto:)/i.test(url) ? `#link(${typstString(url)})[${content}]` : content),
  image: () => undefined,
  lineBreak: ' \\\n',
  heading: (depth, content) =>
    depth === 0 ? `#align(center, text(1.5em, weight: "bold")[${content}])` : `#heading(level: ${depth})[${content}]`,
  quote: (content) => `#quote(block: true)[${content}]`,
  list: (items, start) => {
    const contents = items.map((item) => `[${item}]`).join(', ');
    return start === undefined ? `#list(${contents})` : `#enum(start: ${start}, ${contents})`;
  },
  task: (done) => (done ? '☒' : '☐'),
  table: (rows, align) => {
    const columns = Math.max(...rows.map((row) => row.length));
    const places = Array.from({ length: columns }, (_, at) => align?.[at] ?? 'left').join(', ');
    const cells = rows.map((row) => Array.from({ length: columns }, (_, at) => `[${row[at] ?? ''}]`).join(', '));
    return `#table(columns: ${columns}, align: (${places},), stroke: (x: none), table.header(${cells[0]}), ${cells.slice(1).join(', ')})`;
  },
  rule: '#line(length: 100%)',
  footnote: (content) => `#footnote[${content}]`,
};

/** A line of prose; signs of which nothing is known stand as they are, unless they can't be seen. */
function proseOf(line: string): string {
  return line
    .split(/(\p{Extended_Pictographic}|\p{So}|\ufe0f)/u)
    .map((part, at) => (at % 2 === 1 ? part : typstText(part)))
    .join('');
}
