/**
 * Formulas as glyph paths: MathJax's SVG output of our own LaTeX needs no font on the reader's machine and takes the
 * colour of the text around it.
 */

import { liteAdaptor } from '@mathjax/src/js/adaptors/liteAdaptor.js';
import { RegisterHTMLHandler } from '@mathjax/src/js/handlers/html.js';
import { TeX } from '@mathjax/src/js/input/tex.js';
import '@mathjax/src/js/input/tex/ams/AmsConfiguration.js';
import '@mathjax/src/js/input/tex/base/BaseConfiguration.js';
import { MathJaxTexFont } from '@mathjax/mathjax-tex-font/js/svg.js';
import { mathjax } from '@mathjax/src/js/mathjax.js';
import { SVG } from '@mathjax/src/js/output/svg.js';

/** A formula at a size of one unit for the em, its baseline at height 0. */
export interface Glyphs {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** SVG elements, in thousandths of an em. */
  readonly body: string;
}

/** Sets formulas; remembers those that it has set. */
export type SetFormula = (latex: string) => Glyphs;

/** A typesetter for LaTeX; `prefix` opens the ids of the glyphs that {@link Typesetter.definitions} holds. */
interface Typesetter {
  readonly set: SetFormula;
  /** The shapes of all glyphs that were used. */
  readonly definitions: () => string;
}

export function createTypesetter(prefix: string): Typesetter {
  const known = new Map<string, Glyphs>();
  const shapes = new Map<string, string>();
  const set = (latex: string): Glyphs => {
    const before = known.get(latex);
    if (before !== undefined) return before;
    const glyphs = measure(typeset(latex), (shape) => {
      const id = shapes.get(shape) ?? `${prefix}-g${shapes.size}`;
      shapes.set(shape, id);
      return id;
    });
    known.set(latex, glyphs);
    return glyphs;
  };
  const definitions = (): string => [...shapes].map(([shape, id]) => `<path id="${id}" d="${shape}"/>`).join('');
  return { set, definitions };
}

let typeset = (latex: string): string => {
  typeset = createEngine();
  return typeset(latex);
};

/** MathJax without a browser; made once, as it takes longer than a figure. */
function createEngine(): (latex: string) => string {
  const adaptor = liteAdaptor();
  const handler = RegisterHTMLHandler(adaptor);
  const document = mathjax.document('', {
    InputJax: new TeX({ packages: ['base', 'ams'] }),
    OutputJax: new SVG({ fontData: MathJaxTexFont, fontCache: 'none', linebreaks: { inline: false } }),
  });
  mathjax.handlers.unregister(handler);
  return (latex) => adaptor.innerHTML(document.convert(latex, { display: false }));
}

/** The parts of MathJax's `<svg viewBox="..."><g ...>...</g></svg>`; each shape is drawn by reference to its first use. */
function measure(svg: string, idOf: (shape: string) => string): Glyphs {
  const box = /viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"/.exec(svg);
  const content = /<svg[^>]*>(.*)<\/svg>/s.exec(svg)?.[1];
  if (box === null || content === undefined) throw new Error('the typesetter gave no picture');
  const [, , top, width, height] = box.map(Number) as [number, number, number, number, number];
  const body = content
    .replace(/ (?:data-[a-z-]+|role|focusable)="[^"]*"/g, '')
    .replace(/<path d=""[^>]*><\/path>/g, '')
    .replace(
      /<path d="([^"]*)"([^>]*)><\/path>/g,
      (_, shape: string, rest: string) => `<use href="#${idOf(shape)}"${rest}/>`,
    )
    .replace(/<g>([^<]*(?:<use[^>]*>)?)<\/g>/g, '$1');
  return { width: width / 1000, height: -top / 1000, depth: (height + top) / 1000, body };
}
