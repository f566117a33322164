/** The verbs `check` and `verify`: which equalities of a text hold. */

import { readOptions, readText } from './library-options.ts';
import { describe } from './meaning/call-demands.ts';
import { readDeclarations } from './meaning/declare.ts';
import { buildModel, type Model } from './meaning/model.ts';
import { noEvidence } from './meaning/names/evidence.ts';
import { readSource } from './meaning/read-source.ts';
import { readSources } from './meaning/sources.ts';
import { unknown } from './notes/claim.ts';
import { readHead, type WrittenDefinition } from './notes/context.ts';
import { judgeDocument } from './notes/document.ts';
import { judge } from './notes/judge.ts';
import { placesIn } from './notes/places.ts';
import { scanMarkdown } from './notes/scan.ts';
import type { Verdict } from './notes/verdict.ts';
import { checkSeed, defaultSeed } from './options.ts';
import type { Certificate } from './oracle/certificate.ts';
import { createOracle } from './oracle/certify.ts';
import { combineCertificates } from './oracle/combine.ts';
import { fail, MathError, withSource } from './problem.ts';
import { functionTable } from './rules/elementary.ts';
import { scanSource } from './syntax/read.ts';
import type { Statement } from './syntax/statement.ts';
import { number } from './term/construct.ts';
import { dimsOf } from './term/dims.ts';
import { entryOf } from './term/tensor/selection.ts';
import { inFreshStore, type Term } from './term/term.ts';
import { mostWork, withinWork } from './work.ts';

export interface CheckOptions {
  /** The name that reports carry. */
  readonly file?: string;
  readonly seed?: number;
}

/**
 * Judges every equality in the displays of a Markdown document, in the light of the definitions that stand before it.
 * What can't be read or decided in it is `unknown`, with the reason. Throws `MathError` for a document that is too long,
 * with over two million characters, or nested too deep to be read at all; never for what it says.
 */
export function check(document: string, options: CheckOptions = {}): Verdict[] {
  readText('check', document);
  const { file = '', seed = defaultSeed } = readOptions<CheckOptions>('check', options);
  checkSeed(seed);
  return inFreshStore(() => {
    const point = placesIn(document);
    const judged = judgeDocument(scanMarkdown(document), functionTable, seed);
    return judged.map(({ span, left, right, judgement }) => {
      const { verdict, method, reason, counterexample } = judgement.certificate;
      return {
        file,
        start: point(span.start),
        end: point(span.end),
        left,
        right,
        verdict,
        method,
        ...(reason === undefined ? {} : { reason }),
        ...(judgement.detail === undefined ? {} : { detail: judgement.detail }),
        ...(counterexample === undefined ? {} : { counterexample }),
      };
    });
  });
}

export interface VerifyOptions {
  readonly seed?: number;
  /** Declarations: `A: matrix(m, n), x: vector(n)`. */
  readonly shapes?: string;
}

/** Equations between vectors and matrices: a clash of shapes makes one false. */
function verifyShaped(statements: readonly Statement[], shapes: string, seed: number, source: string): Certificate {
  const declarations = readDeclarations(shapes);
  const before = statements.slice(0, -1);
  const last = statements[statements.length - 1] as Statement;
  const links = last.sides.slice(1).map((right, at) => {
    const left = last.sides[at] as Statement['sides'][0];
    const equation: Statement = { ...last, sides: [left, right], relations: ['='] };
    try {
      const model = withSource(source, () =>
        buildModel([...before, equation], [], functionTable, declarations, 'equation'),
      );
      return judgeModel(model, seed);
    } catch (error) {
      if (error instanceof MathError && error.problem.code === 'shape-clash') return clashes(error.problem.message);
      throw error;
    }
  });
  return combineCertificates(links);
}

/** A matrix of one row and one column is its entry. */
function asScalar(term: Term): Term {
  const dims = dimsOf(term) ?? [];
  const isSingle = dims.length > 0 && dims.every((dim) => dim.kind === 'number' && dim.integer === 1);
  return isSingle
    ? entryOf(
        term,
        dims.map(() => number(1)),
      )
    : term;
}

function judgeModel(model: Model, seed: number): Certificate {
  const { definitions, declarations } = model;
  if (model.right === undefined) return unknown('not-an-equation').certificate;
  const [left, right] = [asScalar(model.target), asScalar(model.right)];
  const [a, b] = [dimsOf(left), dimsOf(right)];
  const isZero = [left, right].some((side) => side.kind === 'number' && side.integer === 0);
  const fits = a === undefined || b === undefined || (a.length === b.length && a.every((dim, k) => dim === b[k]));
  if (!fits && !isZero) return clashes(`the sides are ${describe(a)} and ${describe(b)}`);
  const named = new Map(definitions.map((one) => [one.symbol, one]));
  const { positive, integer } = declarations;
  return createOracle({ definitions: named, seed, positive, integer }).compare(left, right);
}

/** What does not fit can't be equal; there are no numbers to show for it. */
function clashes(message: string): Certificate {
  return { verdict: 'fails', method: 'proved', points: 0, worst: 0, reason: `shape-clash: ${message}` };
}

/**
 * Judges one equation or chain of equations in text or LaTeX; definitions stand in lines before it. Throws `MathError`
 * for bad input.
 *
 *     verify('z = a*x + b; d(z^2, a) = 2*z*x').verdict // 'holds'
 */
export function verify(source: string, options: VerifyOptions = {}): Certificate {
  readText('verify', source);
  const { shapes, seed = defaultSeed } = readOptions<VerifyOptions>('verify', options);
  checkSeed(seed);
  return inFreshStore(() => withinWork(mostWork, () => verifyText(source, seed, shapes)));
}

/** The statements, with shapes in the light of their names: I is the identity there, S_w a matrix that is declared. */
function statementsOf(source: string, shapes: string | undefined): readonly Statement[] {
  if (shapes === undefined) return readSource(source);
  return readSources(scanSource, source, { declarations: readDeclarations(shapes) }).statements;
}

/** The last equation of a text that has been read as it should be. */
function verifyText(source: string, seed: number, shapes: string | undefined): Certificate {
  const statements = statementsOf(source, shapes);
  const last = statements[statements.length - 1];
  if (shapes !== undefined && last !== undefined && last.sides.length > 1) {
    return verifyShaped(statements, shapes, seed, source);
  }
  if (last === undefined || last.sides.length < 2) {
    return withSource(source, () =>
      fail({
        code: 'syntax',
        message: 'the last line is not an equation',
        ...(last === undefined ? {} : { span: last.span }),
        hint: 'for example d(x^2, x) = 2*x',
      }),
    );
  }
  const table = { quantity: new Map<string, WrittenDefinition>(), function: new Map<string, WrittenDefinition>() };
  for (const statement of statements.slice(0, -1)) {
    const [left, right] = statement.sides;
    const head = left === undefined ? undefined : readHead(left.node);
    if (left === undefined || right === undefined || head === undefined) continue;
    table[head.kind].set(head.name, { ...head, head: left.node, body: right.node });
  }
  const context = { table, firm: () => true, functions: functionTable, evidence: noEvidence(), seed };
  const links = last.sides.slice(1).map((right, at) => {
    const left = last.sides[at];
    if (left === undefined) return unknown('not-an-equation').certificate;
    return judge({ left: left.node, right: right.node, span: right.span, linked: true, asserted: true }, context)
      .certificate;
  });
  return combineCertificates(links);
}
