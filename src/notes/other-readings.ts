/** A claim in the other readings of its names: it may be said to fail only if it fails in all of them. */

import { namesIn } from '../meaning/known-names.ts';
import type { Difference } from '../meaning/names/readings.ts';
import { aboutReading } from '../meaning/names/table.ts';
import { readTogether } from '../meaning/read-source.ts';
import { dividesByZero } from '../meaning/scope.ts';
import { usualFunctions } from '../syntax/latex-symbols.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import { type Judgement, unknown } from './claim.ts';
import { type Circumstances, judgeLink, learn } from './judge-link.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';
import { type Link, linksOf } from './links.ts';
import { byConventions, type ReadFormula } from './read-formulas.ts';

/** More formulas than this are not read anew for one claim. */
const mostFormulas = 30;

/**
 * What is said of a claim that does not hold as it was read: that it holds, where it does in another reading of its formula and of
 * those that define what it rests on; else what was said first.
 */
export function inOtherReadings(
  first: Judgement,
  link: Link,
  read: ReadFormula,
  knowledge: Knowledge,
  context: Circumstances,
): Judgement {
  const { verdict, reason = '' } = first.certificate;
  const isOpen = verdict === 'fails' || (verdict === 'unknown' && mayBeMisread.has(reason));
  if ((first.kind ?? 'claim') !== 'claim' || !isOpen) return first;
  const below = knowledge.formulasBelow([link.left, link.right]).filter((one) => one !== read);
  if (below.length >= mostFormulas) return first;
  const formulas = [...below, read];
  const readings = readTogether(
    formulas.map(({ formula }) => formula.tex),
    context.evidence,
  );
  let isLikeliest = true;
  let isDoubtful = false;
  const written = formulas.flatMap(({ statements }) =>
    statements.flatMap(({ sides }) => sides.map(({ node }) => node)),
  );
  const applied = takenForFunctions(written);
  const others: Judgement[] = [];
  for (const { statements, evidence, differs } of readings) {
    const isTransposed = differs.some(({ choice, value }) => choice.kind === 'prime' && value === 'transpose');
    // What is its own transpose makes of every product rule a product.
    if (!isLikeliest && (!isTransposed || holdsMatrices(formulas, context))) {
      const anew = formulas.map(
        ({ formula }, at): ReadFormula => ({ formula, statements: statements[at] ?? [], unread: [] }),
      );
      const other = judgeAnew(link, byConventions(anew, evidence), {
        ...context,
        evidence,
        isShown: verdict === 'unknown',
      });
      if (other !== undefined) others.push(other);
      const holds = other?.certificate.verdict === 'holds';
      // With f(x) for a product, d/dx of f(x)/g(x) is 0, and so is any multiple of the quotient rule; f(x - ct) is linear.
      if (holds && differs.some((one) => takesForFactor(one, applied))) isDoubtful = true;
      else if (holds) return { ...other, readAs: differs.map(aboutReading) };
    }
    isLikeliest = false;
  }
  if (isDoubtful && verdict === 'fails') return unknown('not-enough-context', { code: 'readings' });
  // Where a reading has no meaning, it is none: the others decide.
  const isMixed = holdsAppliedQuantity([link.left, link.right]);
  const admissible = others.filter((one) => !isVain(one, isMixed));
  const [refuted] = admissible;
  if (verdict === 'unknown' && isVain(first, isMixed) && !readings.isCut && refuted !== undefined) {
    return admissible.every(isRefuted) ? refuted : first;
  }
  return readings.isCut && verdict === 'fails' ? unknown('not-enough-context', { code: 'readings' }) : first;
}

/** Why nothing is said of a claim, where another reading may say more. */
const mayBeMisread: ReadonlySet<string> = new Set(['unsupported-notation', 'undefined-name', 'not-enough-context']);

/**
 * Whether a reading asks for what it does not hold: what can't be read, a derivative by what does not occur in it, a value of what is
 * applied elsewhere.
 */
function isVain({ certificate, because, detail }: Judgement, isMixed: boolean): boolean {
  // f(0) of sin(x)/x is read as it is meant; that it has no value is no reason to take it for f times 0.
  if (certificate.verdict !== 'unknown' || detail === dividesByZero) return false;
  const { reason = '' } = certificate;
  if (reason === 'unsupported-notation' || reason.startsWith('shape-clash')) return true;
  if (because?.code === 'open-variable' || because?.code === 'free-on-one-side') return true;
  return isMixed && (because?.code === 'undefined-right' || because?.code === 'open-function');
}

/** Whether a name is applied to more than a name, and stands by itself, too: F(x - a) beside F, which no function does. */
function holdsAppliedQuantity(sides: readonly MathNode[]): boolean {
  const applied = new Set<string>();
  const waiting = [...sides];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'call' && seen.args.every((arg) => view(arg).kind === 'operator')) applied.add(seen.name);
    waiting.push(...partsOf(node));
  }
  return sides.some((side) => [...namesIn(side)].some((name) => applied.has(name)));
}

function isRefuted({ certificate, kind = 'claim' }: Judgement): boolean {
  return certificate.verdict === 'fails' && kind === 'claim';
}

/** Whether anything in the formulas can be a vector or a matrix: in bold, a capital, or said to be one. */
function holdsMatrices(formulas: readonly ReadFormula[], { declarations }: Circumstances): boolean {
  if ([...(declarations?.axes.values() ?? [])].some((axes) => axes > 0)) return true;
  return formulas.some(({ formula }) =>
    /\\(?:mathbf|boldsymbol|bm|vec)(?![A-Za-z])|(?<![\\A-Za-z])[A-Z](?![A-Za-z])/.test(formula.tex),
  );
}

/** Whether one of `names` is taken for a factor. */
function takesForFactor({ choice, value }: Difference, names: ReadonlySet<string>): boolean {
  return choice.kind === 'call-or-product' && value === 'product' && names.has(choice.name);
}

/**
 * The letters that usually are functions and stand before just the variable of a derivative, as the f of d/dx f(x), or with their
 * bracket on a side by themselves: u = f(x - c t).
 */
function takenForFunctions(sides: readonly MathNode[]): ReadonlySet<string> {
  const variables = new Set<string>();
  const applied = new Map<string, string>();
  const found = new Set<string>();
  for (const side of sides) {
    const seen = view(side);
    if (seen.kind === 'call' && usualFunctions.has(seen.name)) found.add(seen.name);
  }
  const waiting = [...sides];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    const [first, second] = seen.kind === 'call' ? seen.args.map(view) : [];
    if (seen.kind === 'call' && seen.name === 'd' && second?.kind === 'symbol') variables.add(second.name);
    if (seen.kind === 'call' && seen.args.length === 1 && first?.kind === 'symbol') applied.set(seen.name, first.name);
    waiting.push(...partsOf(node));
  }
  for (const [name, by] of applied) if (usualFunctions.has(name) && variables.has(by)) found.add(name);
  return found;
}

/** The judgement of the link that stands where `link` does, in formulas of which the last one holds it. */
function judgeAnew(link: Link, read: readonly ReadFormula[], context: Circumstances): Judgement | undefined {
  const knowledge = createKnowledge(read);
  const last = read.at(-1);
  for (const one of read) {
    for (const other of linksOf(one.statements)) {
      const isMeant = one === last && other.span.start === link.span.start;
      const judgement = judgeLink(other, one, knowledge, context, undefined);
      if (isMeant) return judgement;
      learn(other, judgement.kind ?? 'claim', one, knowledge);
    }
  }
  return undefined;
}
