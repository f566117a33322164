/**
 * The style sheet of an HTML fragment. The page's own font and size are kept; KaTeX's style sheet has to be loaded beside
 * it, of any version from 0.16 on: the formulas have the names of all.
 *
 * Rows share the columns of their list (subgrid), so that they stand aligned at the relation. What a row unfolds goes
 * below it, over the whole width. Where there is little room, or where a browser can't place the content of `details`
 * in a grid, the reason stands below the formula.
 */

import { markColors } from './typeset.ts';

const come = `[style*="color:${markColors.come}"]`;
const gone = `[style*="color:${markColors.gone}"]`;
const both = `[style*="color:${markColors.both}"]`;

const colors = `
.chainrule {
  --cr-faint: #5b6068;
  --cr-line: #d9dce1;
  --cr-come: #1d5c93;
  --cr-gone: #96500f;
  --cr-good: #2f6b3d;
  --cr-bad: #a3292b;
}
@media (prefers-color-scheme: dark) {
  .chainrule {
    --cr-faint: #a4aab3;
    --cr-line: #3d434c;
    --cr-come: #8fc1ee;
    --cr-gone: #ecb681;
    --cr-good: #8fc99b;
    --cr-bad: #f0a09f;
  }
}
.chainrule :is(${come}, ${both}) { color: var(--cr-come) !important }
.chainrule ${gone} { color: inherit !important }
.cr-row:has(+ .cr-row:is(:hover, :focus-within)) > .cr-formula :is(${gone}, ${both}) { color: var(--cr-gone) !important }
.cr-row:is(:hover, :focus-within) > .cr-left { color: var(--cr-gone) }
`;

const rows = `
.cr-rows {
  list-style: none;
  margin: 1em 0;
  padding: 0;
  display: grid;
  grid-template-columns: max-content max-content minmax(0, 1fr);
  row-gap: 0.5em;
}
.cr-row, .cr-why {
  display: grid;
  grid-column: 1 / -1;
  grid-template-columns: subgrid;
  align-items: baseline;
  min-width: 0;
}
.cr-row { break-inside: avoid; scroll-margin-top: 2em }
.cr-left, .cr-relation, .cr-formula { grid-row: 1 }
.cr-left { grid-column: 1; text-align: right; min-width: 0 }
.cr-wide > .cr-left, .cr-middling > .cr-left {
  grid-column: 1 / -1;
  text-align: left;
  overflow: auto hidden;
  padding: 0.1em 0 0.4em;
  width: 0;
  min-width: 100%;
}
:is(.cr-wide, .cr-middling) > :is(.cr-relation, .cr-formula) { grid-row: 2 }
.cr-relation { grid-column: 2; padding: 0 0.35em }
.cr-formula {
  grid-column: 3;
  min-width: 0;
  overflow: auto hidden;
  padding: 0.12em 0.15em;
  margin: -0.12em -0.15em;
}
.cr-formula .katex, .cr-left .katex, .cr-relation .katex { line-height: 1.6 }
.cr-formula .base { margin: 0.1em 0 }
/* What is too wide for a reason stands whole in what unfolds from it. */
.cr-reason { grid-column: 3; overflow: clip; overflow-clip-margin: 4px; color: var(--cr-faint); font-size: 0.86em; line-height: 1.45 }
.cr-spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.cr-row:target > .cr-formula { background: color-mix(in srgb, var(--cr-come) 9%, transparent) }
`;

const unfolding = `
.chainrule summary { cursor: pointer; list-style: none }
.chainrule summary::-webkit-details-marker { display: none }
.chainrule summary::after {
  content: "\\A0\\25B8" / "";
  font-size: 0.75em;
  opacity: 0.8;
}
.chainrule details[open] > summary::after { content: "\\A0\\25BE" / "" }
.chainrule summary:hover { color: inherit }
/* Where the content is a box of its own, it and not what stands in it is the item of the grid. */
@supports selector(::details-content) { .cr-why::details-content { grid-column: 1 / -1 } }
.cr-more {
  grid-column: 1 / -1;
  width: 0;
  min-width: 100%;
  box-sizing: border-box;
  padding: 0.2em 0 0.7em 1.1em;
  font-size: 0.92em;
}
.cr-entries { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3em 1em; margin: 0.3em 0 }
.cr-entries dt { color: var(--cr-faint); font-size: 0.93em }
.cr-entries dd { margin: 0; min-width: 0 }
.cr-latex, .cr-source code, .cr-raw {
  font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 0.88em;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.cr-latex, .cr-source pre { user-select: all }
.chainrule p.cr-link, .chainrule p.cr-parts { margin: 0.3em 0; font-size: 0.93em; color: var(--cr-faint) }
.cr-link a { color: inherit }
.cr-source, .cr-fold { margin: 0.75em 0 }
.cr-source > summary, .cr-fold > summary { color: var(--cr-faint); font-size: 0.86em; width: fit-content }
.cr-source pre { margin: 0.5em 0; white-space: pre-wrap }
`;

const words = `
.chainrule p { margin: 0.75em 0 }
.chainrule p:first-child { margin-top: 0 }
.chainrule .katex { font-size: 1.1em; text-indent: 0 }
.cr-mark { font-family: "DejaVu Sans", "Segoe UI Symbol", "Apple Symbols", sans-serif; font-size: 0.9em }
.cr-verified { color: var(--cr-good) }
.cr-failed { color: var(--cr-bad) }
.cr-open { color: var(--cr-gone) }
.chainrule p.cr-head { color: var(--cr-faint); font-size: 0.86em; margin: 1em 0 -0.4em }
.chainrule :focus-visible { outline: 2px solid color-mix(in srgb, var(--cr-come) 60%, transparent); outline-offset: 2px }
`;

const insets = `
.cr-whole { white-space: nowrap }
.cr-inset { display: block; overflow: auto hidden; padding: 0.12em 0; margin: 0.2em 0 }
@container chainrule (min-width: 33rem) { .cr-inset:not(.cr-much) { display: inline; overflow: visible; padding: 0 } }
`;

const wide = `
@container chainrule (min-width: 33rem) {
  .cr-passes { display: flex; column-gap: 3em }
  .cr-passes > :last-child { flex: 1; min-width: 0 }
  .cr-passes > :first-child:not(:last-child) { flex: none; max-width: 45% }
  .cr-passes > :first-child:not(:last-child) > .cr-rows { grid-template-columns: max-content max-content minmax(0, max-content) }
  .cr-middling > .cr-left { grid-column: 1; text-align: right; overflow: visible; padding: 0; width: auto; min-width: 0 }
  .cr-middling > :is(.cr-relation, .cr-formula) { grid-row: 1 }
  @supports selector(::details-content) {
    .cr-rows:has(> * > .cr-why) { grid-template-columns: max-content max-content minmax(0, 1fr) 31% }
    .cr-row { grid-template-rows: auto auto }
    .cr-why {
      grid-row: 1 / span 2;
      grid-template-rows: subgrid;
      pointer-events: none;
    }
    .cr-wide { grid-template-rows: auto auto auto }
    .cr-wide > .cr-why { grid-row: 2 / span 2 }
    .cr-reason { grid-column: 4; grid-row: 1; padding-inline-start: 1.25em; pointer-events: auto }
    .cr-why::details-content { grid-column: 1 / -1; grid-row: 2; pointer-events: auto }
    .cr-under { grid-template-rows: auto auto auto }
    .cr-under > .cr-formula { grid-column: 3 / -1 }
    .cr-under > .cr-why { grid-row: 2 / span 2 }
    .cr-under.cr-wide { grid-template-rows: auto auto auto auto }
    .cr-under.cr-wide > .cr-why { grid-row: 3 / span 2 }
    .cr-under > .cr-why > .cr-reason { grid-column: 3 / -1; padding: 0 }
  }
}
`;

const print = `
@media print {
  .chainrule .katex * { color: inherit !important }
  .cr-source, .cr-link, .chainrule summary::after { display: none }
  .chainrule details:not([open]) > :not(summary) { display: none }
  .cr-formula { overflow: visible }
}
`;

export const htmlStyles = `.chainrule { container: chainrule / inline-size; line-height: 1.5; overflow-wrap: break-word }
${[colors, words, rows, insets, unfolding, wide, print].map((part) => part.trim()).join('\n')}
`;
