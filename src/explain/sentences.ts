/** The sentences of a page around its display: what is wanted, how quantities are named, what the pass costs. */

import type { Adjoint, Gradient, Result } from '../derivation/derivation.ts';
import { fill, formula, join, type Phrase, words, wordsOf } from './explain.ts';
import { givenPhrase } from './given.ts';
import { withOutput } from './output.ts';
import type { Language, Words } from './words.ts';

/** What is asked for beyond a derivative by one variable, as a phrase; undefined where it is only that. */
export function taskPhrase(result: Result, language: Language): Phrase | undefined {
  const { problem, schema } = result;
  const { tasks, list } = wordsOf(language);
  const wanted = formula('wanted' in result ? result.wanted : '');
  const variables = join(problem.wrt.map(formula), list);
  if (schema === 'chainrule/gradient/1') return undefined;
  switch (problem.task) {
    case 'implicit':
      return fill(tasks.implicit, { wanted, dependent: formula(problem.dependent ?? ''), variable: variables });
    case 'taylor': {
      const point = formula(`${problem.wrt[0]} = ${problem.point}`);
      return fill(tasks.taylor, { degree: String(problem.degree), point });
    }
    case 'directional': {
      const { direction: components = [], shapes } = problem;
      const all = join(components.map(formula), ', ');
      // One vector stands for itself.
      const isWhole = components.length === 1 && isTensor(shapes[problem.wrt[0] ?? '']);
      const direction = isWhole ? all : [...words('('), ...all, ...words(')')];
      const isScalar = !('resultShape' in result) || result.resultShape === 'scalar';
      return fill(problem.unit === true ? tasks.unit : isScalar ? tasks.directional : tasks.jvp, { wanted, direction });
    }
    case 'vjp':
      return fill(tasks.vjp, { wanted, weight: formula(problem.weight ?? '') });
    case 'hessian':
      return fill(tasks.hessian, { matrix: formula('H'), variables });
    case 'stationary':
      return fill(tasks.stationary, { variables });
    default: {
      if (problem.depends === undefined) return undefined;
      const depends = problem.depends.map((one) => formula(`${one.replace(/\(.*$/s, '')} = ${one}`));
      return fill(tasks.total, { wanted, depends: join(depends, list) });
    }
  }
}

/** A template; where words of a language stand without gaps, none is left behind a blank that ends in words. */
function besideWords(template: string, name: string, filling: Phrase, { sentenceGap }: Words): string {
  const isGapless = sentenceGap === '' && filling[filling.length - 1]?.kind === 'words';
  return isGapless ? template.replace(`{${name}} `, `{${name}}`) : template;
}

/** Whether a shape is that of a vector or matrix. */
function isTensor(shape: string | undefined): boolean {
  return /^(vector|matrix)\b/.test(shape ?? '');
}

/** The problem in one sentence. */
export function problemSentence(derived: Result, language: Language): Phrase {
  const result = withOutput(derived);
  const said = wordsOf(language);
  const { output, wrt } = result.problem;
  const whole = formula(output === null ? result.formula : `${output} = ${result.formula}`);
  const task = taskPhrase(result, language);
  if (task !== undefined)
    return fill(besideWords(said.derivation.problemTask, 'task', task, said), { formula: whole, task });
  if (result.schema === 'chainrule/gradient/1') {
    return fill(said.gradient.problem, { formula: whole, variables: join(wrt.map(formula), said.list) });
  }
  const wanted = formula('wanted' in result ? result.wanted : '');
  const hasName = output !== null || result.lets.length > 0;
  return fill(hasName ? said.derivation.problem : said.derivation.problemUnnamed, { formula: whole, wanted });
}

/** The problem with what it rests on, as a page states it: `Wanted is ..., where A in R(n, n) is symmetric.` */
export function problemStatement(result: Result, language: Language): Phrase {
  const sentence = problemSentence(result, language);
  const given = givenPhrase(result, language);
  if (given.length === 0) return sentence;
  const said = wordsOf(language);
  const { given: texts, stop } = said;
  const last = sentence[sentence.length - 1]?.text ?? '';
  const open = words(last.endsWith(stop) ? last.slice(0, -stop.length) : last);
  return [
    ...sentence.slice(0, -1),
    ...open,
    ...fill(besideWords(texts.clause, 'given', given, said), { given }),
    ...words(stop),
  ];
}

/** Names for the parts of a large result, in one sentence; empty where there are none. */
export function sharingPhrase(result: Result, language: Language): Phrase {
  const sharing = 'sharing' in result ? (result.sharing ?? []) : [];
  if (sharing.length === 0) return [];
  const { derivation: texts, list } = wordsOf(language);
  const lets = join(
    sharing.map(({ name, expression }) => formula(`${name} = ${expression}`)),
    list,
  );
  return fill(texts.where, { lets });
}

/** Why equations are given and not solved; empty where they are, or where none are asked for. */
export function unsolvedPhrase(result: Result, language: Language): Phrase {
  if (result.schema !== 'chainrule/stationary/1' || result.reason === null) return [];
  return words(wordsOf(language).stationary.unsolved[result.reason]);
}

/** The intermediates in one sentence; empty where there are none. */
export function letSentence({ lets, problem }: Pick<Result, 'lets' | 'problem'>, language: Language): Phrase {
  if (lets.length === 0) return [];
  const { derivation: texts, list } = wordsOf(language);
  const equations = join(
    lets.map(({ name, expression }) => formula(`${name} = ${expression}`)),
    list,
  );
  const isTask = problem.task !== undefined;
  if (problem.output === null || isTask) return fill(texts.letSentence, { lets: equations });
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

/** That an adjoint is wanted, and its shape where it is no scalar. */
export function wantedPhrase({ shape }: Adjoint, language: Language): Phrase {
  const { gradient, derivation } = wordsOf(language);
  const kind = /^(vector|matrix|family)\b/.exec(shape)?.[1] as keyof typeof derivation.shape | undefined;
  return kind === undefined
    ? words(gradient.isWanted)
    : fill(gradient.isWantedShape, { shape: derivation.shape[kind] });
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
