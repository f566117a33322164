import type { Result } from '../derivation/derivation.ts';
import { exit } from './report.ts';

/** 1 if something failed its certificate, 3 if a derivative is left standing, else 0. */
export function exitCode(result: Result): number {
  if (result.certificate.verdict === 'fails') return exit.found;
  const unresolved = 'unresolved' in result && result.unresolved.length > 0;
  return unresolved ? exit.unresolved : exit.done;
}
