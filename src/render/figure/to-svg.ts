/** The model of a result as a drawing: a whole SVG file, or an element for a page. */

import type { Result } from '../../derivation/derivation.ts';
import type { Figure, FigureNode } from '../../derivation/figure/figure.ts';
import { figureOf } from '../../derivation/figure/figure-of.ts';
import { fill, formula, join, type Phrase, wordsOf } from '../../explain/explain.ts';
import type { Language } from '../../explain/words.ts';
import { demandResult, readOptions } from '../../library-options.ts';
import { fail } from '../../problem.ts';
import { latexOf, unicodeOf } from '../formula-text.ts';
import { formulaOptions, problemFormula } from '../rows.ts';
import { drawPlan } from './draw.ts';
import { createTypesetter } from './glyphs.ts';
import { drawLegend } from './legend.ts';
import { planFigure } from './plan.ts';
import { sizes } from './size.ts';
import { styleOf } from './style.ts';
import { xmlText } from './xml.ts';

export interface SvgOptions {
  /** English if not given. */
  readonly lang?: Language;
  /** Opens every id in the drawing; unique on the page. Letters, digits, `-` and `_`, a letter first. */
  readonly id?: string;
}

/**
 * The computational graph of `result`'s model as SVG: values forward, the derivative backward, its path highlighted, what
 * it does not need greyed. Without font, script or reference to the outside; in a page it takes the colour of the text
 * around it. Throws a `MathError` where the model is too large to be drawn so that it can be read.
 */
export function toSvg(result: Result, given: SvgOptions = {}): string {
  const { lang = 'en', id = 'chainrule-figure' } = readOptions<SvgOptions>('toSvg', given);
  demandResult('toSvg', result);
  if (!/^[A-Za-z][\w-]*$/.test(id)) {
    fail({
      code: 'unknown-option',
      message: 'the id of a figure is a letter, then letters, digits, - and _',
      hint: 'for example figure-1',
    });
  }
  const figure = figureOf(result);
  const options = formulaOptions(result, lang);
  const typesetter = createTypesetter(id);
  const withAdjoints = result.schema === 'chainrule/gradient/1' && result.lets.length > 0;
  const show = (text: string): string => latexOf(text, options);
  const equations = result.schema === 'chainrule/gradient/1';
  const plan = planFigure(figure, { set: typesetter.set, show, adjoints: withAdjoints, equations });
  const words = wordsOf(lang);
  const body = drawPlan(plan);
  const legend = drawLegend(figure, words, Math.max(plan.width, 420) - 28, withAdjoints);
  const width = Math.ceil(Math.max(plan.width, legend.width + 28));
  const height = Math.ceil(plan.height + legend.height + 8);
  const left = (width - plan.width) / 2;
  const say = (phrase: Phrase): string =>
    xmlText(phrase.map(({ kind, text }) => (kind === 'words' ? text : unicodeOf(text, options))).join(''));
  return `<svg xmlns="http://www.w3.org/2000/svg" id="${id}" role="img" lang="${xmlText(lang)}" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="max-width:100%;min-width:${Math.round(width * leastScale)}px;height:auto">
<title id="${id}-title">${say(fill(words.figure.title, { formula: formula(problemFormula(result)) }))}</title>
<desc id="${id}-desc">${say(describe(result, figure, lang))}</desc>
<style>${styleOf(id)}</style>
<defs>${typesetter.definitions()}</defs>
<g transform="translate(${Math.round(left)} 0)">
${body}
</g>
<g transform="translate(14 ${Math.round(plan.height + 14)})" font-family="system-ui, sans-serif" font-size="${sizes.words}" fill="currentColor">${legend.body}</g>
</svg>
`;
}

/** Smaller than this it could not be read; a narrow page has to scroll. */
const leastScale = 0.62;

/** The figure in words. */
function describe({ problem }: Result, { nodes }: Figure, lang: Language): Phrase {
  const { figure: said, list, sentenceGap } = wordsOf(lang);
  const names = (chosen: (node: FigureNode) => boolean): Phrase =>
    join(
      nodes.flatMap((node) => (node.sign.kind === 'quantity' && chosen(node) ? [formula(node.sign.expression)] : [])),
      list,
    );
  const output: Phrase = problem.output === null ? [{ kind: 'words', text: said.output }] : formula(problem.output);
  const variables = join(problem.wrt.map(formula), list);
  const unneeded = names(({ role }) => role === 'unneeded');
  return join(
    [
      fill(said.description, { inputs: names(() => true), output, variables }),
      ...(unneeded.length === 0 ? [] : [fill(said.without, { unneeded })]),
    ],
    sentenceGap,
  );
}
