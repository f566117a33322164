/** What the sentences around a formula say of it and of its names, as far as it bears on a verdict. */

import { type Declarations, noDeclarations } from '../meaning/declare.ts';
import type { Evidence } from '../meaning/names/evidence.ts';
import type { Span } from '../problem.ts';
import type { Formula } from './formula.ts';
import type { Introduction } from './phrases.ts';
import { readProse } from './prose.ts';
import { declarationsFrom, statementsAt, usualIndices } from './prose-declarations.ts';
import type { ProseStatement } from './prose-statement.ts';
import { formulaMark } from './prose-text.ts';
import type { ScannedNote } from './scan.ts';
import type { WrittenName } from './written-names.ts';

export interface ProseEvidence {
  /** Shapes and properties that hold where the formula stands. */
  readonly declarationsAt: (formula: Formula) => Declarations;
  /** As what the part of the formula at `span`, counted in the document, is introduced. */
  readonly introductionOf: (formula: Formula, span: Span) => Introduction | undefined;
  /** Whether what introduces it so holds for its own sentence alone: "if a = b". */
  readonly isLocal: (formula: Formula, span: Span) => boolean;
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
  evidence.logarithmBase = baseSaid(note);
  for (const [name, axes] of matricesSaid(statements)) evidence.declared.set(name, axes);
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
    isLocal: (formula, span) =>
      statements.some((one) => one.scope === 'sentence' && isSaid(introducing(one, formula, span))),
    dependences: statements.flatMap((one) => (one.kind === 'dependence' ? [{ name: one.name, on: one.on }] : [])),
  };
}

/** Names that are matrices wherever the text says what they are. */
function matricesSaid(statements: readonly ProseStatement[]): readonly (readonly [string, number])[] {
  const shapes = statements.flatMap((one) => (one.kind === 'shape' ? [one] : []));
  return shapes.flatMap(({ name, axes }) => {
    const isOne = axes === 2 && name.indices.length === 0 && name.name === name.base;
    return isOne && shapes.every((other) => other.name.base !== name.base || other.axes === axes)
      ? [[name.name, axes] as const]
      : [];
  });
}

const saidBases: readonly (readonly ['2' | '10', RegExp])[] = [
  [
    '10',
    /\blog(?:arithm)?s?\b[^.]*\b(?:base|basis)[- ]?(?:is |of |equals? )?(?:10|ten)\b|\bbase[- ](?:10|ten) log|\bcommon log|常用対数|底(?:が|は|を|の値は)(?:10|１０)|底10/i,
  ],
  [
    '2',
    /\blog(?:arithm)?s?\b[^.]*\b(?:base|basis)[- ]?(?:is |of |equals? )?(?:2|two)\b|\bbase[- ](?:2|two) log|\bbinary log|二進対数|底(?:が|は|を|の値は)(?:2|２)|底2/i,
  ],
];

/** The base of logarithms without one, where a sentence or a formula says it. */
function baseSaid({ sentences, formulas }: ScannedNote): '2' | '10' | undefined {
  const written = formulas.flatMap(
    ({ tex }) => /\\log(?:\s*[a-z]|\s*\([a-z]\))?\s*(?::?=|\\equiv)\s*\\log_\{?(2|10)\}?/.exec(tex)?.[1] ?? [],
  );
  if (written[0] === '2' || written[0] === '10') return written[0];
  const texts = sentences.map(({ text, formulas: own }) => {
    let mark = 0;
    const whole = text.replaceAll(formulaMark, () => (own[mark++]?.tex ?? '').replace(/\\log/g, 'log'));
    return /[\p{Script=Hiragana}]/u.test(whole) ? whole.replace(/\s/g, '') : whole;
  });
  const isDenied = (text: string): boolean => /\bnot\b|\bnatural\b|ではな|でな|自然対数/.test(text);
  return saidBases.find(([, pattern]) => texts.some((text) => pattern.test(text) && !isDenied(text)))?.[0];
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
