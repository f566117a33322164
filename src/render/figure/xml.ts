/** Text made harmless for XML. */

import { escapeMarkup } from '../markup.ts';

/** `text` for element content and attribute values; characters that XML can't hold are left out. */
export function xmlText(text: string): string {
  return escapeMarkup(text.toWellFormed().replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''));
}
