/** The tokens of a LaTeX formula. */

import type { Span } from '../problem.ts';
import type { RelationSign } from './relation.ts';

/** A sign of a formula. */
export type Token = Span &
  (
    | {
        readonly kind: 'name';
        readonly name: string;
        readonly upright: boolean;
        readonly bold: boolean;
        readonly arrow?: true;
      }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'sign'; readonly sign: string }
    | { readonly kind: 'relation'; readonly sign: RelationSign }
    | { readonly kind: 'open'; readonly sign: string }
    | { readonly kind: 'close'; readonly sign: string }
    | { readonly kind: 'bar'; readonly sign: string; readonly side: 'open' | 'close' | 'either' }
    | {
        readonly kind: 'script';
        readonly sub: readonly Token[] | undefined;
        readonly sup: readonly Token[] | undefined;
        readonly primes: number;
      }
    /** `isTaken` marks what a bar ends that nothing opens: `\left. F \right|`. */
    | { readonly kind: 'group'; readonly content: readonly Token[]; readonly isTaken?: true }
    | { readonly kind: 'fraction'; readonly over: readonly Token[]; readonly under: readonly Token[] }
    | { readonly kind: 'root'; readonly content: readonly Token[]; readonly degree: readonly Token[] | undefined }
    /** `isNatural` marks `\ln`, which leaves nothing open of the base. */
    | { readonly kind: 'function'; readonly name: string; readonly isNatural?: true }
    | { readonly kind: 'big'; readonly name: 'sum' | 'prod' }
    | { readonly kind: 'cases'; readonly rows: readonly (readonly (readonly Token[])[])[] }
    | { readonly kind: 'blocks'; readonly rows: readonly (readonly (readonly Token[])[])[] }
    | { readonly kind: 'words'; readonly text: string }
    | { readonly kind: 'partial' }
    | { readonly kind: 'nabla' }
    | { readonly kind: 'gap' }
    | { readonly kind: 'break' }
    | { readonly kind: 'implies' }
    /** `isIntegral` marks an `\int`, which is read where a differential ends it and it has no bounds. */
    | { readonly kind: 'refused'; readonly what: string; readonly isIntegral?: true }
  );

/** A token of one kind. */
export type TokenOf<Kind extends Token['kind']> = Member<Token, 'kind', Kind>;

/** The member of a union whose tag can be `Tag`; unlike `Extract` it finds members that carry several tags. */
export type Member<Union, Key extends keyof Union, Tag> = Union extends unknown
  ? Tag extends Union[Key]
    ? Union & { readonly [K in Key]: Tag }
    : never
  : never;

/** Whether a token is the bar of a condition: p(x | y), P_{k|k-1}, with \mid or a plain bar. */
export function isConditionBar(token: Token): boolean {
  if (token.kind === 'bar') return token.sign === '|';
  return token.kind === 'refused' && token.what === 'a condition behind a bar';
}
