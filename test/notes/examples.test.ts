import { readdirSync, readFileSync } from 'node:fs';
import katex from 'katex';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Built, buildNote } from '../../src/build/build-note.ts';
import { stylesFor } from '../../src/build/styles.ts';
import type { BuildFormat } from '../../src/options.ts';
import { toSvg } from '../../src/render/figure/to-svg.ts';
import { katexStyles } from '../../src/render/katex-styles.ts';
import { addressOf, fontFiles, katexCss, launch, open } from '../support/browser.ts';
import { missingFonts, overflowOf, shiftsOf, unfold, violationsOf } from '../support/browser-probes.ts';

const names = ['backprop', 'linear-regression', 'logistic-regression', 'vanishing-gradient', 'softmax-cross-entropy'];
const files = names.flatMap((name) => [`${name}.md`, `${name}.ja.md`]);

const read = (file: string): string => readFileSync(`examples/${file}`, 'utf8');

const built = new Map<string, Built>();

/** Each note once in each format. */
function build(file: string, format: BuildFormat): Built {
  const key = `${file} ${format}`;
  const result = built.get(key) ?? buildOnce(file, format);
  built.set(key, result);
  return result;
}

function buildOnce(file: string, format: BuildFormat): Built {
  return buildNote(read(file), {
    format,
    figure: toSvg,
    ...(format === 'md' ? {} : { template: readFileSync(`templates/note.${format}.liquid`, 'utf8') }),
    styles: (html) => stylesFor(katexStyles(katexCss, fontFiles, html)),
  });
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('every note among the examples is tested here', () => {
  const notes = readdirSync('examples').filter((file) => file.endsWith('.md') && !file.startsWith('check-'));
  expect(notes.sort()).toEqual([...files].sort());
});

describe.each(names)('%s', (name) => {
  it('holds the same blocks in both languages', () => {
    const blocks = (file: string) => read(file).match(/```derive[\s\S]*?```/g);
    expect(blocks(`${name}.ja.md`)).toEqual(blocks(`${name}.md`));
  });
});

describe.each(files)('%s', (file) => {
  it.each(['html', 'md', 'tex', 'typ'] as const)('builds to .%s, every derivation verified', (format) => {
    const { outcomes, file: report } = build(file, format);
    const said = report.messages.map(({ reason }) => reason);
    const expected = format === 'tex' ? ['there is no figure here: figures can not be drawn for this format'] : [];
    expect(said.filter((reason) => !expected.includes(reason))).toEqual([]);
    for (const outcome of outcomes) {
      const { result } = outcome as Extract<typeof outcome, { kind: 'derived' }>;
      expect(result.certificate.verdict).toBe('holds');
      if ('steps' in result)
        expect(result.steps.filter(({ certificate }) => certificate.verdict !== 'holds')).toEqual([]);
      if ('adjoints' in result)
        expect(result.adjoints.filter((one) => one.certificate.verdict !== 'holds')).toEqual([]);
    }
  });

  it('holds formulas that KaTeX sets without warning, in Markdown', () => {
    const { text } = build(file, 'md');
    const formulas = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/\$\$([\s\S]*?)\$\$|\$([^$\n]+)\$/g)];
    expect(formulas.length).toBeGreaterThan(10);
    for (const [, display, inline] of formulas) {
      const tex = (display ?? inline) as string;
      katex.renderToString(tex, { displayMode: display !== undefined, strict: 'error', throwOnError: true });
    }
  });
});

/** English in both themes, the dark one on a phone; Japanese on a phone. */
const looks = [
  ...names.flatMap((name) => [[`${name}.md`, 360, 'dark'] as const, [`${name}.md`, 1200, 'light'] as const]),
  ...names.map((name) => [`${name}.ja.md`, 360, 'light'] as const),
];

describe('the page', () => {
  it.each(looks)('of %s is sound at %i pixels, %s', async (file, width, colorScheme) => {
    const address = addressOf(`example-${file}`, build(file, 'html').text);
    const { page, messages, requests } = await open(browser, address, {
      viewport: { width, height: 800 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    expect(messages).toEqual([]);
    expect(requests).toEqual([address]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await missingFonts(page)).toEqual([]);
    expect(await shiftsOf(page)).toBe(0);
    if (width === 360) expect(await violationsOf(page, false)).toEqual([]);
    await unfold(page);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.context().close();
  });
});
