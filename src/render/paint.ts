/** Colours of a terminal, by the codes of ECMA-48 that set them and take them back. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const;

/** What sets a text in each colour; none of them stands within another. */
export type Paint = Readonly<Record<keyof typeof codes, (text: string) => string>>;

const painted: Paint = paintWith(([open, close], text) => `\x1b[${open}m${text}\x1b[${close}m`);
const plain: Paint = paintWith((_, text) => text);

/** The colours, or none. The packages for it ask for the stream of standard output as they are loaded, which a start would wait for. */
export function createPaint(color: boolean): Paint {
  return color ? painted : plain;
}

function paintWith(set: (code: readonly [open: number, close: number], text: string) => string): Paint {
  return Object.fromEntries(
    Object.entries(codes).map(([name, code]) => [name, (text: string) => set(code, text)]),
  ) as Paint;
}
