/** The verbs `check` and `verify`: which equalities of a text hold. */

import type { Certificate } from './certificate.ts';
import { sentenceOf } from './explain/unjudged.ts';
import { readOptions, readText } from './library-options.ts';
import { noDeclarations, readDeclarations } from './meaning/declare.ts';
import { readingWithFactors } from './meaning/first-reading.ts';
import type { WrittenDefinition } from './meaning/known-names.ts';
import { joinedInClaim } from './meaning/near-names.ts';
import { refuseMatrixValues } from './meaning/refusals.ts';
import { type Sources, scanSources, sourcesIn } from './meaning/sources.ts';
import type { Judgement } from './notes/claim.ts';
import { judgeDocument } from './notes/document.ts';
import { readHead } from './notes/head.ts';
import { judge } from './notes/judge.ts';
import { placesIn } from './notes/places.ts';
import { scanNote } from './notes/scan.ts';
import type { Verdict } from './notes/verdict.ts';
import { checkSeed, defaultSeed } from './options.ts';
import { combineCertificates, unverified } from './oracle/combine.ts';
import { fail, withSource } from './problem.ts';
import { functionTable } from './rules/elementary.ts';
import { printText } from './syntax/print.ts';
import { scanSource } from './syntax/read.ts';
import type { Side } from './syntax/statement.ts';
import { inFreshStore, type Term } from './term/term.ts';
import { mostWork, withinWork } from './work.ts';
import { raise } from './writing/raise.ts';

interface CheckOptions {
  /** The name that reports carry. */
  readonly file?: string;
  readonly seed?: number;
  /** Whether what is no claim is listed too: definitions, equations to solve, and the like. */
  readonly all?: boolean;
}

/**
 * Judges every equality that the displays of a Markdown document claim, in the light of what stands before it. What can't be
 * read or decided in it is `unknown`, with the reason. Throws `MathError` for a document that is too long,
 * with over two million characters, or nested too deep to be read at all; never for what it says.
 */
export function check(document: string, options: CheckOptions = {}): Verdict[] {
  readText('check', document);
  const { file = '', seed = defaultSeed, all = false } = readOptions<CheckOptions>('check', options);
  checkSeed(seed);
  return inFreshStore(() => {
    const point = placesIn(document);
    const judged = judgeDocument(scanNote(document), functionTable, seed, printTerm);
    return judged
      .filter(({ kind }) => all || kind === 'claim')
      .map(({ kind, span, left, right, judgement }): Verdict => {
        const { verdict, method, reason, counterexample, conditions } = judgement.certificate;
        const place = { file, start: point(span.start), end: point(span.end), left, right, kind };
        if (kind !== 'claim') return { ...place, verdict: 'none', method: 'unchecked' };
        return {
          ...place,
          verdict,
          method,
          ...(reason === undefined ? {} : { reason }),
          ...detailOf(judgement),
          ...(counterexample === undefined ? {} : { counterexample }),
          ...(conditions === undefined ? {} : { conditions }),
          ...(judgement.names === undefined ? {} : { names: judgement.names }),
          ...(judgement.readAs === undefined ? {} : { readAs: judgement.readAs }),
        };
      });
  });
}

/** Why it is not judged: the sentence that was made with it, or the one of its code. */
function detailOf({ detail, because }: Judgement): Pick<Verdict, 'detail' | 'because'> {
  const sentence = detail ?? (because === undefined ? undefined : sentenceOf(because, 'en'));
  return { ...(sentence === undefined ? {} : { detail: sentence }), ...(because === undefined ? {} : { because }) };
}

interface VerifyOptions {
  readonly seed?: number;
  /** Declarations: `A: matrix(m, n), x: vector(n)`. */
  readonly shapes?: string;
}

/** A condition as a reader would write it. */
const printTerm = (term: Term): string => printText(raise(term));

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

/**
 * The last equation of a text; where that fails as it is likeliest read and a letter in it stands by itself and before a bracket,
 * n and n(n + 1), as it is with the letter for a factor.
 */
function verifyText(source: string, seed: number, shapes: string | undefined): Certificate {
  const declared = shapes === undefined ? noDeclarations : readDeclarations(shapes);
  const scanned = scanSources(scanSource, source, { declarations: declared });
  const sources = sourcesIn(scanned, { evidence: scanned.evidence, differs: [] });
  refuseMatrixValues(sources);
  const first = verifySources(source, sources, seed);
  const reading = first.verdict === 'holds' ? undefined : readingWithFactors(scanned, sources);
  if (reading === undefined) return unlessHeld(unlessJoined(first, sources), sources);
  const other = verifySources(source, sourcesIn(scanned, reading), seed);
  return unlessHeld(unlessJoined(other.verdict === 'unknown' ? first : other, sources), sources);
}

/** What fails of any matrix M may hold of M(q), of which it may be known that it is symmetric. */
function unlessHeld(found: Certificate, { held }: Sources): Certificate {
  if (found.verdict !== 'fails' || held.length === 0) return found;
  return { ...unverified, reason: 'unknown-function' };
}

/** What fails of the name AB may hold of A*B. */
function unlessJoined(found: Certificate, sources: Sources): Certificate {
  const joined = found.verdict === 'fails' && sources.notation === 'text' ? joinedInClaim(sources) : undefined;
  if (joined === undefined) return found;
  return withSource(sources.text, () =>
    fail({
      code: 'unknown-variable',
      message: `${joined} is one name, and what is claimed does not hold of it`,
      hint: `for a product write ${[...joined].join('*')}; if it is one quantity, say --shape "${joined}: scalar"`,
    }),
  );
}

/** The last equation, link by link, in the light of the definitions before it. */
function verifySources(source: string, { statements, declarations, evidence }: Sources, seed: number): Certificate {
  const last = statements.at(-1);
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
  for (const { sides } of statements.slice(0, -1)) {
    const [left, right] = sides;
    const head = left === undefined ? undefined : readHead(left.node);
    if (left === undefined || right === undefined || head === undefined) continue;
    table[head.kind].set(head.name, { ...head, head: left.node, body: right.node });
  }
  const context = { table, firm: () => true, functions: functionTable, evidence, declarations, seed, print: printTerm };
  const links = last.sides.slice(1).map((right, at) => {
    const left = last.sides[at] as Side;
    return judge({ left: left.node, right: right.node, span: right.span, linked: true, asserted: true }, context)
      .certificate;
  });
  return combineCertificates(links);
}
