import type { Certificate, Result } from '../derivation/derivation.ts';
import { exit } from './report.ts';

/**
 * 0 only where every part is verified, or where nobody asked to verify any: 1 if a step, an adjoint or an answer fails its
 * certificate, 3 if a derivative is left standing, 1 if a part could not be certified for another reason.
 */
export function exitCode(result: Result): number {
  const certificates = certificatesOf(result);
  if (certificates.some(({ verdict }) => verdict === 'fails')) return exit.found;
  const isStanding = result.unresolved.length > 0 || certificates.some(({ reason }) => reason === 'unresolved');
  if (isStanding) return exit.unresolved;
  return certificates.some(isOpen) ? exit.found : exit.done;
}

function certificatesOf(result: Result): readonly Certificate[] {
  const parts = result.schema === 'chainrule/gradient/1' ? result.adjoints : result.steps;
  const beside = result.schema === 'chainrule/derivation/1' ? [result.structured] : [];
  return [...parts, ...beside, result].flatMap((part) => (part === undefined ? [] : [part.certificate]));
}

/** Asked for, and not decided. */
function isOpen({ verdict, reason }: Certificate): boolean {
  return verdict === 'unknown' && reason !== 'not-requested';
}
