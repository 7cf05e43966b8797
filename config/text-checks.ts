import type { Problem } from "./problem.ts";
import type { Profile } from "./block.ts";

/** Texts that are secrets by their form; whoever reads the repository could use them. */
const SECRET_FORMS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: "a Slack webhook", pattern: /hooks\.slack\.com\/services\/\w+/ },
  { what: "a Slack token", pattern: /\bxox[abeoprs]-[\w-]{10,}/ },
  { what: "a GitHub token", pattern: /\b(?:gh[opsu]_\w{30,}|github_pat_\w{30,})/ },
  { what: "a PagerDuty or other 32-digit key", pattern: /^[0-9a-f]{32}$/ },
  { what: "a password inside a URL", pattern: /^[a-z][\w+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/ },
  { what: "a JSON web token", pattern: /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/ },
];

/** What people leave in a template for later. */
const PLACEHOLDER = /^<.*>$|\b(?:change[-_ ]?me|replace[-_ ]?me|fill[-_ ]?(?:me|in)|todo|tbd|xxx+|placeholder|dummy)\b|^0{12}$/i;

/** Every text in a value, with its path. */
function* texts(value: unknown, path: readonly (string | number)[]): Generator<{ path: readonly (string | number)[]; text: string }> {
  if (typeof value === "string") yield { path, text: value };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* texts(item, [...path, index]);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* texts(item, [...path, key]);
  }
}

/** Secrets in plain text (in any profile; their value is never shown) and placeholders left in production. */
export function checkTexts(raw: unknown, profile: Profile): Problem[] {
  const problems: Problem[] = [];
  for (const { path, text } of texts(raw, [])) {
    const secret = SECRET_FORMS.find(({ pattern }) => pattern.test(text));
    if (secret !== undefined) {
      problems.push({
        path,
        found: `${secret.what} in plain text (not shown)`,
        allowed: "no secret in a stack file",
        fix: "Remove it, rotate it, and add an entry to the secrets block: its value lives in Secrets Manager only.",
      });
    } else if (profile === "production" && PLACEHOLDER.test(text)) {
      problems.push({ path, found: `the placeholder "${text}"`, allowed: "a real value in production", fix: "Fill in the value that holds for this environment." });
    }
  }
  return problems;
}
