/** Derives what the blocks of a note ask for, one after the other: later blocks may build on earlier ones. */

import type { Result } from '../derivation/derivation.ts';
import { readSource } from '../meaning/read-source.ts';
import type { WrittenBlock } from '../notes/block.ts';
import { type BlockOptions, type ReadBlock, readBlockOptions } from '../notes/block-options.ts';
import type { Language } from '../options.ts';
import { fail, MathError, type Problem, type Span } from '../problem.ts';
import { deriveWritten } from '../request.ts';
import { scanSource } from '../syntax/read.ts';
import type { Statement } from '../syntax/statement.ts';
import { type BlockSource, joinSources, sourceOf } from './block-source.ts';
import type { ProseShapes } from './prose-shapes.ts';

/** What became of a block. */
export type Outcome = Derived | Refused;

export interface Derived {
  readonly kind: 'derived';
  readonly block: WrittenBlock;
  readonly options: BlockOptions;
  readonly lang: Language;
  readonly result: Result;
}

export interface Refused {
  readonly kind: 'refused';
  readonly block: WrittenBlock;
  readonly lang: Language;
  readonly problem: Problem;
  /** Where in the note. */
  readonly span: Span;
}

/** Results by what was asked, for those who build the same note again and again. */
export type Memory = Map<string, Result>;

interface DeriveBlocksOptions {
  /** The language of blocks that do not name one. */
  readonly lang: Language;
  readonly seed?: string;
  readonly memory?: Memory;
  /** Derives every step, whatever a block asks for: a page folds them itself. */
  readonly everyStep?: boolean;
  /** What the prose around declares, for blocks that declare nothing themselves. */
  readonly proseShapes?: ProseShapes;
}

/** What a later block can build on. */
interface Known {
  readonly source: BlockSource;
  readonly options: BlockOptions;
}

/** The outcomes of `blocks` in their order. Never throws for what a block holds. */
export function* deriveBlocks(blocks: readonly WrittenBlock[], defaults: DeriveBlocksOptions): Generator<Outcome> {
  const known = new Map<string, Known>();
  for (const block of blocks) yield deriveBlock(block, known, defaults);
}

function deriveBlock(block: WrittenBlock, known: Map<string, Known>, defaults: DeriveBlocksOptions): Outcome {
  let { lang } = defaults;
  let source: BlockSource | undefined;
  try {
    if (block.problem !== undefined) fail(block.problem);
    const read = readBlockOptions(block);
    lang = read.options.lang ?? lang;
    if (read.options.wrt === undefined) fail(noVariable);
    source = sourceOf(read);
    const asked = withEarlier(read, source, known);
    source = asked.source;
    if (read.options.name !== undefined) remember(read.options.name, asked, known);
    const written = {
      ...(defaults.seed === undefined ? {} : { seed: defaults.seed }),
      ...asked.options,
      ...(defaults.everyStep === true ? { detail: 'every' as const } : {}),
    };
    const result = withProse(block, { ...asked, options: written }, defaults);
    return { kind: 'derived', block, options: asked.options, lang, result };
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    return { kind: 'refused', block, lang, problem: error.problem, span: placeOf(error.problem, block, source) };
  }
}

const noVariable: Problem = {
  code: 'unknown-variable',
  message: 'it is not said by what to differentiate',
  hint: 'add wrt="x", or wrt="beta[j]"',
};

function remember(name: string, asked: Known, known: Map<string, Known>): void {
  if (known.has(name)) {
    fail({
      code: 'duplicate-definition',
      message: `two blocks have the name "${name.slice(0, 40)}"`,
      hint: 'rename one',
    });
  }
  known.set(name, asked);
}

/**
 * The result with what the prose declares. Prose speaks of more than one block: where its declarations do not fit this
 * one, they are not about it.
 */
function withProse(block: WrittenBlock, { source, options }: Known, defaults: DeriveBlocksOptions): Result {
  const memory: Memory = defaults.memory ?? new Map();
  try {
    const shape = options.shape === undefined ? defaults.proseShapes?.(block, source) : undefined;
    if (shape !== undefined) return saying(shape, recall(source.text, { ...options, shape }, memory));
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
  }
  return recall(source.text, options, memory);
}

/** The result with a line in how it was read: what the author did not write into the block is shown. */
function saying(shape: string, result: Result): Result {
  return { ...result, notices: [{ code: 'from-prose', name: shape }, ...(result.notices ?? [])] };
}

function recall(text: string, written: BlockOptions, memory: Memory): Result {
  const { name: _, use: __, figure: ___, lang: ____, expand: _____, ...options } = written;
  const key = JSON.stringify([text, options]);
  const result = memory.get(key) ?? deriveWritten(scanSource, text, options);
  memory.set(key, result);
  return result;
}

/** The block with the definitions and shapes of the blocks that it uses; the whole of them where it has no source itself. */
function withEarlier({ options }: ReadBlock, own: BlockSource, known: ReadonlyMap<string, Known>): Known {
  const used = options.use.map((name) => known.get(name) ?? refuseUnknown(name, known));
  const isEmpty = own.text.trim() === '' && options.implicit === undefined;
  if (used.length === 0) return { source: own, options };
  const syntax = used.some(({ source }) => source.syntax === 'latex') || own.syntax === 'latex' ? 'latex' : 'text';
  const mixed = [own, ...used.map(({ source }) => source)].some(
    (one) => one.text.trim() !== '' && one.syntax !== syntax,
  );
  if (mixed) {
    fail({
      code: 'unsupported-notation',
      message: 'this block and one that it uses are in different notations',
      hint: 'write both as text, or both as LaTeX',
    });
  }
  const earlier = used.map(({ source }) => (isEmpty ? source.text : definitionsOf(source)));
  const shapes = [...used.map((one) => one.options.shape), options.shape].filter((one) => one !== undefined);
  return {
    source: joinSources(earlier, own, syntax),
    options: { ...options, syntax, ...(shapes.length === 0 ? {} : { shape: shapes.join(', ') }) },
  };
}

/** The statements that give something a name. */
function definitionsOf({ text, syntax }: BlockSource): string {
  const statements: readonly Statement[] = readSource(text, syntax);
  return statements
    .filter(({ sides }) => sides.length > 1)
    .map(({ span }) => text.slice(span.start, span.end))
    .join(syntax === 'latex' ? '\n\n' : '\n');
}

function refuseUnknown(name: string, known: ReadonlyMap<string, Known>): never {
  const names = [...known.keys()];
  return fail({
    code: 'unknown-option',
    message: `no block before this one has the name "${name.slice(0, 40)}"`,
    hint: names.length === 0 ? 'name one: ```derive name=model' : `there are ${names.join(', ')}`,
  });
}

/** Where a problem stands in the note: at its own place where that lies in this block, else at the opening line. */
function placeOf({ source: text, span }: Problem, block: WrittenBlock, source: BlockSource | undefined): Span {
  const opening = { start: block.span.start, end: block.span.start + 1 };
  if (span === undefined || text === undefined || source === undefined || text !== source.text) return opening;
  const start = source.bodyOffset(span.start);
  const end = source.bodyOffset(Math.max(span.start, span.end - 1));
  if (start === undefined) return opening;
  return { start: block.offsetAt(start), end: block.offsetAt(end ?? start) + 1 };
}
