import type { StackConfig } from "../../../config/schema.ts";
import { nameOf } from "../../../core/names.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";
import { compareVersions } from "../versions.ts";

const ENGINE = "aurora-postgresql";

/** Zones in which instances are placed: one each, from the first. */
function zonesUsed({ database, network }: StackConfig): readonly string[] {
  return network.zones.slice(0, database.readers + 1);
}

function judgeVersion({ database }: StackConfig, answer: OutcomeOf<"rds:DescribeDBEngineVersions">): Line {
  const part = { what: "Release of the database", needed: `${ENGINE} ${database.engineVersion}, available` };
  if (isRefusal(answer)) return unasked(part, answer);
  const versions = valueOf(answer)?.DBEngineVersions ?? [];
  const found = versions.find(({ EngineVersion }) => EngineVersion === database.engineVersion);
  const major = database.engineVersion.split(".")[0];
  const offered = versions
    .filter(({ EngineVersion, Status }) => EngineVersion?.split(".")[0] === major && Status === "available")
    .flatMap(({ EngineVersion }) => EngineVersion ?? []);
  const todo = `Set database.engineVersion to one of ${offered.join(", ") || "the releases that RDS offers"}.`;
  if (found === undefined) return blocks(part, "not offered", todo);
  return found.Status === "available" || found.Status === undefined
    ? ok(part, "available")
    : advice(part, found.Status, `${todo} AWS ends this release.`);
}

function judgeClass(config: StackConfig, answer: OutcomeOf<"rds:DescribeOrderableDBInstanceOptions">): Line {
  const { engineVersion, instanceClass } = config.database;
  const zones = zonesUsed(config);
  const part = {
    what: "Class of the database",
    needed: `${instanceClass} with ${engineVersion} in ${zones.join(", ")}`,
  };
  if (isRefusal(answer)) return unasked(part, answer);
  const options = valueOf(answer)?.OrderableDBInstanceOptions ?? [];
  if (options.length === 0)
    return blocks(part, "cannot be ordered", "Choose another database.instanceClass, or another release.");
  const offered = new Set(options.flatMap(({ AvailabilityZones }) => AvailabilityZones ?? []).map(({ Name }) => Name));
  const missing = zones.filter((zone) => !offered.has(zone));
  return missing.length === 0
    ? ok(part, "can be ordered in each")
    : blocks(
        part,
        `not in ${missing.join(", ")}`,
        "Choose another database.instanceClass, or fewer readers, or other zones.",
      );
}

function judgeRunning(config: StackConfig, answer: OutcomeOf<"rds:DescribeDBClusters">): Line {
  const { engineVersion } = config.database;
  const part = { what: "The running database", needed: `none, or ${engineVersion} or older` };
  if (isRefusal(answer)) return unasked(part, answer);
  const clusters = valueOf(answer)?.DBClusters ?? [];
  const running = clusters.find(({ DBClusterIdentifier }) => DBClusterIdentifier === nameOf(config.environment));
  if (running?.EngineVersion === undefined) return ok(part, "none yet");
  return compareVersions(running.EngineVersion, engineVersion) <= 0
    ? ok(part, running.EngineVersion)
    : blocks(
        part,
        running.EngineVersion,
        `AWS has upgraded it, and there is no way back: set database.engineVersion to ${running.EngineVersion}.`,
      );
}

/** Release and class of the database: which exist together, in which zones, RDS alone knows. */
export const databaseCheck = defineCheck({
  id: "database",
  subject: "Database and cache",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeOrderableDBInstanceOptions.html",
  requirements: ["DATA-01"],
  gather: async ({ config: { database, environment } }, { ask }) => {
    const { region } = environment;
    const [versions, options, clusters] = await Promise.all([
      ask("rds:DescribeDBEngineVersions", { Engine: ENGINE, IncludeAll: true }, region),
      ask(
        "rds:DescribeOrderableDBInstanceOptions",
        { Engine: ENGINE, EngineVersion: database.engineVersion, DBInstanceClass: database.instanceClass },
        region,
      ),
      ask("rds:DescribeDBClusters", {}, region),
    ]);
    return { versions, options, clusters };
  },
  judge: ({ config }, { versions, options, clusters }) => [
    judgeVersion(config, versions),
    judgeClass(config, options),
    judgeRunning(config, clusters),
  ],
});
