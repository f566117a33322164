/**
 * KaTeX's parse tree. What the page renders is what is read, so KaTeX's own parser reads the LaTeX; its entry
 * `__parse` is undocumented, which is why this file alone knows it and the tests run it in the oldest and the newest version.
 */

import katex from 'katex';
import { fail, type ProblemCode, type Span } from '../problem.ts';

/** Where KaTeX says a node stood; `lexer.input` tells a place in our source from one inside a macro of KaTeX. */
interface Location {
  readonly start: number;
  readonly end: number;
  readonly lexer: { readonly input: string };
}

interface Common {
  readonly loc?: Location;
}

/** One kind of node for each member of `Type`. */
type Node<Type extends string, Fields> = Type extends string
  ? Common & { readonly type: Type } & Readonly<Fields>
  : never;

/** The nodes that mathematics is made of, with the fields that are used here. Other types exist and are refused. */
export type KatexNode =
  | Node<'mathord' | 'textord' | 'spacing', { text: string }>
  | Node<'atom', { text: string; family: string }>
  | Node<'kern', { dimension: { number: number; unit: string } }>
  | Node<'ordgroup' | 'styling' | 'sizing' | 'color' | 'mclass' | 'tag', { body: KatexNode[]; mclass?: string }>
  | Node<'supsub', { base?: KatexNode | null; sup?: KatexNode | null; sub?: KatexNode | null }>
  | Node<'op', { name?: string; body?: KatexNode[] }>
  | Node<'operatorname', { body: KatexNode[] }>
  | Node<'font', { font: string; body: KatexNode }>
  | Node<'text', { body: KatexNode[]; font?: string }>
  | Node<'pmb', { body: KatexNode[] }>
  | Node<'genfrac', { numer: KatexNode; denom: KatexNode; hasBarLine: boolean; leftDelim?: string | null }>
  | Node<'sqrt', { body: KatexNode; index?: KatexNode | null }>
  | Node<'accent' | 'accentUnder' | 'horizBrace', { label: string; base: KatexNode }>
  | Node<'overline' | 'underline', { body: KatexNode }>
  | Node<'leftright', { body: KatexNode[]; left: string; right: string }>
  | Node<'delimsizing', { delim: string; mclass: string }>
  | Node<'middle', { delim: string }>
  | Node<'array', { body: KatexNode[][]; colSeparationType?: string; hskipBeforeAndAfter?: boolean; tags?: unknown }>
  | Node<'cr', object>
  | Node<'htmlmathml', { html: KatexNode[]; mathml: KatexNode[] }>;

interface KatexError extends Error {
  readonly position?: number;
  readonly length?: number;
  readonly rawMessage?: string;
}

const parse = (katex as unknown as { __parse(source: string, settings: object): KatexNode[] }).__parse;

/** Commands that many documents define for themselves, always with this meaning, and those whose spaces say nothing. */
export const customary: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'tr Tr trace diag sign sgn softmax logsumexp sigmoid relu ReLU softplus erf erfc GELU SiLU arsinh arcosh artanh sech csch'
      .split(' ')
      .map((name) => [`\\${name}`, `\\operatorname{${name}}`]),
  ),
  '\\bmod': '\\operatorname{mod}',
  '\\mod': '\\operatorname{mod}',
};

/** Parses LaTeX mathematics. KaTeX's complaints become a {@link fail} with span. */
export function parseKatex(source: string): KatexNode[] {
  try {
    return parse(source, {
      displayMode: true,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 20_000,
      macros: { ...customary },
    });
  } catch (error) {
    return translate(source, error as KatexError);
  }
}

/** Where `node` stands in `source`; undefined where KaTeX does not say or speaks of one of its macros. */
export function placeOf(node: KatexNode, source: string): Span | undefined {
  const { loc } = node;
  if (loc === undefined || loc === null || loc.lexer.input !== source) return undefined;
  // KaTeX counts the blanks behind a command as part of it.
  let { end } = loc;
  while (end > loc.start + 1 && ' \n\r'.includes(source.charAt(end - 1))) end--;
  return { start: loc.start, end };
}

/** KaTeX's complaints that deserve a sentence of ours. The first group of a pattern is what was found. */
const complaints: readonly (readonly [RegExp, ProblemCode, (found: string) => string, string])[] = [
  [
    /^Undefined control sequence: (\S+)/,
    'unknown-command',
    (found) => `${found} is not a command that is known here`,
    'write what it stands for',
  ],
  [
    /^No such environment: (\S+)/,
    'unsupported-notation',
    (found) => `the environment ${found} can't be read here`,
    'use aligned, gathered or cases',
  ],
  [
    /^Double (superscript|subscript)/,
    'syntax',
    (found) => `a second ${found} follows here`,
    'put braces around the part that the outer one belongs to',
  ],
  [/^Expected group (?:after|as)/, 'syntax', () => 'something is missing here', 'put the argument in braces'],
  [/^Too many expansions/, 'too-large', () => 'the macros of this formula expand without end', 'write it out'],
  [/^Expected '(\S+)', got 'EOF'/, 'syntax', (found) => `the formula ends before its ${found}`, 'close the group'],
];

/** What KaTeX complains of, without the place; undefined where `error` is none of its complaints. */
export function complaintOf(error: unknown): string | undefined {
  const { name, message, rawMessage } = error as KatexError;
  if (name !== 'ParseError') return undefined;
  // The first versions of KaTeX 0.16 have the bare message nowhere.
  return (
    rawMessage ?? message.replace(/^KaTeX parse error: /, '').replace(/ at (?:position \d+|end of input): [\s\S]*$/, '')
  );
}

function translate(source: string, error: KatexError): never {
  const message = complaintOf(error);
  if (message === undefined) throw error;
  const start = Math.min(error.position ?? 0, Math.max(0, source.length - 1));
  const found = source.slice(start, start + Math.max(1, lengthOf(source, start, error))).trimEnd();
  const span = { start, end: start + Math.max(1, found.length) };
  for (const [pattern, code, sentence, hint] of complaints) {
    const match = pattern.exec(message);
    if (match !== null) fail({ code, message: sentence(match[1] ?? ''), span, hint });
  }
  return fail({
    code: 'syntax',
    message: `this LaTeX can't be read: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
    span,
    hint: 'a formula that KaTeX shows can be read',
  });
}

/** How much of `source` the complaint is about. The first versions of KaTeX 0.16 tell the start only, most often that of a command. */
function lengthOf(source: string, start: number, { length }: KatexError): number {
  return length ?? /^\\(?:[a-zA-Z]+|.)/.exec(source.slice(start))?.[0].length ?? 1;
}
