/** The figure of a result: the bundle with the typesetter and the layout, loaded where a figure is asked for. */

import type { Result } from '../derivation/derivation.ts';
import { MathError, type Problem } from '../problem.ts';
import { type SvgOptions, toSvg } from '../render/figure/to-svg.ts';

/** The drawing, or why there is none: an error that one bundle throws is no error of another's class. */
export function drawFigure(result: Result, options: SvgOptions): string | Problem {
  try {
    return toSvg(result, options);
  } catch (error) {
    if (error instanceof MathError) return error.problem;
    throw error;
  }
}
