/** What the oracle says about an equality. Plain data: survives `JSON.parse(JSON.stringify(x))`. */

/** How far a statement is known to be true. */
export type Verdict = 'holds' | 'fails' | 'unknown';

/** What the oracle found. `points` and `worst` (relative error) are those of numeric tests; 0 points for a proof. */
export interface Certificate {
  readonly verdict: Verdict;
  /** `proved`: exact arithmetic modulo primes, or the identical term. `tested`: at points. `unchecked`: see `reason`. */
  readonly method: 'proved' | 'tested' | 'unchecked';
  readonly points: number;
  readonly worst: number;
  /**
   * `complex` where there were no real points to test at: values, and if need be variables, were complex, on principal
   * branches.
   */
  readonly field?: 'complex';
  readonly reason?: string;
  /** For `holds`: where one side alone has a value, what the other needs for one, as expressions: `x > 0`. */
  readonly conditions?: readonly string[];
  /** For `fails`: values with which anyone can retrace that both sides differ. */
  readonly counterexample?: Counterexample;
}

/** Values at which the two sides of an equality differ. */
export interface Counterexample {
  /** `x`, `beta[1]`, `j`, `n` as numbers; generic functions as text, `f(t)` = `sin(1.2 t) + t^2/3`. */
  readonly values: Readonly<Record<string, number | string>>;
  readonly left: number;
  readonly right: number;
}
