/**
 * A page with 200 derivations: deriving, verifying and printing all of it, beside what remark and rehype-katex alone need
 * to print the same formulas. Each in a process of its own, so that memory is counted apart; they take turns.
 *
 * Our page holds more formulas than the Markdown of the same derivations: each step unfolds into its smaller steps, its
 * rule, and what it came from. So the peers get both, as Markdown: all formulas of our page, and the shorter document that
 * `build -o out.md` writes.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, spread } from '../measure.ts';
import type { Settings } from '../settings.ts';
import { digits, percent, type Report } from '../table.ts';

/** Derivations of the kinds that lecture notes hold; no two of a page are alike. */
const kinds: readonly ((k: number) => string)[] = [
  (k) => `\`\`\`derive wrt=x\nx^${k} * sin(${k}x) / (1 + x^2)\n\`\`\``,
  (k) => `\`\`\`derive wrt="beta[j]"\nE(g(${k} * sum(beta[i] * f(dot(x[i], alpha[i])), i)))\n\`\`\``,
  (k) => `\`\`\`derive wrt=a\nsum((a * x[i] + b - y[i])^2, i) + ${k} * a^2\n\`\`\``,
  (k) => `\`\`\`derive wrt=w\nz[i] = dot(w, x[i]) + b\n-sum(t[i] * log(sigmoid(${k} * z[i])), i)\n\`\`\``,
  (k) => `\`\`\`derive wrt="z[j]"\nlogsumexp(${k} * z[k], k) - sum(t[k] * z[k], k)\n\`\`\``,
];

function noteWith(count: number): string {
  const blocks = Array.from({ length: count }, (_, at) => {
    const write = kinds[at % kinds.length] as (k: number) => string;
    return `## Derivation ${at + 1}\n\nWith $n = ${at}$ and $x_i \\in \\mathbb{R}$:\n\n${write(at + 2)}`;
  });
  return `# A page\n\n${blocks.join('\n\n')}\n`;
}

/** What its peers do with the finished page, as their manuals say. */
const peer = `
import { readFileSync, writeFileSync } from 'node:fs';
import rehypeKatex from 'rehype-katex';
import rehypeStringify from 'rehype-stringify';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
const [, , from, to] = process.argv;
const pipeline = unified().use(remarkParse).use(remarkMath).use(remarkRehype).use(rehypeKatex).use(rehypeStringify);
writeFileSync(to, String(pipeline.processSync(readFileSync(from, 'utf8'))));
process.stderr.write(String(process.resourceUsage().maxRSS));
`;

/** Runs the command in this process, so that its memory can be asked for. */
const own = `
import { createRequire } from 'node:module';
const [, , from, to] = process.argv;
process.argv = [process.argv[0], 'bin/chainrule', 'build', from, '-o', to];
createRequire(import.meta.url)(process.cwd() + '/bin/chainrule');
process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));
`;

/** Megabytes that a page may take at most. */
const mostMemory = 800;

export async function page(settings: Settings): Promise<Report> {
  const count = settings.quick ? 40 : 200;
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-bench-'));
  const wrong: string[] = [];
  const scripts = 'node_modules/.cache/chainrule-bench';
  writeFileSync(`${scripts}/page-peer.mjs`, peer);
  writeFileSync(`${scripts}/page-own.mjs`, own);
  const note = join(folder, 'note.md');
  const shorter = join(folder, 'shorter.md');
  const finished = join(folder, 'finished.md');
  const built = join(folder, 'page-own.mjs.html');
  writeFileSync(note, noteWith(count));
  if (spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0) wrong.push('build failed');
  for (const output of [shorter, built]) {
    const { status, stderr } = spawnSync(process.execPath, ['bin/chainrule', 'build', note, '-o', output]);
    if (status !== 0) wrong.push(`the note does not build: ${stderr}`);
  }
  const formulas = formulasOf(readFileSync(built, 'utf8'));
  writeFileSync(finished, formulas.map((tex) => `$${tex}$\n`).join('\n'));
  const takes: Record<string, { times: number[]; memory: number[] }> = {};
  const take = (name: string, script: string, from: string): void => {
    const start = performance.now();
    const run = spawnSync(process.execPath, [`${scripts}/${script}`, from, join(folder, `${script}.html`)]);
    takes[name] ??= { times: [], memory: [] };
    const { times, memory } = takes[name];
    times.push(performance.now() - start);
    memory.push(Number(/\d+$/.exec(String(run.stderr))?.[0]) / 1024);
    if (run.status !== 0) wrong.push(`${name} ended with exit code ${run.status}: ${String(run.stderr).slice(0, 200)}`);
  };
  for (let round = 0; round < (settings.quick ? 2 : 5); round++) {
    take('chainrule build: derive, verify, print', 'page-own.mjs', note);
    take('remark and rehype-katex: its formulas', 'page-peer.mjs', finished);
    take('remark and rehype-katex: the Markdown', 'page-peer.mjs', shorter);
  }
  rmSync(folder, { recursive: true });
  return reportOf(takes, `A page with ${count} derivations, ${formulas.length} formulas`, wrong);
}

/** The LaTeX of every formula on a page, from the annotations that KaTeX leaves. */
function formulasOf(html: string): string[] {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" };
  return [...html.matchAll(/<annotation encoding="application\/x-tex">([^<]*)</g)].map((match) =>
    (match[1] as string).replace(/&([#\w]+);/g, (whole, name: string) => entities[name] ?? whole),
  );
}

function reportOf(
  takes: Record<string, { times: number[]; memory: number[] }>,
  title: string,
  wrong: string[],
): Report {
  const rows = Object.entries(takes).map(([name, { times, memory }]) => [
    name,
    digits(median(times)),
    percent(spread(times)),
    digits(Math.max(...memory)),
  ]);
  const [ours, theirs] = Object.values(takes).map(({ times }) => median(times));
  const ratio = (ours ?? 0) / (theirs ?? 1);
  const memory = Math.max(...(Object.values(takes)[0]?.memory ?? [0]));
  return {
    title,
    tables: [{ columns: ['', 'ms', 'spread', 'MB at most'], rows }],
    goals: [
      { text: `no more time than remark and rehype-katex alone: ${digits(ratio)} times theirs`, met: ratio <= 1 },
      { text: `${mostMemory} MB at most: ${digits(memory)} MB`, met: memory <= mostMemory },
    ],
    notes: [],
    wrong,
  };
}
