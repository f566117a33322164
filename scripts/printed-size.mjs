/**
 * How long a formula is, as printed: leaves, operators and function names of its text, parsed by mathjs. Brackets do not
 * count. `x^2 * sin(3x)` has 8. A partial derivative `D(f, 1)(x, y)`, which mathjs does not read, counts as a call of one name.
 */

import { parse } from 'mathjs';

/** The printed size of an expression in text syntax. */
export function printedSize(text) {
  return sizeOf(parse(text.replace(/\bD\((\w+), *([\d, ]+)\)\(/g, (_, name) => `${name}_(`)));
}

function sizeOf(node) {
  const total = (nodes) => nodes.reduce((sum, one) => sum + sizeOf(one), 0);
  switch (node.type) {
    case 'ParenthesisNode':
      return sizeOf(node.content);
    case 'OperatorNode':
      return Math.max(1, node.args.length - 1) + total(node.args);
    case 'FunctionNode':
      return sizeOf(node.fn) + total(node.args);
    case 'AccessorNode':
      return sizeOf(node.object) + total(node.index.dimensions);
    case 'ConditionalNode':
      return 1 + total([node.condition, node.trueExpr, node.falseExpr]);
    default:
      return 1;
  }
}
