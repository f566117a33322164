import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/derivation/derivation.ts';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import type { HtmlOptions } from '../../src/render/html.ts';
import { markColors } from '../../src/render/typeset.ts';
import { addressOf, launch, open, pageOf } from '../support/browser.ts';
import { missingFonts, narrowestOf, overflowOf, shiftsOf, unfold, violationsOf } from '../support/browser-probes.ts';

const model = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';
const long = [2, 3].map((k) => `sin(${k} * x) * exp(x * ${k + 1}) / (x^${k} + sum(y[i]^${k}, i))`).join(' + ');

/** A derivation of which one step fails, as none does that the rules make. */
function failing(): Result {
  const derivation = derive('x^2*sin(3x)', { wrt: 'x', detail: 'every' });
  const counterexample = { values: { x: 0.7 }, left: 1.104, right: 0.813 };
  const certificate = { verdict: 'fails', method: 'tested', points: 3, worst: 0.5, counterexample } as const;
  const steps = derivation.steps.map((step, at) => (at === 1 ? { ...step, certificate } : step));
  return { ...derivation, steps, certificate };
}

const every = { wrt: 'beta[j]', detail: 'every', update: true } as const;
const pages: Readonly<Record<string, () => [Result, HtmlOptions]>> = {
  'every step': () => [derive(model, every), { lang: 'en', detail: 'every', expand: true }],
  'folded steps, in Japanese': () => [derive(model, every), { lang: 'ja', detail: 'standard' }],
  'the answer alone': () => [derive(model, every), { lang: 'en', detail: 'answer' }],
  'the backward pass': () => [gradient(model, { wrt: 'beta[j],alpha[j]', update: true }), { lang: 'en' }],
  'a Hessian': () => [hessian('x^2*y + sin(y)', { wrt: 'x,y', detail: 'every' }), { lang: 'ja' }],
  'a Taylor polynomial': () => [derive('sin(x)', { wrt: 'x', taylor: 3, at: 'pi/2' }), { lang: 'en' }],
  'normal equations': () => [stationary('sum((a*x[i]+b-y[i])^2, i)', { wrt: 'a,b' }), { lang: 'en' }],
  'long formulas': () => [derive(long, { wrt: 'x' }), { lang: 'en' }],
  'a derivative left standing': () => [derive('sum(x[i], i, 1, n)', { wrt: 'n' }), { lang: 'en' }],
  'a step that fails': () => [failing(), { lang: 'en' }],
};

/** Pages of which the colours of every letter are looked at. */
const thorough: ReadonlySet<string> = new Set(['folded steps, in Japanese', 'a step that fails']);

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(Object.keys(pages))('a page with %s', (name) => {
  let address = '';
  beforeAll(() => {
    const [result, options] = (pages[name] as () => [Result, HtmlOptions])();
    address = addressOf(name.replaceAll(/\W+/g, '-'), pageOf(result, options));
  });

  it.each([
    [360, 'light'],
    [360, 'dark'],
    [1200, 'light'],
    [1200, 'dark'],
  ] as const)('is sound at %i pixels, %s', async (width, colorScheme) => {
    const { page, messages, requests } = await open(browser, address, {
      viewport: { width, height: 800 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await missingFonts(page)).toEqual([]);
    expect(await shiftsOf(page)).toBe(0);
    await unfold(page);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await narrowestOf(page)).toBeGreaterThan(width / 3);
    // Once in each scheme.
    const isLooked = (width === 360) === (colorScheme === 'dark');
    if (isLooked) expect(await violationsOf(page, thorough.has(name))).toEqual([]);
    expect(messages).toEqual([]);
    expect(requests).toEqual([address]);
    await page.context().close();
  });
});

describe('a page without JavaScript', () => {
  let address = '';
  beforeAll(() => {
    address = addressOf('script-less', pageOf(derive(model, every), { lang: 'en', detail: 'standard', id: 'model' }));
  });
  const opened = (options = {}) =>
    open(browser, address, { viewport: { width: 1200, height: 800 }, javaScriptEnabled: false, ...options });

  it('unfolds a step by a click and by a key', async () => {
    const { page, messages } = await opened();
    const source = page.locator('#model-2 > details .cr-latex').first();
    expect(await source.isVisible()).toBe(false);
    await page.locator('#model-2 > details > summary').click();
    expect(await source.isVisible()).toBe(true);
    expect(await source.textContent()).toContain("g'(z)");
    await page.locator('#model-3 > details > summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#model-3 > details .cr-latex').first().isVisible()).toBe(true);
    expect(messages).toEqual([]);
    await page.context().close();
  });

  it.each(['hover', 'focus'] as const)('shows on %s where a step comes from', async (action) => {
    const { page } = await opened();
    const gone = page.locator(`#model-2 > .cr-formula .katex-html [style*="color:${markColors.both}"]`).first();
    const colorOf = () => gone.evaluate((element) => getComputedStyle(element).color);
    const atRest = await colorOf();
    const step = page.locator('#model-3 > .cr-formula');
    await (action === 'hover' ? step.hover() : step.focus());
    expect(await colorOf()).not.toBe(atRest);
    await page.context().close();
  });

  it('leads to a step by its link', async () => {
    const { page } = await opened({ viewport: { width: 1200, height: 200 } });
    await page.locator('#model-4 > details > summary').click();
    await page.locator('#model-4 > details > .cr-more > .cr-link > a').click();
    expect(page.url()).toBe(`${address}#model-4`);
    expect(await page.locator('#model-4:target').count()).toBe(1);
    await page.context().close();
  });

  it('says each step in words', async () => {
    const { page } = await opened();
    const step = page.getByRole('group', { name: 'Step 2 of 5: chain rule, through z; proved' });
    expect(await step.count()).toBe(1);
    expect(await step.locator('math').count()).toBe(1);
    await page.context().close();
  });
});

describe('hostile names', () => {
  it('build to a page in which nothing runs', async () => {
    const evil = '<img src=x onerror="document.title=1"></script><script>document.title=2</script>';
    const derivation = derive('x^2', { wrt: 'x', verify: false });
    const hostile = {
      ...derivation,
      formula: evil,
      wanted: `\\href{javascript:alert(1)}{x}`,
      lets: [{ name: evil, expression: evil }],
      problem: { ...derivation.problem, output: evil, target: '\\def\\a{\\a\\a}\\a' },
      steps: derivation.steps.map((step) => ({ ...step, rule: evil, state: `"${evil}`, conditions: [evil] })),
      result: '\\includegraphics{http://example.org/x.png}\\url{javascript:alert(1)}',
      unresolved: ['$$</style><script>document.title=3</script>'],
    };
    const address = addressOf('hostile', pageOf(hostile, { lang: 'en', id: '"><script>document.title=4</script>' }));
    const { page, messages, requests } = await open(browser, address, { viewport: { width: 360, height: 800 } });
    await unfold(page);
    expect(
      await page.evaluate(() => document.querySelectorAll('script, img, iframe, object, a:not([href^="#"])').length),
    ).toBe(0);
    expect(await page.title()).toMatch(/\D/);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect({ messages, requests }).toEqual({ messages: [], requests: [address] });
    await page.context().close();
  });
});
