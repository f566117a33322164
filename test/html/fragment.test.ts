import { describe, expect, it } from 'vitest';
import { htmlStyles, toHtml } from '../../src/html.ts';
import { backprop } from '../render/fixtures.ts';

describe('toHtml', () => {
  it('gives a row for each step, under its own id', () => {
    const html = toHtml(backprop, { lang: 'en', id: 'model' });
    expect([...html.matchAll(/<li [^>]*id="([^"]+)"/g)].map((match) => match[1])).toEqual(
      backprop.steps.map((_, at) => `model-${at + 1}`),
    );
  });

  it('comes with a style sheet', () => {
    expect(htmlStyles).toContain('prefers-color-scheme');
  });
});
