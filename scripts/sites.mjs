/**
 * Tries the plugin in small real sites: unified with rehype-katex, MDX, Astro and Docusaurus, each made in a folder of its own
 * with the package as `npm pack` makes it, built by its own command, and looked at for the derivation. Not a part of
 * `npm test`: it installs some hundreds of packages.
 *
 *     npm run build && node scripts/sites.mjs [unified] [mdx] [astro] [docusaurus]
 *
 * Ends with 1 where a site does not build or holds no derivation.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const block = '```derive wrt="beta[j]" name=model\nz = sum(beta[i] * y[i], i)\nE(z)\n```\n';
const note = `# A note\n\nWith $z$ as a sum:\n\n${block}\nThat is all.\n`;

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
      'src/pages/note.md': note,
      'src/pages/other.mdx': note,
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
      'docs/note.md': note,
      'docusaurus.config.mjs': `
import { remarkDerive } from 'chainrule/remark';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
export default {
  title: 'Site', url: 'https://example.org', baseUrl: '/',
  presets: [['classic', {
    blog: false,
    docs: { routeBasePath: '/', remarkPlugins: [remarkMath, remarkDerive], rehypePlugins: [rehypeKatex] },
  }]],
};`,
    },
    command: ['npx', 'docusaurus', 'build', '--out-dir', 'out'],
    pages: 'out',
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

const packed = mkdtempSync(join(tmpdir(), 'chainrule-pack-'));
run(['npm', 'pack', '--ignore-scripts', '--pack-destination', packed], '.');
const tarball = resolve(packed, readdirSync(packed)[0]);
for (const [name, { packages, files, command, pages }] of chosen) {
  const folder = mkdtempSync(join(tmpdir(), `chainrule-${name}-`));
  try {
    for (const [file, text] of Object.entries({ 'package.json': '{ "type": "module", "private": true }', ...files })) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    run(['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', tarball, ...packages], folder);
    run(command, folder);
    const built = readdirSync(join(folder, pages), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.html'))
      .map((file) => readFileSync(join(folder, pages, file), 'utf8'))
      .filter((page) => page.includes('That is all'));
    const without = built.filter((page) => !page.includes('class="katex') || !/\\delta_\{ij\}/.test(page));
    if (built.length === 0 || without.length > 0)
      throw new Error(`${without.length} of ${built.length} pages hold no derivation`);
    console.log(`${name}: ${built.length} pages with the derivation`);
    rmSync(folder, { recursive: true });
  } catch (error) {
    console.error(`${name} (left in ${folder}): ${error.message}`);
    process.exitCode = 1;
  }
}
rmSync(packed, { recursive: true });
