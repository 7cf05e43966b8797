import type { StackConfig } from "../../../config/schema.ts";
import { NOTIFY } from "../../../standards/notify.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import type { Outcome } from "../outcome.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Roles that are made whatever the catalogue says; counted in a preview, with room for a few more. */
const FIXED_ROLES = 30;

/** Roles that the environment makes: for its parts, its namespaces' secrets, and each service and its migration. */
export function rolesNeeded({ namespaces, services }: StackConfig): number {
  const running = services.catalogue.filter((service) => service.kind !== "frontend");
  const migrating = running.filter((service) => "migrations" in service && service.migrations !== null);
  return FIXED_ROLES + Object.keys(namespaces).length + running.length + migrating.length;
}

/** Policies by which services may write logs, that a region has room for. AWS' own services add theirs. */
const MOST_LOG_POLICIES = 10;

/** The most that the program adds in one region. */
const LOG_POLICIES = 2;

interface Limited {
  readonly what: string;
  readonly needed: number;
  readonly begun: boolean;
  readonly outcome: Outcome<unknown>;
  readonly used: number | undefined;
  readonly limit: number | undefined;
  readonly todo: string;
}

/** Where the environment has begun, it has taken most of what it needs already. */
function judgeLimit({ what, needed, begun, outcome, used, limit, todo }: Limited): Line {
  const part = { what, needed: begun ? "within the limit" : `${needed} more` };
  if (isRefusal(outcome)) return unasked(part, outcome);
  if (used === undefined || limit === undefined)
    return { ...part, found: "no number", verdict: "unknown", todo: "Look it up in the console." };
  const found = `${used} of ${limit}`;
  return used + (begun ? 0 : needed) <= limit ? ok(part, found) : blocks(part, found, todo);
}

interface Answers {
  readonly summary: OutcomeOf<"iam:GetAccountSummary">;
  readonly zones: OutcomeOf<"route53:GetAccountLimit">;
  readonly healthChecks: OutcomeOf<"route53:GetAccountLimit">;
  readonly logPolicies: OutcomeOf<"logs:DescribeResourcePolicies">;
  readonly networks: OutcomeOf<"ec2:DescribeVpcs">;
}

/** Limits of services that tell them by themselves: roles, zones, health checks, and policies of logs. */
export const globalLimitsCheck = defineCheck({
  id: "global-limits",
  subject: "Quotas",
  source:
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetAccountLimit.html; https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html",
  gather: async ({ config: { environment } }, { ask }): Promise<Answers> => {
    const { region } = environment;
    const [summary, zones, healthChecks, logPolicies, networks] = await Promise.all([
      ask("iam:GetAccountSummary", {}, region),
      ask("route53:GetAccountLimit", { Type: "MAX_HOSTED_ZONES_BY_OWNER" }, NOTIFY.globalRegion),
      ask("route53:GetAccountLimit", { Type: "MAX_HEALTH_CHECKS_BY_OWNER" }, NOTIFY.globalRegion),
      ask("logs:DescribeResourcePolicies", {}, NOTIFY.globalRegion),
      askNetworks(ask, environment),
    ]);
    return { summary, zones, healthChecks, logPolicies, networks };
  },
  judge: ({ config }, { summary, zones, healthChecks, logPolicies, networks }) => {
    const begun = hasBegun(config.environment, networks) === true;
    const roles = new Map(Object.entries(valueOf(summary)?.SummaryMap ?? {}));
    const ofRoute53 = (answer: OutcomeOf<"route53:GetAccountLimit">) => ({
      outcome: answer,
      used: valueOf(answer)?.Count,
      limit: valueOf(answer)?.Limit?.Value,
    });
    return [
      judgeLimit({
        what: "IAM roles",
        needed: rolesNeeded(config),
        begun,
        outcome: summary,
        used: roles.get("Roles"),
        limit: roles.get("RolesQuota"),
        todo: "Remove roles that nobody uses, or ask for more: Service Quotas, iam, L-FE177D64, in us-east-1.",
      }),
      judgeLimit({
        what: "Hosted zones",
        needed: config.dns.existingZoneId === null ? 1 : 0,
        begun,
        ...ofRoute53(zones),
        todo: "Ask support for more hosted zones.",
      }),
      judgeLimit({
        what: "Health checks",
        needed: Object.keys(config.dns.healthChecks.paths).length,
        begun,
        ...ofRoute53(healthChecks),
        todo: "Ask support for more health checks.",
      }),
      judgeLimit({
        what: `Policies of logs in ${NOTIFY.globalRegion}`,
        needed: LOG_POLICIES,
        begun,
        outcome: logPolicies,
        used: logPolicies.kind === "answer" ? (logPolicies.value.resourcePolicies?.length ?? 0) : undefined,
        limit: MOST_LOG_POLICIES,
        todo: "Remove one that nobody needs (aws logs describe-resource-policies): the limit cannot be raised.",
      }),
    ];
  },
});
