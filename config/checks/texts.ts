import type { Profile } from "../block.ts";
import type { Problem } from "../problems/problem.ts";
import { secretFormOf, texts } from "../problems/secret-texts.ts";

/** What people leave in a template for later. */
const PLACEHOLDER =
  /^<.*>$|\b(?:change[-_ ]?me|replace[-_ ]?me|fill[-_ ]?(?:me|in)|todo|tbd|xxx+|placeholder|dummy)\b|^0{12}$/i;

/** Secrets in plain text (in any profile; their value is never shown) and placeholders left in production. */
export function checkTexts(raw: unknown, profile: Profile): Problem[] {
  const problems: Problem[] = [];
  for (const { path, text } of texts(raw)) {
    const secret = secretFormOf(text);
    if (secret !== undefined) {
      problems.push({
        path,
        found: `${secret} in plain text (not shown)`,
        allowed: "no secret in a stack file",
        fix: "Remove it, rotate it, and add an entry to the secrets block: its value lives in Secrets Manager only.",
      });
    } else if (profile === "production" && PLACEHOLDER.test(text)) {
      problems.push({
        path,
        found: `the placeholder "${text}"`,
        allowed: "a real value in production",
        fix: "Fill in the value that holds for this environment.",
      });
    }
  }
  return problems;
}
