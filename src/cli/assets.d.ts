/** Files that the build puts into the bundles: fonts in base64, style sheets as text. */

declare module '*.woff2' {
  const base64: string;
  export default base64;
}

declare module '*.min.css' {
  const text: string;
  export default text;
}
