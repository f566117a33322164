/**
 * Random equalities, half of them false in one region alone: on a branch, far out, at one point, for sizes above 7, for one
 * parity, by less than a double tells. Prints what `verify` says of them, by kind. `--lib FOLDER` takes another build,
 * `--show KIND` prints the false equalities of a kind that hold and the true ones that fail.
 *
 *     npm run build:code && node scripts/verdict-campaign.mjs [COUNT] [--seed 1] [--lib dist] [--show branch]
 */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    lib: { type: 'string', default: 'dist' },
    show: { type: 'string' },
  },
});
const count = Number(positionals[0] ?? 10_000);
const { verify } = await import(pathToFileURL(resolve(options.lib, 'index.js')).href);

/** A small generator of Lehmer's, so that a seed gives the same equalities everywhere. */
let state = Number(options.seed) * 7919 + 12345;
function random() {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
}
const pick = (list) => list[Math.floor(random() * list.length)];
const whole = (from, to) => from + Math.floor(random() * (to - from + 1));

/** A linear form of x that is 0 at a number of its own. */
function linear(far = 12) {
  const at = whole(2, far);
  return pick([`(x - ${at})`, `(${at} - x)`, `(x/${whole(2, 5)} - ${at})`, `(${at} + ${whole(2, 4)}*x)`]);
}
const smooth = () =>
  pick(['x', 'x^2', 'sin(x)', 'x*y', 'y', 'exp(y/3)', 'cos(x*y)', `${whole(2, 9)}*x`, 'x/(1 + y^2)', 'tanh(y)']);
/** The same quantity twice, written in two ways. */
function twins() {
  const [u, v] = [smooth(), smooth()];
  return pick([
    [`(${u} + ${v})^2`, `(${u})^2 + 2*(${u})*(${v}) + (${v})^2`],
    [`sin(${u} + ${v})`, `sin(${u})*cos(${v}) + cos(${u})*sin(${v})`],
    [`exp(${u})*exp(${v})`, `exp(${u} + ${v})`],
    [`(${u})*(${v})`, `(${v})*(${u})`],
    [`1 - sin(${u})^2`, `cos(${u})^2`],
    [`log(1 + (${u})^2)`, `log((${u})^2 + 1)`],
  ]);
}
/** An equality that holds but for `spoil`. */
function spoilt(spoil) {
  const [left, right] = twins();
  return [`${left} + ${spoil}`, right];
}

const truncated = {
  exp: (n) => `sum(x^k/factorial(k), k, 0, ${n})`,
  sin: (n) => `sum((-1)^k*x^(2*k+1)/factorial(2*k+1), k, 0, ${n})`,
  cos: (n) => `sum((-1)^k*x^(2*k)/factorial(2*k), k, 0, ${n})`,
};
const beyond = (name) => Array.from({ length: whole(6, 8) }, (_, k) => `(${name} - ${k + 2})`).join('*');
const openSums = [
  ['sum(i, i, 1, n)', 'n*(n + 1)/2'],
  ['sum(i^2, i, 1, n)', 'n*(n + 1)*(2*n + 1)/6'],
  ['sum(2*i - 1, i, 1, n)', 'n^2'],
  ['sum(x*i^3, i, 1, n)', 'x*n^2*(n + 1)^2/4'],
  ['sum(i*(i + 1), i, 1, n)', 'n*(n + 1)*(n + 2)/3'],
];
const shapes = 'A: matrix(n, n), B: matrix(n, n), u: vector(n), v: vector(n)';
const matrices = [
  ["trace(A*B')", "trace(B*A')"],
  ["u'*A*v", "v'*A'*u"],
  ["(u + v)'*(u + v)", "u'*u + 2*u'*v + v'*v"],
  ['trace(A*B*A)', 'trace(A*A*B)'],
  ["u'*(A + B)*v", "u'*A*v + u'*B*v"],
];

/** By kind: what is true, and what is false in one region. */
const kinds = {
  branch: [
    () => {
      const u = linear();
      return pick([
        [`sqrt(${u}^2)`, `abs(${u})`],
        [`acosh(cosh(${u}))`, `abs(${u})`],
        [`asinh(sinh(${u}/4))`, `${u}/4`],
        [`log(${u}^2)`, `2*log(abs(${u}))`],
        [`atan(${u}) + atan(-${u})`, '0'],
        ['2*atan(x) + 2*atan(-x)', '0'],
      ]);
    },
    () => {
      const u = linear();
      const c = whole(2, 9);
      return pick([
        [`sqrt(${u}^2)`, u],
        [`acosh(cosh(${u}))`, u],
        [`asin(sin(x/${c}))`, `x/${c}`],
        [`acos(cos(x/${c}))`, `x/${c}`],
        [`atan(tan(x/${c}))`, `x/${c}`],
        [`atan(x) + atan(1/${c})`, `atan((x + 1/${c})/(1 - x/${c}))`],
        ['2*asin(x)', 'asin(2*x*sqrt(1 - x^2))'],
        [`sqrt(x^2 - ${2 * c}*x + ${c * c})`, `${c} - x`],
        ['sqrt(x^2*y^2)', 'x*y'],
      ]);
    },
  ],
  far: [
    () => {
      const c = whole(100, 90_000);
      return pick([
        [`relu(x - ${c}) - relu(${c} - x)`, `x - ${c}`],
        [`min(x, ${c}) + max(x, ${c})`, `x + ${c}`],
        twins(),
      ]);
    },
    () => {
      const c = whole(100, 90_000);
      return pick([
        spoilt(`relu(x - ${c})`),
        spoilt(`relu(-x - ${c})`),
        [`min(x, ${c})`, 'x'],
        [`max(x, -${c})`, 'x'],
        spoilt(`(x > ${c} ? 1 : 0)`),
        [truncated.exp(whole(20, 40)), 'exp(x)'],
        [truncated.sin(whole(12, 20)), 'sin(x)'],
        [truncated.cos(whole(12, 20)), 'cos(x)'],
      ]);
    },
  ],
  point: [
    () => pick([twins(), ['floor(x) + ceil(-x)', '0'], [`(x == ${whole(1, 9)} ? x : 0)*(x != x ? 1 : 0)`, '0']]),
    () => {
      const c = pick([whole(1, 30), -whole(1, 30), whole(1, 99) / 8]);
      return pick([
        spoilt(`(x == ${c} ? 1 : 0)`),
        ['ceil(x)', 'floor(x) + 1'],
        [`sign(x - ${c})^2`, '1'],
        [`(x != ${c} ? y : 0)`, 'y'],
        ['floor(x) + floor(-x)', '-1'],
      ]);
    },
  ],
  sizes: [
    () => (random() < 0.5 ? pick(openSums) : [...pick(matrices), shapes]),
    () => {
      if (random() < 0.5) {
        const [left, right] = pick(openSums);
        return [left, `${right} + ${beyond('n')}`];
      }
      const [left, right] = pick(matrices);
      return [left, `${right} + u'*v*${beyond('n')}`, shapes];
    },
  ],
  parity: [
    () => {
      const [left, right] = pick(openSums);
      return pick([
        [left, right],
        ['sum((-1)^i, i, 1, n)', '((-1)^n - 1)/2'],
      ]);
    },
    () => {
      const [left, right] = pick(openSums);
      return [left, `${right} + ${pick(['x', '1', 'n'])}*(1 ${pick(['+', '-'])} (-1)^n)`];
    },
  ],
  small: [
    () => twins(),
    () => {
      const power = whole(60, 90);
      return pick([
        [`2^${power} + 1`, `2^${power}`],
        spoilt(`1e-${whole(12, 15)}`),
        spoilt(`1e-${whole(12, 15)}*y`),
        [`tanh(${whole(16, 40)} + x^2)`, '1'],
        [`sigmoid(${whole(35, 70)} + y^2)`, '1'],
        ['x*9007199254740993', 'x*9007199254740992'],
      ]);
    },
  ],
};

const table = new Map();
const names = Object.keys(kinds);
for (let k = 0; k < count; k++) {
  const kind = names[k % names.length];
  const isTrue = Math.floor(k / names.length) % 2 === 0;
  const [left, right, declared] = kinds[kind][isTrue ? 0 : 1]();
  let verdict;
  try {
    const found = verify(`${left} = ${right}`, declared === undefined ? {} : { shapes: declared });
    verdict = found.method === 'proved' && found.verdict === 'holds' ? 'holds, proved' : found.verdict;
  } catch {
    verdict = 'refused';
  }
  const wrong = isTrue ? verdict === 'fails' : verdict.startsWith('holds');
  if (wrong && (options.show === kind || options.show === 'all')) console.log(kind, verdict, `${left} = ${right}`);
  const key = `${kind}, ${isTrue ? 'true' : 'false'}`;
  const row = table.get(key) ?? {};
  row[verdict] = (row[verdict] ?? 0) + 1;
  table.set(key, row);
}
console.table(Object.fromEntries([...table].sort()));
