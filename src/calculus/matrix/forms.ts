/**
 * Other forms of a term with the same value, of which the shortest is printed: brackets multiplied out before a vector,
 * exponentials by their names of machine learning, minus signs, cross products and transposes turned round, traces of products that are one.
 */

import { addAll, apply, isNumber, multiply, multiplyAll, negate, number } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { factorsOf } from '../../term/inspect.ts';
import { makeTensor } from '../../term/make.ts';
import { isNegativeRational, isOneRational, negateRational } from '../../term/rational.ts';
import { replaceTerm } from '../../term/substitute.ts';
import { eye, isTensor, splitScalar } from '../../term/tensor/base.ts';
import { softmax, total } from '../../term/tensor/entrywise.ts';
import { cross } from '../../term/tensor/parts.ts';
import { matmul, transpose } from '../../term/tensor/products.ts';
import { trace } from '../../term/tensor/square.ts';
import type { AddTerm, ApplyTerm, Term } from '../../term/term.ts';

/** Most links that a product may have when it is multiplied out or turned round. */
const mostLinks = 12;

/** Forms that may be shorter than `term`. */
export function otherForms(term: Term): Term[] {
  const forms = [
    multipliedOut,
    withSoftmax,
    withSigmoid,
    turnedCross,
    cyclicTraces,
    turnedSum,
    pairedForms,
    mergedTotals,
  ];
  return forms.flatMap((form) => {
    const found = form(term);
    return found === undefined || found === term ? [] : [found];
  });
}

/** (diag(u) + A) v as u .* v + A v: only before a vector, where a matrix less is left. */
function multipliedOut(term: Term): Term | undefined {
  if (term.rank !== 1) return undefined;
  const [scalar, rest] = splitScalar(term);
  if (!isTensor(rest, 'matmul') || rest.args.length > mostLinks) return undefined;
  const at = rest.args.findIndex((link) => link.kind === 'add' && link.rank === 2);
  if (at < 0) return undefined;
  const [before, after] = [rest.args.slice(0, at), rest.args.slice(at + 1)];
  const inner = addAll((rest.args[at] as AddTerm).terms.map((part) => matmul(part, ...after)));
  return matmul(scalar, ...before, inner);
}

function isCall(term: Term, name: string): term is ApplyTerm {
  return term.kind === 'apply' && !term.generic && term.name === name;
}

/** exp(u) / sum(exp(u)) as softmax(u), wherever exp(u) stands in the product. */
function withSoftmax(term: Term): Term | undefined {
  for (const factor of factorsOf(term)) {
    if (factor.kind !== 'power' || !isTensor(factor.base, 'total')) continue;
    const raised = factor.base.args[0] as Term;
    if (!isCall(raised, 'exp') || raised.rank !== 1) continue;
    const shares = multiply(factor.base, softmax(raised.args[0] as Term));
    const others = factorsOf(term).map((one) => (one === factor ? one : replaceTerm(one, raised, shares)));
    return multiplyAll([...(term.kind === 'multiply' ? [number(term.coefficient)] : []), ...others]);
  }
  return undefined;
}

/** exp(u) / (1 + exp(u)) as sigmoid(u), entry by entry. */
function withSigmoid(term: Term): Term | undefined {
  if (term.rank === 0) return undefined;
  const factors = factorsOf(term);
  for (const factor of factors) {
    if (factor.kind !== 'power' || !isNumber(factor.exponent, -1) || factor.base.kind !== 'add') continue;
    const [first, second] = factor.base.terms as [Term, Term];
    const raised = isNumber(first, 1) ? second : first;
    if (factor.base !== addAll([number(1), raised]) || !isCall(raised, 'exp')) continue;
    if (!factors.includes(raised)) continue;
    const others = factors.filter((one) => one !== factor && one !== raised);
    const share = apply('sigmoid', raised.args[0] as Term);
    return multiplyAll([...(term.kind === 'multiply' ? [number(term.coefficient)] : []), ...others, share]);
  }
  return undefined;
}

/** -(y - p) x' as (p - y) x', for a result as a whole; -2 (y - A x) is usual and stays. */
export function absorbedSign(term: Term): Term | undefined {
  if (term.kind !== 'multiply' || !isOneRational(negateRational(term.coefficient))) return undefined;
  const rest = multiplyAll(term.factors);
  if (!isTensor(rest, 'matmul')) return undefined;
  const at = rest.args.findIndex((link) => link.kind === 'add');
  if (at < 0) return undefined;
  return matmul(...rest.args.map((link, k) => (k === at ? addAll((link as AddTerm).terms.map(negate)) : link)));
}

/** -cross(a, b) as cross(b, a). */
function turnedCross(term: Term): Term | undefined {
  if (term.kind !== 'multiply' || !isNegativeRational(term.coefficient)) return undefined;
  const found = term.factors.find((factor) => isTensor(factor, 'cross'));
  if (found === undefined) return undefined;
  const [left, right] = found.parts as [Term, Term];
  const others = term.factors.filter((factor) => factor !== found);
  return multiply(negate(number(term.coefficient)), ...others, cross(right, left));
}

/** B' A' + A' B' as (A B + B A)': a sum that is all in transposes. */
function turnedSum(term: Term): Term | undefined {
  if (term.kind !== 'add' || term.rank !== 2) return undefined;
  const turned = transpose(term);
  if (turned.kind !== 'add' || transposesIn(term) < transposesIn(turned) + 4) return undefined;
  return makeTensor('transpose', [turned], [...knownDims(turned)].reverse(), ([part]) => transpose(part as Term));
}

function transposesIn(term: Term): number {
  return term.parts.reduce((count, part) => count + transposesIn(part), isTensor(term, 'transpose') ? 1 : 0);
}

/** tr(A B) + tr(B A) as 2 tr(A B): products that are one but for where the circle begins, or but for a transpose. */
export function cyclicTraces(term: Term): Term | undefined {
  if (!isTensor(term, 'trace')) return undefined;
  const [inside] = term.args as readonly [Term];
  if (inside.kind !== 'add') return undefined;
  const groups = new Map<string, { readonly rest: Term; readonly scalars: Term[] }>();
  for (const part of inside.terms) {
    const [scalar, rest] = splitScalar(part);
    const key = circleKey(rest);
    const group = groups.get(key) ?? { rest, scalars: [] };
    group.scalars.push(scalar);
    groups.set(key, group);
  }
  if (groups.size === inside.terms.length) return undefined;
  return trace(addAll([...groups.values()].map(({ rest, scalars }) => multiply(addAll(scalars), rest))));
}

/** Equal for products with the same trace. */
function circleKey(product: Term): string {
  const links = isTensor(product, 'matmul') && product.args.length <= mostLinks ? product.args : [product];
  const turned = [...links].reverse().map(transpose);
  const keys = [links, turned].flatMap((circle) =>
    circle.map((_, at) => [...circle.slice(at), ...circle.slice(0, at)].map(({ id }) => id).join(' ')),
  );
  return keys.sort()[0] as string;
}

/** u' A v + v' B u as u' (A + B') v. */
function pairedForms(term: Term): Term | undefined {
  if (term.kind !== 'add' || term.rank > 0) return undefined;
  const groups = new Map<string, { readonly ends: readonly [Term, Term]; readonly middles: Term[] }>();
  const others: Term[] = [];
  for (const part of term.terms) {
    const [scalar, links] = linksOf(part);
    if (links === undefined) {
      others.push(part);
      continue;
    }
    const turned = [...links].reverse().map((link) => (link.rank === 1 ? link : transpose(link)));
    const [first, ...rest] = endsOf(links) <= endsOf(turned) ? links : turned;
    const last = rest.pop() as Term;
    const middle = rest.length === 0 ? eye(knownDims(last)[0] as Term) : matmul(...rest);
    const key = `${(first as Term).id} ${last.id}`;
    const group = groups.get(key) ?? { ends: [first as Term, last], middles: [] };
    group.middles.push(multiply(scalar, middle));
    groups.set(key, group);
  }
  if (groups.size + others.length === term.terms.length) return undefined;
  const forms = [...groups.values()].map(({ ends: [left, right], middles }) =>
    matmul(transpose(left), addAll(middles), right),
  );
  return addAll([...others, ...forms]);
}

const endsOf = (links: readonly Term[]): number => (links[0] as Term).id;

/** A multiple of u' A ... v as its scalar and u, A, ..., v. */
function linksOf(term: Term): readonly [scalar: Term, links: readonly Term[] | undefined] {
  const form = factorsOf(term).find((factor) => factor.kind === 'dot' || isTensor(factor, 'form'));
  if (form === undefined) return [term, undefined];
  const coefficient = term.kind === 'multiply' ? [number(term.coefficient)] : [];
  const scalar = multiplyAll([...coefficient, ...factorsOf(term).filter((factor) => factor !== form)]);
  return [scalar, form.kind === 'dot' ? [form.left, form.right] : form.parts];
}

/** sum(u) - sum(v) as sum(u - v). */
function mergedTotals(term: Term): Term | undefined {
  if (term.kind !== 'add' || term.rank > 0) return undefined;
  const own = term.terms.flatMap((part) => {
    const [coefficient, inside] = part.kind === 'multiply' ? [part.coefficient, part.rest] : [undefined, part];
    if (inside === undefined || !isTensor(inside, 'total')) return [];
    const [whole] = inside.args as readonly [Term];
    return [{ part, whole: coefficient === undefined ? whole : multiply(number(coefficient), whole) }];
  });
  const [first, ...rest] = own;
  const dims = first === undefined ? [] : knownDims(first.whole);
  const alike = rest.filter(({ whole }) => knownDims(whole).every((dim, at) => dim === dims[at]));
  if (first === undefined || alike.length === 0) return undefined;
  const merged = [first, ...alike];
  const others = term.terms.filter((part) => !merged.some((one) => one.part === part));
  return addAll([...others, total(addAll(merged.map(({ whole }) => whole)))]);
}
