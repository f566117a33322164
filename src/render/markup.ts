/** HTML built from parts, so that nothing from outside can become markup. */

/** Attributes of an element; those that are undefined or false are left out, true stands alone. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** `text` with the characters that make markup, of HTML and of XML, as entities. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/**
 * `text` as it may stand between tags and within a quoted attribute. Characters that steer the direction or have no
 * place in a document are shown by their number, so that a name can't make the text around it lie.
 */
export function escapeHtml(text: string): string {
  return escapeMarkup(text).replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, (character) =>
    character === '\n' || character === '\t' ? character : `U+${codeOf(character)}`,
  );
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** An element around markup that is safe already. */
export function element(tag: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join('');
  return `<${tag}${written}>${content.join('')}</${tag}>`;
}

/** The same, or nothing where there is nothing to put into it. */
export function elementOf(tag: string, attributes: Attributes, content: string): string {
  return content === '' ? '' : element(tag, attributes, content);
}
