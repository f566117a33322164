/**
 * The style sheet of an HTML fragment. The page's own font and size are kept; KaTeX's style sheet has to be loaded beside
 * it, in the version with which the fragment was made.
 *
 * Rows share the columns of their list (subgrid), so that they stand aligned at the relation. What a row unfolds goes
 * below it, over the whole width; where a browser can't lay out the content of `details` so, the reason stands below
 * the formula.
 */
export const htmlStyles = `
.chainrule {
  --cr-faint: #5b6068;
  --cr-line: #d9dce1;
  --cr-come: #1b5a8f;
  --cr-gone: #8f4a12;
  --cr-good: #2f6b3d;
  --cr-bad: #a3292b;
  container-type: inline-size;
  line-height: 1.5;
  overflow-wrap: break-word;
}
@media (prefers-color-scheme: dark) {
  .chainrule {
    --cr-faint: #a2a8b1;
    --cr-line: #3d434c;
    --cr-come: #8fc1ee;
    --cr-gone: #e5b184;
    --cr-good: #8fc99b;
    --cr-bad: #f0a09f;
  }
}
.chainrule p { margin: 0.75em 0 }
.chainrule .katex { font-size: 1.1em; text-indent: 0 }

.cr-rows {
  list-style: none;
  margin: 1em 0;
  padding: 0;
  display: grid;
  grid-template-columns: max-content max-content minmax(0, 1fr);
  row-gap: 0.45em;
}
.cr-row, .cr-why {
  display: grid;
  grid-column: 1 / -1;
  grid-template-columns: subgrid;
  align-items: baseline;
}
.cr-left { grid-column: 1; text-align: right; min-width: 0 }
.cr-wide > .cr-left { grid-column: 1 / -1; text-align: left; overflow-x: auto }
.cr-relation { grid-column: 2; padding: 0 0.4em }
.cr-formula { grid-column: 3; min-width: 0; overflow: auto hidden; padding: 0.1em 0.15em; margin: -0.1em -0.15em }
.cr-formula .katex, .cr-left .katex { line-height: 1.35 }
.cr-reason { grid-column: 3; color: var(--cr-faint); font-size: 0.86em; line-height: 1.45 }
.cr-more { grid-column: 1 / -1; width: 0; min-width: 100%; box-sizing: border-box; padding: 0.3em 0 0.6em }

summary.cr-reason, .cr-source > summary, .cr-fold > summary { cursor: pointer; list-style: none }
summary.cr-reason::-webkit-details-marker, .cr-source > summary::-webkit-details-marker { display: none }
summary.cr-reason::after, .cr-source > summary::after, .cr-fold > summary::after {
  content: "\\25B8" / "";
  display: inline-block;
  margin-inline-start: 0.45em;
  font-size: 0.8em;
  color: var(--cr-faint);
}
details[open] > summary.cr-reason::after, .cr-source[open] > summary::after, .cr-fold[open] > summary::after {
  content: "\\25BE" / "";
}
.cr-source { font-size: 0.86em; color: var(--cr-faint) }
.cr-source pre { white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; color: CanvasText }
`;
