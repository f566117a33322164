/** What is said of one link of a document, and what it says for those after it. */

import type { WrittenDefinition } from '../meaning/known-names.ts';
import { type Judgement, noClaim, type StatementKind, unknown } from './claim.ts';
import { classify, isInverse } from './classify.ts';
import { isClosed } from './closed.ts';
import type { JudgeContext } from './compare-claim.ts';
import type { Formula } from './formula.ts';
import { gradientsWrittenOut } from './gradients.ts';
import { type IndexCase, inCase } from './index-cases.ts';
import { conditionsOnIndices } from './index-conditions.ts';
import { integrandsOf, openBeside } from './integrals.ts';
import { judge } from './judge.ts';
import type { Knowledge } from './knowledge.ts';
import type { Link } from './links.ts';
import { byMember } from './member-reading.ts';
import type { Introduction } from './phrases.ts';
import type { ReadFormula } from './read-formulas.ts';
import { writtenFacts } from './written-facts.ts';

/** What is the same for all claims of a document, and what prose declares where one stands. */
export type Circumstances = Pick<
  JudgeContext,
  'functions' | 'evidence' | 'seed' | 'allowance' | 'declarations' | 'isShown' | 'print'
> & {
  /** The case of two indices in which what ends at a place of a formula stands. */
  readonly indexCaseAt?: (formula: Formula, end: number) => IndexCase | undefined;
};

/** What is said of a link: what it is, and of a claim whether it holds. */
export function judgeLink(
  link: Link,
  read: ReadFormula,
  knowledge: Knowledge,
  context: Circumstances,
  introduced: Introduction | undefined,
): Judgement {
  const kind = classify(link, knowledge, introduced);
  const isApproximate = kind === 'approximation' && link.sign === '~';
  if (kind !== 'claim' && !isApproximate) return noClaim(kind);
  const { formula } = read;
  const { section } = formula;
  const source = formula.tex.slice(link.leftSpan.start, link.span.end);
  if (isSaidOfValues(source, knowledge)) return noClaim('condition');
  const within = conditionsOnIndices(formula.tex, link.span.end);
  const written = gradientsWrittenOut([link.left, link.right], knowledge.table) ?? ([link.left, link.right] as const);
  const integrands = integrandsOf(written, knowledge.table);
  const indexCase = context.indexCaseAt?.(formula, link.span.end);
  const sides = integrands ?? written;
  const [left, right] = indexCase === undefined ? sides : inCase(sides, indexCase);
  const general = { left, right, ...(integrands === undefined ? {} : { isGeneral: true }) };
  const claim = { ...link, ...general, partial: /\\partial|∂/.test(source), ...(within.length > 0 ? { within } : {}) };
  const own = {
    ...context,
    table: knowledge.table,
    firm: (of: WrittenDefinition['kind'], name: string) => knowledge.isFirm(section, of, name),
    given: knowledge.givenIn(section),
    values: knowledge.valuesAround(link, read),
  };
  if (isApproximate) {
    const about = judge({ ...link, isApproximate }, own);
    // Decimals are mostly of logarithms to the base 10.
    return about.certificate.verdict === 'fails' && openLogarithm.test(formula.tex) ? noClaim(kind) : about;
  }
  const whole = judge(claim, own);
  const open =
    integrands === undefined || whole.certificate.verdict !== 'fails'
      ? undefined
      : openBeside(written, knowledge.table);
  if (open !== undefined) return unknown('undefined-name', { code: 'undefined-right', name: open });
  const member = isClash(whole) ? byMember(claim, knowledge.table) : undefined;
  const judgement = member === undefined ? whole : judge(member, own);
  if (judgement.certificate.verdict === 'holds' || link.head === undefined || knowledge.isKnownOtherwise(link.left)) {
    // A value is the slope at a point, and what "consider" or "suppose" introduces is a differential equation.
    const isSaid = introduced !== undefined && ['definition', 'condition', 'equation'].includes(introduced);
    const isOpen = isSaid || (judgement.isOfNumbers !== true && (isClosed(link.right) || judgement.kind !== 'claim'));
    const isGiven = knowledge.isFact(link) && judgement.certificate.verdict !== 'holds' && isOpen;
    return isGiven ? noClaim('fact') : judgement;
  }
  if (knowledge.isEvaluation(link)) return judgement;
  if (isInverse(link, knowledge)) return noClaim('equation');
  // A value of what is defined holds where it is said, and gives it no other meaning.
  return noClaim(isClosed(link.right) ? 'special-case' : 'redefinition');
}

/** What is said of an equation where a name has a value. */
export function judgeAt(
  link: Link,
  value: Pick<WrittenDefinition, 'name' | 'head' | 'body'>,
  { formula }: ReadFormula,
  knowledge: Knowledge,
  context: Circumstances,
): Judgement {
  const definition: WrittenDefinition = { ...value, kind: 'quantity', parameters: [] };
  const quantity = new Map(knowledge.table.quantity).set(value.name, definition);
  const firm = (of: WrittenDefinition['kind'], name: string): boolean =>
    name === value.name || knowledge.isFirm(formula.section, of, name);
  return judge(link, { ...context, table: { ...knowledge.table, quantity }, firm });
}

/** A logarithm of which no base is said. */
const openLogarithm = /\\log(?![a-z])(?!\s*_)|\blog\s*[({]/;

function isClash({ certificate, because }: Judgement): boolean {
  const { verdict, reason = '' } = certificate;
  return verdict === 'unknown' && (because?.code === 'shape' || reason.startsWith('shape-clash'));
}

/** Whether it says that the values of what nothing defines sum to one. */
function isSaidOfValues(written: string, { table }: Knowledge): boolean {
  return writtenFacts(written).some(
    ({ fact }) =>
      fact.kind === 'property' &&
      fact.property === 'sumone' &&
      ![fact.name.base, fact.name.name].some((name) => table.quantity.has(name)),
  );
}

/** Takes into account what a statement says for those after it. */
export function learn(link: Link, kind: StatementKind, one: ReadFormula, knowledge: Knowledge): void {
  if (kind === 'definition' || kind === 'redefinition') knowledge.define(link, one);
  if (kind === 'dependence') knowledge.depend(link);
  if (kind === 'equation' || kind === 'fact') knowledge.take(link, one);
}
