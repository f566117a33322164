/** Text in small letters above and below the line, as far as Unicode has them. */

import { lowered, raised } from '../syntax/script-letters.ts';

/** Without the spaces around signs. */
export function compact(text: string): string {
  return text.replace(/ ([+−=]) /g, '$1');
}

function inScript(letters: ReadonlyMap<string, string>, text: string): string | undefined {
  const small = [...compact(text)].map((letter) => letters.get(letter));
  return small.includes(undefined) ? undefined : small.join('');
}

/** `text` raised, or undefined where a letter is missing. */
export function inSuperscript(text: string): string | undefined {
  return inScript(raised, text);
}

/** `text` lowered, or undefined where a letter is missing. */
export function inSubscript(text: string): string | undefined {
  return inScript(lowered, text);
}
