import { NOTIFY } from "../../../standards/notify.ts";
import type { Line } from "../check.ts";
import { advice, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal } from "../outcome.ts";

/** Whom AWS tells of abuse and leaked keys. CIS AWS Foundations 1.2. */
export const contactsCheck = defineCheck({
  id: "security-contact",
  subject: "The account's own safety",
  source: "AWS Foundational Security Best Practices Account.1",
  gather: (_target, { ask }) =>
    ask("account:GetAlternateContact", { AlternateContactType: "SECURITY" }, NOTIFY.globalRegion),
  judge: (_target, answer): readonly Line[] => {
    const part = { what: "Contact for security", needed: "named" };
    if (isRefusal(answer)) return [unasked(part, answer)];
    if (answer.kind === "answer") return [ok(part, "named")];
    return [
      advice(
        part,
        "none: AWS writes to root's address",
        "aws account put-alternate-contact --alternate-contact-type SECURITY, with name, title, mail and phone.",
      ),
    ];
  },
});
