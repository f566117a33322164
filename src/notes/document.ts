/** From the formulas of a document to claims with verdicts, in reading order. */

import { noEvidence } from '../meaning/names/evidence.ts';
import { gatherLatexEvidence, readLatex } from '../meaning/read-source.ts';
import { fail, MathError, type Span } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { type MathNode, spanOf } from '../syntax/node.ts';
import type { Side, Statement } from '../syntax/statement.ts';
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

/** Operators that are written with brackets and are no product with them: the mean, the variance. */
const statistical =
  /(?:\\mathbb\s*\{?\s*E\s*\}?|\bE|\bVar|\bCov|\\(?:operatorname|mathrm|text)\{(?:E|Var|Cov)\})\s*(?:\\left|\\[bB]igg?l?)?\s*\[/;

/** Reads the formulas in order, gathers definitions, and judges every other equality. */
export function judgeDocument(formulas: readonly Formula[], functions: FunctionTable, seed: number): JudgedClaim[] {
  const evidence = noEvidence();
  for (const formula of formulas) gatherLatexEvidence(formula.tex, evidence);
  const definitions: Definitions = { table: new Map(), sections: new Map() };
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
      for (const claim of claimsOf(readLatex(formula.tex, evidence), definitions, section)) {
        const table = tableFor(definitions, section);
        const judgement = judge(claim, { table, functions, evidence, seed });
        const isRedefinition = judgement.certificate.verdict !== 'holds' && claim.head !== undefined;
        if (isRedefinition) define(claim.left, claim.right, definitions, section);
        const final = isRedefinition ? unknown('not-an-equation', `this defines ${claim.head} anew`) : judgement;
        judged.push({ span: place(claim.span), left: text(claim.leftSpan), right: text(claim.span), judgement: final });
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

/** What has been defined so far, and in which sections each name was. */
interface Definitions {
  readonly table: Map<string, WrittenDefinition>;
  readonly sections: Map<string, number[]>;
}

/** The definitions as they bear on a claim in a section: firm if the name was defined once, and here. */
function tableFor({ table, sections }: Definitions, section: number): Map<string, WrittenDefinition> {
  return new Map(
    [...table].map(([key, one]) => {
      const places = sections.get(key) ?? [];
      return [key, { ...one, firm: places.length === 1 && places[0] === section }];
    }),
  );
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
      if (head !== undefined && !definitions.table.has(definitionKey(head.kind, head.name))) {
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
  const key = definitionKey(head.kind, head.name);
  table.set(key, { ...head, head: left, body: right, firm: true });
  sections.set(key, [...(sections.get(key) ?? []), section]);
}
