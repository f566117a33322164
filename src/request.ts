/** From options as they are written, on the command line or in a block of a note, to the verb that they ask for. */

import type { Result } from './derivation/derivation.ts';
import { readNumber, readSeed, type WrittenOptions } from './option-table.ts';
import { checkChoice, type DeriveOptions, details, layouts, methods, syntaxes } from './options.ts';
import { deriveWith, gradientWith, hessianWith, splitVariables, stationaryWith } from './pipeline.ts';
import { fail } from './problem.ts';
import type { Reader } from './syntax/statement.ts';

/** What `written` asks for, carried out on `source`. Throws `MathError` for bad input. */
export function deriveWritten(read: Reader, source: string, written: WrittenOptions): Result {
  return chooseVerb(written)(read, source, readOptions(written));
}

type Verb = (read: Reader, source: string, options: DeriveOptions) => Result;

/** Several variables mean a backward pass, unless another task says what to do with them. */
function chooseVerb(written: WrittenOptions): Verb {
  const { hessian, stationary, mixed, implicit, taylor, direction, vjp, depends, method = 'chain', wrt = '' } = written;
  if (hessian === true && stationary === true) {
    return fail({
      code: 'unknown-option',
      message: "--hessian and --stationary can't go together",
      hint: 'ask for one of them at a time',
    });
  }
  if (hessian === true) return hessianWith;
  if (stationary === true) return stationaryWith;
  const further = [implicit, taylor, direction, vjp, depends].some((one) => one !== undefined);
  const isDerive = mixed === true || further || method !== 'chain';
  return splitVariables(wrt).length > 1 && !isDerive ? gradientWith : deriveWith;
}

/** The options as the library takes them; those that are not written stay out. */
function readOptions(written: WrittenOptions): DeriveOptions {
  const { wrt, order, define, detail, verify, seed, shape, syntax, method, layout, taylor } = written;
  const { update, mixed, implicit, depends, at, direction, vjp, unit } = written;
  const given = {
    order: read(order, (text) => readNumber('--order', text)),
    define,
    detail: read(detail, (text) => checkChoice('detail', text, details)),
    verify,
    seed: read(seed, readSeed),
    shapes: shape,
    syntax: read(syntax, (text) => checkChoice('syntax', text, syntaxes)),
    update,
    method: read(method, (text) => checkChoice('method', text, methods)),
    layout: read(layout, (text) => checkChoice('layout', text, layouts)),
    mixed,
    implicit,
    depends,
    taylor: read(taylor, (text) => readNumber('--taylor', text)),
    at,
    direction,
    vjp,
    unit,
  };
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { wrt: wrt ?? '', ...defined } as DeriveOptions;
}

function read<T>(text: string | undefined, by: (text: string) => T): T | undefined {
  return text === undefined ? undefined : by(text);
}
