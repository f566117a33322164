import { describe, expect, it } from 'vitest';
import { readProse } from '../../src/notes/prose.ts';
import type { ProseStatement } from '../../src/notes/prose-statement.ts';
import { scanMarkdown, scanNote } from '../../src/notes/scan.ts';
import { readLines } from '../support/table.ts';

const cases = readLines('prose.txt').map((line) => {
  const at = line.lastIndexOf(' => ');
  return { note: line.slice(0, at).replaceAll('¶', '\n'), expected: line.slice(at + 4) };
});

/** A statement in the words of the table. */
function shown(statement: ProseStatement, note: string): string {
  const scope = statement.scope === 'onward' ? '' : ` @${statement.scope}`;
  return `${statement.kind} ${saidIn(statement, note)}${scope}`;
}

function saidIn(statement: ProseStatement, note: string): string {
  if (!('name' in statement)) return note.slice(statement.part.start, statement.part.end).trim();
  const { name } = statement.name;
  switch (statement.kind) {
    case 'shape':
      return `${name} ${statement.dims === undefined ? statement.axes : `(${statement.dims.join(', ')})`}`;
    case 'property':
      return `${name} ${statement.property}`;
    case 'role':
      return `${name} ${statement.role}`;
    case 'dependence':
    case 'independence':
      return `${name} on ${statement.on.map((one) => one.name).join(', ')}`;
    default:
      return name;
  }
}

const statementsOf = (note: string): string =>
  readProse(scanNote(note))
    .map((statement) => shown(statement, note))
    .join('; ') || '-';

describe('prose states', () => {
  it.each(cases)('$note', ({ note, expected }) => {
    expect(statementsOf(note)).toBe(expected);
  });

  it('the same with line ends of Windows', () => {
    for (const { note, expected } of cases)
      expect(statementsOf(note.replaceAll('\n', '\r\n')).replaceAll('\r', '')).toBe(expected);
  });
});

describe('a note', () => {
  const note =
    '# One\n\nLet $u = x$. We\nget\n\n$$\ny = u\n$$\n\nwhere *the* $z$ is 2 and\n> $w$ 。「$v$」\n\n## Two\n\n- a $b$';

  it('gives the formulas that scanMarkdown gives', () => {
    const key = ({ tex, start, section }: { tex: string; start: number; section: number }) =>
      `${section} ${start} ${tex}`;
    expect(scanNote(note).formulas.map(key)).toEqual(scanMarkdown(note).map(key));
  });

  it('has its sentences with sections, paragraphs and exact places', () => {
    const { sentences, headings } = scanNote(note);
    expect(headings.map(({ depth }) => depth)).toEqual([1, 2]);
    expect(sentences.map(({ text, section, paragraph }) => `${section} ${paragraph} ${text}`)).toMatchInlineSnapshot(`
      [
        "1 0 One",
        "1 1 Let ￼.",
        "1 1 We get ￼ where the ￼ is 2 and",
        "1 2 ￼ 。",
        "1 2 「￼」",
        "2 3 Two",
        "2 4 a ￼",
      ]
    `);
    for (const { span, text, offsetAt } of sentences) {
      expect(note.charAt(span.start)).toBe(text.charAt(0).replace('\ufffc', '$'));
      for (const [at, character] of [...text].entries()) {
        expect(note.charAt(offsetAt(at)).replace(/\s/, ' ')).toBe(character === '\ufffc' ? '$' : character);
      }
    }
  });
});
