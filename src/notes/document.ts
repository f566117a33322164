/** From the formulas of a document to claims with verdicts, in reading order. */

import { noEvidence } from '../meaning/names/evidence.ts';
import { gatherLatexEvidence, readGathered } from '../meaning/read-source.ts';
import { type Allowance, wholeBudget } from '../oracle/certify.ts';
import { fail, MathError, type Span } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { type MathNode, spanOf } from '../syntax/node.ts';
import type { Side, Statement } from '../syntax/statement.ts';
import { mostWork, withinWork } from '../work.ts';
import type { Claim, Judgement } from './claim.ts';
import { reasonOf, unknown } from './claim.ts';
import { type DefinitionKind, readHead, type WrittenDefinition } from './context.ts';
import { unclosedDisplay } from './displays.ts';
import { judge, tooMuchWork } from './judge.ts';
import type { Formula } from './scan.ts';

/** One claim of a document with what is said of it; the span counts in the document. */
export interface JudgedClaim {
  readonly span: Span;
  readonly left: string;
  readonly right: string;
  readonly judgement: Judgement;
}

/** Operators that are written with brackets and are no product with them: the mean, the variance. */
const statistical =
  /(?:\\mathbb\s*\{?\s*E\s*\}?|\bE|\bVar|\bCov|\\(?:operatorname|mathrm|text)\{(?:E|Var|Cov)\})\s*(?:\\left|\\[bB]igg?l?)?\s*\[/;

/** Steps that the claims of one document may take together, and terms that may be evaluated for them. */
const documentWork = 10 * mostWork;
const documentEvaluations = 10 * wholeBudget;

/**
 * Reads the formulas in order, gathers definitions, and judges every other equality. Where a document wants more work than
 * one may, the claims that are left are unknown, as too large.
 */
export function judgeDocument(formulas: readonly Formula[], functions: FunctionTable, seed: number): JudgedClaim[] {
  return withinWork(documentWork, () => judgeFormulas(formulas, functions, seed), tooMuchWork);
}

function judgeFormulas(formulas: readonly Formula[], functions: FunctionTable, seed: number): JudgedClaim[] {
  const allowance: Allowance = { left: documentEvaluations };
  const evidence = noEvidence();
  for (const formula of formulas) gatherLatexEvidence(formula.tex, evidence);
  const definitions: Definitions = {
    table: { quantity: new Map(), function: new Map() },
    sections: { quantity: new Map(), function: new Map() },
  };
  const judged: JudgedClaim[] = [];
  for (const formula of formulas) {
    const place = (span: Span): Span => ({ start: formula.offsetAt(span.start), end: formula.offsetAt(span.end) });
    const text = (span: Span): string => formula.tex.slice(span.start, span.end).trim();
    try {
      if (statistical.test(formula.tex)) {
        const span = { start: 0, end: formula.tex.length };
        fail({ code: 'unsupported-notation', message: 'means and variances are not covered yet', span });
      }
      const { section } = formula;
      for (const claim of claimsOf(readGathered(formula.tex, evidence), definitions, section)) {
        const firm = (kind: DefinitionKind, name: string): boolean => isFirm(definitions, section, kind, name);
        const judgement = judge(claim, { table: definitions.table, firm, functions, evidence, seed, allowance });
        const isRedefinition = judgement.certificate.verdict !== 'holds' && claim.head !== undefined;
        if (isRedefinition) define(claim.left, claim.right, definitions, section);
        const final = isRedefinition ? unknown('not-an-equation', `this defines ${claim.head} anew`) : judgement;
        judged.push({ span: place(claim.span), left: text(claim.leftSpan), right: text(claim.span), judgement: final });
      }
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      // What stands in a sentence is often no formula at all; a display that can't be read is said to be so.
      const reason = reasonOf(error);
      if (!(formula.display || reason === 'too-large') || !formula.tex.includes('=')) continue;
      const span = place(error.span ?? { start: 0, end: formula.tex.length });
      judged.push({ span, left: '', right: '', judgement: unknown(reason, error.message) });
    }
    if (formula.unclosed !== undefined && formula.tex.trim() !== '') {
      const judgement = unknown('unsupported-notation', unclosedDisplay);
      judged.push({ span: formula.unclosed, left: '', right: '', judgement });
    }
  }
  return judged;
}

/** What has been defined so far, with the sections in which it was. */
interface Definitions {
  readonly table: Readonly<Record<DefinitionKind, Map<string, WrittenDefinition>>>;
  readonly sections: Readonly<Record<DefinitionKind, Map<string, number[]>>>;
}

/** Whether the name was defined once, and in this section. What no text defines is a convention, and firm. */
function isFirm({ sections }: Definitions, section: number, kind: DefinitionKind, name: string): boolean {
  const places = sections[kind].get(name) ?? [section];
  return places.length === 1 && places[0] === section;
}

interface PlacedClaim extends Claim {
  readonly leftSpan: Span;
  /** The name on the left, where the claim has the form of a definition. */
  readonly head: string | undefined;
}

/** The claims in the statements of one formula; what defines a new name goes into the table instead. */
function* claimsOf(
  statements: readonly Statement[],
  definitions: Definitions,
  section: number,
): Generator<PlacedClaim> {
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
      const head = first ? readHead(left.node) : undefined;
      if (head !== undefined && !definitions.table[head.kind].has(head.name)) {
        define(left.node, right.node, definitions, section);
        continue;
      }
      const linked = sides.length > 2 || continues || continued;
      yield {
        left: left.node,
        right: right.node,
        span: spanOf(right.node) ?? right.span,
        leftSpan: spanOf(left.node) ?? left.span,
        head: head?.name,
        linked,
      };
    }
    previous = statement.sides[statement.sides.length - 1] ?? previous;
  }
}

/** Takes `left = right` as a definition of the name on the left, in place of an earlier one. */
function define(left: MathNode, right: MathNode, { table, sections }: Definitions, section: number): void {
  const head = readHead(left);
  if (head === undefined) return;
  table[head.kind].set(head.name, { ...head, head: left, body: right });
  const places = sections[head.kind].get(head.name);
  if (places === undefined) sections[head.kind].set(head.name, [section]);
  else places.push(section);
}
