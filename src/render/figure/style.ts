/**
 * Colours for both themes. Ink is the colour of the text around the figure; in a file of its own, where the drawing is the
 * root, it follows the reader's theme. Class names carry the id, so that no rule reaches another figure of the page.
 */

/** The colour of the derivative. */
export const accent = { light: '#b0340c', dark: '#ff9a6b' } as const;

/** How much is left of what the derivative does not need. */
export const faint = 0.4;

/** The style sheet of the figure `id`. */
export function styleOf(id: string): string {
  const color = `light-dark(${accent.light},${accent.dark})`;
  return [
    `#${id}:root{color-scheme:light dark;color:#1c1b1a;background:#fff}`,
    `@media (prefers-color-scheme:dark){#${id}:root{color:#e8e6e3;background:#161514}}`,
    `@supports (color:light-dark(red,red)){#${id} .c{color:${color}}#${id} .s{stroke:${color}}#${id} .f{fill:${color}}}`,
  ].join('');
}
