import { describe, expect, it } from 'vitest';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { derive, gradient } from '../../src/derive.ts';
import { toJson } from '../../src/render/json.ts';
import { readText } from '../../src/syntax/text.ts';
import { declarationsOf, unreadTexts } from '../support/agreement.ts';
import { readDerivatives } from '../support/table.ts';

const cases = readDerivatives();
const pass = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';

/** Every text of a derivation that is an expression. */
function expressionsIn(derivation: Derivation): string[] {
  const { problem, formula, wanted, lets, steps, result, expanded, update, uses, unresolved } = derivation;
  return [
    problem.target,
    ...problem.wrt,
    ...[...problem.definitions, ...lets].flatMap(({ name, expression }) => [name, expression]),
    formula,
    wanted,
    ...steps.flatMap(({ before, after, state, conditions }) => [before, after, state, ...conditions.flatMap(partsOf)]),
    result,
    expanded,
    ...(update === undefined ? [] : [update.name, update.expression]),
    ...uses,
    ...unresolved,
  ];
}

/** `1 <= j <= n` is two comparisons in one, which no expression can be; its three parts are expressions. */
function partsOf(condition: string): string[] {
  const parts = condition.split(' <= ');
  return parts.length === 3 ? parts : [condition];
}

describe('a derivation as JSON', () => {
  it.each(cases)('is the same after a round trip: $source by $wrt', ({ source, wrt }) => {
    const derivation = derive(source, { wrt, detail: 'every', update: true });
    expect(JSON.parse(JSON.stringify(derivation))).toStrictEqual(derivation);
    expect(JSON.parse(toJson(derivation))).toStrictEqual(derivation);
  });

  it.each(cases)('holds no text that can not be read: $source by $wrt', ({ source, wrt }) => {
    for (const detail of ['answer', 'standard', 'every'] as const) {
      const texts = expressionsIn(derive(source, { wrt, detail, update: true, verify: false }));
      expect(texts.filter((text) => !isReadable(text))).toEqual([]);
    }
  });

  it.each(cases)('is the same at every level of detail: $source by $wrt', ({ source, wrt }) => {
    const [answer, standard, every] = (['answer', 'standard', 'every'] as const).map((detail) => {
      const { detail: _, steps, certificate, ...rest } = derive(source, { wrt, detail, verify: false });
      return { rest, last: steps[steps.length - 1]?.state };
    });
    expect(standard?.rest).toStrictEqual(every?.rest);
    expect(answer?.rest).toStrictEqual(every?.rest);
    // The last state is the answer.
    expect(every?.last).toBe(every?.rest.result);
    expect(standard?.last).toBe(standard?.rest.result);
  });
});

describe('the text of a term', () => {
  it.each(cases)('reads back to the identical term: $source by $wrt', ({ source, wrt }) => {
    expect(unreadTexts({ source, wrt, order: 1 })).toEqual([]);
  });
});

describe('the statement of a derivation', () => {
  it.each(cases)('is a source with the same derivation: $source by $wrt', ({ source, wrt }) => {
    const first = derive(source, { wrt, detail: 'every', verify: false });
    const { target, wrt: by, shapes } = first.problem;
    const lets = first.lets.map(({ name, expression }) => `${name} = ${expression}`);
    const again = derive([...lets, target].join('\n'), {
      wrt: by,
      shapes: declarationsOf(shapes),
      detail: 'every',
      verify: false,
    });
    expect(again.lets).toStrictEqual(first.lets);
    expect(again.problem.shapes).toStrictEqual(shapes);
    expect(again.result).toBe(first.result);
    expect(again.expanded).toBe(first.expanded);
    // Printing puts factors into the order of a textbook, and the derivatives of factors are taken in theirs.
    const rules = (derivation: Derivation): string[] => derivation.steps.map((step) => step.rule).sort();
    expect(rules(again)).toStrictEqual(rules(first));
  });
});

describe('a backward pass as JSON', () => {
  it.each(['beta[j]', 'beta[j],alpha[j]', 'beta[j],alpha[j],x[j]'])('is the same after a round trip: %s', (wrt) => {
    const derived = gradient(pass, { wrt, update: true });
    expect(JSON.parse(JSON.stringify(derived))).toStrictEqual(derived);
    const texts = [
      ...derived.adjoints.flatMap(({ of, name, expression }) => [of, name, expression]),
      ...derived.results.flatMap((one) => [one.wrt, one.result, one.expanded]),
      derived.operations.shared,
      derived.operations.separate,
    ];
    expect(texts.filter((text) => !isReadable(text))).toEqual([]);
  });
});

function isReadable(text: string): boolean {
  try {
    return readText(text).length === 1;
  } catch {
    return false;
  }
}
