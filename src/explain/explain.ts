/** From a rule and its facts to a sentence, in words and formulas. */

import type { Step } from '../derivation/derivation.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import type { Language, Words } from './words.ts';

/** A piece of a sentence. Formulas are still text in the project's syntax; the renderer decides how they look. */
type Segment = { readonly kind: 'words'; readonly text: string } | { readonly kind: 'formula'; readonly text: string };

/** A sentence or a part of one. */
export type Phrase = readonly Segment[];

/** What fills a blank: words, or a phrase that was built already. */
export type Filling = string | Phrase;

const languages: Readonly<Record<Language, Words>> = { en, ja };

/** The words of a language. */
export function wordsOf(language: Language): Words {
  return languages[language] ?? en;
}

/** Plain words as a phrase. */
export function words(text: string): Phrase {
  return text === '' ? [] : [{ kind: 'words', text }];
}

/** An expression as a phrase. */
export function formula(text: string): Phrase {
  return [{ kind: 'formula', text }];
}

/** Phrases in a row with words between them. */
export function join(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, at) => (at === 0 ? phrase : [...words(separator), ...phrase]));
}

/** `{name}`, or an equation of such as one formula: `{left = right}`, `{left = 0}`. */
const blank = /\{([a-zA-Z]+(?: = [a-zA-Z0-9]+)*)\}/;

/** A template with its blanks filled; text in `fillings` is words. A blank that nothing fills stays empty. */
export function fill(template: string, fillings: Readonly<Record<string, Filling>> = {}): Phrase {
  return template.split(new RegExp(blank, 'g')).flatMap((part, at) => {
    if (at % 2 === 0) return words(part);
    const filling = fillings[part];
    return typeof filling === 'string' ? words(filling) : (filling ?? []);
  });
}

/** The names that the blanks of a template ask for. */
export function blanksOf(template: string): string[] {
  return contentsOf(template).flatMap((content) => content.split(' = ').filter(isName));
}

function contentsOf(template: string): string[] {
  return [...template.matchAll(new RegExp(blank, 'g'))].map((match) => match[1] as string);
}

function isName(part: string): boolean {
  return /^[a-zA-Z]/.test(part);
}

/**
 * The sentence for a step: the rule's words with its facts as formulas. `variable` is what the derivative is taken by,
 * for steps that don't say. An unknown rule is named by its id.
 */
export function explainStep(step: Pick<Step, 'rule' | 'facts'>, language: Language, variable: string): Phrase {
  const { rules, alsoFree } = wordsOf(language);
  const facts: Readonly<Record<string, string>> = { variable, ...step.facts, ...derivedFacts(step) };
  const templates: readonly string[] = Object.hasOwn(rules, step.rule) ? rules[step.rule as keyof typeof rules] : [];
  const isGiven = (name: string) => (facts[name] ?? '') !== '';
  const canFill = (template: string) => blanksOf(template).every(isGiven);
  const template = templates.flatMap((one) => usable(one, isGiven)).find(canFill);
  const sentence = template === undefined ? words(step.rule) : fillFormulas(template, facts);
  const isFreeSaid = facts.free === undefined || (template !== undefined && blanksOf(template).includes('free'));
  return isFreeSaid || !canFill(alsoFree) ? sentence : [...sentence, ...fillFormulas(alsoFree, facts)];
}

/** `?inner: chain rule` is a template for steps that have this fact, which it does not show. */
function usable(template: string, isGiven: (name: string) => boolean): readonly string[] {
  const [, needed, text] = /^\?(\w+): (.*)$/.exec(template) ?? [];
  if (needed === undefined || text === undefined) return [template];
  return isGiven(needed) ? [text] : [];
}

function fillFormulas(template: string, facts: Readonly<Record<string, string>>): Phrase {
  const valueFor = (content: string) =>
    content
      .split(' = ')
      .map((part) => (isName(part) ? (facts[part] ?? '') : part))
      .join(' = ');
  return fill(
    template,
    Object.fromEntries(contentsOf(template).map((content) => [content, formula(valueFor(content))])),
  );
}

/**
 * For a known function its derivative as an equation: sin′ = cos, tanh′(u) = 1 − tanh² u. The equation is `chained`
 * where the chain rule is at work, which it is not when the argument is the variable itself.
 */
function derivedFacts({ rule, facts }: Pick<Step, 'rule' | 'facts'>): Readonly<Record<string, string>> {
  const { function: name, derivative } = facts;
  if (rule !== 'elementary' || name === undefined || derivative === undefined) return {};
  const single = /^([A-Za-z]\w*)\(u\)$/.exec(derivative);
  const known = single === null ? `${name}'(u) = ${derivative}` : `${name}' = ${single[1]}`;
  return facts.inner === '' ? { known } : { known, chained: known };
}
