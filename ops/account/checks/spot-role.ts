import type { StackConfig } from "../../../config/schema.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal } from "../outcome.ts";

const ROLE = "AWSServiceRoleForEC2Spot";

/** How the environment uses spot instances. */
export function spotUse({ cluster, clusterServices: { karpenter } }: StackConfig): "none" | "some" | "only" {
  const kinds = [
    ...Object.values(cluster.nodeGroups).map(({ capacity }) => [capacity]),
    ...Object.values(karpenter.nodePools).map(({ capacityTypes }) => capacityTypes),
  ];
  if (kinds.some((capacities) => capacities.every((capacity) => capacity === "spot"))) return "only";
  return kinds.flat().includes("spot") ? "some" : "none";
}

function judgeRole(config: StackConfig, answer: OutcomeOf<"iam:GetRole">): Line {
  const use = spotUse(config);
  const part = {
    what: "Role for spot instances",
    needed: use === "none" ? "not needed: no spot instances" : `${ROLE} exists`,
  };
  if (use === "none") return ok(part, "not asked");
  if (isRefusal(answer)) return unasked(part, answer);
  if (answer.kind === "answer") return ok(part, "exists");
  const todo = "Once an account: aws iam create-service-linked-role --aws-service-name spot.amazonaws.com";
  return use === "only"
    ? blocks(part, "absent", todo)
    : advice(part, "absent: on-demand instances are taken instead", todo);
}

/** Karpenter may not make the role by which EC2 takes spot instances; it must be there before the first one. */
export const spotRoleCheck = defineCheck({
  id: "spot-role",
  subject: "Switches",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html",
  gather: ({ config }, { ask }) => ask("iam:GetRole", { RoleName: ROLE }, config.environment.region),
  judge: ({ config }, answer) => [judgeRole(config, answer)],
});
