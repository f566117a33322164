import { readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/columns.ts';
import type { Certificate, Derivation, Gradient } from '../../src/derivation/derivation.ts';
import { languages } from '../../src/options.ts';
import { toJson } from '../../src/render/json.ts';
import { toLatex } from '../../src/render/latex.ts';
import { toMarkdown } from '../../src/render/markdown.ts';
import { toTerminal } from '../../src/render/terminal.ts';
import * as fixtures from './fixtures.ts';

const plain = { lang: 'en', color: false } as const;
const all: [string, Derivation | Gradient][] = Object.entries(fixtures.results);

describe('terminal', () => {
  test('backpropagation', () => {
    expect(toTerminal(fixtures.backprop, plain)).toBe(`\
  E = E(g(Σᵢ βᵢ f(xᵢ·αᵢ)))                      wanted: ∂E/∂βⱼ

  where xᵢ, αᵢ ∈ ℝᵈ

  Let    yᵢ = xᵢ·αᵢ        z = Σᵢ βᵢ f(yᵢ)        w = g(z)        so that E = E(w)

  ∂E/∂βⱼ = E′(w) · ∂w/∂βⱼ                       chain rule, through w
         = E′(w) g′(z) · ∂z/∂βⱼ                 chain rule, through z
         = E′(w) g′(z) · Σᵢ ∂/∂βⱼ (βᵢ f(yᵢ))    the sum is differentiated term by term
         = E′(w) g′(z) · Σᵢ δᵢⱼ f(yᵢ)           ∂βᵢ/∂βⱼ = δᵢⱼ, and f(yᵢ) holds no β
         = E′(w) g′(z) f(yⱼ)                    only i = j is left   (1 ≤ j ≤ n)

  ✓ every step verified: 4 proved, 1 tested at 64 points (worst 2·10⁻¹⁵)

  It needs E′(w), g′(z), f(yⱼ).   It does not need f′: f need not be differentiated.
`);
  });

  test('backpropagation in Japanese', () => {
    expect(toTerminal(fixtures.backprop, { ...plain, lang: 'ja' })).toBe(`\
  E = E(g(Σᵢ βᵢ f(xᵢ·αᵢ)))                      求めるもの：∂E/∂βⱼ

  ただし xᵢ, αᵢ ∈ ℝᵈ

  ここで    yᵢ = xᵢ·αᵢ        z = Σᵢ βᵢ f(yᵢ)        w = g(z)        とおくと E = E(w)

  ∂E/∂βⱼ = E′(w) · ∂w/∂βⱼ                       連鎖律（w を通して）
         = E′(w) g′(z) · ∂z/∂βⱼ                 連鎖律（z を通して）
         = E′(w) g′(z) · Σᵢ ∂/∂βⱼ (βᵢ f(yᵢ))    和を項別に微分
         = E′(w) g′(z) · Σᵢ δᵢⱼ f(yᵢ)           ∂βᵢ/∂βⱼ = δᵢⱼ、f(yᵢ) は β を含まない
         = E′(w) g′(z) f(yⱼ)                    i = j の項だけが残る   （1 ≤ j ≤ n）

  ✓ すべての式変形を検証済み（証明 4、数値検証 1、64 点、最大相対誤差 2·10⁻¹⁵）

  必要なもの：E′(w)、g′(z)、f(yⱼ)。   不要なもの：f′（f を微分する必要はない）。
`);
  });

  test('a scalar, every detail', () => {
    expect(toTerminal(fixtures.scalar, plain)).toBe(`\
  d/dx (x² sin 3x) = d(x²)/dx · sin 3x + x² · d/dx (sin 3x)    product rule
                   = 2x sin 3x + x² · d/dx (sin 3x)            power rule
                   = 2x sin 3x + x² cos 3x · d/dx (3x)         chain rule, sin′ = cos
                   = 2x sin 3x + 3x² cos 3x                    constant factor 3
                   = x (2 sin 3x + 3x cos 3x)                  simplified

  ✓ every step verified: 5 proved
`);
  });

  test('the backward pass', () => {
    expect(toTerminal(fixtures.backward, plain)).toBe(`\
  where xᵢ, αᵢ ∈ ℝᵈ

  forward             backward
  yᵢ = xᵢ·αᵢ          w̄  = ∂E/∂w  = E′(w)
  z  = Σᵢ βᵢ f(yᵢ)    z̄  = ∂E/∂z  = w̄ g′(z)
  w  = g(z)           β̄ⱼ = ∂E/∂βⱼ = z̄ f(yⱼ)       ← wanted
  E  = E(w)           ȳⱼ = ∂E/∂yⱼ = z̄ βⱼ f′(yⱼ)
                      ᾱⱼ = ∂E/∂αⱼ = ȳⱼ xⱼ         ← wanted (a vector)

  written out
  ∂E/∂βⱼ = E′(w) g′(z) f(yⱼ)
  ∂E/∂αⱼ = E′(w) g′(z) βⱼ f′(yⱼ) xⱼ

  Each adjoint once: 2 + 3n + n d products for all parameters; each gradient on its own: 5n + n d.

  update  βⱼ ← βⱼ − η β̄ⱼ
  update  αⱼ ← αⱼ − η ᾱⱼ

  ✓ every adjoint verified: 3 proved, 2 tested at 64 points (worst 2·10⁻¹⁵)

  It needs E′(w), g′(z), f′(yⱼ), f(yⱼ), β, x.   It does not need α.
`);
  });

  test('the backward pass on a narrow terminal stands in one column', () => {
    const text = toTerminal(fixtures.backward, { ...plain, width: 50 });
    expect(text.startsWith('  where xᵢ, αᵢ ∈ ℝᵈ\n\n  forward\n  yᵢ = xᵢ·αᵢ\n')).toBe(true);
    expect(text).toContain('\n\n  backward\n  w̄  = ∂E/∂w  = E′(w)\n');
  });

  test('words move below a row that leaves no room, and nothing is cut off', () => {
    expect(toTerminal(fixtures.scalar, { ...plain, width: 66 })).toBe(`\
  d/dx (x² sin 3x) = d(x²)/dx · sin 3x + x² · d/dx (sin 3x)
                       product rule
                   = 2x sin 3x + x² · d/dx (sin 3x)
                       power rule
                   = 2x sin 3x + x² cos 3x · d/dx (3x)
                       chain rule, sin′ = cos
                   = 2x sin 3x + 3x² cos 3x
                       constant factor 3
                   = x (2 sin 3x + 3x cos 3x)
                       simplified

  ✓ every step verified: 5 proved
`);
  });

  test('the answer alone', () => {
    expect(toTerminal({ ...fixtures.backprop, detail: 'answer' }, plain)).toBe(`\
  E = E(g(Σᵢ βᵢ f(xᵢ·αᵢ)))    wanted: ∂E/∂βⱼ

  where xᵢ, αᵢ ∈ ℝᵈ

  ∂E/∂βⱼ = E′(w) g′(z) f(yⱼ)

  ✓ result verified: tested at 64 points (worst 3·10⁻¹⁵)
`);
  });

  test('the definitions put back, and an update', () => {
    const update = { name: 'beta[j]', expression: "beta[j] - eta * E'(w) * g'(z) * f(y[j])" };
    const text = toTerminal({ ...fixtures.backprop, update }, { ...plain, expand: true, width: 120 });
    expect(text).toContain('= E′(g(Σᵢ βᵢ f(xᵢ·αᵢ))) g′(Σᵢ βᵢ f(xᵢ·αᵢ)) f(xⱼ·αⱼ)    with the definitions put back\n');
    expect(text).toContain('  update  βⱼ ← βⱼ − η E′(w) g′(z) f(yⱼ)\n');
  });

  test('a wide left-hand side stands alone', () => {
    const wanted = 'd(log(1 + exp(a * x + b)) + log(1 + exp(c * x + d)), x)';
    const text = toTerminal({ ...fixtures.scalar, wanted, steps: [] }, plain);
    expect(text).toMatch(/^ {2}d\/dx \(log.*\)\n {4}= x \(2 sin 3x/);
  });

  test('colour is for words alone', () => {
    const text = toTerminal(fixtures.backprop, { ...plain, color: true });
    expect(text).toContain('\u001b[32m✓\u001b[39m');
    expect(text).toContain('\u001b[2mchain rule, through w\u001b[22m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(toTerminal(fixtures.backprop, plain));
  });
});

describe('what was not verified', () => {
  const open: Certificate = { verdict: 'unknown', method: 'unchecked', points: 0, worst: 0 };
  const wrong: Certificate = {
    verdict: 'fails',
    method: 'tested',
    points: 1,
    worst: 0.5,
    counterexample: {
      values: { x: 0.70001, 'beta[1]': -1.2, 'f(t)': 'sin(1.2 t) + t^2/3' },
      left: 1.1041,
      right: 0.81349,
    },
  };
  const withSteps = (certificate: Certificate, whole = certificate): Derivation => {
    const steps = fixtures.scalar.steps.map((step, at) => (at === 2 ? { ...step, certificate } : step));
    return { ...fixtures.scalar, steps, certificate: whole };
  };
  const noticesOf = (derivation: Derivation, lang: 'en' | 'ja' = 'en') =>
    toTerminal(derivation, { ...plain, lang })
      .split('\n')
      .filter((line) => /^ {2}[✓✗?]/.test(line));

  test('a step that fails, with numbers to retrace', () => {
    expect(noticesOf(withSteps(wrong, fixtures.proved))).toEqual([
      '  ✗ step 3 does not hold: left 1.104, right 0.8135, for example with x = 0.7, β₁ = −1.2, f(t) = sin 1.2t + t²/3',
    ]);
    expect(toTerminal(withSteps(wrong), plain)).toContain('chain rule, sin′ = cos ✗');
    expect(noticesOf(withSteps(wrong, fixtures.proved), 'ja')).toEqual([
      '  ✗ 第 3 の式変形は成り立たない：左辺 1.104、右辺 0.8135、反例：x = 0.7、β₁ = −1.2、f(t) = sin 1.2t + t²/3',
    ]);
  });

  test('a failure without numbers', () => {
    const { counterexample: _, ...bare } = wrong;
    expect(noticesOf(withSteps(bare, fixtures.proved))).toEqual(['  ✗ step 3 does not hold']);
  });

  test('a result that fails although its steps hold', () => {
    const [verified, failed] = noticesOf({ ...fixtures.scalar, certificate: wrong });
    expect(verified).toMatch(/^ {2}✗ the result is not the derivative: left 1.104, right 0.8135/);
    expect(failed).toBeUndefined();
  });

  test('an open step says why, in words or as it was given', () => {
    const domain = { ...open, method: 'tested', reason: 'domain: only 3 of 64 points were valid' } as const;
    expect(noticesOf(withSteps(domain, fixtures.proved))).toEqual([
      '  ? step 3 is not verified: too few points at which both sides are defined',
    ]);
    expect(noticesOf(withSteps({ ...domain, reason: 'the moon' }, fixtures.proved))).toEqual([
      '  ? step 3 is not verified: the moon',
    ]);
  });

  test('verification that nobody asked for', () => {
    const certificate = { ...open, reason: 'not-requested' };
    const steps = fixtures.scalar.steps.map((step) => ({ ...step, certificate }));
    expect(noticesOf({ ...fixtures.scalar, steps, certificate })).toEqual([
      '  ? not verified: verification was not asked for',
    ]);
  });

  test('a derivative that no rule covers', () => {
    const certificate = { ...open, reason: 'unresolved' };
    expect(noticesOf({ ...fixtures.scalar, certificate, unresolved: ['d(h(x)[1], x)'] })).toEqual([
      '  ✓ every step verified: 5 proved',
      '  ? not resolved: no rule covers d/dx (h(x)₁), which is left standing',
    ]);
  });
});

describe('Markdown and LaTeX', () => {
  const formulasIn = (text: string) => [
    ...[...text.matchAll(/\$\$\n([\s\S]*?)\n\$\$|(?<!\\)\$((?:\\.|[^$])+)\$/g)].map((match) => match[1] ?? match[2]),
    ...[...text.matchAll(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g)].map((match) => match[0]),
  ];

  test.each(all)('every formula of %s pleases KaTeX', (_, result) => {
    for (const lang of languages) {
      for (const text of [toMarkdown(result, { lang, expand: true }), toLatex(result, { lang, expand: true })]) {
        const formulas = formulasIn(text);
        expect(formulas.length).toBeGreaterThan(0);
        for (const formula of formulas) {
          katex.renderToString(formula as string, { strict: 'error', throwOnError: true, displayMode: true });
        }
      }
    }
  });

  test.each(all)('%s reads as prose', async (name, result) => {
    const pages = languages.flatMap((lang) => [
      `<!-- Markdown, ${lang} -->\n\n${toMarkdown(result, { lang })}`,
      `<!-- LaTeX, ${lang} -->\n\n${toLatex(result, { lang })}`,
    ]);
    await expect(pages.join('\n')).toMatchFileSnapshot(`./pages/${name}.txt`);
  });

  test('a hostile rule id and a hostile reason stay words', () => {
    const steps = [fixtures.step('\\end{aligned}$$<script>', 'x', {}, { certificate: fixtures.proved })];
    const reason = '$$ <img src=x> **bold** \\input{/etc/passwd}';
    const certificate: Certificate = { verdict: 'unknown', method: 'tested', points: 0, worst: 0, reason };
    const hostile = { ...fixtures.scalar, steps, certificate };
    expect(toMarkdown(hostile, { lang: 'en' })).toContain(
      '\\$\\$ \\<img src=x\\> \\*\\*bold\\*\\* \\\\input{/etc/passwd}',
    );
    expect(toMarkdown(hostile, { lang: 'en' })).toContain('\\text{\\textbackslash{}end\\{aligned\\}\\$\\$<script>}');
    expect(toLatex(hostile, { lang: 'en' })).not.toContain('\\input');
  });
});

describe('JSON', () => {
  test.each(all)('%s survives', (_, result) => {
    expect(JSON.parse(toJson(result))).toEqual(result);
    expect(toJson(JSON.parse(toJson(result)))).toBe(toJson(result));
  });

  test('the same text whatever the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(fixtures.backprop).reverse()) as unknown as Derivation;
    expect(toJson(reversed)).toBe(toJson(fixtures.backprop));
    expect(toJson(fixtures.backprop)).toMatch(/^\{\n {2}"schema": "chainrule\/derivation\/1",\n {2}"detail"/);
  });
});

/** The spaces before the words of a row. */
const spacesIn = (line: string) => /(?<=\S) {4,}(?=\S)/.exec(line)?.[0].length ?? 0;

describe('every format of every fixture', () => {
  test.each(all)('%s holds no trace of a missing value', (_, result) => {
    for (const lang of languages) {
      const terminal = [40, 80, 100, 200].map((width) => toTerminal(result, { lang, color: false, width }));
      for (const text of [...terminal, toMarkdown(result, { lang }), toLatex(result, { lang }), toJson(result)]) {
        expect(text).not.toMatch(/undefined|NaN|\[object|Infinity|\{[a-z]+ = /);
        expect(text.endsWith('\n')).toBe(true);
        expect(text).not.toMatch(/[ \t]\n/);
      }
    }
  });

  test.each(all)('rows of %s are aligned as a terminal shows them', (_, result) => {
    for (const lang of languages) {
      const rows = toTerminal(result, { lang, color: false, width: 200 })
        .split('\n')
        .filter((line) => /^ {3,}= /.test(line));
      const columns = rows.map((line) => widthOf(line.slice(0, line.indexOf('='))));
      expect(new Set(columns).size).toBeLessThan(2);
      const words = rows.map((line) => widthOf(line.slice(0, /(?<=\S) {4,}(?=\S)/.exec(line)?.index)) + spacesIn(line));
      expect(new Set(words).size).toBeLessThan(2);
    }
  });
});

test('the renderers do not load KaTeX', () => {
  for (const file of ['terminal', 'markdown', 'latex', 'json', 'formula-latex', 'latex-page']) {
    expect(readFileSync(new URL(`../../src/render/${file}.ts`, import.meta.url), 'utf8')).not.toContain("'katex'");
  }
});
