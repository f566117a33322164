/** As much of two libraries without types as the benchmark uses. */

declare module 'nerdamer/all.js' {
  export interface Parsed {
    clone(): Parsed;
    toString(): string;
  }
  interface Nerdamer {
    (text: string, values: Record<string, string>): { evaluate(): { text(format: 'decimals'): string } };
    getCore(): {
      PARSER: { parse(text: string, substitutions: Record<string, Parsed>): Parsed };
      Calculus: { diff(expression: Parsed, by: string, order: number): Parsed };
    };
  }
  const nerdamer: Nerdamer;
  export default nerdamer;
}

declare module 'algebrite' {
  /** `d` is the value of a floating-point number. */
  export interface AlgebriteTerm {
    readonly d?: number;
    toString(): string;
  }
  const algebrite: {
    eval(text: string): AlgebriteTerm | string;
    derivative(term: AlgebriteTerm, by: AlgebriteTerm): AlgebriteTerm;
    subst(value: AlgebriteTerm, name: AlgebriteTerm, term: AlgebriteTerm): AlgebriteTerm;
    float(term: AlgebriteTerm): AlgebriteTerm;
  };
  export default algebrite;
}
