import type { Line } from "../check.ts";
import { defineCheck, unasked } from "../check.ts";
import { judgeOnce } from "../once.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { refusalOf, valueOf } from "../outcome.ts";

/** Security Hub: a region has it or not. It has no tags from us; where the environment has begun, it counts as ours. */
export const securityHubCheck = defineCheck({
  id: "security-hub",
  subject: "Once an account or region",
  source: "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html",
  gather: async ({ config: { environment } }, { ask }) => {
    const [hub, networks] = await Promise.all([
      ask("securityhub:DescribeHub", {}, environment.region),
      askNetworks(ask, environment),
    ]);
    return { hub, networks };
  },
  judge: ({ config: { audit, environment } }, { hub, networks }): readonly Line[] => {
    const what = "Security Hub";
    const refusal = refusalOf(hub, networks);
    if (refusal !== undefined) return [unasked({ what, needed: "none yet, or this environment's" }, refusal)];
    const since = valueOf(hub)?.SubscribedAt;
    return [
      judgeOnce({
        what,
        managedBy: audit.securityHub.managedBy,
        key: "audit.securityHub",
        found: hub.kind === "absent" ? undefined : `on since ${since?.slice(0, 10) ?? "an unknown day"}`,
        ours: hasBegun(environment, networks) === true,
        otherwise: "ResourceConflictException",
      }),
    ];
  },
});
