import { describe, expect, it } from "vitest";

import type { Profile } from "../../../config/block.ts";
import { databaseBlock } from "../../../config/blocks/database.ts";
import { showPath } from "../../../config/problems/problem.ts";
import { DATABASE_SETTINGS } from "../../support/database-settings.ts";

/** The block with a change, judged: "path: found, allowed …". */
function judge(change: Record<string, unknown>, profile: Profile = "production"): string[] {
  return databaseBlock
    .judge({ ...DATABASE_SETTINGS, ...change }, profile)
    .map(({ path, found, allowed }) => `${showPath(path)}: ${found}, allowed ${allowed}`);
}

// Literal numbers on purpose: importing the standard here would let one wrong edit pass both sides.
describe("the database block", () => {
  it("accepts what production needs", () => {
    expect(judge({})).toEqual([]);
  });

  it("accepts a small staging: burstable, no reader, 14 days, a monthly master password", () => {
    const small = {
      instanceClass: "db.t4g.medium",
      readers: 0,
      backupRetentionDays: 14,
      masterPasswordRotationDays: 30,
    };
    const pool = { connectionsPerReplica: 5, maxClientReplicas: 20, reservedConnections: 50 };
    expect(judge({ ...small, pool }, "standard")).toEqual([]);
  });

  it.each([
    {
      title: "another major version, which no change of the number makes",
      change: { engineVersion: "18.6" },
      problem:
        'engineVersion: "18.6", of another major version, allowed releases of 17: "17.4", "17.5", "17.6", "17.7", "17.9", "17.10", "17.11"',
    },
    {
      title: "a release that Aurora left out",
      change: { engineVersion: "17.8" },
      problem: /^engineVersion: "17\.8", which Aurora never had, allowed one of "17\.4", /,
    },
    {
      title: "a release years ahead",
      change: { engineVersion: "17.99" },
      problem: /^engineVersion: "17\.99", 88 releases after the newest that is known, allowed one of /,
    },
    {
      title: "a release as a number, which YAML shortens",
      change: { engineVersion: 17.5 },
      problem: 'engineVersion: 17.5, allowed an Aurora PostgreSQL release in quotes, for instance "17.11"',
    },
    {
      title: "29 days of point-in-time recovery",
      change: { backupRetentionDays: 29 },
      problem: "backupRetentionDays: 29, allowed at least 30 (days) with the profile production",
    },
    {
      title: "more days than RDS keeps",
      change: { backupRetentionDays: 36 },
      problem: "backupRetentionDays: 36, allowed at most 35 (days)",
    },
    {
      title: "production without a reader",
      change: { readers: 0 },
      problem: "readers: 0, allowed at least 1 (instances) with the profile production",
    },
    {
      title: "a master password of eight days",
      change: { masterPasswordRotationDays: 8 },
      problem: "masterPasswordRotationDays: 8, allowed at most 7 (days) with the profile production",
    },
    {
      title: "a burstable class",
      change: {
        instanceClass: "db.t4g.large",
        pool: { connectionsPerReplica: 20, maxClientReplicas: 10, reservedConnections: 50 },
      },
      problem: "instanceClass: db.t4g.large, allowed a class without CPU credits in production",
    },
    {
      title: "a backup window of 20 minutes",
      change: { backupWindowUtc: "01:00-01:20" },
      problem: 'backupWindowUtc: "01:00-01:20", 20 minutes, allowed at least 30 (minutes)',
    },
    {
      title: "windows at the same time",
      change: { maintenanceWindowUtc: "sun:01:30-sun:02:30" },
      problem:
        'maintenanceWindowUtc: "sun:01:30-sun:02:30", allowed a window that does not overlap the daily backup at 01:00-02:00 (UTC)',
    },
    {
      title: "a retention which CloudWatch does not know",
      change: { logRetentionDays: 100 },
      problem: /^logRetentionDays: 100, allowed one of 30, 60, 90, /,
    },
    {
      title: "an audit trail of less than a year",
      change: { logRetentionDays: 180 },
      problem: "logRetentionDays: 180, allowed at least 365 (days) with the profile production",
    },
    {
      title: "an unknown kind of statement",
      change: { auditedStatements: ["select"] },
      problem: 'auditedStatements[0]: "select", allowed one of ddl, function, misc, read, role, write',
    },
  ])("refuses $title", ({ change, problem }) => {
    const problems = judge(change);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it("says where a major version is raised", () => {
    const [problem] = databaseBlock.judge({ ...DATABASE_SETTINGS, engineVersion: "18.6" }, "production");
    expect(problem?.fix).toContain("docs/guides/raise-a-version.md");
  });

  it("demands 14 days of point-in-time recovery outside production", () => {
    expect(judge({ backupRetentionDays: 13 }, "standard")).toEqual([
      "backupRetentionDays: 13, allowed at least 14 (days) with the profile standard",
    ]);
  });

  it("offers no class whose number of connections follows its load", () => {
    expect(judge({ instanceClass: "db.serverless" })[0]).toContain(
      "allowed one of db.t4g.medium, db.t4g.large, db.r6g.large",
    );
  });

  it("demands the baseline of 20 connections in production", () => {
    const pool = { connectionsPerReplica: 19, maxClientReplicas: 40, reservedConnections: 100 };
    expect(judge({ pool })).toEqual([
      "pool.connectionsPerReplica: 19, allowed at least 20 (connections) in production",
    ]);
    expect(judge({ pool }, "standard")).toEqual([]);
  });

  it("refuses pools that do not fit the server, and says what fits", () => {
    // 16 GiB accept 1658; 78 replicas of 20 and 100 reserved are 1660.
    const pool = { connectionsPerReplica: 20, maxClientReplicas: 78, reservedConnections: 100 };
    expect(judge({ pool })).toEqual([
      "pool: 20 connections in each of 78 replicas and 100 reserved, together 1660, allowed at most 1658 (connections), what db.r7g.large accepts",
    ]);
    expect(judge({ pool: { ...pool, reservedConnections: 98 } })).toEqual([]);
  });

  it("names the key that was meant", () => {
    const [problem] = databaseBlock.judge({ ...DATABASE_SETTINGS, backupRetention: 30 }, "production");
    expect(problem?.fix).toContain('Did you mean "backupRetentionDays"?');
  });
});
