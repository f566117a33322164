import { hasDollars } from './dollars.ts';

/** Signs of our own Unicode notation, in which braces hold long scripts and cases. */
const typeset = /[ΣΠ∂√∛·⊙⊘‖′″→⟨⌊⌈\u2070-\u209cᵢⱼᵣᵤᵥⁱ²³¹]|[βγδθκλμνπρσφχψω]_|\botherwise\b|\b(?:sum|prod)_/;

/** Which notation a source is in: a backslash, braces or dollars around it mean LaTeX. */
export function detectSyntax(source: string): 'text' | 'latex' {
  if (source.includes('\\') || hasDollars(source)) return 'latex';
  return /[{}]/.test(source) && !typeset.test(source) ? 'latex' : 'text';
}
