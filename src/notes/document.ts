/** From the formulas of a document to claims with verdicts, in reading order. */

import { MathError, type Span } from '../problem.ts';
import { gatherLatexEvidence, readLatex } from '../syntax/latex.ts';
import { type MathNode, spanOf } from '../syntax/node.ts';
import { noEvidence, type Side, type Statement } from '../syntax/statement.ts';
import type { FunctionTable } from '../term/lower.ts';
import type { Claim, Judgement } from './claim.ts';
import { unknown } from './claim.ts';
import { definitionKey, readHead, type WrittenDefinition } from './context.ts';
import { judge } from './judge.ts';
import type { Formula } from './scan.ts';

/** One claim of a document with what is said of it; the span counts in the document. */
export interface JudgedClaim {
  readonly span: Span;
  readonly left: string;
  readonly right: string;
  readonly judgement: Judgement;
}

/** Reads the formulas in order, gathers definitions, and judges every other equality. */
export function judgeDocument(formulas: readonly Formula[], functions: FunctionTable, seed: number): JudgedClaim[] {
  const evidence = noEvidence();
  for (const formula of formulas) gatherLatexEvidence(formula.tex, evidence);
  const table = new Map<string, WrittenDefinition>();
  const judged: JudgedClaim[] = [];
  for (const formula of formulas) {
    const place = (span: Span): Span => ({ start: formula.offsetAt(span.start), end: formula.offsetAt(span.end) });
    const text = (span: Span): string => formula.tex.slice(span.start, span.end).trim();
    try {
      for (const claim of claimsOf(readLatex(formula.tex, evidence), table)) {
        const judgement = judge(claim, { table: new Map(table), functions, evidence, seed });
        judged.push({ span: place(claim.span), left: text(claim.leftSpan), right: text(claim.span), judgement });
      }
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      // What stands in a sentence is often no formula at all; a display that can't be read is said to be so.
      if (!formula.display || !formula.tex.includes('=')) continue;
      const span = place(error.span ?? { start: 0, end: formula.tex.length });
      judged.push({ span, left: '', right: '', judgement: unknown('unsupported-notation', error.message) });
    }
  }
  return judged;
}

interface PlacedClaim extends Claim {
  readonly leftSpan: Span;
}

/** The claims in the statements of one formula; what defines a new name goes into the table instead. */
function* claimsOf(statements: readonly Statement[], table: Map<string, WrittenDefinition>): Generator<PlacedClaim> {
  let previous: Side | undefined;
  for (const [at, statement] of statements.entries()) {
    const { relations } = statement;
    const continues = relations.length === statement.sides.length;
    const sides = continues && previous !== undefined ? [previous, ...statement.sides] : statement.sides;
    const signs = continues && previous === undefined ? relations.slice(1) : relations;
    const next = statements[at + 1];
    const continued = next !== undefined && next.relations.length === next.sides.length;
    for (let k = 0; k + 1 < sides.length; k++) {
      const left = sides[k] as Side;
      const right = sides[k + 1] as Side;
      if (signs[k] !== '=' && signs[k] !== ':=') continue;
      const first = k === 0 && !(continues && previous !== undefined);
      if (first && define(left.node, right.node, table)) continue;
      const linked = sides.length > 2 || continues || continued;
      yield { left: left.node, right: right.node, span: spanOf(right.node) ?? right.span, leftSpan: left.span, linked };
    }
    previous = statement.sides[statement.sides.length - 1] ?? previous;
  }
}

/** Takes `left = right` as a definition if `left` is a new name, or one whose old definition says something else. */
function define(left: MathNode, right: MathNode, table: Map<string, WrittenDefinition>): boolean {
  const head = readHead(left);
  if (head === undefined) return false;
  const key = definitionKey(head.kind, head.name);
  if (table.has(key)) return false;
  table.set(key, { ...head, head: left, body: right });
  return true;
}
