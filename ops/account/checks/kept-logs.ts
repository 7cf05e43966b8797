import type { StackConfig } from "../../../config/schema.ts";
import { logGroupName } from "../../../core/names.ts";
import { NOTIFY } from "../../../standards/notify.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { refusalOf, valueOf } from "../outcome.ts";

/** Log groups that the program makes under names which AWS' services may have made before; by region. */
export function logGroupsOf({
  dns,
  environment,
}: StackConfig): readonly { readonly region: string; readonly names: readonly string[] }[] {
  return [
    {
      region: environment.region,
      names: [
        logGroupName.auditTrail(environment),
        logGroupName.cache(environment, "engine"),
        logGroupName.cache(environment, "slow"),
        logGroupName.cluster(environment),
        logGroupName.database(environment, "postgresql"),
        logGroupName.databaseProxy(environment),
        logGroupName.flowLogs(environment),
        logGroupName.function(environment, "pager"),
        logGroupName.function(environment, "secret-age"),
        logGroupName.function(environment, "secret-rotation"),
        logGroupName.function(environment, "security-findings"),
        logGroupName.runner(environment),
        logGroupName.sessions(environment),
        logGroupName.webAcl(environment, "balancer"),
      ],
    },
    {
      region: NOTIFY.globalRegion,
      names: [logGroupName.queries(dns.zoneName), logGroupName.webAcl(environment, "edge")],
    },
  ];
}

/** What the names of the groups begin with, each once: the question takes one beginning. */
const beginnings = (names: readonly string[]) => [...new Set(names)].toSorted();

/** Log groups that a deleted environment left, or that a service has made again after it: EKS does. */
export const keptLogsCheck = defineCheck({
  id: "kept-logs",
  subject: "Left by an earlier environment",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
  gather: async ({ config }, { ask }) => {
    const networks = await askNetworks(ask, config.environment);
    const groups = await Promise.all(
      logGroupsOf(config).flatMap(({ region, names }) =>
        beginnings(names).map(async (name) => ({
          region,
          name,
          answer: await ask("logs:DescribeLogGroups", { logGroupNamePrefix: name }, region),
        })),
      ),
    );
    return { networks, groups };
  },
  judge: ({ config: { environment } }, { networks, groups }): readonly Line[] => {
    const part = { what: "Names of log groups", needed: "free, or in use by this environment" };
    const refusal = refusalOf(networks, ...groups.map(({ answer }) => answer));
    if (refusal !== undefined) return [unasked(part, refusal)];
    const taken = groups.filter(({ name, answer }) =>
      valueOf(answer)?.logGroups.some(({ logGroupName: found }) => found === name),
    );
    if (taken.length === 0) return [ok(part, "all free")];
    if (hasBegun(environment, networks) === true) return [ok(part, `${taken.length} in use`)];
    return [
      blocks(
        part,
        `taken: ${taken.map(({ name, region }) => `${name} (${region})`).join(", ")}`,
        "Delete each when its records are not needed (aws logs delete-log-group --log-group-name <name>), or import it: up would fail with ResourceAlreadyExistsException.",
      ),
    ];
  },
});
