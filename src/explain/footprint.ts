/** What a derivative needs and what it does without: the point of backpropagation, in one sentence. */

import type { Derivation, Gradient, Result } from '../derivation/derivation.ts';
import { letters } from '../syntax/letters.ts';
import { certificatePhrase } from './certificates.ts';
import { fill, formula, join, type Phrase, wordsOf } from './explain.ts';
import { asSentence } from './sentences.ts';
import type { Language } from './words.ts';

/** One or two sentences; none where everything is needed, as there is nothing to tell then. */
export function footprintSentences(result: Result, language: Language): Phrase[] {
  if (!('uses' in result)) return [];
  return [...shapeSentences(result, language), ...needSentences(result, language)];
}

/** How a derivative by a vector or matrix is laid out, and what it is by free entries. */
function shapeSentences(result: Result, language: Language): Phrase[] {
  const { derivation: texts } = wordsOf(language);
  const { layout, structured, problem } = result as Derivation;
  const variable = formula(problem.wrt[0] ?? '');
  const said = layout === undefined ? [] : [asSentence(fill(texts.layout[layout], { variable }), language)];
  if (structured === undefined) return said;
  const { name, property, expression, certificate } = structured;
  const words = texts.properties[property as keyof typeof texts.properties] ?? property;
  const sentence = fill(texts.structured, {
    name: formula(name),
    property: words,
    expression: formula(expression),
    certificate: certificatePhrase(certificate, language),
  });
  return [...said, asSentence(sentence, language)];
}

const primed = letters`^[\p{L}][\p{L}\p{N}_]*'+$`;

function needSentences(result: Derivation | Gradient, language: Language): Phrase[] {
  const { uses, unused } = result;
  if (unused.length === 0) return [];
  const { derivation: texts, list } = wordsOf(language);
  const listed = (items: readonly string[]) => join(items.map(formula), list);
  const functions = unused.filter((name) => primed.test(name)).map((name) => name.replace(/'+$/, ''));
  const template = functions.length > 0 ? texts.notDifferentiated : texts.doesNotNeed;
  const without = fill(template, { unused: listed(unused), functions: listed([...new Set(functions)]) });
  return uses.length === 0 ? [without] : [fill(texts.needs, { uses: listed(uses) }), without];
}
