/** From the formulas of a document to statements with verdicts, in reading order. */

import { namesIn } from '../meaning/known-names.ts';
import { noEvidence } from '../meaning/names/evidence.ts';
import type { Allowance } from '../oracle/certify.ts';
import { wholeBudget } from '../oracle/certify.ts';
import type { Span } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { spanOf } from '../syntax/node.ts';
import { mostWork, withinWork } from '../work.ts';
import { type JudgedStatement, reasonOf, refused, unknown } from './claim.ts';
import type { JudgeContext } from './compare-claim.ts';
import { unclosedDisplay } from './displays.ts';
import { isOpen } from './given.ts';
import { indexCaseAt } from './index-cases.ts';
import { tooMuchWork } from './judge.ts';
import { judgeLink, learn } from './judge-link.ts';
import { createKnowledge } from './knowledge.ts';
import { type Link, linksOf } from './links.ts';
import { inOtherReadings } from './other-readings.ts';
import { proseEvidenceOf } from './prose-evidence.ts';
import { type ReadFormula, readFormulas } from './read-formulas.ts';
import type { Formula, ScannedNote } from './scan.ts';
import { settleLayouts } from './settle-layouts.ts';
import { againstSolution, type JudgedLink } from './solutions.ts';

/** Steps that the claims of one document may take together, and terms that may be evaluated for them. */
const documentWork = 10 * mostWork;
const documentEvaluations = 10 * wholeBudget;

/**
 * Reads the formulas of a note in order, tells what each statement is, and judges the claims in the light of the others. Where
 * a document wants more work than one may, the claims that are left are unknown, as too large.
 */
export function judgeDocument(
  note: ScannedNote,
  functions: FunctionTable,
  seed: number,
  print?: JudgeContext['print'],
): readonly JudgedStatement[] {
  return withinWork(documentWork, () => settleLayouts(judgeFormulas(note, functions, seed, print)), tooMuchWork);
}

function judgeFormulas(
  note: ScannedNote,
  functions: FunctionTable,
  seed: number,
  print: JudgeContext['print'],
): JudgedStatement[] {
  const evidence = { ...noEvidence(), tellsAlphabets: true };
  const prose = proseEvidenceOf(note, evidence);
  const read = readFormulas(note.formulas, evidence);
  const knowledge = createKnowledge(read, prose.dependences);
  const allowance: Allowance = { left: documentEvaluations };
  const context = {
    functions,
    evidence,
    seed,
    allowance,
    indexCaseAt: (formula: Formula, end: number) => indexCaseAt(formula, end, note.sentences),
    ...(print === undefined ? {} : { print }),
  };
  return read.flatMap((one) => {
    const declarations = prose.declarationsAt(one.formula);
    const known = new Set(knowledge.table.quantity.keys());
    const judged = linksOf(one.statements).map((link) => {
      const span = placed(one.formula, link.leftSpan);
      const introduced = prose.introductionOf(one.formula, span);
      const first = judgeLink(link, one, knowledge, { ...context, declarations }, introduced);
      const judgement = inOtherReadings(first, link, one, knowledge, { ...context, declarations });
      const kind = judgement.kind ?? 'claim';
      const isCurve = namesOf(link).some((name) => isOpen(name, knowledge.table));
      const isTaken =
        kind === 'condition' && namesOf(link).length > 1 && (isCurve || !prose.isLocal(one.formula, span));
      learn(link, isTaken ? 'equation' : kind, one, knowledge);
      return { kind, judgement, link };
    });
    const checked = againstSolution(judged, one, known, knowledge, { ...context, declarations });
    return [...checked.map((each) => place(each, one)), ...unreadOf(one), ...unclosedOf(one.formula)];
  });
}

function namesOf({ left, right }: Link): readonly string[] {
  return [...new Set([...namesIn(left), ...namesIn(right)])];
}

function place({ kind, judgement, link }: JudgedLink, { formula }: ReadFormula): JudgedStatement {
  const text = (span: Span): string => formula.tex.slice(span.start, span.end).trim();
  const [left, right] = [spanOf(link.left) ?? link.leftSpan, spanOf(link.right) ?? link.span];
  return { kind, span: placed(formula, right), left: text(left), right: text(right), judgement };
}

function placed(formula: Formula, span: Span): Span {
  return { start: formula.offsetAt(span.start), end: formula.offsetAt(span.end) };
}

/** Rows that can't be read. What stands in a sentence is often no formula at all; a row of a display is said to be unread. */
function unreadOf({ formula, unread }: ReadFormula): JudgedStatement[] {
  return unread.flatMap((error): JudgedStatement[] => {
    const reason = reasonOf(error);
    if (!(formula.display || reason === 'too-large') || !formula.tex.includes('=')) return [];
    const span = placed(formula, error.span ?? { start: 0, end: formula.tex.length });
    return [{ kind: 'claim', span, left: '', right: '', judgement: refused(error) }];
  });
}

function unclosedOf({ unclosed, tex }: Formula): JudgedStatement[] {
  if (unclosed === undefined || tex.trim() === '') return [];
  const judgement = unknown('unsupported-notation', { code: 'unclosed' }, unclosedDisplay);
  return [{ kind: 'claim', span: unclosed, left: '', right: '', judgement }];
}
