import type { StackConfig } from "../../../config/schema.ts";
import { ACCOUNT } from "../../../standards/account.ts";
import { notYet } from "../account-switch.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

function judgeRoot(answer: OutcomeOf<"iam:GetAccountSummary">): Line[] {
  const factor = { what: "Second factor of root", needed: "one" };
  const keys = { what: "Access keys of root", needed: "none" };
  if (isRefusal(answer)) return [unasked(factor, answer)];
  const summary = new Map(Object.entries(valueOf(answer)?.SummaryMap ?? {}));
  const at = (name: string) => summary.get(name) ?? 0;
  const hasPassword = summary.get("AccountPasswordPresent") !== 0;
  return [
    at("AccountMFAEnabled") > 0 || !hasPassword
      ? ok(factor, hasPassword ? "one" : "root cannot sign in")
      : advice(factor, "none", "Sign in as root once and give it one, or let the organisation manage root access."),
    at("AccountAccessKeysPresent") === 0
      ? ok(keys, "none")
      : advice(keys, "some", "Delete them: nothing limits what they may."),
  ];
}

function judgePasswords({ account }: StackConfig, answer: OutcomeOf<"iam:GetAccountPasswordPolicy">): Line {
  const part = { what: "Password policy", needed: `${ACCOUNT.minPasswordLength} characters or more` };
  if (isRefusal(answer)) return unasked(part, answer);
  const length = valueOf(answer)?.PasswordPolicy?.MinimumPasswordLength;
  return length !== undefined && length >= ACCOUNT.minPasswordLength
    ? ok(part, `${length} characters`)
    : notYet(
        part,
        length === undefined ? "none of the account's own" : `${length} characters`,
        account.passwordPolicy,
        `aws iam update-account-password-policy --minimum-password-length ${ACCOUNT.minPasswordLength}`,
      );
}

/** Root and passwords. CIS AWS Foundations 1.4, 1.5, 1.8. */
export const rootUserCheck = defineCheck({
  id: "root-user",
  subject: "The account's own safety",
  source:
    "CIS AWS Foundations Benchmark 5.0.0; https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html",
  gather: async ({ config: { environment } }, { ask }) => {
    const [summary, passwords] = await Promise.all([
      ask("iam:GetAccountSummary", {}, environment.region),
      ask("iam:GetAccountPasswordPolicy", {}, environment.region),
    ]);
    return { summary, passwords };
  },
  judge: ({ config }, { summary, passwords }) => [...judgeRoot(summary), judgePasswords(config, passwords)],
});
