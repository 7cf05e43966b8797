import { describe, expect, it } from "vitest";

import { settingsByStrictness } from "../../../policies/configuration.ts";
import { rdsBackupRetention } from "../../../policies/rules/rds/rds-backup-retention.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

describe(rdsBackupRetention.name, () => {
  it.each([
    { title: "accepts the floor of 14 days", type: CLUSTER, props: { backupRetentionPeriod: 14 }, findings: [] },
    {
      title: "rejects one day below the floor",
      type: INSTANCE,
      props: { backupRetentionPeriod: 13 },
      findings: ["backupRetentionPeriod is 13, required at least 14 (days)"],
    },
    {
      title: "rejects an absent value on a cluster, which AWS reads as one day",
      type: CLUSTER,
      props: {},
      findings: ["backupRetentionPeriod is nothing, which AWS reads as 1, required at least 14 (days)"],
    },
    {
      title: "rejects an absent value on a server, which AWS reads as no backup",
      type: INSTANCE,
      props: {},
      findings: ["backupRetentionPeriod is nothing, which AWS reads as 0, required at least 14 (days)"],
    },
    {
      title: "rejects backups switched off with 0",
      type: INSTANCE,
      props: { backupRetentionPeriod: 0 },
      findings: ["backupRetentionPeriod is 0, required at least 14 (days)"],
    },
    {
      title: "accepts a replica without backups: those of its source count",
      type: INSTANCE,
      props: { replicateSourceDb: "primary" },
      findings: [],
    },
    {
      title: "is undetermined while the value is unknown",
      type: CLUSTER,
      props: { backupRetentionPeriod: UNKNOWN },
      findings: ["undetermined: backupRetentionPeriod"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsBackupRetention, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(rdsBackupRetention, "aws:rds/clusterInstance:ClusterInstance", { backupRetentionPeriod: 0 }),
    ).toEqual([]);
  });

  it("is configured to 30 days in production", () => {
    expect(settingsByStrictness().production["rds-backup-retention"]).toEqual({ minDays: 30 });
  });

  it("takes a stricter floor from the pack's configuration", async () => {
    const config = { minDays: 30 };
    expect(await evaluate(rdsBackupRetention, CLUSTER, { backupRetentionPeriod: 30 }, { config })).toEqual([]);
    expect(await evaluate(rdsBackupRetention, CLUSTER, { backupRetentionPeriod: 29 }, { config })).toEqual([
      "backupRetentionPeriod is 29, required at least 30 (days)",
    ]);
  });
});
