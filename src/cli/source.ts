/** Which source `derive` was asked for: an argument, standard input, or an example. */

import { fail } from '../problem.ts';
import { detectSyntax } from '../syntax/detect.ts';
import { examples } from './examples.ts';
import type { DeriveFlags } from './flags.ts';
import { readInput } from './input.ts';

export interface ChosenSource {
  readonly source: string;
  readonly wrt: string;
  /** The flags, with what an example adds. */
  readonly flags: DeriveFlags;
  /** Whether KaTeX is needed for any part of it. */
  readonly syntax: 'text' | 'latex';
}

/** The source and the variables that the arguments name. Throws a problem where they name none. */
export function chooseSource(expression: string | undefined, flags: DeriveFlags): ChosenSource {
  const { source, wrt } = flags.example === undefined ? givenSource(expression, flags) : example(flags.example, flags);
  const parts = [source, wrt, ...flags.define, ...besides(flags)];
  const isLatex =
    flags.syntax === 'latex' || (flags.syntax === undefined && parts.some((one) => detectSyntax(one) === 'latex'));
  return { source, wrt, flags: withExample(flags), syntax: isLatex ? 'latex' : 'text' };
}

/** Shapes and order of the example, unless others are asked for. */
function withExample(flags: DeriveFlags): DeriveFlags {
  const { shapes, order } = (flags.example === undefined ? undefined : examples.get(flags.example)) ?? {};
  const isUsual = flags.order === '1' && flags.method === 'chain';
  return {
    ...flags,
    ...(shapes === undefined || flags.shape !== undefined ? {} : { shape: shapes }),
    ...(order === undefined || !isUsual ? {} : { order: String(order) }),
  };
}

/** Further texts in either notation. */
function besides({ implicit, depends, at, direction, update, vjp }: DeriveFlags): string[] {
  return [implicit, depends, at, direction, update, vjp].filter((one): one is string => typeof one === 'string');
}

function givenSource(expression: string | undefined, flags: DeriveFlags): { source: string; wrt: string } {
  if (expression === undefined && flags.implicit === undefined) {
    return fail({
      code: 'empty-source',
      message: 'there is no expression',
      hint: 'chainrule derive "x^2" --wrt x, or - for standard input, or --example backprop; see chainrule derive --help',
    });
  }
  if (flags.wrt === undefined) {
    return fail({
      code: 'unknown-variable',
      message: 'it is not said by what to differentiate',
      hint: 'add --wrt x, or --wrt "beta[j]"; see chainrule derive --help',
    });
  }
  return { source: expression === '-' ? readInput('-') : (expression ?? ''), wrt: flags.wrt };
}

function example(name: string, flags: DeriveFlags): { source: string; wrt: string } {
  const found = examples.get(name);
  if (found !== undefined) return { source: found.source, wrt: flags.wrt ?? found.wrt };
  return fail({
    code: 'unknown-option',
    message: `there is no example "${name.slice(0, 40)}"`,
    hint: `there are ${[...examples.keys()].join(', ')}`,
  });
}
