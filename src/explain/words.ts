/**
 * Everything the program says, by key. One object of this type per language; a language is complete when it compiles.
 *
 * Texts are templates: `{name}` stands for a formula or a number that is filled in. A rule has several texts, the most
 * telling first; the first whose blanks can all be filled is used.
 */

import type { NameReason, NameRole, ReadingNotice } from '../meaning/names/table.ts';
import type { BecauseId } from '../notes/because.ts';
import type { StatementKind } from '../notes/claim.ts';
import type { ReadName, Verdict } from '../notes/verdict.ts';
import type { Layout } from '../options.ts';
import type { Trait } from '../term/dims.ts';

export type { Language } from '../options.ts';

/** The rules that have words of their own. Any other id is shown as it is. */
export const ruleIds = [
  'constant',
  'symbol',
  'linearity',
  'constant-factor',
  'product',
  'quotient',
  'power',
  'exponential',
  'general-power',
  'chain',
  'elementary',
  'log-abs',
  'definition',
  'sum',
  'element',
  'component',
  'sifting',
  'dot',
  'dot-components',
  'rename',
  'cases',
  'simplify',
  'expand',
  'split-sum',
  'constant-out-of-sum',
  'indexed-product',
  'written-out',
  'constant-product',
  'delta-from-cases',
  'narrow-range',
  'zero-term',
  'empty-range',
  'count',
  'higher-order',
  'first-derivative',
  'unresolved',
  'second-partial',
  'both-sides',
  'collect-derivative',
  'divide',
  'substitute',
  'use-equation',
  'directional',
  'at-point',
  'taylor',
  'vanishing',
  'numerator',
  'denominator',
  'leibniz',
  'power-series',
  'series-terms',
  'take-logarithm',
  'log-derivative',
  'multiply-back',
  'log-rules',
  'split-quotient',
  'multiply-out',
  'roots-as-powers',
  'powers-as-roots',
  'rewritten',
  'all-components',
  'normal-equation',
  'determinant',
  'cramer',
  'matrix-product',
  'bilinear-form',
  'transpose',
  'trace',
  'entry-sum',
  'entry-product',
  'det',
  'logdet',
  'inverse',
  'inverse-entry',
  'stack',
  'column',
  'row',
  'gather',
  'element-place',
  'selection',
  'triangle',
  'pseudo-inverse',
  'norm',
  'squared-norm',
  'softmax',
  'logsumexp',
  'logsoftmax',
  'einsum',
  'layernorm',
  'variance',
  'diagonal',
  'largest',
  'vec',
  'cross',
  'kron',
  'elementwise',
  'elementwise-jacobian',
  'jacobian-product',
  'jacobian-identity',
  'linear-form',
  'read-off',
  'to-indices',
  'to-matrices',
  'numerator-layout',
  'along-gradient',
  'inverse-left',
  'inverse-right',
  'inverse-both',
  'vectorised',
  'eliminate',
  'gradient-at-point',
  'hessian-at-point',
  'jacobian-at-point',
  'values-put-in',
] as const;

type RuleId = (typeof ruleIds)[number];

/** Why a certificate or a verdict is open. */
const reasonIds = [
  'unsupported-notation',
  'undefined-name',
  'not-an-equation',
  'domain',
  'not-enough-context',
  'too-large',
  'not-requested',
  'unresolved',
  'precision',
  'too-deep',
  'unknown-function',
  'shape-clash',
  'not-shown',
] as const;

export type ReasonId = (typeof reasonIds)[number];

/** Why the equations for a stationary point are not solved. */
const unsolvedIds = [
  'not-linear',
  'singular',
  'vectors',
  'families',
  'too-many',
  'unresolved',
  'between',
  'blocks',
] as const;

type UnsolvedId = (typeof unsolvedIds)[number];

/** A text for one and a text for several. */
export type Counted = readonly [one: string, several: string];

/** The words that templates may print: `{{ words.answer }}`. */
const noteWords = ['answer', 'derivation', 'result', 'problem', 'contents', 'source', 'footnotes', 'back'] as const;

type NoteWord = (typeof noteWords)[number];

export interface Words {
  readonly rules: Readonly<Record<RuleId, readonly string[]>>;
  /** Added to a rule whose step also drops what does not hold the variable: {free}, {variable}. */
  readonly alsoFree: string;

  readonly derivation: {
    readonly wanted: string;
    /** Opens the list of intermediates; `soThat` closes it. */
    readonly let: string;
    readonly soThat: string;
    /** A sentence for pages: {formula}, {wanted}. */
    readonly problem: string;
    /** The same where the formula has no name. */
    readonly problemUnnamed: string;
    readonly letSentence: string;
    readonly letSentenceSoThat: string;
    readonly expanded: string;
    readonly update: string;
    readonly needs: string;
    readonly doesNotNeed: string;
    /** Why a differentiated function is not needed: {functions}. */
    readonly notDifferentiated: string;
    readonly unresolved: string;
    readonly shape: Readonly<Record<'vector' | 'matrix' | 'family', string>>;
    /** After a result whose parts have names: {lets}. */
    readonly where: string;
    /** How the derivative is laid out: {variable}. */
    readonly layout: Readonly<Record<Layout, string>>;
    /** The derivative by free entries: {name}, {property}, {expression}. */
    readonly structured: string;
    readonly properties: Readonly<Record<'symmetric' | 'antisymmetric' | 'diagonal' | 'lower' | 'upper', string>>;
    /** A sentence for pages on what else than a derivative is asked for: {formula}, {task}. */
    readonly problemTask: string;
  };

  /**
   * What a page rests on. Behind the problem and before its full stop stands `clause`, on a terminal `line`; {given} is a list of
   * formulas (x in R(n), t > 0) and of `has` or `have` with {names} and {properties}.
   */
  readonly given: {
    readonly clause: string;
    readonly line: string;
    readonly has: string;
    /** What d(...) stands for in the method of differentials: {name}, {change}. */
    readonly change: string;
    readonly have: string;
    /** Between properties; the comma of lists where it is empty. */
    readonly and: string;
    readonly positive: string;
    readonly traits: Readonly<Record<Trait, string>>;
  };

  /** What is asked for, as a phrase: {wanted}, {variable}, {variables}, {matrix}, {dependent}, {depends}, {degree}, {point}, {direction}, {weight}. */
  readonly tasks: Readonly<
    Record<'implicit' | 'total' | 'taylor' | 'directional' | 'unit' | 'jvp' | 'vjp' | 'hessian' | 'stationary', string>
  >;

  readonly stationary: {
    readonly setToZero: string;
    /** Why equations are given and not solved. */
    readonly unsolved: Readonly<Record<UnsolvedId, string>>;
  };

  /** Words that templates print, by the names by which templates know them. */
  readonly note: Readonly<Record<NoteWord, string>>;

  /** What stands on a page beside the mathematics. */
  readonly page: {
    /** A row for those who hear it: {step}, {count}, {rule}, {certificate}; `row` for one that is no step. */
    readonly step: string;
    readonly row: string;
    readonly answer: string;
    /** The names of what unfolds from a step: its rule in general, what it does here, its certificate, its source. */
    readonly general: string;
    readonly here: string;
    readonly certificate: string;
    readonly source: string;
    readonly link: string;
    readonly wholeSource: string;
    /** Opens the steps that a row takes together: {count}. */
    readonly parts: string;
    /** Opens all steps, where the answer alone is shown: {count}. */
    readonly steps: string;
  };

  readonly gradient: {
    readonly forward: string;
    readonly backward: string;
    readonly isWanted: string;
    readonly isWantedShape: string;
    readonly operations: string;
    readonly writtenOut: string;
    readonly backwardSentence: string;
    readonly problem: string;
  };

  /** The drawing of a model. */
  readonly figure: {
    /** {formula} */
    readonly title: string;
    /** {inputs}, {output}, {variables} */
    readonly description: string;
    /** {unneeded} */
    readonly without: string;
    /** For a result without a name. */
    readonly output: string;
    readonly values: string;
    readonly factors: string;
    readonly adjoints: string;
    readonly family: string;
    readonly unneeded: string;
  };

  readonly certificate: {
    /** {counts}: `proved` and `tested`, joined by the separator. */
    readonly allVerified: string;
    readonly adjointsVerified: string;
    readonly resultVerified: string;
    readonly proved: string;
    readonly tested: string;
    readonly provedOnce: string;
    readonly testedOnce: string;
    /** Where some of the points were complex. */
    readonly complex: string;
    readonly worst: string;
    /** A step that fails: {step}, and its numbers {left}, {right}. */
    readonly stepFails: string;
    readonly adjointFails: string;
    readonly resultFails: string;
    /** Behind what is verified: the answer as it is printed, too. */
    readonly answerHolds: string;
    readonly answerFails: string;
    readonly answerUnknown: string;
    /** Of a page whose formulas are not those that were certified. */
    readonly printedFails: string;
    readonly counterexample: string;
    readonly stepUnknown: string;
    readonly adjointUnknown: string;
    readonly resultUnknown: string;
    readonly notVerified: string;
    readonly because: string;
  };

  readonly check: {
    /** What is said of one equality in a list of all. */
    readonly marks: Readonly<Record<Exclude<Verdict['verdict'], 'none'>, string>>;
    readonly fails: string;
    readonly warns: string;
    /** {values} */
    readonly example: string;
    /** {left}, {right} */
    readonly sides: string;
    /** The range of an index: {name}, {from}, {to}. */
    readonly range: string;
    /** {names} */
    /** Under what a claim holds: {conditions}. */
    readonly where: string;
    readonly readAs: string;
    /** Names by what they are: {names}; one, and several. */
    readonly roles: Readonly<Record<ReadName['role'], Counted>>;
    readonly noClaims: string;
    /** The last line, its parts with {count}. */
    readonly summary: {
      readonly fails: Counted;
      readonly warns: Counted;
      readonly holds: Counted;
      readonly unknown: Counted;
      readonly separator: string;
      /** Before the numbers of several files. */
      readonly files: Counted;
      /** What is not judged, behind its number: {parts}; or where the list of it follows. */
      readonly which: string;
      readonly listed: string;
      readonly verbose: string;
      /** What is counted, and how often: {count}, {phrase}. */
      readonly reason: string;
    };
    /** What claims nothing, one and several. */
    readonly kinds: Readonly<Record<Exclude<StatementKind, 'claim'>, Counted>>;
  };

  /** Why an equality is not judged: a sentence with {name}, {other}, {found}, then what is counted, one and several. */
  readonly because: Readonly<Record<BecauseId, readonly [sentence: string, one: string, several: string]>>;
  /** What can't be read, by the reader's phrase for it or its first words: one, and several. */
  readonly notations: Readonly<Record<string, Counted>>;

  /** How a source was read. */
  readonly reading: {
    readonly title: string;
    readonly roles: Readonly<Record<NameRole, string>>;
    readonly reasons: Readonly<Record<NameReason, string>>;
    /** What a reader could take otherwise: {name}, {other}. */
    readonly notices: Readonly<Record<ReadingNotice['code'], string>>;
    readonly readAs: string;
    readonly warning: string;
  };

  readonly reasons: Readonly<Record<ReasonId, string>>;
  readonly choice: { readonly before: string; readonly after: string; readonly otherwise: string };
  /** Between the members of a list, between sentences, and around side conditions. */
  readonly list: string;
  readonly sentenceGap: string;
  readonly wordGap: string;
  readonly stop: string;
  readonly conditions: string;
}
