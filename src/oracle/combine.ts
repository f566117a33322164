import type { Certificate } from '../certificate.ts';

/** The certificate of what nobody asked to verify. */
export const unverified: Certificate = {
  verdict: 'unknown',
  method: 'unchecked',
  points: 0,
  worst: 0,
  reason: 'not-requested',
};

/** The certificate of a derivative that is left standing: it says nothing that could be verified. */
export const unresolvedCertificate: Certificate = { ...unverified, reason: 'unresolved' };

/** One certificate for several statements: as good as the weakest of them. */
export function combineCertificates(certificates: readonly Certificate[]): Certificate {
  const [first] = certificates;
  if (first === undefined) return { verdict: 'holds', method: 'proved', points: 0, worst: 0 };
  const failed = certificates.find((one) => one.verdict === 'fails');
  if (failed !== undefined) return failed;
  const unknown = certificates.find((one) => one.verdict === 'unknown');
  if (unknown !== undefined) return unknown;
  const tested = certificates.filter((one) => one.method === 'tested');
  const conditions = [...new Set(certificates.flatMap((one) => one.conditions ?? []))];
  const conditional = conditions.length === 0 ? {} : { conditions };
  if (tested.length === 0) return { ...first, ...conditional };
  return {
    ...conditional,
    verdict: 'holds',
    method: 'tested',
    points: Math.min(...tested.map((one) => one.points)),
    worst: Math.max(...tested.map((one) => one.worst)),
    ...(tested.some((one) => one.field === 'complex') ? { field: 'complex' } : {}),
  };
}
