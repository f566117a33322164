import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildNote } from '../../src/build/build-note.ts';
import { stylesFor } from '../../src/build/styles.ts';
import { MathError } from '../../src/problem.ts';
import { toSvg } from '../../src/render/figure/to-svg.ts';
import { katexStyles } from '../../src/render/katex-styles.ts';
import { addressOf, fontFiles, katexCss, launch } from '../support/browser.ts';
import { hostileNotes } from './hostile.ts';

const templates = ['note', 'embed', 'problem-sheet', 'cheat-sheet'].map((name) => [
  name,
  readFileSync(`templates/${name}.html.liquid`, 'utf8'),
]) as [string, string][];

/** The page, or the message that there is instead. */
function build(note: string, template: string): { page: string } | { message: string } {
  try {
    const styles = (html: string) => stylesFor(katexStyles(katexCss, fontFiles, html));
    return { page: buildNote(note, { format: 'html', template, styles, figure: toSvg }).text };
  } catch (error) {
    if (error instanceof MathError) return { message: error.message };
    throw error;
  }
}

let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  browser = await launch();
  context = await browser.newContext({ bypassCSP: true });
});
afterAll(() => browser.close());

describe('a hostile note', () => {
  it('is one of a hundred or more', () => {
    expect(hostileNotes.size).toBeGreaterThanOrEqual(100);
  });

  it.each([...hostileNotes])('%s: nothing in the page runs, or there is a message', async (name, note) => {
    // The templates take turns; as there are 13 places, each meets every payload and every place.
    const [template, text] = templates[[...hostileNotes.keys()].indexOf(name) % templates.length] as [string, string];
    const built = build(note, text);
    if ('message' in built) expect(built.message).not.toBe('');
    else {
      expect(await findingsOf(`${template}-${name.replaceAll(/\W+/g, '-')}`, built.page)).toEqual({
        harmed: false,
        active: [],
        requests: [],
        dialogs: 0,
      });
    }
  });
});

/** What runs in a page, looked for without its policy, which would hide it. */
async function findingsOf(name: string, html: string) {
  const page = await context.newPage();
  const requests: string[] = [];
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(?:data|file):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(addressOf(name, html));
  const { harmed, active } = await page.evaluate(activeParts);
  await page.close();
  return { harmed, active, requests, dialogs };
}

/** Runs in the page: what has run, and what could. */
function activeParts(): { harmed: boolean; active: string[] } {
  const active: string[] = [];
  for (const one of document.querySelectorAll('*')) {
    if (/^(?:script|iframe|object|embed|base|form|animate|set|foreignobject)$/i.test(one.localName))
      active.push(one.localName);
    if (one.localName === 'meta' && /refresh/i.test(one.getAttribute('http-equiv') ?? '')) active.push('refresh');
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name)) active.push(name);
      const isAddress = /^(?:href|src|xlink:href|action|formaction|srcdoc|data)$/i.test(name);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip them in addresses
      if (isAddress && /^(?:java|vb)script:|^data:text/i.test(value.replace(/[\u0000-\u0020]/g, '')))
        active.push(value);
    }
  }
  return { harmed: 'harmed' in window, active };
}
