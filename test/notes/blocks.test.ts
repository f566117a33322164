import { describe, expect, it } from 'vitest';
import { buildNote } from '../../src/build/build-note.ts';
import { deriveBlocks, type Outcome } from '../../src/build/derive-blocks.ts';
import { readNote } from '../../src/build/note-outline.ts';
import { readLines } from '../support/table.ts';

const cases = readLines('blocks.txt').map((line) => {
  const [written = '', expected = ''] = line.split(' => ');
  return { written, note: written.replaceAll('|', '\n'), expected };
});

function outcomesOf(note: string): Outcome[] {
  return [...deriveBlocks(readNote(note).blocks, { lang: 'en' })];
}

function described(note: string): string {
  const { outcomes, file } = buildNote(note, { format: 'md' });
  const [message] = file.messages;
  if (message !== undefined) return `error ${message.line}:${message.column} ${message.reason}`;
  const [outcome] = outcomes;
  return outcome?.kind === 'derived' && 'result' in outcome.result ? outcome.result.result : 'nothing';
}

describe('a block', () => {
  it.each(cases)('$written', ({ note, expected }) => {
    expect(described(note)).toBe(expected);
  });

  it('is not every fence', () => {
    expect(outcomesOf('```js\nx\n```\n\n```\nderive wrt=x\n```\n\n    ```derive wrt=x\n\n`derive`')).toEqual([]);
  });
});

const model = '```derive wrt="beta[j]" name=model\nz = sum(beta[i] * y[i], i)\nE(z)\n```\n\n';

function results(note: string): string[] {
  return outcomesOf(note).map((one) =>
    one.kind === 'derived' ? ('result' in one.result ? one.result.result : one.result.schema) : one.problem.message,
  );
}

describe('a block that uses another', () => {
  it.each([
    ['starts from its definitions', '```derive wrt="y[j]" use=model\nz^2\n```', '2 * beta[j] * z'],
    [
      'is the other one by another variable, where it is empty',
      '```derive wrt="y[j]" use=model\n```',
      "E'(z) * beta[j]",
    ],
    ['is a backward pass of the other one', '```derive wrt="beta[j],y[j]" use=model\n```', 'chainrule/gradient/1'],
    [
      'is written in the same notation',
      '```derive wrt="\\beta_j" use=model\n\\exp(z)\n```',
      'this block and one that it uses are in different notations',
    ],
    ['has a name of its own', '```derive wrt=x name=model\nx\n```', 'two blocks have the name "model"'],
  ])('%s', (_, block, expected) => {
    expect(results(model + block)[1]).toBe(expected);
  });

  it('hands on what it uses itself', () => {
    const note = `${model}\`\`\`derive wrt=z name=next use=model\nq = z^2\nq\n\`\`\`\n\n\`\`\`derive wrt="beta[j]" use=next\nq + z\n\`\`\``;
    expect(results(note)[2]).toBe('y[j] + 2 * y[j] * z');
  });

  it('inherits shapes', () => {
    const note =
      '```derive wrt=w name=a shape="x: vector(n)"\nz = dot(w, x)\nz\n```\n\n```derive wrt=w use=a\nz^2\n```';
    expect(results(note)[1]).toBe('2 * z * x');
  });

  it('does not put its problems at places of the other', () => {
    const { file } = buildNote(`${model}\`\`\`derive wrt="y[j]" use=model\nz +\n\`\`\``, { format: 'md' });
    expect(file.messages.map(({ line, column }) => [line, column])).toEqual([[7, 4]]);
  });
});

describe('the prose before a block', () => {
  const block = "```derive wrt=x\nx' * A * x\n```\n";
  const said =
    'Let $\\mathbf{A} \\in \\mathbb{R}^{n \\times n}$ be a symmetric matrix and $\\mathbf{x} \\in \\mathbb{R}^n$.\n\n';

  /** The result of the last block, and what is said of its prose. */
  function read(note: string): string {
    const outcome = buildNote(note, { format: 'md' }).outcomes.at(-1);
    if (outcome?.kind !== 'derived' || !('result' in outcome.result)) return 'nothing';
    const notice = outcome.result.notices?.find(({ code }) => code === 'from-prose');
    return `${outcome.result.result} | ${notice?.name ?? ''}`;
  }

  it('declares the names in it, and the result says so', () => {
    expect(read(said + block)).toBe('2 * A * x | A: matrix(n, n) symmetric, x: vector(n)');
    expect(
      read(`$A \\in \\mathbb{R}^{n \\times n}$ は対称行列、$x \\in \\mathbb{R}^n$ とする。\n\n${block}`),
    ).toContain('2 * A * x |');
  });

  it('says nothing where the block declares, in another section, and where it does not fit', () => {
    expect(read(said + block.replace('=x', '=x shape="A: matrix(n, n), x: vector(n)"'))).toBe("(A + A') * x | ");
    expect(read(`# One\n\n${said}# Two\n\n\`\`\`derive wrt=x\nx^2\n\`\`\``)).toBe('2 * x | ');
    expect(read('Let $x \\in \\mathbb{R}^{3 \\times 4}$.\n\n```derive wrt=x\nx^2\n```')).toBe('2 * x | ');
  });
});
