/**
 * Templates: Liquid without files, code or anything outside what the page holds. Templates of users are not to be
 * trusted; what they print is escaped unless they say `raw`.
 */

import { type Context, Liquid, Tag, type TagToken, type TopLevelToken } from 'liquidjs';
import type { BuildFormat } from '../options.ts';
import { fail, MathError } from '../problem.ts';
import { latexText } from '../render/latex-text.ts';
import { escapeHtml } from '../render/markup.ts';
import type { Page } from './page.ts';

/** What a template may take: characters, and units of work and memory as LiquidJS counts them. */
const limits = { parseLimit: 200_000, renderLimit: 5_000, memoryLimit: 100_000_000 } as const;

/** Tags that read other templates from files. */
const readingTags = ['include', 'render', 'layout', 'block'] as const;

const escapes: Readonly<Record<BuildFormat, (text: string) => string>> = {
  html: escapeHtml,
  tex: latexText,
  typ: (text) => text.replace(/[\\#$*_`<>@~[\]=+/-]/g, '\\$&'),
  md: (text) => text,
};

/** `template` with `page` in it. Throws `MathError` for a template that can't be read or wants too much. */
export function fillTemplate(template: string, page: Page, format: BuildFormat): string {
  const engine = new Liquid({
    ...limits,
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: true,
    outputEscape: (value: unknown) => escapes[format](value === null || value === undefined ? '' : String(value)),
  });
  for (const name of readingTags) engine.registerTag(name, Refused);
  try {
    return engine.parseAndRenderSync(template, page);
  } catch (error) {
    if (error instanceof MathError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    return fail({
      code: 'syntax',
      message: `the template can't be used: ${said}`,
      hint: 'templates/README.md lists what there is',
    });
  }
}

/** Stands for a tag that would read a file. */
class Refused extends Tag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
    super(token, rest, liquid);
    fail({
      code: 'unsupported-notation',
      message: `a template can't use {% ${token.name} %}: it reads no files`,
      hint: 'write the other template into this one',
    });
  }

  render(_context: Context): void {}
}
