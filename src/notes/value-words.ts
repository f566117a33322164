/** What sentences say of the values of names: that they sum to one, that they are 0 or 1. Both languages, by their phrases alone. */

import { formulaMark } from './prose-text.ts';
import type { Sentence } from './sentences.ts';
import { saidTogether, subjectsOf, type ValueProperty } from './written-facts.ts';
import type { WrittenName } from './written-names.ts';

/** A property of values, with the formula that names its subject and the place of the words in the sentence. */
interface ValueFact {
  readonly name: WrittenName;
  readonly property: ValueProperty;
  readonly mark: number;
  readonly start: number;
  readonly end: number;
}

interface Phrase {
  readonly property: ValueProperty;
  readonly pattern: RegExp;
}

/** What a subject is in the patterns: one formula, or several that are listed. */
const subject = '(⟦\\d+⟧(?:(?:, and |, | and |、|と)⟦\\d+⟧)*)';
const entries =
  '(?:entries|elements|components|coordinates|probabilities|weights|targets|labels|values|mixing weights|coefficients)';
const relative = '(?:,? (?:which|that|all|also|always|again|must|should|therefore|each))*';
const zeroOne = '(?:either |only )?(?:0 or 1|0 and 1|1 or 0|zero or one|zero and one|0/1|0, 1|0-1)';
const plusMinus = '(?:either |only )?(?:-1 or \\+?1|\\+?1 or -1|-1 and \\+?1|\\+?1 and -1|±1|-1, \\+?1)';
const takes =
  '(?: takes?| take on| takes on| assumes?| has| have| with| taking)(?: only| one of)*(?: the)?(?: two)?(?: values?)?';
const become = '(?: is| are| be| equals?| being)(?: all| each| always)*';
const kinds = '(?:labels?|targets?|variables?|classes|indicators?|outcomes?|responses?|class labels?|outputs?)';
const japaneseEntries = '(?:成分|要素|各成分|重み|確率|値|目標値|ラベル)?';

const phrases: readonly Phrase[] = [
  ...of('sumone', [
    `${subject}${relative} (?:sums?|adds?|summing|adding)(?: up)? to (?:one|1|unity)(?!\\w|\\.\\d)`,
    `${entries} of ${subject}${relative} (?:sums?|adds?|summing|adding)(?: up)? to (?:one|1|unity)(?!\\w|\\.\\d)`,
    `${subject}(?:,| is| are| be| a| vector| of| the)*,? (?:whose|with|having)(?: the)? ${entries}(?: that| which)? (?:sum|add|summing|adding)(?: up)? to (?:one|1|unity)(?!\\w|\\.\\d)`,
    `[Ss]um of (?:all |the |its )*(?:${entries} )?(?:of )?(?:the )?${subject}(?: is| equals| being)(?: always)? (?:one|1|unity)(?!\\w|\\.\\d)`,
    `${subject}の?(?:、)?${japaneseEntries}の?(?:総和|和|合計)[がはを](?:常に)?(?:1|１|一)(?!\\d|\\.\\d)`,
    `${subject}[はが](?:、)?(?:すべて|全て)?(?:足すと|足し合わせると|合計すると|総和が|和が|合計が|総和は|和は|合計は)(?:、)?(?:1|１|一)(?!\\d|\\.\\d)`,
    `(?:総和|和|合計)が ?(?:1|１|一) ?(?:の|である|となる|になる)(?:${entriesJapanese()})? ?${subject}`,
  ]),
  ...of('probability', [
    `${subject}(?: is| are| be| denotes?)(?: a| an| the)*(?: discrete| class| categorical)* probability (?:distribution|vector|mass function)s?(?![- ]\\w*ratio)`,
    `(?:discrete |class |categorical )?probability (?:distributions?|vectors?) ${subject}`,
    `${subject}[はを](?:、)?(?:離散)?(?:確率分布|確率ベクトル)(?:で|と|だ|、|。|$)`,
    `(?:離散)?(?:確率分布|確率ベクトル) ?${subject}`,
  ]),
  ...of('onehot', [
    `${subject}(?: is| are| be| denotes?| being)(?: a| an| the)*(?: binary)* (?:one-hot|one hot|1-of-[KkCc]|1-hot)(?![\\w])`,
    `(?:one-hot|one hot|1-of-[KkCc]|1-hot)(?: encoded| encoding| target| targets| label| labels| vector| vectors| coded| binary| of the label| representation)* ${subject}`,
    `${subject}(?: is| are)?,? (?:the |a )?(?:\\w+ )?(?:encoded|coded|written) as (?:a )?(?:one-hot|one hot|1-of-[KkCc])`,
    `(?:one-hot|one hot|onehot|ワンホット|1-of-[KkCc])(?: |な|の|表現|ベクトル|符号|ラベル|教師|正解|データ|目標)*(?:の)? ?${subject}`,
    `${subject}[はをが](?:、)?(?:ラベルの|正解の)?(?: )?(?:one-hot|one hot|onehot|ワンホット|1-of-[KkCc])`,
  ]),
  ...of('binary', [
    `${subject}${become} ${zeroOne}(?!\\w|\\.\\d| and)`,
    `${subject}${takes} ${zeroOne}(?!\\w|\\.\\d)`,
    `binary ${kinds} ${subject}`,
    `${subject}(?: is| are| be)(?: a| an| the)? binary(?: ${kinds})?(?=[,.;:)]| and| with| so| where| for|$)`,
    `${subject} ?[はがを](?:、|常に|それぞれ)*(?: )?(?:0 ?(?:か|または|もしくは|あるいは|と|、|,|，) ?1|1 ?(?:か|または|と) ?0|０か１|二値|2値|２値)`,
    `(?:二値|2値|２値|0 ?か ?1 ?の|0 ?または ?1 ?の)(?:の|変数|ラベル|の?値をとる|値|目標値|教師)* ?${subject}`,
  ]),
  ...of('label', [
    `${subject}${become} ${plusMinus}(?!\\w|\\.\\d)`,
    `${subject}${takes} ${plusMinus}(?!\\w|\\.\\d)`,
    `${subject} ?[はがを](?:、|常に|それぞれ)*(?: )?(?:±1|-1 ?(?:か|または|もしくは|と) ?\\+?1|\\+?1 ?(?:か|または|もしくは|と) ?-1)`,
  ]),
];

function entriesJapanese(): string {
  return 'ような|重み|確率|ベクトル|目標';
}

function of(property: ValueProperty, sources: readonly string[]): Phrase[] {
  return sources.map((source) => ({ property, pattern: new RegExp(source, 'gu') }));
}

/** What the words of the sentence say of values. */
export function valueFacts(sentence: Sentence): ValueFact[] {
  const { text, places } = spelled(sentence);
  return phrases.flatMap(({ property, pattern }) =>
    [...text.matchAll(pattern)].flatMap((match): ValueFact[] => {
      const end = match.index + match[0].length;
      if (isDenied(text.slice(0, match.index), text.slice(end))) return [];
      const listed = [...(match[1] ?? '').matchAll(/⟦(\d+)⟧/gu)].map((found) => Number(found[1]));
      const marks = saidTogether(listed, (mark) => sentence.formulas[mark]?.tex ?? '');
      return marks.flatMap((mark) =>
        subjectsOf(sentence.formulas[mark]?.tex ?? '').map((name) => ({
          name,
          property,
          mark,
          start: places(match.index),
          end: places(end),
        })),
      );
    }),
  );
}

/** Whether the words around a phrase take it back or leave it open. */
function isDenied(before: string, after: string): boolean {
  return (
    /\b(?:not|never|no longer|need not|unless|whether|nor|neither|without)\s*(?:\w+\s+){0,2}$/i.test(before) ||
    /^\s*(?:でない|ではない|とは限らない|にならない|とならない|ではなく|でなく)/.test(after)
  );
}

const wide = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Numbers that formulas are, as the text that a reader hears. */
const spokenNumbers = /^\s*(?:\{?\s*(?:\\pm\s*1|[+-]?\d+)\s*\}?)\s*$/;

/** The sentence with a numbered mark for each formula, numbers written out; and the offset in its text of an offset there. */
function spelled({ text, formulas }: Sentence): { text: string; places: (at: number) => number } {
  let written = '';
  const runs: { readonly from: number; readonly at: number }[] = [{ from: 0, at: 0 }];
  let mark = 0;
  const isWide = wide.test(text);
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    // Blanks mean nothing between Japanese words, and stand where their author likes them.
    if (isWide && /\s/.test(character)) {
      runs.push({ from: written.length, at: at + 1 });
      continue;
    }
    if (character !== formulaMark) {
      written += character;
      continue;
    }
    const { tex = '' } = formulas[mark] ?? {};
    written += spokenNumbers.test(tex) ? tex.replace(/\\pm\s*/, '±').replace(/[\s{}]/g, '') : `⟦${mark}⟧`;
    mark++;
    runs.push({ from: written.length, at: at + 1 });
  }
  return {
    text: written,
    places: (offset) => {
      const run = runs.findLast(({ from }) => from <= offset) ?? { from: 0, at: 0 };
      return Math.min(text.length, run.at + (offset - run.from));
    },
  };
}
