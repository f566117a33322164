/** What a template is given: a note as data, its prose and derivations apart, every name documented in templates/README.md. */

import type { Language } from '../options.ts';

/** A piece of the note: text around derivations, or one derivation. */
export interface Part {
  readonly kind: 'prose' | 'derivation' | 'problem';
  /** The piece in the language of the page, safe to print as it is (`| raw`). */
  readonly content: string;
  /** Of a derivation: what is asked, in one sentence. */
  readonly question: string;
  /** Of a derivation: the results alone. */
  readonly answer: string;
  readonly figure: string;
  /** Of a derivation: the name of its block and the id on the page, as plain text. */
  readonly name: string;
  readonly id: string;
  /** Of a derivation: what the author wrote, as plain text. */
  readonly source: string;
}

/** The pieces from one heading of the first or second level, or rule, to the next. */
interface Section {
  readonly title: string;
  readonly level: number;
  readonly parts: readonly Part[];
}

export interface Page {
  readonly title: string;
  readonly lang: Language;
  /** The whole note. */
  readonly body: string;
  /** Style sheets of an HTML page. */
  readonly styles: string;
  /** Style sheets of a fragment, which leave the page around it alone. */
  readonly fragmentStyles: string;
  /** Links for the head of an HTML page that have the fonts read before anything is painted. */
  readonly preloads: string;
  /** Definitions for the preamble of a LaTeX document. */
  readonly macros: string;
  /** Whether there is Japanese in the body, which LaTeX needs other fonts for. */
  readonly japanese: boolean;
  readonly parts: readonly Part[];
  readonly sections: readonly Section[];
  readonly derivations: readonly Part[];
  /** Words that templates need, in the language of the page. */
  readonly words: Readonly<Record<string, string>>;
}

/** A piece before it has its place in a section. */
export interface Piece extends Part {
  /** Set where it opens a section. */
  readonly opens?: { readonly title: string; readonly level: number };
}

export const prose = { kind: 'prose', question: '', answer: '', figure: '', name: '', id: '', source: '' } as const;

/** The sections that `pieces` make; what stands before the first heading is a section without title. */
export function sectionsOf(pieces: readonly Piece[]): Section[] {
  const sections: { title: string; level: number; parts: Part[] }[] = [];
  for (const { opens, ...part } of pieces) {
    if (opens !== undefined || sections.length === 0) sections.push({ title: '', level: 0, ...opens, parts: [] });
    sections[sections.length - 1]?.parts.push(part);
  }
  return sections;
}
