import { describe, expect, test } from 'vitest';
import { derive } from '../../src/derive.ts';
import { certificateNotices } from '../../src/explain/certificates.ts';
import { en } from '../../src/explain/en.ts';
import { blanksOf, explainStep, fill, type Phrase, wordsOf } from '../../src/explain/explain.ts';
import { ruleIds } from '../../src/explain/words.ts';
import { languages } from '../../src/options.ts';
import { unicodeOf } from '../../src/render/formula-text.ts';

const say = (phrase: Phrase) =>
  phrase.map((segment) => (segment.kind === 'words' ? segment.text : unicodeOf(segment.text))).join('');

/** The sentence for a rule in one language. */
const told = (rule: string, facts: Record<string, string>, lang: 'en' | 'ja' = 'en') =>
  say(explainStep({ rule, facts }, lang, 'beta'));

describe('wording', () => {
  /** `certificate.proved` and the like, with the text; templates of rules by number. */
  const flatten = (words: object, prefix = ''): [string, string][] =>
    Object.entries(words).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
    );

  test.each(languages)('%s has every key and none too much', (lang) => {
    expect(flatten(wordsOf(lang)).map(([key]) => key)).toEqual(flatten(en).map(([key]) => key));
  });

  test.each(languages)('every text of %s has the blanks of the English one', (lang) => {
    const translated = new Map(flatten(wordsOf(lang)));
    for (const [key, text] of flatten(en)) {
      expect([key, blanksOf(translated.get(key) ?? '').sort()]).toEqual([key, blanksOf(text).sort()]);
    }
  });

  test('every language has words of its own', () => {
    expect(new Set(languages.map(wordsOf)).size).toBe(languages.length);
  });

  test('every rule has a last resort without blanks', () => {
    for (const words of languages.map(wordsOf)) {
      for (const id of ruleIds) {
        const last = words.rules[id].at(-1) ?? '{';
        expect([id, blanksOf(last).filter((name) => name !== 'variable')]).toEqual([id, []]);
      }
    }
  });
});

describe('sentences', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['chain', { through: 'w' }, 'chain rule, through w', '連鎖律（w を通して）'],
    ['chain', { outer: 'f(3 x)' }, 'chain rule for f(3x)', 'f(3x) に連鎖律'],
    ['chain', {}, 'chain rule', '連鎖律'],
    ['elementary', { function: 'sin', derivative: 'cos(u)' }, 'chain rule, sin′ = cos', '連鎖律（sin′ = cos）'],
    ['elementary', { function: 'sin', derivative: 'cos(u)', inner: '' }, 'sin′ = cos', 'sin′ = cos'],
    [
      'elementary',
      { function: 'tanh', derivative: '1 - tanh(u)^2', inner: '3 x' },
      'chain rule, tanh′(u) = 1 − tanh² u',
      '連鎖律（tanh′(u) = 1 − tanh² u）',
    ],
    [
      'element',
      { left: 'd(beta[i], beta[j])', right: 'delta(i, j)', free: 'f(y[i])' },
      '∂βᵢ/∂βⱼ = δᵢⱼ, and f(yᵢ) holds no β',
      '∂βᵢ/∂βⱼ = δᵢⱼ、f(yᵢ) は β を含まない',
    ],
    ['sifting', { index: 'i', value: 'j' }, 'only i = j is left', 'i = j の項だけが残る'],
    ['constant', { of: 'f(y)' }, 'f(y) holds no β', 'f(y) は β を含まない'],
    ['constant-factor', { factor: '3' }, 'constant factor 3', '定数倍 3'],
    ['rename', { from: 'i', to: 'k' }, 'rename the summation index i to k', '和の添字 i を k に改める'],
    ['product', {}, 'product rule', '積の微分'],
    ['linearity', {}, 'differentiated term by term', '項別微分'],
    ['a-rule-of-tomorrow', {}, 'a-rule-of-tomorrow', 'a-rule-of-tomorrow'],
    ['constructor', {}, 'constructor', 'constructor'],
  ])('%s %j', (rule, facts, english, japanese) => {
    expect([told(rule, facts), told(rule, facts, 'ja')]).toEqual([english, japanese]);
  });

  test('every rule has a sentence without any facts', () => {
    for (const lang of languages) {
      for (const id of ruleIds) expect(told(id, {}, lang)).not.toMatch(/[{}]|undefined|^$/);
    }
  });

  test('a blank that nothing fills stays empty', () => {
    expect(say(fill('a {b} c {d}', { b: 'B' }))).toBe('a B c ');
  });
});

describe('certificates', () => {
  test('say where complex points were needed', () => {
    const notices = (source: string, lang: 'en' | 'ja') =>
      certificateNotices(derive(source, { wrt: 'x' }), lang).map(({ phrase }) => say(phrase));
    expect(notices('atanh(sqrt(1 + x^2))', 'en')[0]).toMatch(/ 16 points, complex where there are no real ones/);
    expect(notices('atanh(sqrt(1 + x^2))', 'ja')[0]).toMatch(/16 点、実数点がない箇所は複素数点/);
    expect(notices('max(x, 1)', 'en')[0]).not.toContain('complex');
  });
});
