/** Questions to a page that are answered within it. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** How far the page is wider than its window, in pixels; 0 or less where all fits. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** The sum of all layout shifts since the page was opened. */
export function shiftsOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true } as unknown as PerformanceObserverInit);
        requestAnimationFrame(() => setTimeout(() => resolve(sum), 50));
      }),
  );
}

/** The families of KaTeX in which text is drawn, without those whose fonts are there. */
export function missingFonts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    const asked = new Set<string>();
    for (const element of document.querySelectorAll('.katex-html *')) {
      if (element.children.length > 0 || element.textContent === '') continue;
      if (element.getClientRects().length === 0) continue;
      const { fontFamily, fontStyle, fontWeight } = getComputedStyle(element);
      const family = fontFamily.split(',')[0]?.replaceAll('"', '') ?? '';
      if (family.startsWith('KaTeX')) asked.add(`${family} ${fontStyle} ${fontWeight}`);
    }
    const there = [...document.fonts]
      .filter((face) => face.status === 'loaded')
      .map((face) => `${face.family.replaceAll('"', '')} ${face.style} ${face.weight}`);
    return [...asked].filter((font) => !there.includes(font));
  });
}

/** Unfolds everything. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds that is serious or critical, with the places. The visual half of KaTeX's formulas, which is hidden from
 * screen readers and takes most of the time, is looked at where `formulas` is true.
 */
export async function violationsOf(page: Page, formulas: boolean): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (whole) => {
    type Violation = { id: string; impact: string; nodes: { html: string }[] };
    const { axe: tester } = window as unknown as {
      axe: { run: (context: object) => Promise<{ violations: Violation[] }> };
    };
    const { violations } = await tester.run(whole ? { include: ['html'] } : { exclude: ['.katex-html'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 300)}`);
  }, formulas);
}

/** The width of the narrowest box that a step unfolds; Infinity where there is none. */
export async function narrowestOf(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.min(
      ...[...document.querySelectorAll('.cr-row > .cr-why .cr-more')].map((box) => box.getBoundingClientRect().width),
    ),
  );
}
