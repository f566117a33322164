import { expect, it } from 'vitest';
import { verify } from '../../src/index.ts';
import { createOracle } from '../../src/oracle/certify.ts';
import { readModel } from '../../src/pipeline.ts';
import { derivativeRules } from '../../src/rules/derivative-rules.ts';
import { pullbacks } from '../../src/rules/matrix/pullback-table.ts';
import { sumRules } from '../../src/rules/sum-rules.ts';
import { scanText } from '../../src/syntax/text.ts';
import { one } from '../../src/term/construct.ts';
import { knownDims } from '../../src/term/dims.ts';
import { type Definitions, expand } from '../../src/term/substitute.ts';
import { spread } from '../../src/term/tensor/base.ts';
import { inFreshStore, type TensorTerm, type Term } from '../../src/term/term.ts';

/** The shapes of the letters in what each operation's rule states. */
const shapes: Readonly<Record<string, string>> = {
  matmul: 'A: matrix(m, k), B: matrix(k, n), W: matrix(m, n)',
  form: 'u: vector(m), A: matrix(m, n), v: vector(n)',
  transpose: 'A: matrix(m, n), W: matrix(n, m)',
  trace: 'A: matrix(n, n)',
  total: 'U: matrix(m, n)',
  det: 'A: matrix(n, n)',
  logdet: 'A: matrix(n, n)',
  inverse: 'A: matrix(n, n), W: matrix(n, n)',
  pinv: 'A: matrix(m, n), W: matrix(n, m)',
  norm: 'U: matrix(m, n)',
  norm1: 'U: matrix(m, n)',
  prod: 'u: vector(n)',
  largest: 'u: vector(n)',
  norminf: 'u: vector(n)',
  softmax: 'u: vector(n), W: vector(n)',
  logsumexp: 'u: vector(n)',
  rowsoftmax: 'U: matrix(m, n), W: matrix(m, n)',
  diag: 'u: vector(n), W: matrix(n, n)',
  diagonal: 'A: matrix(n, n), w: vector(n)',
  column: 'A: matrix(m, n), w: vector(m)',
  row: 'A: matrix(m, n), w: vector(n)',
  vec: 'A: matrix(m, n), w: vector(m*n)',
  unvec: 'v: vector(m*n), W: matrix(m, n)',
  tril: 'A: matrix(n, n), W: matrix(n, n)',
  triu: 'A: matrix(n, n), W: matrix(n, n)',
  stack: 'u: vector(n), v: vector(m), w: vector(n + m)',
  kron: 'A: matrix(k, l), B: matrix(m, n), C: matrix(k, l), D: matrix(m, n)',
  cross: 'u: vector(3), v: vector(3), w: vector(3)',
  skew: 'u: vector(3), W: matrix(3, 3)',
  logsoftmax: 'u: vector(n), w: vector(n)',
  layernorm: 'u: vector(n), w: vector(n), eps: scalar positive',
  variance: 'u: vector(n)',
  rowvariance: 'U: matrix(m, n), w: vector(m)',
  rowlargest: 'U: matrix(m, n), w: vector(m)',
  rowlogsumexp: 'U: matrix(m, n), w: vector(m)',
};

/** The pieces of a text between separators that stand in no bracket. */
function split(text: string, isSeparator: (sign: string) => boolean): string[] {
  const pieces = [''];
  let depth = 0;
  for (const sign of text) {
    depth += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0;
    if (depth === 0 && isSeparator(sign)) pieces.push(sign);
    else pieces[pieces.length - 1] += sign;
  }
  return pieces;
}

const argumentsOf = (call: string): string[] =>
  split(call.slice(call.indexOf('(') + 1, call.lastIndexOf(')')), (sign) => sign === ',').map((one) =>
    one.replace(/^,/, '').trim(),
  );

/** What a rule says: the operation, its weight, and what reaches each argument. */
function parse(states: string) {
  const [formula = '', names] = states.split(' where ');
  const [left = '', right = ''] = split(formula, (sign) => sign === '=').map((one) => one.replace(/^=/, '').trim());
  const own = argumentsOf(left);
  const [weight, operation] = left.startsWith('vjp(') ? [own[0], own[1]] : [undefined, own[0]];
  const shares = split(right, (sign) => sign === '+' || sign === '-')
    .map((one) => one.replace(/\s/g, ''))
    .filter((one) => one !== '')
    .map((one) => {
      const negative = one.startsWith('-');
      const call = one.replace(/^[+-]/, '');
      if (call.startsWith('vjp(')) {
        const [share, argument] = argumentsOf(call) as [string, string];
        return { share: negative ? `-(${share})` : share, argument };
      }
      const [, argument = '', share = ''] = /^d\((\w+),x\)\*(.*)$/.exec(call) ?? [];
      return { share, argument };
    });
  return { names: names === undefined ? '' : `${names}; `, weight, operation: operation as string, shares };
}

/** Of any number of operands, and of what is no name: an entry of a name is an element of it. */
const open: ReadonlySet<string> = new Set(['einsum', 'entry']);

it.each(
  [...pullbacks].filter(([operation]) => !open.has(operation)),
)('what the rule of %s states is what it does', (operation, { states, weights }) => {
  inFreshStore(() => {
    const { names, weight, operation: written, shares } = parse(states);
    const read = (text: string): Term => {
      const letter = /[A-Za-z]\w*/.exec(shapes[operation] as string)?.[0] as string;
      const model = readModel(scanText, `${names}${text}`, { wrt: letter, shapes: shapes[operation] as string });
      const definitions: Definitions = new Map(model.definitions.map((each) => [each.symbol, each]));
      return expand(model.target, definitions);
    };
    const term = read(written) as TensorTerm;
    expect([term.kind, term.operation]).toEqual(['tensor', operation]);
    const done = weights(weight === undefined ? one() : read(weight), term) as readonly Term[];
    const oracle = createOracle({ definitions: new Map(), seed: 1 });
    expect(shares.length).toBeGreaterThan(0);
    for (const { share, argument } of shares) {
      const at = term.args.findIndex((arg) => arg === read(argument) || arg === read(`(${argument})'`));
      const weightOfAll = spread(done[at] as Term, knownDims(term.args[at] as Term));
      const { verdict, reason } = oracle.compare(read(share), weightOfAll);
      expect([argument, share, verdict, reason]).toEqual([argument, share, 'holds', undefined]);
    }
  });
});

/** Statements with conditions that stand beside them, of names that are defined elsewhere, or in words. */
const conditional: ReadonlySet<string> = new Set(
  'cases constant constant-product count definition delta-from-cases det dot dot-components elementary inverse-entry narrow-range'
    .concat(' pseudo-inverse written-out')
    .split(' '),
);
const stated = [...derivativeRules, ...sumRules].filter(({ id }) => !conditional.has(id));

it.each(stated.map(({ id, states }) => [id, states] as const))('what the rule %s states holds: %s', (_, states) => {
  // u and v are functions of x, under a sum families of them.
  const [u, v] = /sum\(|prod\(/.test(states) ? ['p(x*a[i])', 'q(x*b[i])'] : ['p(x)', 'q(x)'];
  const source = states
    .replace(/\bD\(/g, 'd(')
    .replace(/\bu\b(?!\[)/g, u)
    .replace(/\bv\b(?!\[)/g, v);
  expect(verify(source)).toMatchObject({ verdict: 'holds' });
});

it('leaves out no rule that is not there', () => {
  const ids = new Set([...derivativeRules, ...sumRules].map(({ id }) => id));
  expect([...conditional].filter((id) => !ids.has(id))).toEqual([]);
  expect(stated.length).toBeGreaterThan(15);
});
