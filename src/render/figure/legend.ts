/** What the lines of a figure mean, in words below it. */

import { eastAsianWidth } from 'get-east-asian-width';
import type { Figure } from '../../derivation/figure/figure.ts';
import type { Words } from '../../explain/words.ts';
import { arrowAt } from './curve.ts';
import { sizes } from './size.ts';
import { accent, faint } from './style.ts';
import { xmlText } from './xml.ts';

interface Entry {
  readonly text: string;
  /** Drawn 26 wide around height 0, from the left. */
  readonly sample: string;
}

interface Legend {
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

const sampleWidth = 26;
const lineHeight = 22;

/** The legend of `figure`, in lines of at most `width`. */
export function drawLegend(figure: Figure, { figure: said }: Words, width: number, withAdjoints: boolean): Legend {
  const entries = entriesOf(figure, said, withAdjoints);
  let x = 0;
  let y = 0;
  let widest = 0;
  const body = entries.map(({ text, sample }) => {
    const taken = sampleWidth + 8 + wordsWidth(text);
    if (x > 0 && x + taken > width) {
      x = 0;
      y += lineHeight;
    }
    const element = `<g transform="translate(${x} ${y})">${sample}<text x="${sampleWidth + 8}" y="4.5">${xmlText(text)}</text></g>`;
    widest = Math.max(widest, x + taken);
    x += taken + 22;
    return element;
  });
  return { width: widest, height: y + lineHeight, body: body.join('') };
}

function entriesOf({ nodes, edges }: Figure, said: Words['figure'], withAdjoints: boolean): Entry[] {
  const isUnneeded = [...nodes, ...edges].some(({ role }) => role === 'unneeded');
  const isPath = edges.some(({ role }) => role === 'path');
  const isFamily = nodes.some(({ family }) => family !== null);
  return [
    { text: said.values, sample: arrow(1, ' stroke="currentColor"', ' fill="currentColor"') },
    ...(isPath
      ? [
          {
            text: withAdjoints ? said.adjoints : said.factors,
            sample: arrow(-1, ` stroke="${accent.light}" class="s"`, ` fill="${accent.light}" class="f"`),
          },
        ]
      : []),
    ...(isFamily ? [{ text: said.family, sample: cards }] : []),
    ...(isUnneeded
      ? [
          {
            text: said.unneeded,
            sample: `<g opacity="${faint}">${arrow(1, ' stroke="currentColor"', ' fill="currentColor"')}</g>`,
          },
        ]
      : []),
  ];
}

function arrow(side: 1 | -1, stroke: string, fill: string): string {
  const point = arrowAt({ x: side === 1 ? sampleWidth : 0, y: 0 }, side);
  return `<path d="M0 0H${sampleWidth}" fill="none"${stroke} stroke-width="1.3"/><path d="${point}"${fill}/>`;
}

const cards =
  '<circle cx="11" cy="2" r="7" fill="none" stroke="currentColor"/><path d="M8.6 -6.6A7 7 0 1 1 19.6 4.4" fill="none" stroke="currentColor"/>';

/** About as wide as a usual font sets it; nothing depends on it but where lines break. */
function wordsWidth(text: string): number {
  let width = 0;
  for (const character of text) width += eastAsianWidth(character.codePointAt(0) ?? 0) === 2 ? 1 : 0.52;
  return width * sizes.words;
}
