/** What one sentence states, in either language: by its phrases, and by the form of the formulas in it. */

import type { Span } from '../problem.ts';
import { englishFacts } from './english.ts';
import { englishIntroductions } from './english-introductions.ts';
import { englishTokens, type Token } from './english-tokens.ts';
import type { Formula } from './formula.ts';
import { japaneseFacts, japaneseIntroductions } from './japanese.ts';
import type { IntroducingPhrase, Introduction } from './phrases.ts';
import type { ProseStatement } from './prose-statement.ts';
import { formulaMark } from './prose-text.ts';
import type { Sentence } from './sentences.ts';
import { hasWords } from './split-words.ts';
import { valueFacts } from './value-words.ts';
import type { SaidFact } from './word-facts.ts';
import { functionIn, type PlacedFact, writtenFacts } from './written-facts.ts';
import { listedNames, type Relation, sidesOf, writtenName } from './written-names.ts';

/** What introduces a formula, in either language. */
interface Introducing {
  readonly phrase: IntroducingPhrase;
  readonly words: string;
  /** Where the phrase begins in the text. */
  readonly at: number;
}

const wide = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const conditional = new Set(['if', 'when', 'whenever', 'unless', 'provided']);

/** Nobody writes longer ones, a mark for each formula; looking back within one takes the square of its length. */
const longestSentence = 2000;

/** The statements of one sentence. */
export function readSentence(sentence: Sentence): ProseStatement[] {
  const { text, formulas } = sentence;
  if (formulas.length === 0 || text.length > longestSentence) return [];
  const isJapanese = wide.test(text);
  const tokens = isJapanese ? [] : englishTokens(text);
  const introductions = isJapanese ? japaneseIntroductions(text) : placed(englishIntroductions(tokens), tokens);
  const context: SentenceContext = {
    sentence,
    introductions,
    isQuestion: /[?？]$|か。$/.test(text),
    isConditional: tokens.some((token) => conditional.has(token.text)),
    where: isJapanese ? text.search(/ただし|但し|ここで/) : text.search(/\bwhere\b|^Here\b/),
  };
  const said = isJapanese ? japaneseFacts(sentence) : englishFacts(sentence, tokens);
  const found = [...introduced(context), ...written(context), ...spoken(context, said, tokens), ...ofValues(context)];
  return withoutTwins(found).sort((a, b) => a.span.start - b.span.start);
}

interface SentenceContext {
  readonly sentence: Sentence;
  readonly introductions: ReadonlyMap<number, Introducing>;
  readonly isQuestion: boolean;
  /** Whether something in it holds under a condition, so that nothing in it is known to hold beyond it. */
  readonly isConditional: boolean;
  /** Where "where" stands in the text; -1 where it does not. */
  readonly where: number;
}

function placed(
  introductions: ReturnType<typeof englishIntroductions>,
  tokens: readonly Token[],
): ReadonlyMap<number, Introducing> {
  return new Map(
    [...introductions].map(([mark, { phrase, words, from }]) => [mark, { phrase, words, at: tokens[from]?.at ?? 0 }]),
  );
}

/** As what the formulas of the sentence are introduced. */
function introduced(context: SentenceContext): ProseStatement[] {
  return context.sentence.formulas.flatMap((formula, mark): ProseStatement[] => {
    const introducing = context.introductions.get(mark);
    const kind = introducing === undefined ? undefined : kindOf(formula.tex, introducing);
    if (kind === undefined || (context.isQuestion && kind === 'claim')) return [];
    const part = spanIn(formula, 0, formula.tex.length);
    return [{ kind, part, formula, span: part, ...scopeOf(context, mark, introducing) }];
  });
}

/** The first relation of a formula; one that lists values of an index is none. */
function relationOf(tex: string): Relation | undefined {
  return sidesOf(tex).relations[0];
}

const isRun = (tex: string): boolean => /^[^=]{1,40}=\s*-?\w+\s*,.*(?:\\[lc]?dots|\.\.\.|…)/s.test(tex);
const inequalities: ReadonlySet<Relation> = new Set(['greater', 'less', 'at-least', 'at-most', 'unequal', 'definite']);

/** What a phrase makes of a formula: "let" of an inequality is a condition, "we get" of an approximation is one. */
function kindOf(tex: string, { phrase, words }: Introducing): Introduction | undefined {
  const relation = relationOf(tex);
  if (relation === undefined || phrase.as === 'none' || isRun(tex)) return undefined;
  if (relation === 'gets') return 'update';
  const isBound = inequalities.has(relation);
  const isSet = relation === 'member' || relation === 'to';
  switch (phrase.as) {
    case 'definition':
      if (relation === 'equal' && words === 'with' && isValue(tex)) return 'condition';
      if (relation === 'equal') return equalityAs(tex, words);
      return isBound ? 'condition' : undefined;
    case 'condition':
      if (phrase.isBound === true && !isBound && !isSet) return undefined;
      if (relation === 'equal' && /^when/.test(words) && isValue(tex)) return 'special';
      return relation === 'equal' || isBound || relation === 'member' ? 'condition' : undefined;
    case 'special':
      return relation === 'equal' && writtenName(sidesOf(tex).sides[0] ?? '') !== undefined ? 'special' : undefined;
    case 'claim':
      if (relation === 'close') return 'approximation';
      return relation === 'equal' || isBound ? 'claim' : undefined;
    case 'approximation':
      return relation === 'equal' || relation === 'close' ? phrase.as : undefined;
    case 'wrong':
      return relation === 'other' || isSet ? undefined : phrase.as;
    case 'update':
      return relation === 'equal' && isHead(sidesOf(tex).sides[0] ?? '') ? phrase.as : undefined;
    case 'equation':
      return relation === 'equal' ? phrase.as : undefined;
    default:
      return relation === 'equal' || isBound ? phrase.as : undefined;
  }
}

/** A definition where a name or a function of names stands on the left; what else "where" precedes is no definition. */
function equalityAs(tex: string, words: string): Introduction {
  const [head = ''] = sidesOf(tex).sides;
  if (/\b(?:set|put)\b/.test(words) && isZero(tex)) return 'equation';
  if (isHead(head) || /\b(?:let|put|set|defined?|denoted?|called?)\b|^(?:と|で)/.test(words)) return 'definition';
  // "Consider dy/dx = x + y": a differential equation, and not what was worked out.
  if (/consider/.test(words) && slope.test(head)) return 'condition';
  return /given by/.test(words) || derivative.test(head) ? 'claim' : 'condition';
}

const derivative = /\\frac\s*\{\s*(?:d|\\partial|\\mathrm\s*\{?d)|\\nabla|\\partial|'/;

/** The derivative of a name by a name: dy/dx, y'. */
const slope =
  /^\s*(?:\\[dt]?frac\s*\{\s*d\s*(?:\^\s*\{?\d\}?\s*)?[a-z]\s*\}\s*\{\s*d\s*[a-z]\s*(?:\^\s*\{?\d\}?\s*)?\}|[a-z]'+)\s*$/;

function isHead(side: string): boolean {
  return (
    writtenName(side) !== undefined ||
    functionIn(side) !== undefined ||
    listedNames(side.replace(/^\s*\(|\)\s*$/g, '')) !== undefined
  );
}

function isZero(tex: string): boolean {
  return /^\s*(?:0|\\mathbf\s*\{?0\}?|\\boldsymbol\s*\{?0\}?|\\vec\s*\{?0\}?)\s*[.,]?\s*$/.test(
    sidesOf(tex).sides.at(-1) ?? '',
  );
}

/** A name with the value of a number: x = 2. */
function isValue(tex: string): boolean {
  const { sides } = sidesOf(tex);
  return (
    sides.length === 2 && writtenName(sides[0] ?? '') !== undefined && /^\s*-?\d+(?:\.\d+)?\s*$/.test(sides[1] ?? '')
  );
}

/** What formulas state by their form: memberships anywhere, signs where they are a condition. */
function written(context: SentenceContext): ProseStatement[] {
  return context.sentence.formulas.flatMap((formula, mark): ProseStatement[] => {
    const introducing = context.introductions.get(mark);
    const kind = introducing === undefined ? undefined : kindOf(formula.tex, introducing);
    if (kind === 'wrong' || introducing?.phrase.as === 'wrong' || isDenied(context, mark)) return [];
    // Words within it say how its parts are meant: they are read by themselves.
    if (hasWords(formula.tex)) return [];
    const holds = kind === 'condition' || kind === 'definition' || kind === 'special';
    return writtenFacts(formula.tex)
      .filter(({ fact }) => fact.kind !== 'range')
      .filter(
        ({ fact, start, end }) =>
          holds ||
          fact.kind !== 'property' ||
          // What names add up to is said of what nothing else gives a value, however it is introduced.
          fact.property === 'sumone' ||
          relationOf(formula.tex.slice(start, end)) === 'member',
      )
      .map((fact) => {
        // For labels y in {0, 1}: what they are is said once, for what follows too.
        const scope = saysValues(fact) ? scopeAt(context, introducing?.at ?? -1, mark) : undefined;
        return statementFrom(fact, formula, scope ?? scopeOf(context, mark, introducing), context.sentence);
      });
  });
}

/** Whether names are said to have one of a few values. */
function saysValues({ fact }: PlacedFact): boolean {
  return fact.kind === 'property' && ['binary', 'label', 'onehot'].includes(fact.property);
}

function isDenied({ sentence, isQuestion }: SentenceContext, mark: number): boolean {
  if (isQuestion) return true;
  let at = -1;
  for (let k = 0; k <= mark; k++) at = sentence.text.indexOf(formulaMark, at + 1);
  return (
    /\b(?:not|whether|unless|no|neither|nor|never)\s*$/i.test(sentence.text.slice(0, at)) ||
    /^\s*(?:ではない|でない|とは限らない)/.test(sentence.text.slice(at + 1))
  );
}

/** A fact of a formula as a statement. */
function statementFrom(
  { fact, start, end }: PlacedFact,
  formula: Formula,
  scope: Pick<ProseStatement, 'scope' | 'behind'>,
  sentence?: Sentence,
): ProseStatement {
  const common = {
    formula,
    span: spanIn(formula, start, end),
    ...scope,
    ...(sentence === undefined ? {} : { sentence }),
  };
  if (fact.kind === 'function') return { kind: 'role', role: 'function', name: fact.name, ...common };
  return { ...(fact as Exclude<typeof fact, { kind: 'range' }>), ...common };
}

/** What the words of the sentence say of names. */
function spoken(context: SentenceContext, said: readonly SaidFact[], tokens: readonly Token[]): ProseStatement[] {
  if (context.isQuestion) return [];
  const { sentence } = context;
  return said.flatMap(({ name, fact, mark, at, end, isLocal }): ProseStatement[] => {
    const formula = sentence.formulas[mark];
    if (formula === undefined) return [];
    const from = tokens.length > 0 ? (tokens[at]?.at ?? 0) : at;
    const to = tokens.length > 0 ? (tokens[end - 1]?.end ?? from) : end;
    const span = { start: sentence.offsetAt(from), end: sentence.offsetAt(to - 1) + 1 };
    const isOfCase = isLocal && !isParameter(name.written, sentence.formulas);
    const scope = isOfCase ? ({ scope: 'sentence' } as const) : scopeAt(context, from, mark);
    return [{ ...fact, name, formula, span, sentence, ...scope }];
  });
}

/** Whether a formula of the sentence defines a function of the name: "f(x) = ... for a vector x" says what f takes from there on. */
function isParameter(written: string, formulas: readonly Formula[]): boolean {
  return formulas.some(({ tex }) => {
    const [head = '', body] = sidesOf(tex).sides;
    const [, inner] = /^[^()=]+\((.*)\)\s*$/s.exec(head) ?? [];
    return body !== undefined && inner !== undefined && inner.split(',').some((one) => one.trim() === written);
  });
}

/** What the words of the sentence say of the values of names. */
function ofValues(context: SentenceContext): ProseStatement[] {
  if (context.isQuestion) return [];
  const { sentence } = context;
  return valueFacts(sentence).flatMap(({ name, property, mark, start, end }): ProseStatement[] => {
    const formula = sentence.formulas[mark];
    if (formula === undefined) return [];
    const span = { start: sentence.offsetAt(start), end: sentence.offsetAt(Math.max(start, end - 1)) + 1 };
    return [{ kind: 'property', property, name, formula, span, sentence, ...scopeAt(context, start, mark) }];
  });
}

/** How far what stands in the formula holds. */
function scopeOf(context: SentenceContext, mark: number, introducing: Introducing | undefined): Scope {
  if (introducing?.phrase.isLocal === true) return { scope: 'sentence', sentence: context.sentence };
  return { ...scopeAt(context, introducing?.at ?? -1, mark), sentence: context.sentence };
}

type Scope = Pick<ProseStatement, 'scope' | 'behind'> & { readonly sentence?: Sentence };

function scopeAt({ sentence, isConditional, where }: SentenceContext, at: number, mark: number): Scope {
  if (isConditional) return { scope: 'sentence' };
  if (where < 0 || at < where) return { scope: 'onward' };
  const before = sentence.text.slice(0, where).split(formulaMark).length - 2;
  const behind = sentence.formulas
    .slice(0, Math.min(before + 1, mark))
    .findLast(({ tex, display }) => display || relationOf(tex) !== undefined);
  const said = behind ?? sentence.behind;
  return said === undefined ? { scope: 'onward' } : { scope: 'backward', behind: said };
}

function spanIn(formula: Formula, start: number, end: number): Span {
  return { start: formula.offsetAt(start), end: formula.offsetAt(Math.max(start, end - 1)) + 1 };
}

/** One statement of each kind: a formula and the words beside it often say the same, or the words less. */
function withoutTwins(statements: readonly ProseStatement[]): ProseStatement[] {
  const seen = new Set<string>();
  const sized = new Set(statements.map((one) => (one.kind === 'shape' && one.dims !== undefined ? shapeKey(one) : '')));
  return statements.filter((statement) => {
    if (statement.kind === 'shape' && statement.dims === undefined && sized.has(shapeKey(statement))) return false;
    const key = JSON.stringify([
      statement.kind,
      'name' in statement ? statement.name.name : statement.span,
      detailOf(statement),
    ]);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

function shapeKey({ name, axes }: Extract<ProseStatement, { kind: 'shape' }>): string {
  return `${name.name} ${axes}`;
}

function detailOf(statement: ProseStatement): unknown {
  switch (statement.kind) {
    case 'shape':
      return [statement.axes, statement.dims];
    case 'property':
      return statement.property;
    case 'role':
      return statement.role;
    case 'dependence':
    case 'independence':
      return statement.on.map(({ name }) => name);
    default:
      return '';
  }
}
