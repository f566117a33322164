/** The parts of MathJax that the tests use; it comes without types. */
declare module 'mathjax' {
  interface Engine {
    tex2mml(formula: string, options: { display: boolean }): string;
  }
  const mathjax: { init(config: object): Promise<Engine> };
  export default mathjax;
}

/** The ends of the range of KaTeX, under names of their own. */
declare module 'katex-oldest' {
  export { default } from 'katex';
}
declare module 'katex-newest' {
  export { default } from 'katex';
}
