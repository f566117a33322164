/** The sentences of a page around its display: what is wanted, how quantities are named, what the pass costs. */

import type { Derivation, Gradient } from '../derivation/derivation.ts';
import { fill, formula, join, type Phrase, wordsOf } from './explain.ts';
import type { Language } from './words.ts';

/** The problem in one sentence. */
export function problemSentence(result: Derivation | Gradient, language: Language): Phrase {
  const said = wordsOf(language);
  const { output, wrt } = result.problem;
  const whole = formula(output === null ? result.formula : `${output} = ${result.formula}`);
  if (result.schema === 'chainrule/gradient/1') {
    return fill(said.gradient.problem, { formula: whole, variables: join(wrt.map(formula), said.list) });
  }
  const wanted = formula(result.wanted);
  const hasName = output !== null || result.lets.length > 0;
  return fill(hasName ? said.derivation.problem : said.derivation.problemUnnamed, { formula: whole, wanted });
}

/** The intermediates in one sentence; empty where there are none. */
export function letSentence({ lets, problem }: Derivation | Gradient, language: Language): Phrase {
  if (lets.length === 0) return [];
  const { derivation: texts, list } = wordsOf(language);
  const equations = join(
    lets.map(({ name, expression }) => formula(`${name} = ${expression}`)),
    list,
  );
  if (problem.output === null) return fill(texts.letSentence, { lets: equations });
  const equation = formula(`${problem.output} = ${problem.target}`);
  return fill(texts.letSentenceSoThat, { lets: equations, equation });
}

/** How many products the backward pass takes against one derivation for each parameter. */
export function operationsSentence({ operations }: Gradient, language: Language): Phrase {
  const { shared, separate } = operations;
  if (shared === '' || separate === '') return [];
  const { operations: template } = wordsOf(language).gradient;
  return fill(template, { shared: formula(shared), separate: formula(separate) });
}

/** A phrase as a sentence: with a capital and a full stop, as far as the language has them. */
export function asSentence(phrase: Phrase, language: Language): Phrase {
  const { stop } = wordsOf(language);
  const [first, ...rest] = phrase;
  if (first === undefined) return [];
  const text = first.kind === 'words' ? first.text.charAt(0).toUpperCase() + first.text.slice(1) : first.text;
  const last = phrase[phrase.length - 1]?.text ?? '';
  const isClosed = /[.。]$/.test(last) && phrase[phrase.length - 1]?.kind === 'words';
  return [{ ...first, text }, ...rest, ...(isClosed ? [] : [{ kind: 'words', text: stop } as const])];
}
