/** The models of `--example`: certified in both languages from the command line, and shown in `examples/models/`. */

import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { examples } from '../../src/cli/examples.ts';
import { derive, gradient } from '../../src/derive.ts';
import { toMarkdown } from '../../src/render/markdown.ts';

const models = [...examples].flatMap(([name, example]) => (example.shapes === undefined ? [] : [{ name, ...example }]));

const titles: Readonly<Record<string, string>> = {
  perceptron: 'A perceptron of three layers, with the delta recursion',
  'cross-entropy': 'Softmax with cross-entropy',
  batch: 'A sum over the samples of a batch',
  'linear-regression': 'Linear regression, with its Hessian',
  ridge: 'Ridge regression, with its Hessian',
  'logistic-regression': 'Logistic regression, with its Hessian',
  gaussian: 'The Gaussian log-likelihood by mean and covariance',
  factorisation: 'Matrix factorisation',
  rnn: 'A recurrent network, through time',
  attention: 'One attention head',
};

function run(args: readonly string[]): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['bin/chainrule', ...args], { maxBuffer: 1e8 }, (error, stdout) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout });
    });
  });
}

/** What `--example` derives. */
function resultOf({ source, wrt, shapes = '', order = 1 }: (typeof models)[number]) {
  const options = { wrt, shapes, order };
  return wrt.includes(',') ? gradient(source, options) : derive(source, options);
}

describe('a model', () => {
  it('is there for each of the ten', () => {
    expect(models.map(({ name }) => name)).toEqual(Object.keys(titles));
  });

  it.each(models)('has every step certified: $name', (model) => {
    const result = resultOf(model);
    expect(result.certificate.verdict).toBe('holds');
    const open = 'steps' in result ? result.steps.filter((one) => one.certificate.verdict !== 'holds') : [];
    expect(open).toEqual([]);
  });

  it.each(models)('is derived from the command line, in English and Japanese: $name', async ({ name }) => {
    for (const lang of ['en', 'ja']) {
      const { code, stdout } = await run(['derive', '--example', name, '--lang', lang]);
      expect({ name, lang, code }).toEqual({ name, lang, code: 0 });
      expect(stdout).toContain('✓');
    }
  });

  it.each(models)('is shown in examples/models: $name', async (model) => {
    const { name, source, wrt, shapes, order } = model;
    const block = `\`\`\`derive wrt="${wrt}" shapes="${shapes}"${order === undefined ? '' : ` order="${order}"`}`;
    const text = [
      `# ${titles[name]}`,
      `    npx chainrule derive --example ${name}`,
      `${block}\n${source}\n\`\`\``,
      // The last digits of a rounding error are those of the machine.
      toMarkdown(resultOf(model), { lang: 'en' }).replace(/ \(worst [^)]*\)/g, ''),
    ].join('\n\n');
    await expect(text).toMatchFileSnapshot(`../../examples/models/${name}.md`);
  });
});

/** A network of `layers` layers, every layer with weights of its own. */
function network(layers: number) {
  const numbers = Array.from({ length: layers }, (_, at) => at + 1);
  const lines = numbers.flatMap((k) => [`z${k} = W${k}*${k === 1 ? 'x' : `a${k - 1}`} + b${k}`, `a${k} = f(z${k})`]);
  return {
    source: [...lines, `E = norm(a${layers} - y)^2/2`].join('; '),
    wrt: numbers.flatMap((k) => [`W${k}`, `b${k}`]),
    shapes: ['x: vector(n), y: vector(n)', ...numbers.map((k) => `W${k}: matrix(n, n), b${k}: vector(n)`)].join(', '),
  };
}

describe('the gradient of a deep network', () => {
  it('holds adjoints in proportion to the number of layers', () => {
    const count = (layers: number): number => {
      const { source, wrt, shapes } = network(layers);
      return gradient(source, { wrt, shapes, verify: false }).adjoints.length;
    };
    const [few, more, most] = [count(25), count(50), count(100)] as const;
    // Times are for npm run bench: a machine that does something else at the time says nothing of the code.
    expect([most - more, more - few]).toEqual([2 * (more - few), more - few]);
    expect(few).toBeGreaterThanOrEqual(50);
  });

  it('is the delta recursion', () => {
    const { source, wrt, shapes } = network(3);
    const { adjoints, certificate } = gradient(source, { wrt, shapes });
    const expressions = Object.fromEntries(adjoints.map((one) => [one.name, one.expression]));
    expect(expressions).toMatchObject({
      z3_bar: "a3_bar .* f'(z3)",
      a2_bar: "W3' * z3_bar",
      z2_bar: "a2_bar .* f'(z2)",
      W2_bar: "z2_bar * a1'",
      b2_bar: 'z2_bar',
    });
    expect(certificate.verdict).toBe('holds');
  });
});
