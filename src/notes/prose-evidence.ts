/** What the sentences around a formula say of it and of its names, as far as it bears on a verdict. */

import { type Declarations, noDeclarations } from '../meaning/declare.ts';
import type { Evidence } from '../meaning/names/evidence.ts';
import type { Span } from '../problem.ts';
import type { Formula } from './formula.ts';
import type { Introduction } from './phrases.ts';
import { readProse } from './prose.ts';
import { declarationsFrom, statementsAt, usualIndices } from './prose-declarations.ts';
import type { ProseStatement } from './prose-statement.ts';
import type { ScannedNote } from './scan.ts';
import type { WrittenName } from './written-names.ts';

export interface ProseEvidence {
  /** Shapes and properties that hold where the formula stands. */
  readonly declarationsAt: (formula: Formula) => Declarations;
  /** As what the part of the formula at `span`, counted in the document, is introduced. */
  readonly introductionOf: (formula: Formula, span: Span) => Introduction | undefined;
  /** Dependences that are said in words. */
  readonly dependences: readonly { readonly name: WrittenName; readonly on: readonly WrittenName[] }[];
}

/** More pairs of a formula and a statement than this, and prose is left aside: no text that people read has as many. */
const mostPairs = 20_000_000;

/** Reads the prose of `note`; the names of functions that it tells are added to `evidence`. */
export function proseEvidenceOf(note: ScannedNote, evidence: Evidence): ProseEvidence {
  const read = readProse(note);
  const statements = read.length * note.formulas.length > mostPairs ? [] : read;
  for (const one of statements)
    if (one.kind === 'role' && one.role !== 'constant') evidence.functions.add(one.name.base);
  const baseOf = ({ base, isBold }: WrittenName): string =>
    isBold && evidence.bold.has(base) && evidence.plain.has(base) ? `${base}_bold` : base;
  return {
    declarationsAt: (formula) => {
      const own = statementsAt(statements, formula, note).filter(({ kind }) => kind === 'shape' || kind === 'property');
      // What sums bind counts wherever it stands.
      const indices = new Set([...usualIndices, ...evidence.bound]);
      return own.length === 0 ? noDeclarations : declarationsFrom(own, { baseOf, indices });
    },
    introductionOf: (formula, span) =>
      isRefuted(formula, note) ? 'wrong' : statements.map((one) => introducing(one, formula, span)).find(isSaid),
    dependences: statements.flatMap((one) => (one.kind === 'dependence' ? [{ name: one.name, on: one.on }] : [])),
  };
}

const isSaid = (kind: Introduction | undefined): kind is Introduction => kind !== undefined;

function introducing(statement: ProseStatement, formula: Formula, span: Span): Introduction | undefined {
  if (!('part' in statement) || statement.formula.start !== formula.start) return undefined;
  const { start, end } = statement.part;
  return start <= span.start && span.start < end ? statement.kind : undefined;
}

/** How a sentence begins that takes back what stands before it. */
const refutation =
  /^(?:but|however|unfortunately|alas)\b[^.]*\b(?:does not|doesn't|is not|isn't|cannot|can't)(?: quite)? (?:work|hold|right|correct|true)\b|^(?:しかし|ところが|だが)[^。]*(?:正しくない|成り立たない|間違|誤り)/i;

/** Whether the sentence behind a display says that it is wrong. */
function isRefuted({ display, start }: Formula, { sentences }: ScannedNote): boolean {
  if (!display) return false;
  const next = sentences.find((one) => one.span.start > start);
  return next !== undefined && refutation.test(next.text.trim());
}
