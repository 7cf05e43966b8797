import { describe, expect, it } from "vitest";

import { cacheBlock } from "../../../config/blocks/cache.ts";
import { CACHE_SETTINGS } from "../../support/cache-settings.ts";

const judge = (change: object, profile: "standard" | "production" = "production") =>
  cacheBlock
    .judge({ ...CACHE_SETTINGS, ...change }, profile)
    .map(({ path, found, allowed }) => `${path.join(".")} is ${found}, allowed ${allowed}`);

const access = (accessString: string) => judge({ users: [{ secret: "cache-api", accessString }] });

describe("the cache block", () => {
  it("accepts 512 MiB on two nodes", () => {
    expect(judge({})).toEqual([]);
  });

  it("refuses less than 512 MiB for data, and more than any node has", () => {
    expect(judge({ usableMemoryMiB: 511 })).toEqual(["usableMemoryMiB is 511, allowed at least 512 (MiB)"]);
    expect(judge({ usableMemoryMiB: 81_260 })).toEqual(["usableMemoryMiB is 81260, allowed at most 81259 (MiB)"]);
  });

  it("refuses a single node", () => {
    expect(judge({ nodes: 1 }, "standard")).toEqual(["nodes is 1, allowed at least 2 (nodes)"]);
  });

  it("wants no CPU credits and a week of snapshots in production", () => {
    const small = { allowBurstableNodes: true, snapshotRetentionDays: 1 };
    expect(judge(small, "standard")).toEqual([]);
    expect(judge(small)).toEqual([
      "allowBurstableNodes is true, allowed false in production",
      "snapshotRetentionDays is 1, allowed at least 7 (days) in production",
    ]);
  });

  it("refuses windows that overlap and windows that are too short", () => {
    expect(judge({ snapshotWindowUtc: "22:30-23:30" })).toEqual([
      'maintenanceWindowUtc is "sun:22:00-sun:23:00", allowed a window that does not overlap the daily snapshot at 22:30-23:30 (UTC)',
    ]);
    expect(judge({ snapshotWindowUtc: "00:30-01:29" })).toEqual([
      'snapshotWindowUtc is "00:30-01:29", 59 minutes, allowed at least 60 (minutes)',
    ]);
  });

  it("refuses releases that ElastiCache does not have, and leaves newer ones of the newest major version to the preview", () => {
    const known = '"8.0", "8.1", "8.2", "9.0", "9.1"';
    for (const engineVersion of ["7.2", "8.3", "8.9", "10.0", "9.99"])
      expect(judge({ engineVersion })).toEqual([
        `engineVersion is "${engineVersion}", which ElastiCache does not have, allowed one of ${known}`,
      ]);
    for (const engineVersion of ["8.0", "8.2", "9.0", "9.1", "9.2"]) expect(judge({ engineVersion })).toEqual([]);
    expect(judge({ engineVersion: "8.1.1" })).toEqual([
      'engineVersion is "8.1.1", allowed a Valkey release in quotes, for instance "9.1"',
    ]);
  });

  it("refuses commands that ElastiCache keeps for itself", () => {
    expect(access("on ~* -@all +config|get")).toEqual([
      'users.0.accessString is "+config|get", allowed none of acl|deluser, acl|load, acl|save, acl|setuser, bgrewriteaof, bgsave, cluster|addslots, cluster|addslotsrange, cluster|bumpepoch, cluster|delslots, cluster|delslotsrange, cluster|failover, cluster|flushslots, cluster|forget, cluster|links, cluster|meet, cluster|setslot, config, debug, migrate, psync, replicaof, save, shutdown, slaveof, sync',
    ]);
  });

  it.each([
    "on nopass ~* -@all +@read",
    "on >password ~* -@all +@read",
    "on #5e884898da28047151d0 ~* +@read",
    "off ~* +@read",
    "~* +@read",
  ])("refuses the access string %s", (accessString) => {
    expect(access(accessString)).toEqual([
      `users.0.accessString is "${accessString}", allowed keys and commands after "on", for instance "on ~session:* -@all +@read +@write +@connection"`,
    ]);
  });

  it("refuses the engine's default user, and any user twice", () => {
    const [user] = CACHE_SETTINGS.users;
    expect(judge({ users: [{ ...user, secret: "default" }] })).toEqual([
      'users.0.secret is "default", a name of the engine\'s own user, which is switched off for good, allowed any but default',
    ]);
    expect(judge({ users: [user, user] })).toEqual([
      'users.1.secret is "cache-api", already in users[0].secret, allowed each once',
    ]);
  });
});
