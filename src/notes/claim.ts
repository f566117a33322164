import type { Certificate } from '../certificate.ts';
import type { ReadingNotice } from '../meaning/names/table.ts';
import type { MathError, Span } from '../problem.ts';
import type { MathNode } from '../syntax/node.ts';
import type { Definitions } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';
import { type Because, becauseOf } from './because.ts';
import type { IndexCondition } from './index-conditions.ts';
import type { ReadName } from './read-name.ts';

/** An equality that a text asserts: two neighbouring sides of a chain. */
export interface Claim {
  readonly left: MathNode;
  readonly right: MathNode;
  /** Where the right side stands: that is what is asserted of what came before. */
  readonly span: Span;
  /** Whether a third side follows or precedes: a link of a chain is always meant as an identity. */
  readonly linked: boolean;
  /** Whether the claim was put to us as an identity, so that it can't be an equation to solve. */
  readonly asserted?: boolean;
  /** Whether it can only be meant for all values, whatever form it has: two functions of which the antiderivatives are equal. */
  readonly isGeneral?: boolean;
  /** Whether the right side is said to be about the left one: \\approx. */
  readonly isApproximate?: boolean;
  /** What is said of the indices beside it. */
  readonly within?: readonly IndexCondition[];
  /** Whether a derivative in it is written with a round d: what depends on the variable may be held fixed. */
  readonly partial?: boolean;
}

/** A claim as terms, with all that they rest on. */
export interface LoweredClaim {
  readonly left: Term;
  readonly right: Term;
  readonly definitions: Definitions;
  /** Names that are defined by themselves, so that nothing can be put in for them. */
  readonly circular: ReadonlySet<string>;
  readonly usesTensors: boolean;
}

/**
 * What two sides with an equals sign between them are in a text. A claim is judged; the others say what holds, what a name
 * means, or what is looked for.
 */
export const statementKinds = [
  'claim',
  'definition',
  'redefinition',
  'dependence',
  'fact',
  'condition',
  'special-case',
  'update',
  'equation',
  'approximation',
  'quotation',
] as const;

export type StatementKind = (typeof statementKinds)[number];

/** Why nothing can be said. */
type UnknownReason =
  | 'unsupported-notation'
  | 'undefined-name'
  | 'not-an-equation'
  | 'not-enough-context'
  | 'domain'
  | 'too-large';

/** Why an error leaves nothing to say: what was refused for its size could be read otherwise. */
export function reasonOf({ code }: MathError): UnknownReason {
  return code === 'too-large' || code === 'source-too-long' || code === 'nesting-too-deep'
    ? 'too-large'
    : 'unsupported-notation';
}

/** What the judge says of a claim; `because` says why nothing can be said, `detail` where a sentence says more than that. */
export interface Judgement {
  readonly certificate: Certificate;
  readonly because?: Because;
  readonly detail?: string;
  /** Set where the claim turns out to be none. */
  readonly kind?: StatementKind;
  /** Of a claim that fails, how its names were read as far as the text leaves that open. */
  readonly names?: readonly ReadName[];
  /** What it takes otherwise than is likeliest, where it holds in such a reading alone. */
  readonly readAs?: readonly ReadingNotice[];
  /** Whether it compares the numbers of one place, about which the text has said all. */
  readonly isOfNumbers?: boolean;
  /** The layouts of derivatives by vectors in which it holds, where that makes a difference. */
  readonly layouts?: readonly Layout[];
}

/** Of the derivative by a vector: whether its rows belong to the variable or to what is differentiated. */
export type Layout = 'denominator' | 'numerator';

export function unknown(reason: UnknownReason, because?: Because, detail?: string): Judgement {
  return {
    certificate: { verdict: 'unknown', method: 'unchecked', points: 0, worst: 0, reason },
    ...(because === undefined ? {} : { because }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** What an error leaves to say of a claim. */
export function refused(error: MathError): Judgement {
  return unknown(reasonOf(error), becauseOf(error.problem), error.message);
}

/** The judgement of what is no claim. */
export function noClaim(kind: StatementKind): Judgement {
  return { ...unknown('not-an-equation'), kind };
}

/** One statement of a document with what is said of it; the span counts in the document. */
export interface JudgedStatement {
  readonly kind: StatementKind;
  readonly span: Span;
  readonly left: string;
  readonly right: string;
  readonly judgement: Judgement;
}
