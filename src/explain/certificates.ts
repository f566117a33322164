/** What was verified and what was not, in sentences. */

import type { Certificate, Gradient, Result } from '../derivation/derivation.ts';
import { type Filling, fill, formula, join, type Phrase, words, wordsOf } from './explain.ts';
import { errorPhrase, valuePhrase, valuesPhrase } from './numbers.ts';
import type { Language, ReasonId, Words } from './words.ts';

/** One sentence on the state of a result, with the mark that stands before it. */
export interface Notice {
  readonly mark: 'verified' | 'failed' | 'open';
  readonly phrase: Phrase;
}

/** At most this many failures are told; the first one usually explains the others. */
const mostFailures = 3;

/** Whether all holds: counts, failures with numbers, what is open and why, derivatives that were left standing. */
export function certificateNotices(result: Result, language: Language): Notice[] {
  const said = wordsOf(language);
  const own = result.schema === 'chainrule/gradient/1' ? gradientNotices(result, said) : stepNotices(result, said);
  const notices = [...own, ...answerNotices(result, said)];
  const { unresolved } = result;
  if (unresolved.length === 0) return notices;
  const derivatives = join(unresolved.map(formula), said.list);
  return [...notices, { mark: 'open', phrase: fill(said.derivation.unresolved, { derivatives }) }];
}

/** What could not be checked of an answer whose steps hold; where it fails, so does the whole. */
function answerNotices({ answer, certificate }: Result, said: Words): Notice[] {
  const isOpen = answer?.verdict === 'unknown' && answer.reason !== 'not-requested' && certificate.verdict === 'holds';
  if (answer === undefined || !isOpen) return [];
  return [{ mark: 'open', phrase: [...fill(said.certificate.answerUnknown), ...because(answer, said)] }];
}

/** What the certificate of the answer adds, and how it is said that the whole fails. */
function answerTexts(
  { answer }: Result,
  { certificate: texts }: Words,
): Pick<Templates, 'answerVerified' | 'wholeFails'> {
  return {
    answerVerified: answer?.verdict === 'holds' ? texts.answerHolds : '',
    wholeFails:
      answer?.verdict === 'fails' ? (isOfPage(answer) ? texts.printedFails : texts.answerFails) : texts.resultFails,
  };
}

/** Whether a page is at fault, and not the answer: `printed/certify.ts` says so. */
const isOfPage = ({ reason = '' }: Certificate): boolean => reason.startsWith('printed:');

function stepNotices(derivation: Exclude<Result, Gradient>, said: Words): Notice[] {
  const { certificate: texts } = said;
  const hasSteps = derivation.detail !== 'answer' && derivation.steps.length > 0;
  const parts = derivation.steps.map((step, at) => ({
    certificate: step.certificate,
    blanks: { step: String(at + 1) },
  }));
  return judge(hasSteps ? parts : [], derivation.certificate, said, {
    verified: texts.allVerified,
    fails: texts.stepFails,
    unknown: texts.stepUnknown,
    ...answerTexts(derivation, said),
  });
}

function gradientNotices(gradient: Gradient, said: Words): Notice[] {
  const { certificate: texts } = said;
  const parts = gradient.adjoints.map(({ certificate, name }) => ({ certificate, blanks: { name: formula(name) } }));
  return judge(parts, gradient.certificate, said, {
    verified: texts.adjointsVerified,
    fails: texts.adjointFails,
    unknown: texts.adjointUnknown,
    ...answerTexts(gradient, said),
  });
}

interface Part {
  readonly certificate: Certificate;
  readonly blanks: Readonly<Record<string, Filling>>;
}

interface Templates {
  readonly verified: string;
  readonly fails: string;
  readonly unknown: string;
  readonly answerVerified: string;
  readonly wholeFails: string;
}

/** The notices for the parts and the whole. A whole that holds is worth a sentence only where there are no parts. */
function judge(parts: readonly Part[], whole: Certificate, said: Words, templates: Templates): Notice[] {
  const { certificate: texts } = said;
  const all = [...parts.map((part) => part.certificate), whole];
  if (all.every((certificate) => certificate.verdict === 'unknown' && certificate.method === 'unchecked')) {
    return [{ mark: 'open', phrase: [...fill(texts.notVerified), ...because(whole, said)] }];
  }
  const tell = (part: Part, template: string, verdict: Certificate['verdict']): Notice[] =>
    part.certificate.verdict === verdict ? [notice(part, template, said)] : [];
  const total: Part = { certificate: whole, blanks: {} };
  const failures = [
    ...parts.flatMap((part) => tell(part, templates.fails, 'fails')).slice(0, mostFailures),
    ...tell(total, templates.wholeFails, 'fails'),
  ];
  const open = [
    ...parts.flatMap((part) => tell(part, templates.unknown, 'unknown')).slice(0, mostFailures),
    ...(whole.reason === 'unresolved' ? [] : tell(total, texts.resultUnknown, 'unknown')),
  ];
  const areVerified = parts.length > 0 && parts.every((part) => part.certificate.verdict === 'holds');
  const sentence = areVerified ? templates.verified : texts.resultVerified;
  const isSaid = failures.length === 0 && (areVerified || (parts.length === 0 && whole.verdict === 'holds'));
  const counts = areVerified ? countsOf(all.slice(0, -1), said) : countsOf([whole], said);
  const phrase = [...fill(sentence, { counts }), ...words(templates.answerVerified)];
  const verified: Notice[] = isSaid ? [{ mark: 'verified', phrase }] : [];
  return [...verified, ...failures, ...open];
}

function notice({ certificate, blanks }: Part, template: string, said: Words): Notice {
  if (certificate.verdict !== 'fails') {
    return { mark: 'open', phrase: [...fill(template, blanks), ...because(certificate, said)] };
  }
  const { counterexample: example } = certificate;
  if (example === undefined) return { mark: 'failed', phrase: fill(template.replace(/[:：].*$/s, ''), blanks) };
  const sides = { left: valuePhrase(example.left), right: valuePhrase(example.right) };
  const values = valuesPhrase(example, said.list);
  const retrace =
    values.length === 0 ? [] : [...words(said.list), ...fill(said.certificate.counterexample, { values })];
  return { mark: 'failed', phrase: [...fill(template, { ...blanks, ...sides }), ...retrace] };
}

/** The certificate of one step alone: `tested at 64 points (worst 2·10⁻¹⁵)`; `step` is its number among all. */
export function certificateNotice(certificate: Certificate, step: number, language: Language): Notice {
  const said = wordsOf(language);
  const { certificate: texts } = said;
  if (certificate.verdict === 'holds') return { mark: 'verified', phrase: countsOf([certificate], said) };
  if (certificate.method === 'unchecked') {
    return { mark: 'open', phrase: [...fill(texts.notVerified), ...because(certificate, said)] };
  }
  const template = certificate.verdict === 'fails' ? texts.stepFails : texts.stepUnknown;
  return notice({ certificate, blanks: { step: String(step) } }, template, said);
}

/** The certificate of what stands beside a result: `tested at 16 points`, or why it is not verified, or both values. */
export function certificatePhrase(certificate: Certificate, language: Language): Phrase {
  const said = wordsOf(language);
  if (certificate.verdict === 'holds') return countsOf([certificate], said);
  return notice({ certificate, blanks: {} }, said.certificate[unsaid(certificate)], said).phrase;
}

const unsaid = ({ verdict, method }: Certificate): 'resultFails' | 'notVerified' | 'resultUnknown' =>
  verdict === 'fails' ? 'resultFails' : method === 'unchecked' ? 'notVerified' : 'resultUnknown';

/** `: the expression is too large`; nothing where no reason is known. */
function because({ reason }: Certificate, said: Words): Phrase {
  if (reason === undefined || reason === '') return [];
  return fill(said.certificate.because, { reason: reasonText(reason, said) });
}

/** A reason in words: of `domain: only 3 points`, those for `domain`. A reason without words of its own as it is. */
function reasonText(reason: string, said: Words): string {
  const id = reason.replace(/:.*$/s, '');
  return Object.hasOwn(said.reasons, id) ? said.reasons[id as ReasonId] : reason;
}

/** `5 proved, 1 tested at 64 points (worst 2·10⁻¹⁵)`; without numbers where there is only one. */
function countsOf(certificates: readonly Certificate[], said: Words): Phrase {
  const { certificate: texts } = said;
  const isOne = certificates.length === 1;
  const proved = certificates.filter(({ method }) => method === 'proved');
  const tested = certificates.filter(({ method }) => method === 'tested');
  const points = String(Math.min(...tested.map((certificate) => certificate.points)));
  const worst = Math.max(...tested.map((certificate) => certificate.worst));
  const parts: Phrase[] = [];
  if (proved.length > 0) parts.push(fill(isOne ? texts.provedOnce : texts.proved, { count: String(proved.length) }));
  if (tested.length > 0) {
    const sentence = fill(isOne ? texts.testedOnce : texts.tested, { count: String(tested.length), points });
    const complex = tested.some(({ field }) => field === 'complex') ? words(texts.complex) : [];
    parts.push([...sentence, ...complex, ...(worst === 0 ? [] : fill(texts.worst, { worst: errorPhrase(worst) }))]);
  }
  return join(parts, said.list);
}
