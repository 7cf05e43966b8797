/** A text that is a secret by its form: whoever reads it could use it. */
export interface SecretForm {
  /** What was found, for messages; the text itself is never shown. */
  readonly what: string;
  readonly pattern: RegExp;
  /** Also the form of harmless texts (checksums, for instance): it counts only where such texts have no business. */
  readonly ambiguous: boolean;
}

/** Secrets that their form gives away; SECR-01. Patterns that begin with ^ describe a whole word, the others any part of a text. */
export const SECRET_FORMS: readonly SecretForm[] = [
  { what: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, ambiguous: false },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, ambiguous: false },
  { what: "a Slack webhook", pattern: /hooks\.slack\.com\/services\/\w+/, ambiguous: false },
  { what: "a Slack token", pattern: /\bxox[abeoprs]-[\w-]{10,}/, ambiguous: false },
  { what: "a GitHub token", pattern: /\b(?:gh[opsu]_\w{30,}|github_pat_\w{30,})/, ambiguous: false },
  { what: "a PagerDuty or other 32-digit key", pattern: /^[0-9a-f]{32}$/, ambiguous: true },
  { what: "a password inside a URL", pattern: /^[a-z][\w+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/, ambiguous: false },
  { what: "a JSON web token", pattern: /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/, ambiguous: false },
];
