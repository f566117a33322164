import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { noEvidence } from '../../src/meaning/names/evidence.ts';
import { gatherLatexEvidence, readLatex } from '../../src/meaning/read-source.ts';
import { describeProblem, MathError } from '../../src/problem.ts';
import { type MathNode, spanOf, view } from '../../src/syntax/node.ts';
import type { Statement } from '../../src/syntax/statement.ts';
import { readText } from '../../src/syntax/text.ts';

/** A tree as text in which brackets show all of its structure, and nothing shows how it was written. */
function shape(node: MathNode): string {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return seen.text;
    case 'symbol':
      return seen.name;
    case 'parenthesis':
      return shape(seen.content);
    case 'call':
      return `${shape(seen.callee)}(${seen.args.map(shape).join(', ')})`;
    case 'element':
      return `${shape(seen.object)}[${seen.indices.map(shape).join(', ')}]`;
    case 'conditional':
      return `(${shape(seen.condition)} ? ${shape(seen.then)} : ${shape(seen.else)})`;
    case 'operator':
      return seen.args.length === 1
        ? `(${seen.operator} ${seen.args.map(shape).join('')})`
        : `(${seen.args.map(shape).join(` ${seen.operator} `)})`;
    case 'whole':
      return ':';
    case 'other':
      return `<${seen.what}>`;
  }
}

/** A statement as text; one that goes on with the row before begins with its relation. */
function line({ sides, relations }: Statement): string {
  const isContinued = relations.length === sides.length;
  return sides
    .map(({ node }, at) => {
      const sign = isContinued ? relations[at] : relations[at - 1];
      return sign === undefined ? shape(node) : `${at > 0 ? ' ' : ''}${sign} ${shape(node)}`;
    })
    .join('');
}

const read = (source: string): string[] => readLatex(source).map(line);

/** The problem that reading `source` ends with. */
function problemOf(source: string): MathError {
  try {
    readLatex(source);
  } catch (error) {
    if (error instanceof MathError) return error;
    throw error;
  }
  throw new Error(`"${source}" can be read`);
}

/** All nodes below `node` with the text that each stands for. */
function places(source: string, node: MathNode, found: [string, string][] = []): [string, string][] {
  const span = spanOf(node);
  found.push([shape(node), span === undefined ? '(nowhere)' : source.slice(span.start, span.end)]);
  const seen = view(node);
  if (seen.kind === 'call' || seen.kind === 'operator') for (const part of seen.args) places(source, part, found);
  else if (seen.kind === 'element') for (const part of [seen.object, ...seen.indices]) places(source, part, found);
  else if (seen.kind === 'parenthesis') places(source, seen.content, found);
  else if (seen.kind === 'conditional')
    for (const part of [seen.condition, seen.then, seen.else]) places(source, part, found);
  return found;
}

const eqnarray = String.raw`\begin{eqnarray}
\frac{\partial E}{\partial \beta _j} &=&
\frac{\partial z}{\partial \beta _j} \frac{\partial w}{\partial z} \frac{\partial E}{\partial w} \\
& =& y_j \frac{\partial w}{\partial z} \frac{\partial E}{\partial w}
\end{eqnarray}`;

const cases = readFileSync(new URL('../cases/latex.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((row) => row !== '' && !row.startsWith('#'))
  .map((row) => row.split(' => ') as [string, string]);

describe('the same tree as text', () => {
  test.each(cases)('%s => %s', (latex, text) => {
    expect(read(latex)).toEqual(readText(text).map(line));
  });

  test.each(cases)('every node of %s has its place', (latex) => {
    for (const { sides } of readLatex(latex)) {
      for (const { node } of sides) {
        for (const [, place] of places(latex, node)) expect(place.trim()).not.toBe('');
      }
    }
  });
});

describe('rows of a display', () => {
  test('a chain in eqnarray goes on in the next row', () => {
    expect(read(eqnarray)).toEqual([
      'd(E, beta[j]) = ((d(z, beta[j]) * d(w, z)) * d(E, w))',
      '= ((y[j] * d(w, z)) * d(E, w))',
    ]);
  });

  test.each([
    ['a \\approx b', ['a ~ b']],
    ['a := b', ['a := b']],
    ['a \\coloneqq b', ['a := b']],
    ['a \\le b < c', ['a <= b < c']],
    ['a >= b', ['a >= b']],
    ['a \\neq b', ['a != b']],
    ['a \\not= b', ['a != b']],
    ['a \\to b', ['a -> b']],
    ['a \\in S', ['a in S']],
    ['W \\leftarrow W - g', ['W -> (W - g)']],
    ['f(x) = 1 \\quad \\rightarrow \\quad a = 2', ['f(x) = 1', 'a = 2']],
    ['a &= b \\\\ &\\approx c', ['a = b', '~ c']],
    ['a = b\n\n  c = d', ['a = b', 'c = d']],
  ])('%s', (latex, lines) => {
    expect(read(latex)).toEqual(lines);
  });

  test('a statement, its sides and its signs have places', () => {
    const [first, second] = readLatex(eqnarray);
    expect(eqnarray.slice(first?.span.start, first?.span.end)).toMatch(/^\\frac\{\\partial E\}[\s\S]*\{\\partial w\}$/);
    expect(second?.relations).toEqual(['=']);
    const side = second?.sides[0]?.span;
    expect(eqnarray.slice(side?.start, side?.end)).toBe(
      String.raw`y_j \frac{\partial w}{\partial z} \frac{\partial E}{\partial w}`,
    );
  });
});

describe('places of inner nodes', () => {
  test('in the rows of an eqnarray', () => {
    const side = readLatex(eqnarray)[1]?.sides[0];
    expect(side && places(eqnarray, side.node)).toEqual([
      ['((y[j] * d(w, z)) * d(E, w))', String.raw`y_j \frac{\partial w}{\partial z} \frac{\partial E}{\partial w}`],
      ['(y[j] * d(w, z))', String.raw`y_j \frac{\partial w}{\partial z}`],
      ['y[j]', 'y_j'],
      ['y', 'y'],
      ['j', 'j'],
      ['d(w, z)', String.raw`\frac{\partial w}{\partial z}`],
      ['w', 'w'],
      ['z', 'z'],
      ['d(E, w)', String.raw`\frac{\partial E}{\partial w}`],
      ['E', 'E'],
      ['w', 'w'],
    ]);
  });

  test.each([
    ['\\beta _j', 'beta[j]', '\\beta _j'],
    ['a + \\sum_{i=1}^{n} x_i^2', 'sum((x[i] ^ 2), i, 1, n)', '\\sum_{i=1}^{n} x_i^2'],
    ['a + \\sum_i x_i', 'sum(x[i], i)', '\\sum_i x_i'],
    ["1 + f''(x)", "f''(x)", "f''(x)"],
    ['a\\big(b - c\\big)', '(b - c)', '\\big(b - c\\big)'],
    ['a\\left( b - c \\right)', '(b - c)', '\\left( b - c \\right)'],
    ['2 \\vec{x_i}', 'x[i]', '\\vec{x_i}'],
    ['2 \\mathbf{x}_i^2', '(x[i] ^ 2)', '\\mathbf{x}_i^2'],
    ['1 + \\sqrt{x + 1}', 'sqrt((x + 1))', '\\sqrt{x + 1}'],
    ['1 + \\operatorname{tr}(A)', 'trace(A)', '\\operatorname{tr}(A)'],
    ['1 + \\hat{y}', 'y_hat', '\\hat{y}'],
    ['1 + \\dfrac{a}{b}', '(a / b)', '\\dfrac{a}{b}'],
    ['1 + |x|', 'abs(x)', '|x|'],
    ['\\label{here} x + y', 'y', 'y'],
    [
      '\\begin{cases} \\frac12 & x > 0 \\\\ \\frac34 & x \\le 0 \\end{cases} + \\left(\\frac56\\right)',
      '(3 / 4)',
      '\\frac34',
    ],
    [
      '\\begin{cases} \\frac12 & x > 0 \\\\ \\frac34 & x \\le 0 \\end{cases} + \\left(\\frac56\\right)',
      '(5 / 6)',
      '\\frac56',
    ],
    ['\\begin{aligned} \\frac{a}{b} \\\\[2pt] + \\sum_i x_i \\end{aligned}', 'sum(x[i], i)', '\\sum_i x_i'],
    ['a \\hspace{0.5in} + \\sqrt2', 'sqrt(2)', '\\sqrt2'],
    ['x + x_{\\text{in}}', 'x_in', 'x_{\\text{in}}'],
  ])('%s holds %s at %s', (latex, wanted, place) => {
    const side = readLatex(latex)[0]?.sides[0];
    const found = places(latex, side?.node as MathNode).filter(([text]) => text === wanted);
    expect(found.map(([, at]) => at)).toContain(place);
  });
});

describe('what a formula can not say', () => {
  test.each([
    ['\\foo x', 'unknown-command', '\\foo is not a command that is known here', '\\foo'],
    ['a + {b', 'unclosed-group', 'this brace is never closed', '{'],
    ['a}', 'unopened-group', 'this brace was never opened', '}'],
    ['\\left( a', 'unclosed-group', 'this \\left is never closed', '\\left('],
    ['f(x + 1', 'unclosed-group', 'this parenthesis is never closed', '('],
    ['[a + b)', 'unclosed-group', 'this bracket is closed by the wrong sign', '['],
    ['a) + b', 'unopened-group', 'this closing sign was never opened', ')'],
    ['\\begin{aligned} a', 'unclosed-group', 'this \\begin{aligned} is never closed', '\\begin{aligned}'],
    ['x +', 'syntax', 'the formula ends too early', '+'],
    ['x^a^b', 'syntax', 'a second superscript follows here', '^'],
    ['\\def\\a{b} \\a', 'unsupported-notation', "\\def can't be used in a formula here", '\\def'],
    ['\\href{http://x}{y}', 'unsupported-notation', "\\href can't be used in a formula here", '\\href'],
    ['x + \\int_0^1 f', 'unsupported-notation', "an integral can't be read here", '\\int'],
    ['x_1 + \\cdots + x_n', 'unsupported-notation', "a row of dots can't be read here", '\\cdots'],
    ['\\lim_{h} h', 'unsupported-notation', "the operator lim can't be read here", '\\lim'],
    ['x + \\infty', 'unsupported-notation', "infinity can't be read here", '\\infty'],
    ['\\sum x', 'unsupported-notation', "a sum without its index can't be read here", '\\sum'],
    ['\\sum_{i \\ne j} x_i', 'unsupported-notation', "a sum over a condition can't be read here", '_{i \\ne j}'],
    ['\\mathbb{E}[x]', 'unsupported-notation', "the expectation \\mathbb{E} can't be read here", '\\mathbb{E}'],
    ['a = b \\text{ if } c = d', 'unsupported-notation', 'the condition "if" can\'t be read here', '\\text{ if }'],
    ['2(a, b)', 'unsupported-notation', "a list can't be read here", ','],
    ['P(a \\mid b)', 'unsupported-notation', "a condition behind a bar can't be read here", '\\mid'],
    ['f^{-1}(x)', 'unsupported-notation', "an inverse function can't be read here", 'f'],
    ['d(a, b)', 'unsupported-notation', "the function d of several arguments can't be read here", 'd(a, b)'],
    ['f \\circ g', 'unsupported-notation', "a composition of functions can't be read here", '\\circ'],
    ['\\mathrm{eval}(x)', 'reserved-name', '"eval" names a part of the program, not a quantity', '\\mathrm{eval}'],
    ['', 'empty-source', 'there is no expression here', ''],
    ['\\label{a}', 'empty-source', 'there is no expression here', '\\'],
    ['a\u0000b', 'invalid-character', "a control character, U+0000, can't be read", '\u0000'],
    ['a\ud800', 'invalid-character', "half of a character (a lone surrogate), U+D800, can't be read", '\ud800'],
  ])('%s', (latex, code, message, place) => {
    const error = problemOf(latex);
    expect(error.message).toBe(message);
    expect(error.code).toBe(code);
    expect(latex.slice(error.span?.start, error.span?.end)).toBe(place);
    expect(error.problem.source).toBe(latex);
    expect(error.hint).toBeDefined();
  });

  test('a mean in angle brackets is refused by name', () => {
    expect(problemOf('m = \\langle x \\rangle').message).toBe("a mean in angle brackets can't be read here");
  });

  test('the message shows the place', () => {
    expect(describeProblem(problemOf('a + \\foo{x}').problem)).toBe(
      [
        'error: \\foo is not a command that is known here',
        '',
        '  a + \\foo{x}',
        '      ^^^^',
        '',
        'hint: write what it stands for',
      ].join('\n'),
    );
  });
});

describe('evidence', () => {
  const reading = (latex: string, change: (known: ReturnType<typeof noEvidence>) => void) => {
    const known = noEvidence();
    change(known);
    return readLatex(latex, known).map(line);
  };

  test('decides between a call and a product', () => {
    expect(reading('q(a+b)', () => {})).toEqual(['(q * (a + b))']);
    expect(reading('q(a+b)', (known) => known.functions.add('q'))).toEqual([
      'q((a + b))'.replace('((a + b))', '((a + b))'),
    ]);
    expect(reading('E(a+b)', () => {})).toEqual(['E((a + b))']);
    expect(reading('E(a+b)', (known) => known.variables.add('E'))).toEqual(['(E * (a + b))']);
  });

  test('decides what a centred dot and two indices mean', () => {
    const bold = (known: ReturnType<typeof noEvidence>) => known.vectors.add('a').add('b');
    expect(reading('a \\cdot b + a_{jk}', bold)).toEqual(['(dot(a, b) + a[j][k])']);
  });

  test('is gathered and not changed by reading', () => {
    const known = noEvidence();
    gatherLatexEvidence("\\frac{\\partial g'(u)}{\\partial w} + \\vec{x}_i + \\sum_k q(a, b)", known);
    expect(known.functions).toEqual(new Set(['g', 'q']));
    expect(known.vectors).toEqual(new Set(['x']));
    expect(known.indices).toEqual(new Set(['i', 'k']));
    expect(known.variables).toEqual(new Set(['w']));
    readLatex('f(x)', known);
    expect(known.functions).toEqual(new Set(['g', 'q']));
  });

  test('of a source that can not be read is nothing', () => {
    const known = noEvidence();
    for (const source of ['\\foo', '{', '', '\u0000', '\\sqrt'.repeat(1000)]) gatherLatexEvidence(source, known);
    expect(known).toEqual(noEvidence());
  });
});

describe.skipIf(process.env.QUICK === '1')('large and hostile sources', () => {
  test('ten thousand terms are one sum', () => {
    const source = Array.from({ length: 10_000 }, (_, at) => `x_{${at}}`).join('+');
    const node = readLatex(source)[0]?.sides[0]?.node as MathNode;
    const seen = view(node);
    expect(seen.kind === 'operator' && seen.args.length).toBe(10_000);
  });

  test.each([
    ['{', 'nesting-too-deep'],
    ['(', 'nesting-too-deep'],
    ['\\left(', 'nesting-too-deep'],
    ['\\begin{cases}', 'nesting-too-deep'],
    ['\\sin ', 'nesting-too-deep'],
    ['\\rm ', 'nesting-too-deep'],
    ['\\sum_i ', 'nesting-too-deep'],
    ['|', 'nesting-too-deep'],
    ['\\frac{d}{dx}', 'nesting-too-deep'],
    ['\\neq ', 'too-large'],
    ['x/', 'syntax'],
    ['a,', 'unsupported-notation'],
    ['\\label{', 'unclosed-group'],
    ['%', 'empty-source'],
    ['&', 'empty-source'],
    ['\\\\', 'empty-source'],
  ])('%s repeated ends with %s', (part, code) => {
    expect(problemOf(part.repeat(Math.floor(99_000 / part.length))).code).toBe(code);
  });

  test('more than 100,000 characters are refused unread', () => {
    expect(problemOf('x'.repeat(100_001)).code).toBe('source-too-long');
  });

  test('nesting up to the limit is read', () => {
    expect(read(`${'f('.repeat(199)}x${')'.repeat(199)}`)[0]).toMatch(/^f\(f\(/);
    expect(problemOf(`${'f('.repeat(201)}x${')'.repeat(201)}`).span).toEqual({ start: 401, end: 402 });
  });
});
