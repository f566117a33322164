/** The plan for derivatives by whole vectors and matrices. */

import type { Model } from '../meaning/model.ts';
import type { Layout, Method } from '../options.ts';
import { printText } from '../syntax/print.ts';
import { isTensor } from '../term/tensor/base.ts';
import type { Variable } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import type { Plan } from './build.ts';
import { authorsNames, matrixOutline, selectedOutline, turned } from './matrix.ts';
import type { Outline } from './outline.ts';
import { describeDeclared, describeShapes } from './shapes-text.ts';
import { structuredGradient } from './structured.ts';

/** Vectors and matrices as wholes. */
export function planMatrix(
  model: Model,
  turns: readonly Variable[],
  { method, layout }: { readonly method: Method; readonly layout: Layout },
  isMixed: boolean,
): Plan {
  const named = authorsNames(model);
  const whole = matrixOutline(model, named, turns, method);
  const { selection } = model;
  const plain = selection === undefined ? whole : selectedOutline(model, named, selection, whole);
  const { outline, left } = layout === 'numerator' ? turned(plain, turns) : plain;
  const hasAxes = turns.some((by) => by.rank > 0) && left.rank > 0;
  const problem = {
    ...(isMixed ? { task: 'mixed' as const, order: turns.length } : {}),
    ...(selection === undefined ? {} : { wrt: [printText(raise(selection))] }),
    ...(method === 'chain' ? {} : { method }),
    ...(method === 'differential' ? { shapes: { ...describeShapes(model, named), ...changesIn(outline) } } : {}),
  };
  return {
    outline,
    goal: {
      variables: [...new Set(turns)],
      left,
      problem,
      ...(hasAxes ? { layout } : {}),
      ...structuredGradient(plain, turns, named),
    },
    shown: named,
  };
}

/** The shapes of the changes that differentials are written with. */
function changesIn({ passages }: Outline): Record<string, string> {
  const changes = passages.flatMap(({ start }) => (isTensor(start, 'jvp') ? [start.args[2]] : []));
  const named = changes.flatMap((one) =>
    one?.kind === 'symbol' ? [[one.name, describeDeclared(one) ?? 'scalar'] as const] : [],
  );
  return Object.fromEntries(named);
}
