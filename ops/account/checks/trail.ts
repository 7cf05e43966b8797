import type { StackConfig } from "../../../config/schema.ts";
import { nameOf, trailArn } from "../../../core/names.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { isRefusal, refusalOf, valueOf } from "../outcome.ts";

/** Trails that a region may have. @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const MOST_TRAILS = 5;

function judgeTrails(
  { audit, environment }: StackConfig,
  answer: OutcomeOf<"cloudtrail:DescribeTrails">,
  begun: boolean,
): Line {
  const key = "audit.trail.managedBy";
  const stack = audit.trail.managedBy === "stack";
  const part = {
    what: "Trails",
    needed: stack
      ? `fewer than ${MOST_TRAILS}, none called ${nameOf(environment)}`
      : "the organisation's, as the stack file says",
  };
  if (isRefusal(answer)) return unasked(part, answer);
  const trails = valueOf(answer)?.trailList ?? [];
  const names = trails.map(({ Name }) => Name ?? "unnamed").toSorted();
  const found = names.join(", ") || "none";
  if (!stack) {
    return trails.some(({ IsOrganizationTrail }) => IsOrganizationTrail === true)
      ? ok(part, found)
      : blocks(
          part,
          `${found}: none of an organisation`,
          `Ask the organisation for it, or let the stack make one: ${key}: stack.`,
        );
  }
  if (trails.some(({ TrailARN }) => TrailARN === trailArn(environment))) {
    return begun
      ? ok(part, `${found}, with this environment's`)
      : blocks(
          part,
          found,
          `An earlier environment left ${nameOf(environment)}: aws cloudtrail delete-trail --name ${nameOf(environment)}, or import it.`,
        );
  }
  return trails.length < MOST_TRAILS
    ? ok(part, found)
    : blocks(part, found, `Remove one, or use the organisation's: ${key}: organisation.`);
}

/** The record of every call: a region has room for five. */
export const trailCheck = defineCheck({
  id: "trail",
  subject: "Once an account or region",
  source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html",
  requirements: ["LOG-05"],
  gather: async ({ config: { environment } }, { ask }) => {
    const [trails, networks] = await Promise.all([
      ask("cloudtrail:DescribeTrails", {}, environment.region),
      askNetworks(ask, environment),
    ]);
    return { trails, networks };
  },
  judge: ({ config }, { trails, networks }) => {
    const refusal = refusalOf(networks);
    return [judgeTrails(config, refusal ?? trails, hasBegun(config.environment, networks) === true)];
  },
});
