/** KaTeX's style sheet for one page, with the fonts that the page uses and no others. */

/** Fonts by the name of their file, with the classes in KaTeX's markup that ask for them. */
const fonts: Readonly<Record<string, RegExp>> = {
  'KaTeX_Main-Regular': /\bkatex\b/,
  'KaTeX_Main-Bold': /\b(?:mathbf|textbf)\b/,
  'KaTeX_Main-Italic': /\b(?:mathit|textit)\b/,
  'KaTeX_Main-BoldItalic': /\btextbf\b[^"]*\btextit\b|\btextit\b[^"]*\btextbf\b/,
  'KaTeX_Math-Italic': /\bmathnormal\b/,
  'KaTeX_Math-BoldItalic': /\bboldsymbol\b/,
  'KaTeX_AMS-Regular': /\b(?:amsrm|mathbb|textbb)\b/,
  'KaTeX_Caligraphic-Regular': /\bmathcal\b/,
  'KaTeX_Caligraphic-Bold': /\bmathcal\b[^"]*\btextbf\b|\btextbf\b[^"]*\bmathcal\b/,
  'KaTeX_Fraktur-Regular': /\b(?:math|text)frak\b/,
  'KaTeX_Fraktur-Bold': /\b(?:math|text)boldfrak\b/,
  'KaTeX_SansSerif-Regular': /\b(?:math|text)sf\b/,
  'KaTeX_SansSerif-Bold': /\b(?:math|text)boldsf\b/,
  'KaTeX_SansSerif-Italic': /\b(?:math|text)(?:itsf|sfit)\b/,
  'KaTeX_Script-Regular': /\b(?:math|text)scr\b/,
  'KaTeX_Typewriter-Regular': /\b(?:math|text)tt\b/,
  'KaTeX_Size1-Regular': /\b(?:delimsizing size1|delim-size1|small-op)\b/,
  'KaTeX_Size2-Regular': /\b(?:delimsizing size2|large-op)\b/,
  'KaTeX_Size3-Regular': /\bdelimsizing size3\b/,
  'KaTeX_Size4-Regular': /\b(?:delimsizing size4|delim-size4)\b/,
};

/** The names of all fonts that KaTeX has. */
export const fontNames: readonly string[] = Object.keys(fonts);

/** The fonts that the formulas in some markup need. */
export function fontsOf(html: string): string[] {
  const classes = new Set([...html.matchAll(/ class="([^"]*)"/g)].map((match) => match[1] as string));
  const all = [...classes].map((one) => `"${one}"`).join('');
  return fontNames.filter((name) => fonts[name]?.test(all));
}

/**
 * `css`, KaTeX's own style sheet, for a page that holds `html`: the fonts it needs stand in it as `data:` URIs, the others
 * are left out. `files` holds the fonts in base64 by name. Without any formula on the page it is empty.
 */
export function katexStyles(css: string, files: Readonly<Record<string, string>>, html: string): string {
  const needed = fontsOf(html);
  if (needed.length === 0) return '';
  return css.replace(/@font-face\{[^}]*\}/g, (face) => {
    const name = /fonts\/([\w-]+)\.woff2/.exec(face)?.[1] ?? '';
    const file = files[name];
    if (!needed.includes(name) || file === undefined) return '';
    return face.replace(/src:[^}]*/, `src:url(data:font/woff2;base64,${file}) format("woff2")`);
  });
}
