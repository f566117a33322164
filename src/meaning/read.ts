/** From a source as it was written to statements: what its names mean is settled here, in the light of what is known. */

import type { Reader, Statement } from '../syntax/statement.ts';
import { copyEvidence, type Evidence, gatherEvidence, noEvidence } from './names/evidence.ts';
import { namingFrom } from './names/naming.ts';

/** The statements of `source`; `known` comes from elsewhere and stays unchanged. Throws `MathError`. */
export function readStatements(
  read: Reader,
  source: string,
  syntax?: 'text' | 'latex',
  known: Evidence = noEvidence(),
): readonly Statement[] {
  const neutral = read(source, syntax);
  const evidence = copyEvidence(known);
  gatherEvidence(neutral.tokens, evidence);
  return neutral.statements(namingFrom(evidence));
}
