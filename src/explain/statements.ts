/** What a rule says in general, as a formula: the formula that the rule itself states, with functions put in. */

import type { Step } from '../derivation/derivation.ts';
import { derivativeRules } from '../rules/derivative-rules.ts';
import { sumRules } from '../rules/sum-rules.ts';
import { fill, formula, type Phrase, wordsOf } from './explain.ts';
import type { Language } from './words.ts';

const statements: ReadonlyMap<string, string> = new Map(
  [...derivativeRules, ...sumRules].map(({ id, states }) => [id, states]),
);

/** The statement of a step's rule; empty where the rule is none that can be written down so. */
export function statementPhrase({ rule, facts }: Pick<Step, 'rule' | 'facts'>, language: Language): Phrase {
  if (rule === 'elementary') {
    const { function: name, derivative } = facts;
    if (name === undefined || derivative === undefined || !/^[A-Za-z]\w*$/.test(name)) return [];
    return formula(`D(${name}(u), x) = (${derivative}) * D(u, x)`);
  }
  const [statement = '', condition] = (statements.get(rule) ?? '').split(' where ');
  // A choice within an equation is no formula that can be read back.
  if (statement === '' || statement.includes('?')) return [];
  if (condition === undefined) return formula(statement);
  const { conditions } = wordsOf(language);
  return [...formula(statement), ...fill(conditions, { conditions: formula(condition) })];
}
