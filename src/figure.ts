/** The entry `chainrule/figure`: drawings, apart from the rest because of the glyphs that they bring along. */

export { type SvgOptions, toSvg } from './render/figure/to-svg.ts';
