/**
 * Notes by authors who mean harm: each payload in each place where a note takes text, then what harms by its size or
 * shape. `window.harmed` is what a payload would set.
 */

/** Texts that would run where they become markup, code or an address. */
const payloads: Readonly<Record<string, string>> = {
  script: '<script>window.harmed=1</script>',
  handler: '<img src=x onerror="window.harmed=1">',
  breakout: '"><svg onload=window.harmed=1>',
  address: 'javascript:window.harmed=1',
  liquid: '{{ "<script>window.harmed=1</script>" | raw }}{% include "/etc/passwd" %}',
  ending: '</code></pre></title></style></script><script>window.harmed=1</script>',
};

/** Places for a payload. */
const places: Readonly<Record<string, (payload: string) => string>> = {
  paragraph: (it) => `text ${it} text`,
  heading: (it) => `# ${it}`,
  title: (it) => `---\ntitle: ${JSON.stringify(it)}\n---\n\ntext`,
  address: (it) => `[click](<${it}>) and ![see](<${it}>)`,
  definition: (it) => `[click][a] ![see][a]\n\n[a]: <${it}> "${it.replaceAll('"', '')}"`,
  code: (it) => `\`\`\`${it.replaceAll('`', '')}\n${it}\n\`\`\``,
  table: (it) => `| a | b |\n|---|---|\n| ${it.replaceAll('|', '\\|')} | $x$ |`,
  'text in a formula': (it) => `$\\text{${it.replace(/[{}%$]/g, '')}}$ and $$${it}$$`,
  'link in a formula': (it) => `$\\href{${it}}{x} \\url{${it}} \\includegraphics{${it}} \\htmlData{a=${it}}{x}$`,
  'name of a block': (it) => `\`\`\`derive wrt=x figure name='${it.replace(/[`']/g, '')}'\nx^2\n\`\`\``,
  'option of a block': (it) => `\`\`\`derive wrt='${it.replace(/[`']/g, '')}'\nx^2\n\`\`\``,
  'body of a block': (it) => `\`\`\`derive wrt=x\n${it}\n\`\`\``,
  directive: (it) => `:::derive{wrt=x onclick="${it.replaceAll('"', '')}"}\n$$\nx^2\n$$\n:::\n\n:::${it}\ntext\n:::`,
};

/** What harms by its markup alone. */
const markup: readonly string[] = [
  '<iframe srcdoc="<script>parent.harmed=1</script>"></iframe>',
  '<object data="data:text/html,<script>parent.harmed=1</script>"></object>',
  '<base href="https://example.org/"><a href="page">a</a>',
  '<meta http-equiv="refresh" content="0;url=javascript:window.harmed=1">',
  '<form action="javascript:window.harmed=1"><button>go</button></form>',
  '<a href="java\nscript:window.harmed=1">a</a> <a href="&#106;avascript:window.harmed=1">b</a>',
  '<details ontoggle="window.harmed=1" open><summary>a</summary></details>',
  '<svg><animate onbegin="window.harmed=1" attributeName="x" dur="1s"></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror="window.harmed=1"></style></mglyph></table></mtext></math>',
  '<noscript><p title="</noscript><img src=x onerror=window.harmed=1>"></noscript>',
  '<style>@import "javascript:window.harmed=1"; body { display: none }</style>',
  '<div data-slot="0">a</div><span data-slot="00000000-0000-4000-8000-000000000000-0">b</span> $x$',
  '<!-- chainrule:begin -->\n\n<script>window.harmed=1</script>\n\n<!-- chainrule:end -->',
  '```derive wrt=x\nx^2\n```\n\n<!-- chainrule:begin -->\n\nnever ended',
  '[a](data:text/html,<script>window.harmed=1</script>) [b](vbscript:x) ![c](data:image/svg+xml,<svg/onload=window.harmed=1>)',
  `![up](../../../../etc/passwd) ![up](/etc/passwd) ![up](file:${'//'}/etc/passwd)`,
];

/** What harms by its size or its shape. */
const shapes: readonly string[] = [
  '$'.repeat(1_000_000),
  `${'$a '.repeat(4000)}`,
  '$$\\def\\a{\\a\\a}\\a$$',
  '$$\\def\\a{\\b\\b\\b\\b}\\def\\b{\\c\\c\\c\\c}\\def\\c{\\d\\d\\d\\d}\\def\\d{\\e\\e\\e\\e}\\def\\e{xxxx}\\a\\a\\a\\a$$',
  `$${'{'.repeat(20_000)}$`,
  `$${'\\sqrt{'.repeat(3000)}x${'}'.repeat(3000)}$`,
  `$\\rule{1000000em}{1000000em}$ $\\kern{-99999em}$`,
  '```derive wrt=x\nx^2\n\n# never closed',
  '````derive wrt=x\nx^2\n```\n',
  ':::derive{wrt=x}\n$$\nx^2\n$$\n',
  ':::a\n'.repeat(2000),
  '>'.repeat(5000),
  `${'- '.repeat(4000)}a`,
  '['.repeat(5000),
  '*a_ '.repeat(500),
  `\`\`\`derive wrt=x\n${'('.repeat(10_000)}x${')'.repeat(10_000)}\n\`\`\``,
  `\`\`\`derive wrt=x\n${'x*'.repeat(20_000)}x\n\`\`\``,
  `\`\`\`derive wrt=x order=999999999\nx^2\n\`\`\``,
  `---\ntitle: &a [*a, *a]\nlang: !!js/function "x"\n---\n\n&amp; text`,
  '\u0000\ufffe\u202e reversed \ud800 text $\u0000$',
];

/** All notes by name. */
export const hostileNotes: ReadonlyMap<string, string> = new Map([
  ...Object.entries(payloads).flatMap(([what, payload]) =>
    Object.entries(places).map(([where, put]) => [`${what} as ${where}`, put(payload)] as const),
  ),
  ...markup.map((note, at) => [`markup ${at + 1}`, note] as const),
  ...shapes.map((note, at) => [`shape ${at + 1}`, note] as const),
]);
