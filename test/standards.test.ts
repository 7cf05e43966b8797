import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

const folder = join(import.meta.dirname, "..", "standards");

/**
 * Every floor and ceiling that carries a requirement, as the requirement has it. Literal on purpose: schema, components and
 * rules read the standards, so one wrong number there would satisfy them all.
 */
const PINS: Readonly<Record<string, readonly [value: unknown, ...requirements: string[]]>> = {
  "AUDIT.minObjectLockDays": [90, "LOG-05", "SEC-18"],
  "AUDIT.minObjectLockDaysProduction": [365, "LOG-05"],
  "AUDIT.minFindingSeverity": [4, "SEC-17"],
  "BACKUP.minDailyRetentionDays": [30, "DATA-05", "TGT-16"],
  "BACKUP.minDailyRetentionDaysStandard": [14, "TGT-16"],
  "BACKUP.maxHoursBetweenBackups": [26, "DATA-06"],
  "BACKUP.maxRestoreTestIntervalDays": [31, "DATA-08"],
  "BUCKETS.minNoncurrentDays": [7, "DATA-06"],
  "BUDGET.actualPercent": [[80, 100], "COST-02"],
  "CACHE.minUsableMiB": [512, "CACHE-02"],
  "CACHE.minNodes": [2, "CACHE-01"],
  "CACHE.minSnapshotRetentionDays": [1, "CACHE-01"],
  "CACHE.minProductionSnapshotRetentionDays": [7, "CACHE-01"],
  "CDN.minHstsSeconds": [31_536_000, "SEC-03", "SEC-04"],
  "CLUSTER.logTypes": [["api", "audit", "authenticator", "controllerManager", "scheduler"], "SEC-18", "COMP-05"],
  "CLUSTER.minLogRetentionDays": [90, "LOG-05"],
  "CLUSTER.minApiCidrPrefixLength": [16, "SEC-12"],
  "CLUSTER.minApiIpv6CidrPrefixLength": [32, "SEC-12"],
  "CLUSTER.minNodes": [2, "CLUS-01"],
  "CLUSTER.minProductionNodes": [3, "CLUS-04"],
  "CLUSTER.minSubnets": [2, "CLUS-04"],
  "CLUSTER.minNodeDiskGiB": [30, "CLUS-11"],
  "CLUSTER.maxMetadataHops": [2, "SEC-13"],
  "CLUSTER_SERVICES.minReplicas": [2, "CLUS-04"],
  "CLUSTER_SERVICES.maxNodeHours": [720, "CLUS-01", "SEC-13"],
  "CLUSTER_SERVICES.maxDisruptedPercent": [20, "CLUS-04"],
  "CLUSTER_SERVICES.minInstanceGeneration": [5, "SEC-13"],
  "DATABASE.minEngineVersion": [{ major: 15, minor: 4 }, "DATA-01"],
  "DATABASE.minBackupRetentionDays": [30, "DATA-05", "TGT-16"],
  "DATABASE.minBackupRetentionDaysStandard": [14, "TGT-16"],
  "DATABASE.minReaders": [1, "DATA-04"],
  "DATABASE.minConnectionsPerReplica": [20, "DATA-03", "PERF-20"],
  "DATABASE.maxMasterPasswordDays": [7, "TGT-22", "SECR-03"],
  "DATABASE.maxMasterPasswordDaysStandard": [30, "TGT-22"],
  "DATABASE.maxSlowQueryMilliseconds": [5000, "DATA-13", "LOG-03"],
  "DNS.minHealthCheckRegions": [3, "NET-07"],
  "ENCRYPTION.maxKeyRotationDays": [365, "SEC-14"],
  "ENCRYPTION.minDeletionWindowDays": [14, "SEC-14"],
  "FLAGS.minDeploymentMinutes": [10, "CONF-05"],
  "FLAGS.minBakeMinutes": [10, "CONF-05"],
  "FLAGS.maxGrowthPercent": [25, "CONF-05"],
  "IAM.adminPolicies": [["AdministratorAccess", "IAMFullAccess", "PowerUserAccess"]],
  "KUBERNETES.minReplicas": [2, "CLUS-04", "CLUS-12"],
  "KUBERNETES.maxScalingTargetPercent": [80, "CLUS-03"],
  "LOGS.minRetentionDays": [30, "LOG-05", "DATA-15"],
  "LOGS.minAuditRetentionDays": [365, "LOG-05", "SEC-18"],
  "LOGS.auditGroups": [["/aws/eks/", "/aws/rds/cluster/", "/aws/vpc/"], "LOG-05", "SEC-18"],
  "LOGS.maxRetentionDays": [3653, "DATA-15"],
  "NETWORK.maxProductionVpcPrefixLength": [18, "CLUS-04"],
  "NETWORK.minZones": [2, "CLUS-04"],
  "NETWORK.minPublicPrefixLength": [8, "SEC-12"],
  "NETWORK.publicPorts": [[80, 443], "SEC-12"],
  "QUEUE.maxDepthMessages": [1000, "EXT-02"],
  "QUEUE.depthMinutes": [5, "EXT-02"],
  "QUEUE.maxOldestMessageSeconds": [3600, "EXT-02"],
  "QUEUE.minReceiveCount": [3, "EXT-01"],
  "QUEUE.minDaysAsDeadLetter": [4, "EXT-01"],
  "REGISTRY.minKeptImages": [10, "ROLL-03"],
  "SECRETS.maxRotationDays": [90, "TGT-22", "SECR-02"],
  "SECRETS.maxRotationDaysByProfile": [
    { standard: { dataStore: 30, other: 90 }, production: { dataStore: 7, other: 30 } },
    "TGT-22",
  ],
  "SECRETS.minLengthChars": [32, "SECR-04"],
  "SECRETS.maxLengthChars": [128, "SECR-04"],
  "SERVICES.minApiReplicasProduction": [3, "CLUS-04"],
  "SERVICES.minWorkerReplicas": [2, "EXT-03"],
  "SERVICES.minWorkersProduction": [4, "EXT-03"],
  "SERVICES.maxScalingTargetPercent": [80, "CLUS-03"],
  "SERVICES.canaryStepsPercent": [[5, 25, 50, 100], "DEPL-04"],
  "SERVICES.maxConnectionShareRatio": [1, "DATA-03"],
  "SERVICES.maxQueueDepthPerReplica": [1000, "EXT-02"],
  "WAF.maxApiRequestsPerSecond": [30, "SEC-05"],
  "WAF.maxAuthenticationRequestsPerMinute": [5, "SEC-05"],
};

/** One member of an exported object, with the requirements which its comment names. */
interface Constant {
  readonly value: unknown;
  readonly requirements: readonly string[];
}

/** Requirements named in the comment directly above each member, by `EXPORT.member`; the sources have one form. */
function requirementsIn(source: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  let owner = "";
  for (const [, comment, name, member] of source.matchAll(
    /\/\*\*((?:(?!\*\/)[^])*)\*\/\n {2}(?=(\w+):)|^export const (\w+)/gm,
  )) {
    if (member !== undefined) owner = member;
    else if (comment !== undefined && name !== undefined)
      found.set(`${owner}.${name}`, comment.match(/[A-Z]{2,5}-\d\d/g) ?? []);
  }
  return found;
}

async function constantsOf(file: string): Promise<[string, Constant][]> {
  const exported: object = await import(pathToFileURL(join(folder, file)).href);
  const requirements = requirementsIn(readFileSync(join(folder, file), "utf8"));
  return Object.entries(exported).flatMap(([owner, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([name, member]): [string, Constant] => [
          `${owner}.${name}`,
          { value: member, requirements: requirements.get(`${owner}.${name}`) ?? [] },
        ])
      : [],
  );
}

const files = globSync("*.ts", { cwd: folder }).toSorted();
const constants = new Map((await Promise.all(files.map(constantsOf))).flat());

describe("the standards", () => {
  it.each(Object.entries(PINS))("say what is required: %s", (name, [value, ...requirements]) => {
    expect(constants.get(name)?.value).toEqual(value);
    expect(constants.get(name)?.requirements.toSorted()).toEqual(requirements.toSorted());
  });

  it("have no floor or ceiling from a requirement that is not pinned above", () => {
    const bounds = [...constants].filter(
      ([name, { requirements }]) => /\.(?:min|max)[A-Z]/.test(name) && requirements.length > 0,
    );
    expect(bounds.length).toBeGreaterThan(40);
    expect(bounds.map(([name]) => name).filter((name) => !(name in PINS))).toEqual([]);
  });

  it.each(files)("import nothing but each other: %s", (file) => {
    const imports = [
      ...readFileSync(join(folder, file), "utf8").matchAll(/^(?:import|export)\b[^;]*? from "([^"]+)"/gm),
    ].map(([, source]) => source);
    expect(imports.filter((source) => !source?.startsWith("./"))).toEqual([]);
  });
});

describe("latency by class", () => {
  it("is what PERF-01 asks, alerted at the factor that goes with it", async () => {
    const { LATENCY_CLASSES } = await import("../standards/services.ts");
    expect(LATENCY_CLASSES).toMatchObject({
      list: { p95Milliseconds: 200, alertFactor: 1.5 },
      read: { p95Milliseconds: 150, alertFactor: 1.5 },
      write: { p95Milliseconds: 250, alertFactor: 1.5 },
      analytics: { p95Milliseconds: 300, alertFactor: 1.5 },
      search: { p95Milliseconds: 250, alertFactor: 1.5 },
    });
  });
});
