import { describe, expect, it } from 'vitest';
import { derive, gradient } from '../../src/derive.ts';
import { formula, words } from '../../src/explain/explain.ts';
import { htmlStyles, toHtml } from '../../src/html.ts';
import { placeBreaks } from '../../src/render/breaks.ts';
import { markChain } from '../../src/render/chain.ts';
import { compareTrees } from '../../src/render/changes.ts';
import { parseExpression } from '../../src/render/expression.ts';
import { htmlPage } from '../../src/render/html-page.ts';
import { fontNames, fontsOf, katexStyles } from '../../src/render/katex-styles.ts';
import { replaceMarks } from '../../src/render/marks.ts';
import { writeSentence } from '../../src/render/sentence.ts';
import { backprop } from '../render/fixtures.ts';
import { fontFiles, katexCss } from '../support/browser.ts';
import { readLines } from '../support/table.ts';
import { strayTags } from '../support/tags.ts';

const model = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';
const idsOf = (html: string) => [...html.matchAll(/<li [^>]*id="([^"]+)"/g)].map((match) => match[1]);

describe('toHtml', () => {
  it('gives a row for each step, under its own id', () => {
    const html = toHtml(backprop, { lang: 'en', id: 'model' });
    expect(idsOf(html)).toEqual(backprop.steps.map((_, at) => `model-${at + 1}`));
  });

  it('gives no id twice, and links to no other', () => {
    for (const detail of ['answer', 'standard', 'every'] as const) {
      const html = toHtml(derive(model, { wrt: 'beta[j]', detail: 'every' }), { lang: 'en', detail });
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
      expect(new Set(ids).size).toBe(ids.length);
      const links = [...html.matchAll(/ href="#([^"]+)"/g)].map((match) => match[1]);
      expect(links.filter((link) => !ids.includes(link))).toEqual([]);
      expect(links.length).toBeGreaterThan(4);
    }
  });

  it('holds every step at every level of detail', () => {
    const every = derive(model, { wrt: 'beta[j]', detail: 'every' });
    const rows = (detail: 'answer' | 'standard' | 'every') => idsOf(toHtml(every, { lang: 'en', detail })).length;
    expect(rows('every')).toBe(every.steps.length);
    // Rows of standard detail, and below three of them two small steps each.
    expect(rows('standard')).toBe(5 + 6);
    expect(rows('answer')).toBe(1 + 5 + 6);
  });

  it('counts the steps that it shows', () => {
    const every = derive(model, { wrt: 'beta[j]', detail: 'every' });
    const steps = every.steps.map((step, at) =>
      at === 5
        ? { ...step, certificate: { ...step.certificate, verdict: 'unknown', reason: 'domain' } as const }
        : step,
    );
    const doubtful = { ...every, steps };
    expect(toHtml(doubtful, { lang: 'en', detail: 'every' })).toContain('Step 6 is not verified');
    expect(toHtml(doubtful, { lang: 'en', detail: 'standard' })).toContain('Step 4 is not verified');
  });

  it('does not typeset what nobody reads', () => {
    const sum = Array.from({ length: 55 }, (_, k) => `sin(${k + 2} * x) * exp(x * ${k + 1})`).join(' + ');
    const html = toHtml(derive(sum, { wrt: 'x', verify: false }), { lang: 'en' });
    expect(html.length).toBeLessThan(25_000_000);
    expect(html).toContain('class="cr-raw"');
    expect(strayTags(html)).toEqual([]);
  });

  it('is the same for the same result', () => {
    const once = () => toHtml(gradient(model, { wrt: 'beta[j],alpha[j]' }), { lang: 'ja' });
    expect(once()).toBe(once());
  });

  it('holds well-formed markup of known elements', () => {
    const results = [derive(model, { wrt: 'beta[j]', detail: 'every' }), gradient(model, { wrt: 'beta[j],alpha[j]' })];
    for (const result of results) expect(strayTags(toHtml(result, { lang: 'ja' }))).toEqual([]);
    expect(strayTags('<p onclick="x">')).not.toEqual([]);
    expect(strayTags('<p><script></p>')).not.toEqual([]);
  });
});

describe('the style sheet', () => {
  it('knows both schemes and paper', () => {
    expect(htmlStyles).toContain('prefers-color-scheme: dark');
    expect(htmlStyles).toContain('@media print');
  });

  it('styles every class that is used', () => {
    const html = toHtml(derive(model, { wrt: 'beta[j]', detail: 'every', update: true }), { lang: 'en' });
    const used = new Set(
      [...html.matchAll(/ class="(cr-[^"]*)"/g)].flatMap((match) => (match[1] as string).split(' ')),
    );
    expect([...used].filter((name) => !htmlStyles.includes(`.${name}`)).sort()).toEqual([]);
  });
});

describe('what a step changes', () => {
  it.each(
    readLines('changes.txt').map((line) => line.split(' => ') as [string, string, string, string]),
  )('%s => %s', (before, after, ...marked) => {
    const show = (text: string) => replaceMarks(text, { come: '[', gone: '<', both: '<[' }, ']');
    expect(markChain([before, after], {}).map(show)).toEqual(marked);
  });

  it('is nothing where nothing changes', () => {
    const [left, right] = ['a * (b + c)', 'a * (c + b)'].map(parseExpression) as [never, never];
    expect(compareTrees(left, right).come.size).toBe(0);
  });
});

describe("KaTeX's style sheet", () => {
  it('has a file for every font', () => {
    expect(Object.keys(fontFiles).sort()).toEqual([...fontNames].sort());
  });

  it('holds the fonts of a page and no others', () => {
    const html = toHtml(backprop, { lang: 'en' });
    const css = katexStyles(katexCss, fontFiles, html);
    expect(css.match(/@font-face/g)).toHaveLength(fontsOf(html).length);
    expect(css).not.toMatch(/url\((?!data:)/);
    expect(fontsOf(html)).not.toContain('KaTeX_Fraktur-Regular');
    expect(katexStyles(katexCss, fontFiles, '<p>no formula</p>')).toBe('');
  });
});

describe('htmlPage', () => {
  it('lets no title and no style sheet end what they stand in', () => {
    const html = htmlPage({ title: '</title><script>', lang: 'en', body: '', styles: ['a</style><script>'] });
    expect(html).not.toMatch(/<\/(?:title|style)><script/);
    expect(html).toContain('<html lang="en">');
  });
});

describe('a formula in a line', () => {
  it.each([
    ['f(x \\cdot y) \\, g(a + b)', 'f(x \\cdot\\nobreak y) \\,\\allowbreak g(a +\\nobreak b)'],
    ['\\left( a + b \\right) \\, f(x)', '\\left( a + b \\right) \\,\\allowbreak f(x)'],
    ['\\left\\lvert f(a - b) \\right\\rvert', '\\left\\lvert f(a -\\nobreak b) \\right\\rvert'],
    ['\\frac{(a + b)}{c} + (a - b)', '\\frac{(a + b)}{c} + (a -\\nobreak b)'],
    ['(a + (b - c)', '(a + (b - c)'],
    [`(${'a + '.repeat(20)}b)`, `(${'a + '.repeat(20)}b)`],
  ])('%s breaks between factors and not within short brackets', (latex, placed) => {
    expect(placeBreaks(latex)).toBe(placed);
  });
});

describe('a sentence', () => {
  const write = (text: string) => `<${text}>`;
  const manner = { write, isShort: (text: string) => text.length < 5 };
  const written = (phrase: readonly string[]) =>
    writeSentence(
      phrase.flatMap((text) => (text.startsWith('=') ? formula(text.slice(1)) : words(text))),
      manner,
    );

  it.each([
    [['について ', '=x', '、', '=y', ' による'], 'について [<x>、][<y>] による'],
    [['（', '=w', ' を通して）'], '[（<w>] を通して）'],
    [['only ', '=i', ' is left (', '=n', ')'], 'only [<i>] is left [(<n>)]'],
    [['a & ', '=longer', ', b'], 'a &amp; <longer>, b'],
    [['=a', '=b'], '[<a>][<b>]'],
  ])('%j takes along what clings to its formulas', (phrase, shown) => {
    const html = written(phrase);
    expect(html.replaceAll('<span class="cr-whole">', '[').replaceAll('</span>', ']')).toBe(shown);
  });
});
