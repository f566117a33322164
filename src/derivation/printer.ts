/** How the terms of one derivation are printed: dependent names as names, shared parts by their names, within a limit. */

import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { callNode, conditionalNode, constantNode, type MathNode, operatorNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import type { Term } from '../term/term.ts';
import { rankNames } from '../term/written.ts';
import { type RaiseOptions, raise } from '../writing/raise.ts';
import type { Dependences } from './dependence.ts';
import { levelsOf, type NamedModel } from './naming.ts';
import { countWritten } from './written-size.ts';

/** Prints terms of one derivation as text. */
export type Print = (term: Term) => string;

export interface Printers {
  /** Binders show no index of a variable. */
  readonly print: Print;
  /** As the author wrote it: no index is avoided, but where products of matrices are written out, which nobody wrote so. */
  readonly printAsWritten: Print;
  /** With powers for roots and quotients: x^(1/2), x^(-3). */
  readonly printPowers: Print;
  readonly raise: (term: Term) => MathNode;
  /** A printer for sums whose terms stand in an order of their own; the others as the author wrote them. */
  readonly printInOrder: (sums: ReadonlyMap<Term, readonly Term[]>) => Print;
}

/** Most characters that the formulas of one derivation may have together. */
const mostText = 1_500_000;

/** A printer that refuses once it has printed more than anyone can read, and before it prints what alone is more. */
function limited(print: Print): Print {
  const counts = new Map<Term, number>();
  let printed = 0;
  return (term) => {
    if (printed + countWritten(term, undefined, counts) > mostText) return refuse();
    const text = print(term);
    printed += text.length;
    return printed <= mostText ? text : refuse();
  };
}

function refuse(): never {
  return fail({
    code: 'too-large',
    message: `the formulas of this derivation have more than ${mostText} characters`,
    hint: 'name intermediates: y = ..., then use y; or ask for --detail answer',
  });
}

/** Whether the author writes softmax or logsumexp, which are then written in the derivation too. */
export function saysSoftmax({ names }: Pick<Model, 'names'>): boolean {
  return names.has('softmax') || names.has('logsumexp');
}

/** How the author writes, as far as it is kept. */
export function habitsOf(
  model: Pick<Model, 'names' | 'written' | 'tensors'>,
): Pick<RaiseOptions, 'softmax' | 'sums' | 'ranks' | 'rows' | 'leading'> {
  const { sums, rows, transposed } = model.written;
  return {
    softmax: saysSoftmax(model),
    sums,
    ranks: rankNames(model.written, model.names),
    rows: model.tensors || transposed,
    leading: rows,
  };
}

/** The printers for a derivation whose variables hold the indices `taken`. */
export function createPrinters(
  named: NamedModel,
  taken: ReadonlySet<string>,
  { show }: Dependences,
  model: Pick<Model, 'names' | 'written' | 'tensors'>,
): Printers {
  const options: RaiseOptions = { taken, levels: levelsOf(named), ...habitsOf(model) };
  const toNode = (term: Term): MathNode => raise(show(term), options);
  return {
    raise: toNode,
    print: limited((term) => printText(toNode(term))),
    printAsWritten: limited((term) =>
      printText(raise(show(term), { ...options, taken: model.tensors ? taken : new Set() })),
    ),
    printInOrder: (sums) => limited((term) => printText(raise(show(term), { ...options, sums }))),
    printPowers: limited((term) => printText(asPowers(toNode(term)))),
  };
}

/** Roots as powers of 1/2, and what stands below a fraction line as negative powers. */
function asPowers(node: MathNode): MathNode {
  const seen = view(node);
  switch (seen.kind) {
    case 'parenthesis':
      return asPowers(seen.content);
    case 'call': {
      const args = seen.args.map(asPowers);
      if (seen.name === 'sqrt') return operatorNode('^', args[0] as MathNode, quotientNode('1', '2'));
      return callNode(seen.name === '' ? seen.callee : seen.name, args);
    }
    case 'conditional':
      return conditionalNode(asPowers(seen.condition), asPowers(seen.then), asPowers(seen.else));
    case 'operator': {
      const args = seen.args.map(asPowers);
      const [top, below] = args as [MathNode, MathNode];
      if (seen.operator !== '/' || isNumber(below)) return operatorNode(seen.operator as '+', ...args);
      const all = factorsOf(below);
      const inverse = all.filter((factor) => !isNumber(factor)).map(inverted);
      const factors = isOne(top) ? inverse : [top, ...inverse];
      const product = factors.reduce((left, right) => operatorNode('*', left, right));
      return all.filter(isNumber).reduce((left, right) => operatorNode('/', left, right), product);
    }
    default:
      return node;
  }
}

function quotientNode(top: string, below: string): MathNode {
  return operatorNode('/', constantNode(top), constantNode(below));
}

function isNumber(node: MathNode): boolean {
  return view(node).kind === 'constant';
}

function isOne(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'constant' && seen.text === '1';
}

function factorsOf(node: MathNode): MathNode[] {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === '*' ? seen.args.flatMap(factorsOf) : [node];
}

function inverted(node: MathNode): MathNode {
  const seen = view(node);
  if (seen.kind !== 'operator' || seen.operator !== '^') {
    return operatorNode('^', node, operatorNode('-', constantNode('1')));
  }
  const [base, exponent] = seen.args as [MathNode, MathNode];
  return operatorNode('^', base, operatorNode('-', exponent));
}
