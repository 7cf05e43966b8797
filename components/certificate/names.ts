/** Names of one certificate; the first is its main name. */
export type CertificateNames = readonly [string, ...string[]];

/** A validation record to write, and the certificate that tells its content. */
export interface ValidationRecord<TCertificate extends string> {
  /** The name that the record proves, without a wildcard. */
  readonly domain: string;
  /** The first certificate that has the name; all others get the same record from ACM. */
  readonly certificate: TCertificate;
}

/** The name of which a wildcard is the children: ACM proves both by one and the same record. */
export function provenDomain(name: string): string {
  return name.startsWith("*.") ? name.slice(2) : name;
}

/** The distinct names that a certificate's validation must wait for, in order. */
export function provenDomains(names: readonly string[]): string[] {
  return [...new Set(names.map(provenDomain))];
}

/**
 * One record for each distinct name of all certificates. ACM derives a record from account and name alone: a wildcard and its
 * apex, and certificates of several regions, share it, and writing it twice fails.
 */
export function validationRecords<TCertificate extends string>(
  certificates: Readonly<Record<TCertificate, CertificateNames>>,
): ValidationRecord<TCertificate>[] {
  const first = new Map<string, TCertificate>();
  for (const certificate in certificates) {
    for (const domain of provenDomains(certificates[certificate]))
      if (!first.has(domain)) first.set(domain, certificate);
  }
  return [...first].map(([domain, certificate]) => ({ domain, certificate }));
}
