/** A browser for the tests of pages, and the pages as they stand in a file. */

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Result } from '../../src/derivation/derivation.ts';
import { type HtmlOptions, htmlTitle, toHtml } from '../../src/render/html.ts';
import { htmlPage } from '../../src/render/html-page.ts';
import { htmlStyles } from '../../src/render/html-styles.ts';
import { katexStyles } from '../../src/render/katex-styles.ts';

/** A Chromium from an npm package, so that no browser has to be installed. In one process it ends with its first page. */
export async function launch(): Promise<Browser> {
  const args = sparticuz.args.filter((arg) => arg !== '--single-process');
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    headless: true,
    args: [
      ...args,
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const folder = 'node_modules/katex/dist';

/** KaTeX's fonts in base64 by name. */
export const fontFiles: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(`${folder}/fonts`)
    .filter((file) => file.endsWith('.woff2'))
    .map((file) => [file.replace('.woff2', ''), readFileSync(`${folder}/fonts/${file}`).toString('base64')]),
);

export const katexCss = readFileSync(`${folder}/katex.min.css`, 'utf8');

/** KaTeX's style sheet as the package `name` has it, with the fonts of ours. */
export function katexCssOf(name: string): string {
  return katexStyles(readFileSync(`node_modules/${name}/dist/katex.min.css`, 'utf8'), fontFiles, everyClass);
}

/** Asks for every font. */
const everyClass =
  ' class="katex mathnormal mathbf amsrm mathcal delimsizing size1" class="delimsizing size2" class="delimsizing size3" class="delimsizing size4"';

/** The page that the command writes for `result`. */
export function pageOf(result: Result, options: HtmlOptions): string {
  const body = toHtml(result, options);
  const styles = [katexStyles(katexCss, fontFiles, body), htmlStyles];
  const { lang = 'en' } = options;
  return htmlPage({ title: htmlTitle(result, lang), lang, body, styles });
}

const place = mkdtempSync(join(tmpdir(), 'chainrule-pages-'));

/** The address of a file with `html` in it. */
export function addressOf(name: string, html: string): string {
  const file = join(place, `${name}.html`);
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

/** An open page with everything that it said or asked for. */
export interface Opened {
  readonly page: Page;
  readonly messages: readonly string[];
  readonly requests: readonly string[];
}

export async function open(browser: Browser, address: string, options: BrowserContextOptions): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) requests.push(request.url());
  });
  await page.goto(address);
  return { page, messages, requests };
}
