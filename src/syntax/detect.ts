/** Which notation a source is in: a backslash means LaTeX. */
export function detectSyntax(source: string): 'text' | 'latex' {
  return source.includes('\\') ? 'latex' : 'text';
}
