import { describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';
import type { Result, Step } from '../../src/derivation/derivation.ts';
import { derive, hessian, stationary } from '../../src/derive.ts';
import type { DeriveOptions } from '../../src/options.ts';
import { toJson } from '../../src/render/json.ts';
import { toLatex } from '../../src/render/latex.ts';
import { toMarkdown } from '../../src/render/markdown.ts';
import { toTerminal } from '../../src/render/terminal.ts';
import { readText } from '../../src/syntax/text.ts';
import { declarationsOf } from '../support/agreement.ts';
import { readLines } from '../support/table.ts';

interface Case {
  readonly task: 'derive' | 'hessian' | 'stationary';
  readonly source: string;
  readonly options: DeriveOptions;
  readonly expected: string;
}

const cases = readLines('tasks.txt').map((line): Case => {
  const [task, source = '', options = '{}', expected = ''] = line.split(' => ');
  return { task: task as Case['task'], source, options: { wrt: 'x', ...JSON.parse(options) }, expected };
});

const verbs = { derive, hessian, stationary };

function outcome(result: Result): string {
  switch (result.schema) {
    case 'chainrule/derivation/1':
      return result.result;
    case 'chainrule/hessian/1':
      return result.matrix.map((row) => row.join(', ')).join(' | ');
    case 'chainrule/stationary/1':
      return result.reason ?? result.solution.map(({ name, expression }) => `${name} = ${expression}`).join(', ');
    default:
      return '';
  }
}

function stepsOf(result: Result): readonly Step[] {
  return 'steps' in result ? result.steps : [];
}

describe('what is asked of derive beyond one derivative', () => {
  it.each(cases)('$task $source $options', ({ task, source, options, expected }) => {
    const result = verbs[task](source, options);
    expect(outcome(result)).toBe(expected);
    expect(result.certificate.verdict).toBe('holds');
    for (const step of stepsOf(result)) expect([step.state, step.certificate.verdict]).toEqual([step.state, 'holds']);
  });

  it.each(cases)('$task $source $options is plain data, at every level of detail', ({ task, source, options }) => {
    for (const detail of ['answer', 'standard', 'every'] as const) {
      const result = verbs[task](source, { ...options, detail });
      expect(JSON.parse(toJson(result))).toStrictEqual(JSON.parse(JSON.stringify(result)));
      expect(stepsOf(result).length > 0).toBe(detail !== 'answer');
      for (const { left, state } of stepsOf(result)) {
        for (const text of [state, ...(left === undefined ? [] : [left])]) expect(readText(text)).toHaveLength(1);
      }
    }
  });

  it.each(cases)('$task $source $options prints in every format and language', ({ task, source, options }) => {
    const result = verbs[task](source, options);
    for (const lang of ['en', 'ja'] as const) {
      const texts = [
        toTerminal(result, { lang, color: false }),
        toMarkdown(result, { lang }),
        toLatex(result, { lang }),
      ];
      for (const text of texts) expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}\s*\{\}/);
      expect(texts[0]).toMatch(/✓/);
    }
  });

  it('repeats itself with another seed', () => {
    for (const { task, source, options, expected } of cases) {
      expect(outcome(verbs[task](source, { ...options, seed: 5, verify: true }))).toBe(expected);
    }
  });
});

describe('a product with the Jacobian', () => {
  const products = cases.flatMap(({ source, options }) => {
    const isProduct = options.vjp !== undefined || options.direction !== undefined;
    const result = isProduct ? derive(source, options) : undefined;
    const isOfTensors = Object.values(result?.problem.shapes ?? {}).some((one) => /^(vector|matrix)/.test(one));
    return result !== undefined && isOfTensors && result.lets.length === 0 ? [{ source, result }] : [];
  });

  it('stands in the table with vectors and matrices', () => {
    expect(products.length).toBeGreaterThan(20);
  });

  it.each(products)('of $source is read back as the equation that it is', ({ result }) => {
    const shapes = declarationsOf(result.problem.shapes);
    expect(verify(`${result.wanted} = ${result.result}`, { shapes })).toMatchObject({ verdict: 'holds' });
    expect(verify(`${result.wanted} = 2 * (${result.result})`, { shapes }).verdict).not.toBe('holds');
  });
});

describe('an implicit derivative', () => {
  it.each([
    ['x^2 + y^2 = 1', 'sqrt(1 - x^2)'],
    ['x*y = 1', '1/x'],
    ['exp(y) = x', 'log(x)'],
    ['y^3 = x', 'cbrt(x)'],
    ['tan(y) = x', 'atan(x)'],
  ])('of %s is that of y = %s', (equation, explicit) => {
    for (const order of [1, 2]) {
      const { result } = derive('', { implicit: equation, wrt: 'x', order });
      const wanted = order === 1 ? `d(${explicit}, x)` : `d(d(${explicit}, x), x)`;
      const shown = result.replace(/\by\b/g, `(${explicit})`);
      expect([equation, order, verify(`${wanted} = ${shown}`).verdict]).toEqual([equation, order, 'holds']);
    }
  });

  it('has its divisor as a condition', () => {
    const { steps } = derive('', { implicit: 'x^2 + y^2 = 1', wrt: 'x' });
    expect(steps.at(-1)?.conditions).toEqual(['y != 0']);
  });
});

describe('a Taylor polynomial', () => {
  const value = (text: string, x: number): number => {
    const body = text
      .replace(/\^/g, '**')
      .replace(/-(\w+(?:\([^()]*\))?) \*\*/g, '-1 * $1 **')
      .replace(/\b(exp|sin|cos|log|sqrt|pi)\b/g, (name) => (name === 'pi' ? 'PI' : name));
    const scope = { exp: Math.exp, sin: Math.sin, cos: Math.cos, log: Math.log, sqrt: Math.sqrt, PI: Math.PI, x };
    return calculate(body, scope);
  };

  it.each([
    ['exp(sin(x))', 0, 4],
    ['log(x)', 1, 3],
    ['1 / (1 + x)', 0, 5],
    ['exp(x)', 2, 6],
    ['sqrt(x)', 4, 3],
    ['cos(x)', 0, 4],
  ])('of %s at %d of degree %d approximates to its order', (source, at, degree) => {
    const { result, remainder } = derive(source, { wrt: 'x', taylor: degree, at: String(at) });
    expect(remainder).toMatch(/^O\(/);
    const error = (h: number): number => Math.abs(value(source, at + h) - value(result, at + h));
    const slope = Math.log2(error(0.1) / error(0.05));
    expect(slope).toBeGreaterThan(degree + 0.5);
  });

  it('claims no more than there are derivatives', () => {
    expect(derive('x^(7/2)', { wrt: 'x', taylor: 3 }).remainder).toBe('o(x ^ 3)');
    expect(derive('x^(7/2)', { wrt: 'x', taylor: 2 }).remainder).toBe('O(x ^ 3)');
  });
});

/** The value of an arithmetic expression; the syntax is that of the printed results. */
function calculate(text: string, scope: Readonly<Record<string, unknown>>): number {
  let at = 0;
  const peek = (): string => text.slice(at).trimStart();
  const take = (token: string): boolean => {
    if (!peek().startsWith(token)) return false;
    at = text.length - peek().length + token.length;
    return true;
  };
  const atom = (): number => {
    if (take('(')) {
      const inner = sum();
      take(')');
      return inner;
    }
    const [word = ''] = /^(?:\d+(?:\.\d+)?|\w+)/.exec(peek()) ?? [];
    take(word);
    const known = scope[word];
    if (typeof known === 'function') return (known as (x: number) => number)(atom());
    return typeof known === 'number' ? known : Number(word);
  };
  const power = (): number => {
    const base = atom();
    return take('**') ? base ** signed() : base;
  };
  const signed = (): number => (take('-') ? -signed() : power());
  const product = (): number => {
    let total = signed();
    for (;;) {
      if (peek().startsWith('**')) return total;
      if (take('*')) total *= signed();
      else if (take('/')) total /= signed();
      else return total;
    }
  };
  const sum = (): number => {
    let total = product();
    for (;;) {
      if (take('+')) total += product();
      else if (take('-')) total -= product();
      else return total;
    }
  };
  return sum();
}

describe('large results', () => {
  it.each([
    ['sigmoid(cos(x + 3)) + x', { taylor: 3, at: 'a' }, ['a', 'x']],
    ['x*besselj1(x)/h(x)', { taylor: 4 }, ['f', 'h', 'p', 'x']],
    ['f = x; exp(sin(exp(x+3))*cos(f*y))^2*sin(exp(x)*y)*f', { taylor: 3, at: 'a' }, ['a', 'g', 'x', 'y']],
    ['x*sigmoid(cos(x + 3))*tanh(sin(x + 3))/sin(x)', { taylor: 3 }, ['f', 'g', 'h', 'x']],
    [
      'exp(sin(x)*cos(y))^2*sin(exp(x)*y)*tanh(sin(x)*cos(y))*log(sin(x)*cos(y))',
      { direction: 'u, v', unit: true },
      ['u', 'v', 'x', 'y'],
    ],
  ])('of %s leave the names of a point, a direction and functions alone', (source, options, others) => {
    const wrt = 'direction' in options ? 'x,y' : 'x';
    const { sharing = [] } = derive(source, { wrt, ...options });
    expect(sharing.length).toBeGreaterThan(0);
    for (const { name } of sharing) expect(others).not.toContain(name);
  });

  it('of d^k/dx^k exp(sin x) grow at most with the third power of k, and read back', () => {
    const points = Array.from({ length: 12 }, (_, at) => at + 1).map((order) => {
      const result = derive('exp(sin(x))', { wrt: 'x', order });
      expect(result.certificate.verdict).toBe('holds');
      const names = result.sharing ?? [];
      const size = [result.result, ...names.map(({ name, expression }) => `${name} = ${expression}`)].join(' ').length;
      return { order, size, text: [...names.map(({ name, expression }) => `${name} = ${expression}`), result.result] };
    });
    const late = points.filter(({ order }) => order >= 3);
    const logs = late.map(({ order, size }) => [Math.log(order), Math.log(size)] as const);
    const meanX = logs.reduce((total, [x]) => total + x, 0) / logs.length;
    const meanY = logs.reduce((total, [, y]) => total + y, 0) / logs.length;
    const slope =
      logs.reduce((total, [x, y]) => total + (x - meanX) * (y - meanY), 0) /
      logs.reduce((total, [x]) => total + (x - meanX) ** 2, 0);
    console.log(
      `d^k/dx^k exp(sin x): ${points.map(({ size }) => size).join(' ')} characters, exponent ${slope.toFixed(2)}`,
    );
    expect(slope).toBeLessThanOrEqual(3);
    const last = points.at(-1)?.text.join('; ') as string;
    for (const part of ['= sin(x);', '= cos(x);', '= exp(u);']) expect(last).toContain(part);
    expect(verify(`${last} = d(d(exp(sin(x)), x), x)`).verdict).toBe('fails');
    const eighth = points[7]?.text.join('; ') as string;
    const seventh = points[6]?.text ?? [];
    const back = derive(seventh.join('; '), { wrt: 'x' });
    expect(verify(`${eighth} = ${back.expanded}`).verdict).toBe('holds');
  });
});
