import { NOTIFY } from "../../../standards/notify.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

function judgeAccount(answer: OutcomeOf<"cloudfront:ListDistributions">): Line {
  const part = { what: "CloudFront", needed: "the account is verified for it" };
  if (isRefusal(answer)) return unasked(part, answer);
  const count = valueOf(answer)?.DistributionList?.Items?.length ?? 0;
  return count > 0
    ? ok(part, "it has a distribution already")
    : advice(
        part,
        "no distribution yet, and nothing tells the verification",
        'A new account may be refused with "Your account must be verified": open a support case early, it takes days.',
      );
}

/** Whether CloudFront takes the account: nothing reads the verification, a distribution that exists proves it. */
export const distributionsCheck = defineCheck({
  id: "distributions",
  subject: "Switches",
  source: "terraform-provider-aws, pull request 36663; aws-cdk-examples, issue 279",
  gather: (_target, { ask }) => ask("cloudfront:ListDistributions", { MaxItems: 1 }, NOTIFY.globalRegion),
  judge: (_target, answer) => [judgeAccount(answer)],
});
