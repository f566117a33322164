import { describe, expect, it } from 'vitest';
import { readModel } from '../../src/pipeline.ts';
import { spanOf, view } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import { readText, scanText } from '../../src/syntax/text.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { readLines } from '../support/table.ts';

const cases = readLines('text.txt').map((line) => line.split(' => ') as [string, string]);

describe('matrices of blocks', () => {
  it.each([
    ['[A[:, j]; b]', 'vcat(A[:, j], b)'],
    ["[A[1, :]'; f(b[2])]", "vcat(A[1, :]', f(b[2]))"],
    ['[[A[:, 1], b]; [b, c]]', 'vcat(hcat(A[:, 1], b), hcat(b, c))'],
    ['[[A[:, 1], b], [b, c]]', 'vcat(hcat(A[:, 1], b), hcat(b, c))'],
    ['[A[:, 1], b; b, c]', 'vcat(hcat(A[:, 1], b), hcat(b, c))'],
  ])('%s is %s', (source, written) => {
    const [statement] = readText(source);
    expect(printText(statement?.sides[0]?.node as Parameters<typeof printText>[0])).toBe(written);
  });
});

describe('text as people paste it', () => {
  it.each(cases)('%s is %s', (source, plain) => {
    inFreshStore(() => {
      const read = (text: string) => readModel(scanText, text, { wrt: 'qq' }).target;
      expect(read(source)).toBe(read(plain));
    });
  });

  it('keeps the places of what it reads', () => {
    const [statement] = readText('√x + y² · zz');
    const { node } = statement?.sides[0] as { node: Parameters<typeof view>[0] };
    const names: string[] = [];
    node.traverse((part) => {
      const seen = view(part as typeof node);
      const span = spanOf(part as typeof node);
      if (seen.kind === 'symbol' && span !== undefined) names.push(`${seen.name} ${span.start}-${span.end}`);
    });
    expect(names).toEqual(['x 1-2', 'y 5-6', 'zz 10-12']);
  });
});
