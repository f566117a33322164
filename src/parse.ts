/** The verb `parse`. */

import { readOptions, readText } from './library-options.ts';
import { readSource } from './meaning/read-source.ts';
import { fail, withSource } from './problem.ts';
import { detectSyntax } from './syntax/detect.ts';
import type { MathNode } from './syntax/node.ts';
import { printText } from './syntax/print.ts';
import { readText as readTextSource } from './syntax/text.ts';

interface ParseOptions {
  readonly syntax?: 'text' | 'latex';
}

/**
 * Reads one expression, in text or LaTeX, into a mathjs syntax tree, for programs that go on with mathjs: print it, walk
 * it, or hand its text to `math.evaluate`. Derivatives read as calls: `f'(x)` by the name `f'`, and `d(u, x)`. Throws
 * `MathError`.
 *
 *     parse('\\frac{x_i}{2}').toString() // 'x[i] / 2'
 */
export function parse(source: string, options: ParseOptions = {}): MathNode {
  readText('parse', source);
  const { syntax = detectSyntax(source) } = readOptions<ParseOptions>('parse', options);
  const [statement, ...others] = readSource(source, syntax);
  const [side, ...sides] = statement?.sides ?? [];
  if (side !== undefined && others.length === 0 && sides.length === 0)
    return syntax === 'latex' ? signed(side.node) : side.node;
  return withSource(source, () =>
    fail({
      code: 'syntax',
      message: 'this is more than one expression',
      span: { start: 0, end: source.length },
      hint: 'hand definitions and equations to derive, gradient, verify or check',
    }),
  );
}

/**
 * The tree with every sign of multiplication written: in mathjs `3 / 2 y x` is no fraction with 2 y x below, and `x (a + b)`
 * applies x.
 */
function signed(node: MathNode): MathNode {
  return readTextSource(printText(node))[0]?.sides[0]?.node ?? node;
}
