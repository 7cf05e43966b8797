import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

function judgeMode(answer: OutcomeOf<"ec2:DescribeVpcBlockPublicAccessOptions">): Line {
  const part = { what: "VPC block public access", needed: "off: the balancer and the way out need the internet" };
  if (isRefusal(answer)) return unasked(part, answer);
  const options = valueOf(answer)?.VpcBlockPublicAccessOptions;
  const mode = options?.InternetGatewayBlockMode ?? "off";
  if (mode === "off") return ok(part, "off");
  const owner =
    options?.ManagedBy === "declarative-policy"
      ? "the organisation's policy decides it: ask its owner"
      : "the region's settings for VPC decide it";
  return blocks(part, mode, `Switch it off or exclude the environment's network; ${owner}.`);
}

/** The region's switch that keeps every network from the internet, whatever its routes say. */
export const internetAccessCheck = defineCheck({
  id: "internet-access",
  subject: "Network",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html",
  gather: ({ config }, { ask }) => ask("ec2:DescribeVpcBlockPublicAccessOptions", {}, config.environment.region),
  judge: (_target, answer) => [judgeMode(answer)],
});
