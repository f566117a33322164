/** Where a formula in a line may break: between factors, and after signs that stand outside of short brackets. */

/** Brackets with less than this between them, in letters of LaTeX, are kept together. */
const shortest = 60;

/**
 * LaTeX for KaTeX's line mode, where a formula breaks after its outer relations and signs. Thin spaces between factors
 * become places to break, and signs within short brackets cease to be.
 */
export function placeBreaks(latex: string): string {
  let result = '';
  let done = 0;
  for (const { start, end } of shortBrackets(latex)) {
    result += openSpaces(latex.slice(done, start)) + closeSigns(latex.slice(start, end));
    done = end;
  }
  return result + openSpaces(latex.slice(done));
}

function openSpaces(latex: string): string {
  return latex.replaceAll(' \\, ', ' \\,\\allowbreak ');
}

function closeSigns(latex: string): string {
  return latex.replace(/( (?:[-+=<>]|\\cdot|\\le|\\ge|\\ne)(?= ))/g, '$1\\nobreak');
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The outermost short brackets that no group in braces holds. */
function shortBrackets(latex: string): Range[] {
  const found: Range[] = [];
  let braces = 0;
  let opened: number | undefined;
  let depth = 0;
  for (let at = 0; at < latex.length; at++) {
    const character = latex.charAt(at);
    if (character === '\\') {
      // Brackets after \left and \right hold a group that doesn't break anyway; other commands open nothing.
      at += (/^\\(?:left|right)\s*[()]/.exec(latex.slice(at, at + 12))?.[0].length ?? 2) - 1;
      continue;
    }
    if (character === '{') braces++;
    if (character === '}') braces--;
    if (braces > 0) continue;
    if (character === '(' && depth++ === 0) opened = at;
    if (character === ')' && depth > 0 && --depth === 0 && opened !== undefined) {
      if (at - opened < shortest) found.push({ start: opened, end: at + 1 });
      opened = undefined;
    }
  }
  return found;
}
