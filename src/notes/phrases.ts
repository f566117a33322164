/** Phrases of prose, language by language. What stands in no table says nothing: a guess is not an answer. */

import type { Property } from './written-facts.ts';

/** What kind of statement a formula is introduced as. */
export type Introduction =
  | 'definition'
  | 'restatement'
  | 'condition'
  | 'equation'
  | 'update'
  | 'approximation'
  | 'wrong'
  | 'special'
  | 'claim';

/**
 * A phrase before or behind a formula. `next`: it speaks of the formula right beside it; `clause`: of the next one up to
 * a comma; `rest`: of all that follow, up to the next phrase. One that is `none` ends the reach of those before it.
 */
export interface IntroducingPhrase {
  readonly words: string;
  readonly as: Introduction | 'none';
  readonly reach: 'next' | 'clause' | 'rest';
  /** Whether it holds for its own sentence alone. */
  readonly isLocal: boolean;
  /** Whether it makes a condition of bounds and memberships alone, and says nothing of an equation. */
  readonly isBound?: true;
}

function phrases(
  as: IntroducingPhrase['as'],
  reach: IntroducingPhrase['reach'],
  entries: string,
  isLocal = false,
): IntroducingPhrase[] {
  return entries.split('|').map((words) => ({ words: words.trim(), as, reach, isLocal }));
}

/** What stands before a formula in English, in lower case. `^` is the beginning of a clause. */
export const englishBefore: readonly IntroducingPhrase[] = [
  ...phrases(
    'definition',
    'clause',
    `let | define | we define | denote | we denote | ^ put | we put | ^ set | we set | let us set | let us put | ^ write | we write | let us write |
    we call | ^ call | we introduce | ^ introduce | let us define | let us denote | defined as | defined by | is given by | are given by | given by |
    by definition | denoted by | denoted as | writing | ^ with | ^ taking | we choose | ^ choose | ^ consider | ^ take`,
  ),
  ...phrases('definition', 'rest', 'where | ^ here'),
  ...phrases('definition', 'next', 'with | called | choosing | taking | the function | the functions'),
  ...phrases(
    'condition',
    'next',
    `if | when | whenever | for | for all | for every | for any | for each | for some | provided | provided that | as long as | so long as |
    given that | in case | in the case | only if | only when | the condition | only for | even for | which holds for | valid for | holds for`,
    true,
  ),
  ...phrases(
    'condition',
    'clause',
    'suppose | suppose that | assume | assume that | assuming | assuming that | under the assumption that | the condition that',
  ),
  ...phrases(
    'special',
    'next',
    'at | at the point | for example at | e.g. at | evaluated at | for instance at | in particular at',
    true,
  ),
  ...phrases(
    'equation',
    'clause',
    `solve | solving | to solve | solve for | solution of | solution to | solutions of | solutions to | root of | roots of | setting the derivative to zero |
    solve the equation | the equation to solve`,
  ),
  ...phrases(
    'update',
    'clause',
    'update | updates | updated | updating | update rule | we update | updated by | update step',
  ),
  ...phrases(
    'approximation',
    'clause',
    'approximately | approximate | approximates | approximated by | approximated as | roughly | to first order | approximation',
  ),
  ...phrases(
    'wrong',
    'rest',
    `it is not true that | it is false that | it is wrong that | it is incorrect that | not true that | a common mistake | common mistake | a common error | common error |
    incorrect | incorrectly | wrongly | mistakenly | erroneously | a frequent mistake | the mistake | is wrong | wrong | it is not the case that | one might think that`,
  ),
  ...phrases(
    'claim',
    'rest',
    `therefore | thus | hence | so | then | consequently | accordingly | we get | we obtain | we have | we find | we find that | we see that | we arrive at | we conclude that |
    we can show that | we know have | it follows that | it follows | this gives | this yields | this implies | which gives | which yields | which implies | gives | yields | implies |
    leads to | results in | becomes | is equal to | equals | simplifies to | reduces to | evaluates to | shows that | show that | prove that | note that |
    is therefore | is thus | is then | is hence | derivative is | gradient is | giving | yielding | we now have | one gets | one obtains | one finds | it can be shown that`,
  ),
  ...phrases(
    'restatement',
    'next',
    `that is | i.e. | in other words | equivalently | recall | recall that | remember | remember that | we know that | since | because | using | by | by using |
    from | written as | be written as | rewritten as | rewrite | we rewrite | as we saw | we saw that | using the fact that | the fact that`,
  ),
  ...phrases(
    'none',
    'rest',
    `so that | and so on | so far | for example | for instance | for which | let us | if and only if | iff | even if | unless | whether | as if | but | instead | rather | however |
    correct | correctly | the right | actually | do not | does not | did not | can not | cannot | never | not | need not | what | which | why | such that | of the form | where does | where do`,
  ),
];

/** What stands behind a formula in English and speaks of it. */
export const englishBehind: readonly IntroducingPhrase[] = [
  ...phrases(
    'wrong',
    'next',
    `is wrong | is incorrect | is false | is not true | is not correct | is not right | is not valid | is a mistake | is an error | is a common mistake | is a common error |
    does not hold | cannot hold | is not the case | would be wrong | would be incorrect`,
  ),
  ...phrases('definition', 'next', 'by definition'),
  ...phrases(
    'approximation',
    'next',
    'approximately | is an approximation | is only an approximation | to first order',
  ),
];

/** Words between a phrase that speaks of the formula beside it and that formula. */
export const englishFillers: ReadonlySet<string> = new Set(
  'that we have all every any each some both either the a an case point value values small large sufficiently real positive fixed given see also now only'.split(
    ' ',
  ),
);

/** What stands before a formula in Japanese. */
export const japaneseBefore: readonly IntroducingPhrase[] = [
  ...phrases('definition', 'rest', 'ただし|但し|ここで|ここに'),
  ...phrases(
    'claim',
    'rest',
    'したがって|従って|よって|ゆえに|故に|それゆえ|だから|結局|以上より|これより|このとき|すると',
  ),
  ...phrases('restatement', 'rest', 'すなわち|つまり|言い換えると'),
  ...phrases('none', 'rest', 'しかし|ところが|一方|たとえば|例えば|正しくは|もし'),
];

/** What stands behind a formula in Japanese, with its particle. */
export const japaneseBehind: readonly IntroducingPhrase[] = [
  ...phrases(
    'definition',
    'next',
    `とおく|とおき|とおいて|とおけば|とおいた|と置く|と置き|と置いて|と置けば|とする|とし|とすると|とすれば|として|とした|と定義|で定義|により定義|によって定義|
    で定める|と定める|により定める|と書く|と書き|と表す|と表し|と記す|で与えられる|を考える|と呼ぶ`,
  ),
  ...phrases(
    'condition',
    'next',
    `のとき|の時|のときは|のときに|のとき、|ならば|なら|の場合|であれば|であるとき|である場合|とき|が成り立つとき|のもとで|の下で|を満たすとき|を満たす`,
    true,
  ),
  ...phrases('condition', 'next', 'に対し|に対して|について', true).map(
    (phrase) => ({ ...phrase, isBound: true }) as const,
  ),
  ...phrases('condition', 'next', 'と仮定|を仮定|であると仮定|であるとする|であるとし'),
  ...phrases('special', 'next', 'において|における|での値|での', true),
  ...phrases('equation', 'next', 'を解く|を解き|を解いて|を解けば|を解くと|の解|の根'),
  ...phrases('update', 'next', 'で更新|と更新|に更新|によって更新|により更新|のように更新|という更新'),
  ...phrases('approximation', 'next', 'と近似|で近似|に近似|という近似|と近似的に'),
  ...phrases(
    'wrong',
    'next',
    `は誤り|は間違い|は正しくない|は成り立たない|は成立しない|は誤って|とはならない|にはならない|ではない|とするのは誤り|とするのは間違い|という誤り|という間違い|とは限らない|とするのはよくある間違い|とするのはよくある誤り|と誤って|と間違えて`,
  ),
  ...phrases(
    'claim',
    'next',
    `となる|となり|になる|になり|を得る|を得た|が得られる|が得られ|が成り立つ|が成立する|が成立し|が成り立ち|と求まる|と求められる|と計算できる|と計算される|であることがわかる|が従う|がわかる|が示される|を示せ|を示す`,
  ),
  ...phrases(
    'restatement',
    'next',
    'より|なので|であるから|だから|であるので|を用いて|を用いると|を使って|を使うと|によって|により|から|を代入|と書ける|と表せる|と書き直せる|と変形できる',
  ),
];

/** What a noun or an adjective says of a name. */
export interface Word {
  readonly axes?: number;
  readonly properties?: readonly Property[];
  readonly role?: Role;
  /** Properties that only a value without axes has by this word: a positive number, not a positive matrix. */
  readonly isNumeric?: true;
}

/** What a name is, beside its shape. */
export type Role = 'function' | 'activation' | 'constant';

const plain: Word = {};
const words = (entries: string, word: Word = plain): [string, Word][] =>
  entries.split('|').map((one) => [one.trim(), word] as [string, Word]);

/** Adjectives in English; those without a meaning here are passed over. */
export const englishAdjectives: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...words('symmetric|real symmetric', { axes: 2, properties: ['symmetric'] }),
  ...words('antisymmetric|anti-symmetric|skew-symmetric|skew symmetric', { axes: 2, properties: ['antisymmetric'] }),
  ...words('diagonal', { axes: 2, properties: ['diagonal'] }),
  ...words('orthogonal|orthonormal', { axes: 2, properties: ['orthogonal'] }),
  ...words('invertible|nonsingular|non-singular', { axes: 2, properties: ['invertible'] }),
  ...words('positive definite|positive-definite|strictly positive definite', { axes: 2, properties: ['definite'] }),
  ...words('spd', { axes: 2, properties: ['symmetric', 'definite'] }),
  ...words('lower triangular|lower-triangular', { axes: 2, properties: ['lower'] }),
  ...words('upper triangular|upper-triangular', { axes: 2, properties: ['upper'] }),
  ...words('one-hot|one-hot encoded', { axes: 1, properties: ['onehot'] }),
  ...words('positive|strictly positive', { properties: ['positive'], isNumeric: true }),
  ...words('negative|strictly negative', { properties: ['negative'], isNumeric: true }),
  ...words('nonnegative|non-negative', { properties: ['nonnegative'], isNumeric: true }),
  ...words('nonzero|non-zero', { properties: ['nonzero'], isNumeric: true }),
  ...words('square', { axes: 2 }),
  ...words(
    'constant|scalar|scalar-valued|real|real-valued|vector-valued|matrix-valued|column|arbitrary|fixed|given|unknown|known|small|large|certain|generic',
  ),
  ...words(
    'differentiable|twice differentiable|continuously differentiable|twice continuously differentiable|smooth|continuous|convex|linear|nonlinear|non-linear|elementwise|element-wise|scalar',
  ),
  ...words(
    'positive semidefinite|positive semi-definite|positive-semidefinite|negative definite|negative semidefinite|dense|sparse|binary|unit|zero-mean|nonzero vector|new|same|single|corresponding|respective|trainable|learnable|input|output|hidden|random|true',
  ),
  ...words('activation', { role: 'activation' }),
  ...words('loss|cost|objective|error|transfer|link|kernel|mean|scoring|potential'),
]);

/** Nouns in English, singular and plural. */
export const englishNouns: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...words('vector|vectors|column vector|column vectors', { axes: 1 }),
  ...words('probability vector|probability vectors', { axes: 1, properties: ['probability'] }),
  ...words('matrix|matrices', { axes: 2 }),
  ...words('scalar|scalars|real number|real numbers|number|numbers|real scalar', { axes: 0 }),
  ...words('constant|constants', { axes: 0, role: 'constant' }),
  ...words('integer|integers|whole number|whole numbers|natural number|natural numbers', {
    axes: 0,
    properties: ['integer'],
  }),
  ...words('function|functions', { role: 'function' }),
  ...words('activation function|activation functions|activation', { role: 'activation' }),
]);

/** Words that turn a phrase into its opposite or leave it open; nothing is read behind them. */
export const englishNegations: ReadonlySet<string> = new Set(
  'not no non never neither nor without necessarily longer unless whether isnt arent cannot complex row hardly nearly almost'.split(
    ' ',
  ),
);

/** What may follow a noun that a sentence gives a name: anything else could be the rest of another one. */
export const englishFollowers: ReadonlySet<string> = new Set(
  'and with whose which that for where so then containing consisting holding representing denoting if but such given having called as in because since when while by'.split(
    ' ',
  ),
);

/** Nouns and what goes with them in Japanese, longest first within each. */
export const japaneseAdjectives: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...words('反対称|歪対称|交代', { axes: 2, properties: ['antisymmetric'] }),
  ...words('対称な|対称', { axes: 2, properties: ['symmetric'] }),
  ...words('対角', { axes: 2, properties: ['diagonal'] }),
  ...words('直交', { axes: 2, properties: ['orthogonal'] }),
  ...words('正定値な|正定値の|正定値|正定', { axes: 2, properties: ['definite'] }),
  ...words('正則な|正則|可逆な|可逆', { axes: 2, properties: ['invertible'] }),
  ...words('下三角', { axes: 2, properties: ['lower'] }),
  ...words('上三角', { axes: 2, properties: ['upper'] }),
  ...words('正方', { axes: 2 }),
  ...words('正の', { properties: ['positive'], isNumeric: true }),
  ...words('負の', { properties: ['negative'], isNumeric: true }),
  ...words('非負の', { properties: ['nonnegative'], isNumeric: true }),
  ...words('零でない|ゼロでない|0でない', { properties: ['nonzero'], isNumeric: true }),
  ...words('実|任意の|ある|微分可能な|滑らかな|なめらかな|連続な|連続|列|縦|損失|誤差|目的|重み|入力|出力|係数'),
  ...words('活性化', { role: 'activation' }),
]);

export const japaneseNouns: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...words('列ベクトル|縦ベクトル|ベクトル', { axes: 1 }),
  ...words('対称行列かつ正定値行列|正定値対称行列', { axes: 2, properties: ['symmetric', 'definite'] }),
  ...words('ワンホットベクトル', { axes: 1, properties: ['onehot'] }),
  ...words('確率ベクトル', { axes: 1, properties: ['probability'] }),
  ...words('行列', { axes: 2 }),
  ...words('スカラー|実数', { axes: 0 }),
  ...words('定数', { axes: 0, role: 'constant' }),
  ...words('整数|自然数', { axes: 0, properties: ['integer'] }),
  ...words('関数|函数', { role: 'function' }),
  ...words('活性化関数', { role: 'activation' }),
]);

/** What may follow a Japanese noun that is said of a name. */
export const japaneseFollowers =
  /^(?:$|[、。，．,.)）]|であるとする|であるとし|である|であり|とする|とし|とすると|とすれば|と仮定|とおく|とおき|です|だとする|だと|だ[、。]|で[、，,]|なので|のとき|ならば|を考える|が与えられ)/;

/** What makes of a Japanese noun its opposite, right before it. */
export const japaneseNegations = /(?:非|不|でない|ではない|とは限らない|とはかぎらない|準|半|複素|行)$/;
