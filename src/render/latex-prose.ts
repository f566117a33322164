/** An author's words as LaTeX: what pdfTeX has no sign for appears by its number there, and as itself elsewhere. */

import { latexText } from './latex-text.ts';

/** Signs of prose that every engine can print by a command. */
const commands: Readonly<Record<string, string>> = {
  '"': '\\textquotedbl{}',
  '“': '``',
  '”': "''",
  '‘': '`',
  '’': "'",
  '–': '--',
  '…': '\\dots{}',
  '•': '\\textbullet{}',
  '·': '\\textperiodcentered{}',
  '°': '\\textdegree{}',
  '©': '\\textcopyright{}',
  '§': '\\S{}',
  '\u00a0': '~',
  '×': '\\ensuremath{\\times}',
  '÷': '\\ensuremath{\\div}',
  '±': '\\ensuremath{\\pm}',
  '−': '\\ensuremath{-}',
  '→': '\\ensuremath{\\rightarrow}',
  '←': '\\ensuremath{\\leftarrow}',
  '⇒': '\\ensuremath{\\Rightarrow}',
  '≤': '\\ensuremath{\\le}',
  '≥': '\\ensuremath{\\ge}',
  '≠': '\\ensuremath{\\ne}',
  '≈': '\\ensuremath{\\approx}',
  '∞': '\\ensuremath{\\infty}',
  '∂': '\\ensuremath{\\partial}',
  '∇': '\\ensuremath{\\nabla}',
  '∑': '\\ensuremath{\\sum}',
  '√': '\\ensuremath{\\surd}',
  '∈': '\\ensuremath{\\in}',
  '✓': '\\ensuremath{\\checkmark}',
};

const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );

/** `text` for text mode; `\chainruleunicode` of the template prints what has no command. */
export function latexProse(text: string): string {
  return [...text.normalize('NFC')].map(proseOf).join('');
}

function proseOf(character: string): string {
  const command = commands[character];
  if (command !== undefined) return command;
  if (character === '\n') return '\n';
  const letter = greek[(character.codePointAt(0) as number) - 0x3b1];
  if (letter !== undefined && letter !== 'omicron') return `\\ensuremath{\\${letter}}`;
  const escaped = latexText(character);
  return escaped.startsWith('U+') ? `\\chainruleunicode{${escaped.slice(2)}}{${visible(character)}}` : escaped;
}

/** Control characters have no sign of their own. */
function visible(character: string): string {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character) ? '' : character;
}
