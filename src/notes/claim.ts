import type { Certificate } from '../oracle/certificate.ts';
import type { MathError, Span } from '../problem.ts';
import type { MathNode } from '../syntax/node.ts';

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
}

/** Why nothing can be said. */
export type UnknownReason =
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

/** What the judge says of a claim; `detail` is a sentence for a reader. */
export interface Judgement {
  readonly certificate: Certificate;
  readonly detail?: string;
}

export function unknown(reason: UnknownReason, detail?: string): Judgement {
  return {
    certificate: { verdict: 'unknown', method: 'unchecked', points: 0, worst: 0, reason },
    ...(detail === undefined ? {} : { detail }),
  };
}
