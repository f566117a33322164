/** In which order the author wrote the names of a product. */

import { type MathNode, view } from '../syntax/node.ts';
import { longest, type Written } from '../term/written.ts';
import { flattenElement } from './usage.ts';

/** Notes the names that stand as factors of one product. */
export function noteProduct({ products }: Written, factors: readonly MathNode[]): void {
  if (factors.length > longest) return;
  const names = factors.map(nameOfFactor).filter((name) => name !== '');
  if (names.length > 1) products.push(names);
}

function nameOfFactor(node: MathNode): string {
  const seen = view(node);
  switch (seen.kind) {
    case 'symbol':
      return seen.name;
    case 'element':
      return nameOfFactor(flattenElement(node).base);
    case 'parenthesis':
      return nameOfFactor(seen.content);
    case 'operator': {
      const isNegated = seen.operator === '-' && seen.args.length === 1;
      return seen.operator === '^' || isNegated ? nameOfFactor(seen.args[0] as MathNode) : '';
    }
    default:
      return '';
  }
}
