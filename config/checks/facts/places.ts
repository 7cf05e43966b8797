import { nodeTypeFor } from "../../../standards/cache.ts";
import type { Region } from "../../../standards/facts/regions.ts";
import { REGIONS } from "../../../standards/facts/regions.ts";
import { showValue } from "../../problems/problem.ts";
import type { StackConfig } from "../../schema.ts";
import type { Judgement, Objection } from "./objection.ts";
import { at } from "./objection.ts";

type Path = readonly (string | number)[];

/** Beginnings of regions whose ARNs do not begin with `arn:aws:`. */
const OTHER_PARTITIONS = /^(?:cn|us-gov|us-iso|us-isob|us-isof|eu-isoe|eusc)-/;

function judgeRegion(name: string): Judgement {
  if (OTHER_PARTITIONS.test(name)) {
    return {
      certain: true,
      found: `${showValue(name)}, a region of another partition`,
      allowed: "regions of the partition aws",
      fix: "Choose another region: ARNs, services and prices of that partition differ, and the program knows none of them.",
    };
  }
  const region = REGIONS.regions[name];
  if (region !== undefined && region.unverified !== true) return undefined;
  return {
    certain: false,
    found: `${showValue(name)}, of which our table of ${REGIONS.asOf} does not know what it has`,
    allowed: "a region that has every service of the environment",
    fix: `See whether it is open to the account: aws account get-region-opt-status --region-name ${name}`,
  };
}

/** What an environment uses and not every region has; with the key that says so. */
const SERVICES: readonly {
  readonly type: string;
  readonly what: string;
  readonly path: Path;
  readonly used: (config: StackConfig) => boolean;
}[] = [
  {
    type: "AWS::RDS::DBProxy",
    what: "RDS Proxy",
    path: ["database", "proxy", "enabled"],
    used: ({ database }) => database.proxy.enabled,
  },
  { type: "AWS::CodeBuild::Project", what: "CodeBuild", path: ["access", "runner"], used: () => true },
  { type: "AWS::Backup::RestoreTestingPlan", what: "restore tests of AWS Backup", path: ["backup"], used: () => true },
];

function servicesOf(config: StackConfig, { lacksServices = [] }: Region): readonly Objection[] {
  return SERVICES.filter(({ type, used }) => lacksServices.includes(type) && used(config)).map(({ what, path }) => ({
    certain: true,
    path,
    found: `${what}, which ${config.environment.region} does not have`,
    allowed: `what the region has, by our table of ${REGIONS.asOf}`,
    fix: path.at(-1) === "enabled" ? "Set it to false, or choose another region." : "Choose another region.",
  }));
}

/** Sizes that the region lacks. */
function sizesOf({ environment, database, cache, cluster }: StackConfig, region: Region): readonly Objection[] {
  const lacks = (path: Path, what: string, missing: readonly string[] = []): readonly Objection[] =>
    missing.includes(what)
      ? at(path, {
          certain: true,
          found: `${what}, which ${environment.region} does not have`,
          allowed: `what the region has, by our table of ${REGIONS.asOf}`,
          fix: "Choose another size or family, or another region.",
        })
      : [];
  const node = nodeTypeFor(cache)?.name ?? "";
  const families = Object.entries(cluster.nodeGroups).flatMap(([name, { instanceTypes }]) =>
    instanceTypes.flatMap((type, index) =>
      lacks(
        ["cluster", "nodeGroups", name, "instanceTypes", index],
        type.split(".")[0] ?? "",
        region.lacksInstanceFamilies,
      ),
    ),
  );
  return [
    ...families,
    ...lacks(["database", "instanceClass"], database.instanceClass, region.lacksDatabaseClasses),
    ...lacks(["cache", "usableMemoryMiB"], node, region.lacksCacheNodes),
  ];
}

function zonesOf(
  { environment, network }: StackConfig,
  { zonesSeen, zoneIdsWithoutEks = [] }: Region,
): readonly Objection[] {
  const ask = `aws ec2 describe-availability-zones --region ${environment.region} --query "AvailabilityZones[].[ZoneName,ZoneId]"`;
  const unseen = network.zones.flatMap((zone, index) =>
    zonesSeen === undefined || zonesSeen.includes(zone) || zone.slice(0, -1) !== environment.region
      ? []
      : at(["network", "zones", index], {
          certain: false,
          found: `${showValue(zone)}, which was never seen`,
          allowed: `zones of the account, for instance ${zonesSeen.join(", ")}`,
          fix: `See whether the account has it: ${ask}`,
        }),
  );
  const withoutEks = at(
    ["network", "zones"],
    zoneIdsWithoutEks.length === 0
      ? undefined
      : {
          certain: false,
          found: network.zones.join(", "),
          allowed: `zones whose id is none of ${zoneIdsWithoutEks.join(", ")}: EKS takes no subnets there`,
          fix: `See which letters they have in this account: ${ask}`,
        },
  );
  return [...unseen, ...withoutEks];
}

/** The image of Karpenter's nodes is that of a managed group: one image is tried, released and patched. */
function aliasOf({ cluster, clusterServices }: StackConfig): readonly Objection[] {
  const alias = clusterServices.karpenter.amiAlias;
  const releases = Object.values(cluster.nodeGroups).map(({ releaseVersion }) => releaseVersion);
  // A file without groups is refused for that alone.
  if (releases.length === 0) return [];
  const dates = [...new Set(releases.map((release) => release.split("-")[1] ?? ""))];
  if (dates.some((date) => alias === `al2023@v${date}`)) return [];
  return at(["clusterServices", "karpenter", "amiAlias"], {
    certain: true,
    found: `${showValue(alias)}, beside the release ${releases.map(showValue).join(", ")} of cluster.nodeGroups`,
    allowed: dates.map((date) => `"al2023@v${date}"`).join(" or "),
    fix: "Give both the same date: Karpenter looks for the image by it, and makes no node when there is none.",
  });
}

/** What the tables have against the environment's places and what it wants there; paths start at the file's own keys. */
export function placeObjections(config: StackConfig, settings: string): readonly Objection[] {
  const { environment, backup } = config;
  const region = REGIONS.regions[environment.region] ?? { optIn: false };
  const inSettings = [
    ...at(["backup", "copyRegion"], judgeRegion(backup.copyRegion)),
    ...zonesOf(config, region),
    ...sizesOf(config, region),
    ...servicesOf(config, region),
    ...aliasOf(config),
  ];
  return [
    ...at(["aws:region"], judgeRegion(environment.region)),
    ...inSettings.map((objection) => ({ ...objection, path: [settings, ...objection.path] })),
  ];
}
