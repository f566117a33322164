/** A printer with a fault: what a note is built to says so. */

import { describe, expect, it, vi } from 'vitest';
import { buildNote } from '../../src/build/build-note.ts';

vi.mock(import('../../src/render/markdown.ts'), async (original) => {
  const { toMarkdown, ...rest } = await original();
  return { ...rest, toMarkdown: (...args) => toMarkdown(...args).replaceAll('3 x^2', '3 x^3') };
});
vi.mock(import('../../src/render/latex.ts'), async (original) => {
  const { toLatex, ...rest } = await original();
  return { ...rest, toLatex: (...args) => toLatex(...args).replaceAll('3 x^2', '3 x^3') };
});

const note = '```derive wrt=x\nx^2\n```\n\n```derive wrt=x\nx^3\n```\n\n```derive wrt=x\nx^(\n```\n';

describe('the outcomes of a build', () => {
  it.each(['md', 'tex'] as const)('to %s count what stands on the page', (format) => {
    const { outcomes, text } = buildNote(note, { format });
    expect(text).toContain('3 x^3');
    const verdicts = outcomes.map((one) => (one.kind === 'derived' ? one.result.certificate.verdict : one.kind));
    expect(verdicts).toEqual(['holds', 'fails', 'refused']);
  });
});
