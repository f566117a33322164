/** Formulas must look alike under the style sheets of the oldest and the newest KaTeX, whichever KaTeX made them. */

import newest from 'katex-newest';
import oldest from 'katex-oldest';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { toHtml } from '../../src/html.ts';
import { htmlStyles } from '../../src/render/html-styles.ts';
import { nameBothWays } from '../../src/render/katex-classes.ts';
import { addressOf, katexCssOf, launch, open } from '../support/browser.ts';

/** One of each thing whose parts KaTeX places by class. */
const formulas = [
  '\\frac{x^{2_k}}{\\sqrt[3]{y}}',
  '\\sum_{i=1}^n \\hat{\\beta}_i \\bar{y}',
  '\\begin{cases} x & x > 0 \\\\ \\hline 0 & \\text{else} \\end{cases}',
  '\\overline{a+b} \\underline{c} \\overrightarrow{AB} \\widehat{xyz}',
  '\\underbrace{a+b}_{c} \\llap{x} \\rlap{y} \\cancel{z} \\rule{1em}{1em} {\\Huge A} \\smash{B} \\\\ \\boxed{q} \\not= \\ne',
  '\\left(\\begin{matrix} a \\\\ b \\\\ c \\\\ d \\\\ e \\end{matrix}\\right) \\sout{gone} \\tag{1}',
];
const makers = { oldest, newest } as const;

/** The boxes of all parts of the formulas on a page with `body` under KaTeX's style sheet of `sheet`. */
async function boxesOf(browser: Browser, body: string, sheet: 'oldest' | 'newest'): Promise<number[][]> {
  const styles = `<style>${katexCssOf(`katex-${sheet}`)}</style><style>${htmlStyles}</style>`;
  const html = `<!doctype html><meta charset="utf-8">${styles}<body>${body}`;
  const { page } = await open(browser, addressOf(`sheet-${sheet}`, html), { viewport: { width: 900, height: 800 } });
  const boxes = await page.evaluate(async () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    await document.fonts.ready;
    return [...document.querySelectorAll('.katex-html, .katex-html *')].map((part) => {
      const { left, top, width, height } = part.getBoundingClientRect();
      return [left, top, width, height].map((length) => Math.round(length * 8) / 8);
    });
  });
  await page.context().close();
  return boxes;
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(['oldest', 'newest'] as const)('formulas of the %s KaTeX', (maker) => {
  const made = formulas
    .map((tex) => makers[maker].renderToString(tex, { displayMode: true, strict: 'ignore' }))
    .map((html) => `<div class="chainrule">${html}</div>`)
    .join('\n');

  it('look alike under both style sheets', async () => {
    const body = nameBothWays(made);
    const boxes = await boxesOf(browser, body, 'oldest');
    expect(boxes.length).toBeGreaterThan(200);
    expect(await boxesOf(browser, body, 'newest')).toEqual(boxes);
    // Without the other names they do not: the comparison sees the difference.
    expect(await boxesOf(browser, made, maker === 'oldest' ? 'newest' : 'oldest')).not.toEqual(boxes);
  });
});

it('whole derivations look alike under both', async () => {
  const body = toHtml(derive('exp(-norm(x)^2/2)/sqrt(1+x_hat^2)', { wrt: 'x_hat' }), { lang: 'en' });
  const boxes = await boxesOf(browser, body, 'oldest');
  expect(boxes.length).toBeGreaterThan(200);
  expect(await boxesOf(browser, body, 'newest')).toEqual(boxes);
});
