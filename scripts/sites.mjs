/**
 * Tries the plugin in small real sites: unified with rehype-katex, MDX, Astro and Docusaurus, each made in a folder of its own
 * with the package as `npm pack` makes it, built by its own command, and looked at for the derivation. Astro and Docusaurus
 * are built with the KaTeX that npm chooses and again with the newest put in its place, and both their own formulas and those
 * of the derivation are measured in Chromium against KaTeX alone. Not a part of `npm test`: it installs some hundreds of
 * packages.
 *
 *     npm run build && node scripts/sites.mjs [unified] [mdx] [astro] [docusaurus]
 *
 * Ends with 1 where a site does not build, holds no derivation, has several KaTeX or shows a formula otherwise than KaTeX does.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

const block = '```derive wrt="beta[j]" name=model\nz = sum(beta[i] * y[i], i)\nE(z)\n```\n';
const note = `# A note\n\nWith $z$ as a sum:\n\n${block}\nThat is all.\n`;

/** A page with formulas of its author, whose parts are easily misplaced. */
const own = '\\frac{x^{2}}{y_1} + \\sqrt[3]{\\hat{\\beta}^{k}}';
const measuredNote = `# A note\n\n$$\n${own}\n$$\n\n${block}\nThat is all.\n`;

/** What a site is made of: packages, files, the command that builds it, and where the pages go. */
const sites = {
  unified: {
    packages: ['unified', 'remark-parse', 'remark-math', 'remark-rehype', 'rehype-katex', 'rehype-stringify'],
    files: {
      'note.md': note,
      'build.mjs': `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { remarkDerive } from 'chainrule/remark';
import rehypeKatex from 'rehype-katex';
import rehypeStringify from 'rehype-stringify';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
mkdirSync('out');
for (const output of ['html', 'math']) {
  const page = await unified().use(remarkParse).use(remarkMath).use(remarkDerive, { output })
    .use(remarkRehype, { allowDangerousHtml: true }).use(rehypeKatex).use(rehypeStringify, { allowDangerousHtml: true })
    .process(readFileSync('note.md'));
  writeFileSync(\`out/\${output}.html\`, String(page));
}`,
    },
    command: ['node', 'build.mjs'],
    pages: 'out',
  },
  mdx: {
    packages: ['@mdx-js/mdx', 'react', 'react-dom', 'remark-math', 'rehype-katex'],
    files: {
      'note.mdx': note,
      'build.mjs': `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { evaluate } from '@mdx-js/mdx';
import { remarkDerive } from 'chainrule/remark';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import * as runtime from 'react/jsx-runtime';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
mkdirSync('out');
for (const output of [undefined, 'math']) {
  const { default: Note } = await evaluate(readFileSync('note.mdx'), {
    ...runtime, remarkPlugins: [remarkMath, [remarkDerive, { output }]], rehypePlugins: [rehypeKatex],
  });
  writeFileSync(\`out/\${output}.html\`, renderToStaticMarkup(createElement(Note)));
}`,
    },
    command: ['node', 'build.mjs'],
    pages: 'out',
  },
  astro: {
    packages: ['astro@5', '@astrojs/mdx@4', 'remark-math', 'rehype-katex'],
    files: {
      'src/layouts/Page.astro': `---
import 'katex/dist/katex.min.css';
import 'chainrule/styles.css';
---
<html><head><meta charset="utf-8"><title>A note</title></head><body><slot /></body></html>`,
      'src/pages/note.md': `---\nlayout: ../layouts/Page.astro\n---\n\n${measuredNote}`,
      'src/pages/other.mdx': `---\nlayout: ../layouts/Page.astro\n---\n\n${measuredNote}`,
      'astro.config.mjs': `
import mdx from '@astrojs/mdx';
import { remarkDerive } from 'chainrule/remark';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
export default defineConfig({
  integrations: [mdx()],
  markdown: { remarkPlugins: [remarkMath, remarkDerive], rehypePlugins: [rehypeKatex] },
});`,
    },
    command: ['npx', 'astro', 'build'],
    pages: 'dist',
    isMeasured: true,
  },
  docusaurus: {
    packages: [
      '@docusaurus/core@3',
      '@docusaurus/preset-classic@3',
      'react@19',
      'react-dom@19',
      'remark-math',
      'rehype-katex',
    ],
    files: {
      'package.json': '{ "private": true }',
      'docs/note.md': measuredNote,
      'style.css': "@import 'katex/dist/katex.min.css';\n@import 'chainrule/styles.css';\n",
      'docusaurus.config.mjs': `
import { remarkDerive } from 'chainrule/remark';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
export default {
  title: 'Site', url: 'https://example.org', baseUrl: '/', onBrokenLinks: 'ignore',
  presets: [['classic', {
    blog: false, theme: { customCss: './style.css' },
    docs: { routeBasePath: '/', remarkPlugins: [remarkMath, remarkDerive], rehypePlugins: [rehypeKatex] },
  }]],
};`,
    },
    command: ['npx', 'docusaurus', 'build', '--out-dir', 'out'],
    pages: 'out',
    isMeasured: true,
  },
};

const asked = process.argv.slice(2);
const chosen = Object.entries(sites).filter(([name]) => asked.length === 0 || asked.includes(name));

function run([command, ...args], cwd) {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', CI: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`);
  return stdout;
}

/** The newest KaTeX, which a site puts in place of all others by `overrides`. */
const newest = JSON.parse(readFileSync('node_modules/katex-newest/package.json', 'utf8')).version;

/** Where KaTeX stands below `folder`, with the versions. */
function katexIn(folder) {
  return readdirSync(join(folder, 'node_modules'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:^|node_modules[\\/])katex[\\/]package\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(join(folder, 'node_modules', file), 'utf8')).version);
}

const kinds = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.woff2': 'font/woff2' };

/** A server of the files in `folder`, as pages name their style sheets from the root. */
async function serve(folder) {
  const server = createServer(({ url }, response) => {
    const file = join(folder, decodeURIComponent(url.replace(/[?#].*/, '')));
    if (!existsSync(file) || extname(file) === '') return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': kinds[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** A page with nothing but KaTeX: its markup of `formulas` and its style sheet. */
function alone(folder, formulas) {
  const require = createRequire(join(folder, 'node_modules', 'katex', 'package.json'));
  const katex = require('katex');
  const sheet = readFileSync(join(folder, 'node_modules/katex/dist/katex.min.css'), 'utf8');
  const css = sheet.replace(/url\(fonts\/([\w-]+\.woff2)\)/g, (_, font) => {
    const file = readFileSync(join(folder, 'node_modules/katex/dist/fonts', font));
    return `url(data:font/woff2;base64,${file.toString('base64')})`;
  });
  const body = formulas
    .map(({ source, displayMode }) => `<p>${katex.renderToString(source, { throwOnError: false, displayMode })}</p>`)
    .join('\n');
  return `<!doctype html><meta charset="utf-8"><style>${css}</style>${body}`;
}

/**
 * The formulas on a page: of each the source, and the boxes of its letters, lines and roots in em, from the last letter.
 * What is folded is unfolded first, and no line is broken.
 */
function boxesIn(page) {
  return page.evaluate(async () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    await document.fonts.ready;
    return [...document.querySelectorAll('.katex')].map((formula) => {
      // Large, as the heights of letters are rounded to pixels.
      const em = 100;
      formula.style.fontSize = `${em}px`;
      const visual = formula.querySelector('.katex-html');
      visual.style.whiteSpace = 'nowrap';
      const letters = document.createTreeWalker(visual, NodeFilter.SHOW_TEXT);
      const parts = [...visual.querySelectorAll('.frac-line, svg')];
      while (letters.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(letters.currentNode);
        if (letters.currentNode.data.trim() !== '') parts.push(range);
      }
      const places = parts.map((part) => part.getBoundingClientRect());
      const last = places.at(-1);
      const boxes = places.map(({ left, top, height }) => [
        (left - last.left) / em,
        (top - last.top) / em,
        height / em,
      ]);
      const displayMode = formula.closest('.katex-display') !== null;
      return { source: formula.querySelector('annotation')?.textContent ?? '', displayMode, boxes };
    });
  });
}

/** How far the boxes of two formulas lie apart at most, in em. */
function distance(one, other) {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  return Math.max(...one.flatMap((box, at) => box.map((length, which) => Math.abs(length - other[at][which]))));
}

/** Measures every formula of the built pages against KaTeX alone. */
async function measure(folder, pages, files) {
  const server = await serve(join(folder, pages));
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [
      ...sparticuz.args.filter((arg) => arg !== '--single-process'),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const worst = { own: 0, ours: 0 };
    for (const file of files) {
      const site = await browser.newPage({ viewport: { width: 2400, height: 1200 } });
      // Docusaurus puts the page together once more when its scripts are there.
      await site.goto(`${server.address}/${file}`, { waitUntil: 'networkidle' });
      await site.waitForSelector('.katex');
      const shown = await boxesIn(site);
      const reference = await browser.newPage({ viewport: { width: 2400, height: 1200 } });
      await reference.setContent(alone(folder, shown));
      const expected = await boxesIn(reference);
      if (!shown.some(({ source }) => source === own) || shown.length < 5)
        throw new Error(`${file}: formulas are missing`);
      for (const [at, { source, boxes }] of shown.entries()) {
        const whose = source === own ? 'own' : 'ours';
        worst[whose] = Math.max(worst[whose], distance(boxes, expected[at].boxes));
        if (worst[whose] > 0.02) throw new Error(`${file}: ${source} is set otherwise than by KaTeX alone`);
      }
      await Promise.all([site.close(), reference.close()]);
    }
    const [a, b] = [worst.own, worst.ours].map((length) => length.toFixed(4));
    return `formulas of the page ${a} em from KaTeX alone, those of the derivation ${b} em`;
  } finally {
    await browser.close();
    server.close();
  }
}

const packed = mkdtempSync(join(tmpdir(), 'chainrule-pack-'));
run(['npm', 'pack', '--ignore-scripts', '--pack-destination', packed], '.');
const tarball = resolve(packed, readdirSync(packed)[0]);
const built = chosen.flatMap(([name, site]) => [
  [name, site, undefined],
  ...(site.isMeasured ? [[`${name} with KaTeX ${newest}`, site, newest]] : []),
]);
for (const [name, { packages, files, command, pages, isMeasured }, katex] of built) {
  const folder = mkdtempSync(join(tmpdir(), `chainrule-${name.replaceAll(' ', '-')}-`));
  try {
    const manifest = JSON.parse(files['package.json'] ?? '{ "type": "module", "private": true }');
    const overrides = katex === undefined ? {} : { overrides: { katex } };
    const all = { ...files, 'package.json': JSON.stringify({ ...manifest, ...overrides }) };
    for (const [file, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    run(['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', tarball, ...packages], folder);
    const versions = katexIn(folder);
    if (versions.length !== 1) throw new Error(`KaTeX ${versions.join(', ')} are installed`);
    run(command, folder);
    const holding = readdirSync(join(folder, pages), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.html'))
      .map((file) => ({ file, page: readFileSync(join(folder, pages, file), 'utf8') }))
      .filter(({ page }) => page.includes('That is all'));
    const without = holding.filter(({ page }) => !page.includes('class="katex') || !/\\delta_\{ij\}/.test(page));
    if (holding.length === 0 || without.length > 0)
      throw new Error(`${without.length} of ${holding.length} pages hold no derivation`);
    const measured = isMeasured
      ? await measure(
          folder,
          pages,
          holding.map(({ file }) => file),
        )
      : 'built';
    console.log(`${name}: ${holding.length} pages with the derivation, KaTeX ${versions[0]} alone; ${measured}`);
    rmSync(folder, { recursive: true });
  } catch (error) {
    console.error(`${name} (left in ${folder}): ${error.message}`);
    process.exitCode = 1;
  }
}
rmSync(packed, { recursive: true });
