/** From chains of equalities to printed steps: certified, grouped by the level of detail, shared parts named. */

import type { IndexWithin, Oracle } from '../oracle/certify.ts';
import { combineCertificates, unresolvedCertificate, unverified } from '../oracle/combine.ts';
import type { Axis, Condition, Facts } from '../rules/rule.ts';
import { number } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import type { Definition } from '../term/substitute.ts';
import type { BinderTerm, Term } from '../term/term.ts';
import type { Certificate, Detail, Step } from './derivation.ts';
import { type CertifiedStep, groupSteps } from './group.ts';
import { followOrders } from './order.ts';
import type { Claim, Move, Outline, Passage } from './outline.ts';
import type { Print, Printers } from './printer.ts';

/** What certifying and printing need to know. */
export interface Desk extends Printers {
  readonly detail: Detail;
  readonly taken: ReadonlySet<string>;
  /** The sums of the source in the order in which they were written. */
  readonly sums: ReadonlyMap<Term, readonly Term[]>;
  /** Names that the source uses. */
  readonly names: ReadonlySet<string>;
  /** Undefined with `--no-verify`. */
  readonly oracle: Oracle | undefined;
  /** The same with further definitions. */
  readonly oracleWith: (given: readonly Definition[]) => Oracle | undefined;
  /** Names for parts of large results; see `sharing.ts`. */
  readonly shared?: (term: Term) => Term;
}

/** A passage with the verdicts on its moves. */
interface CertifiedPassage extends Passage {
  readonly steps: readonly (CertifiedStep & Pick<Move, 'shown'>)[];
}

/** All moves tested by the oracle. */
export function certifyPassages(passages: readonly Passage[], desk: Desk): CertifiedPassage[] {
  return passages.map((passage) => ({
    ...passage,
    steps: passage.moves.map((move) => ({ ...move, certificate: certifyMove(move, desk) })),
  }));
}

function certifyMove(move: Move, desk: Desk): Certificate {
  return certifyClaim(move.claim ?? { left: move.before, right: move.after }, desk, indexConditions([move]));
}

export function certifyClaim(
  { left, right, given }: Claim,
  desk: Desk,
  within: readonly IndexWithin[] = [],
): Certificate {
  const oracle = given === undefined ? desk.oracle : desk.oracleWith(given);
  return oracle?.compare(left, right, { within }) ?? unverified;
}

/** The certificate of a whole outline: its claims and all its moves. */
export function certifyWhole(outline: Outline, passages: readonly CertifiedPassage[], desk: Desk): Certificate {
  if (outline.unresolved.length > 0 || outline.exhausted) return unresolvedCertificate;
  if (desk.oracle === undefined) return unverified;
  const steps = passages.flatMap((passage) => passage.steps);
  const wholes = outline.claims.map((claim) => {
    const free = new Set([...freeIndices(claim.left), ...freeIndices(claim.right)]);
    const isMet = ({ index }: IndexWithin): boolean => [...freeIndices(index)].every((name) => free.has(name));
    return certifyClaim(claim, desk, indexConditions(steps).filter(isMet));
  });
  return combineCertificates([...wholes, ...steps.map((step) => step.certificate)]);
}

/** That indices stand in their ranges, as the steps demand. */
function indexConditions(steps: readonly Move[]): IndexWithin[] {
  return steps.flatMap((step) => step.conditions.flatMap((one) => (one.kind === 'range' ? [one] : [])));
}

/** The rows of all passages. `wanted` is the left side that need not be repeated. */
export function printPassages(passages: readonly CertifiedPassage[], wanted: string, desk: Desk): Step[] {
  return passages.flatMap((passage) => printPassage(passage, wanted, desk));
}

function printPassage(passage: CertifiedPassage, wanted: string, desk: Desk): Step[] {
  const left = desk.printAsWritten(passage.left);
  const rows: Step[] = [];
  const steps = grouped(passage, desk);
  const printRow = desk.printInOrder(followOrders(passage.start, passage.steps, desk.sums, desk.taken));
  for (const [at, step] of steps.entries()) {
    const printState = at < steps.length - 1 ? printRow : desk.print;
    const row = printStep(step, passage.powers === true ? desk.printPowers : printState, desk);
    const previous = rows[rows.length - 1];
    // What looks the same on paper is no step for the reader, but its certificate counts.
    if (step.rule !== 'rename' && row.state === (previous?.state ?? left)) {
      if (previous !== undefined) rows[rows.length - 1] = absorb(previous, row);
      continue;
    }
    rows.push(left === wanted ? row : { ...row, left });
  }
  return rows;
}

/** A row with one that changes nothing visible: dy/dx for the derivative of y(x). */
function absorb(row: Step, hidden: Step): Step {
  const through = hidden.rule === 'chain' ? hidden.facts.dependent : undefined;
  return {
    ...row,
    rules: [...row.rules, ...hidden.rules],
    conditions: [...new Set([...row.conditions, ...hidden.conditions])],
    facts: through === undefined ? row.facts : { ...row.facts, through },
    certificate: combineCertificates([row.certificate, hidden.certificate]),
  };
}

type ShownStep = CertifiedStep & Pick<Move, 'shown'>;

function grouped({ start, steps, brief }: CertifiedPassage, desk: Desk): readonly ShownStep[] {
  const [first, ...others] = steps;
  if (desk.detail === 'every' || first === undefined) return steps;
  if (brief !== true) {
    // Steps that state something new stand alone; the moves between them are grouped.
    const opening = first.claim === undefined ? [] : [first];
    const rest = opening.length === 0 ? steps : others;
    if (rest.some((step) => step.claim !== undefined)) return steps;
    return [...opening, ...groupSteps(start, rest, desk.taken)];
  }
  const last = others[others.length - 1] ?? first;
  return [
    {
      ...first,
      after: last.state,
      state: last.state,
      ...(last.shown === undefined ? {} : { shown: last.shown }),
      rules: [...new Set(steps.map((step) => step.rule))],
      conditions: [...new Set(steps.flatMap((step) => step.conditions))],
      certificate: combineCertificates(steps.map((step) => step.certificate)),
    },
  ];
}

function printStep(step: ShownStep, print: Print, desk: Desk): Step {
  const isRename = step.rule === 'rename';
  const facts = isRename ? renameFacts(step, print) : factsOf(step);
  const state = desk.shared?.(step.state) ?? step.state;
  return {
    rule: step.rule,
    rules: step.rules ?? [step.rule],
    path: step.path,
    before: isRename ? desk.printAsWritten(step.before) : print(step.before),
    after: print(step.after),
    state: step.shown ?? print(state),
    conditions: step.conditions.map((condition) => printCondition(condition, print, desk.names)),
    facts: printFacts(facts, print),
    certificate: step.certificate,
  };
}

/** The derivative of f(x) by x itself is no use of the chain rule. */
function factsOf(step: ShownStep): Facts {
  const { before, facts, rule } = step;
  if (rule !== 'chain' || before.kind !== 'derivative' || before.of.kind !== 'apply') return facts;
  const { args, name, orders } = before.of;
  const [only] = args;
  if (args.length !== 1 || only !== before.by) return facts;
  return { function: name + "'".repeat(orders[0] ?? 0), dependent: before.of };
}

function renameFacts(step: ShownStep, print: Print): Facts {
  const binder = step.facts.binder as BinderTerm;
  const shown = /,\s*([A-Za-z]\w*)(?:,[^,]*,[^,]*)?\)$/.exec(print(binder));
  return { from: step.facts.from as string, to: shown?.[1] ?? '' };
}

function printFacts(facts: Facts, print: Print): Record<string, string> {
  const printed: Record<string, string> = {};
  for (const [name, fact] of Object.entries(facts)) printed[name] = typeof fact === 'string' ? fact : print(fact);
  return printed;
}

/** Names for the ends of ranges that the source leaves open; the first that the source does not use. */
const sizeNames: Readonly<Record<Axis, readonly string[]>> = {
  members: ['n', 'N', 'm', 'M'],
  components: ['d', 'D', 'p', 'P'],
};

function printCondition(condition: Condition, print: Print, names: ReadonlySet<string>): string {
  if (condition.kind === 'relation') return print(condition.relation);
  const { index, binder, axis } = condition;
  const { range } = binder;
  const open = sizeNames[axis].find((name) => !names.has(name)) ?? (sizeNames[axis][0] as string);
  // An end that is the index itself, or a number that a number meets, says nothing.
  const isSaid = (end: Term): boolean => end !== index && !(end.kind === 'number' && index.kind === 'number');
  const said = (end: Term): string[] => (isSaid(end) ? [print(end)] : []);
  const from = said(range?.from ?? number(1));
  const to = range === undefined ? [open] : said(range.to);
  return [...from, print(index), ...to].join(' <= ');
}
