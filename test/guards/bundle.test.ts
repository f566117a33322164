/** What the built modules import, and that they run in a browser as any bundler puts them there. */

import { readFileSync } from 'node:fs';
import { type BuildOptions, build, type Message } from 'esbuild';
import { expect, it } from 'vitest';
import { addressOf, launch, open } from '../support/browser.ts';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
const entries = ['index', 'html', 'figure', 'remark'].map((name) => `dist/${name}.js`);

const bundle = (options: BuildOptions) =>
  build({ bundle: true, write: false, outdir: 'out', format: 'esm', metafile: true, logLevel: 'silent', ...options });

it('the modules import every dependency and nothing else', async () => {
  const { metafile } = await bundle({ entryPoints: entries, packages: 'external' });
  const paths = Object.values(metafile?.inputs ?? {}).flatMap(({ imports }) =>
    imports.filter((one) => one.external === true && one.path !== '<runtime>').map(({ path }) => path),
  );
  const packages = new Set(paths.map((path) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]));
  // The declarations name the trees of Markdown and their files.
  expect([...packages, '@types/mdast', 'vfile'].sort()).toEqual(Object.keys(dependencies).sort());
});

/** That modules without side effects are dropped is as it should be. */
const isWrong = ({ id }: Message): boolean => id !== 'ignored-bare-import';

it('the modules can be bundled for a browser without settings', async () => {
  const { warnings, outputFiles } = await bundle({ entryPoints: entries, platform: 'browser' });
  expect(warnings.filter(isWrong)).toEqual([]);
  expect(outputFiles).toHaveLength(entries.length);
  // What a bundler leaves standing ends in an exception when it is reached.
  for (const { text } of outputFiles ?? []) expect(text).not.toMatch(/__require\d*\("/);
});

it('a worker derives', async () => {
  const contents = `
    import { derive, check } from 'chainrule';
    import { toHtml } from 'chainrule/html';
    self.onmessage = ({ data }) => {
      const result = derive(data, { wrt: 'x' });
      const isSet = toHtml(result, { lang: 'en' }).includes('katex');
      self.postMessage([data, result.result, isSet, check('$$\\n(x + 1)^2 = x^2 + 2x + 1\\n$$')[0].verdict]);
    };`;
  const { outputFiles } = await bundle({ stdin: { contents, resolveDir: '.' }, format: 'iife' });
  const source = outputFiles?.[0]?.text ?? '';
  const browser = await launch();
  try {
    const { page, messages } = await open(browser, addressOf('worker', '<!doctype html><title>A worker</title>'), {});
    const answers = await page.evaluate(async (script) => {
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
      return Promise.all(
        ['max(trigamma(x), x)', '\\sin(x) + \\cos y'].map(
          (text) =>
            new Promise<readonly string[]>((resolve, reject) => {
              worker.addEventListener('message', ({ data }) => data[0] === text && resolve(data.slice(1)));
              worker.addEventListener('error', ({ message }) => reject(new Error(message)));
              worker.postMessage(text);
            }),
        ),
      );
    }, source);
    expect(answers).toEqual([
      ['((x > trigamma(x)) ? 1 : 0) + polygamma(2, x) * ((trigamma(x) >= x) ? 1 : 0)', true, 'holds'],
      ['cos(x)', true, 'holds'],
    ]);
    expect(messages).toEqual([]);
  } finally {
    await browser.close();
  }
});
