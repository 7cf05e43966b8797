import * as z from "zod";

import { CACHE, MAX_USABLE_MIB } from "../../standards/cache.ts";
import { VALKEY } from "../../standards/facts/valkey.ts";
import type { Profile } from "../block.ts";
import { defineBlock } from "../block.ts";
import { checkAccessString } from "../checks/access-strings.ts";
import { judgeValkey } from "../checks/facts/engines.ts";
import { at, reportCertain } from "../checks/facts/objection.ts";
import { checkCacheUserNames } from "../checks/reserved-names.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { mustBeUnique, valuesAt } from "../problems/references.ts";
import { flag, logRetentionDays, slug, text, wholeNumber } from "../types.ts";
import type { Windows } from "../windows.ts";
import { checkWindows, DAILY_WINDOW, WEEKLY_WINDOW } from "../windows.ts";

const user = z.strictObject({
  secret: slug("The user's name, which is that of its entry in the secrets block (kind redisUser)."),
  accessString: text(
    /^on(?: (?:[~&][^\s>]+|%(?:R|W|RW)~[^\s>]+|[+-]@?[a-z][a-z0-9|-]*|allcommands|nocommands|resetchannels))+$/,
    'keys and commands after "on", for instance "on ~session:* -@all +@read +@write +@connection"',
    "What the user may do; passwords never stand here.",
  ),
});

const schema = z.strictObject({
  engineVersion: text(
    /^\d{1,2}\.\d{1,2}$/,
    `a Valkey release in quotes, for instance "${Object.keys(VALKEY.releases).at(-1) ?? ""}"`,
    "Release of Valkey, the successor of Redis that speaks its protocol, with which the cache is made; afterwards AWS raises the minor one.",
  ),
  usableMemoryMiB: wholeNumber(
    { min: CACHE.minUsableMiB, max: MAX_USABLE_MIB, unit: "MiB" },
    "Memory for data on each node; the smallest node that has it after the engine's reserve is taken.",
  ),
  allowBurstableNodes: flag(
    "Cheap nodes on CPU credits may be taken; they slow down when a busy hour has used the credits up.",
  ),
  nodes: wholeNumber(
    { min: CACHE.minNodes, max: CACHE.awsMaxNodes, unit: "nodes" },
    "One that takes writes and its replicas, spread over the zones.",
  ),
  evictionPolicy: z
    .enum(["allkeys-lru", "allkeys-lfu", "volatile-lru", "volatile-lfu", "volatile-ttl", "noeviction"])
    .meta({
      description:
        "What goes when memory is full: allkeys-* for pure caches, volatile-* beside data without expiry, noeviction for queues (writes then fail).",
    }),
  slowCommandMicroseconds: wholeNumber(
    { min: 1000, max: 1_000_000, unit: "microseconds" },
    "Commands that take longer are logged.",
  ),
  snapshotRetentionDays: wholeNumber(
    { min: CACHE.minSnapshotRetentionDays, max: CACHE.awsMaxSnapshotRetentionDays, unit: "days" },
    "Days for which daily snapshots are kept.",
  ),
  snapshotWindowUtc: text(
    DAILY_WINDOW,
    'a time of day in UTC, for instance "01:00-02:00"',
    "When the daily snapshot is made.",
  ),
  maintenanceWindowUtc: text(
    WEEKLY_WINDOW,
    'a time of the week in UTC, for instance "sun:03:00-sun:04:00"',
    "When AWS may restart nodes for patches.",
  ),
  logRetentionDays: logRetentionDays("Days for which the engine's log and the log of slow commands are kept."),
  users: z.array(user).min(1).meta({ description: "Who may log in; there is no other user." }),
});

export type CacheSettings = z.output<typeof schema>;

/** What ElastiCache takes as windows. */
const WINDOWS: Windows = {
  daily: "snapshotWindowUtc",
  saved: "snapshot",
  minMinutes: CACHE.awsMinWindowMinutes,
  service: "ElastiCache",
  because: ": a restart would end the snapshot.",
};

/** Each login once, none that the engine has already, and none that may harm the others. */
function checkUsers({ users, engineVersion }: CacheSettings, report: ReportProblem): void {
  const logins = users.map(({ secret }) => secret);
  mustBeUnique(
    valuesAt(["users"], logins, "secret"),
    "Merge the two entries, or give the second a secret of its own.",
    report,
  );
  for (const [position, { accessString }] of users.entries())
    checkAccessString(accessString, engineVersion, ["users", position, "accessString"], report);
  checkCacheUserNames(users, report);
}

/** What only production must have. */
function checkProduction(cache: CacheSettings, report: ReportProblem): void {
  if (cache.allowBurstableNodes) {
    report({
      path: ["allowBurstableNodes"],
      found: "true",
      allowed: "false in production",
      fix: "Set it to false: a cache without CPU credits slows everything down.",
    });
  }
  if (cache.snapshotRetentionDays < CACHE.minProductionSnapshotRetentionDays) {
    report({
      path: ["snapshotRetentionDays"],
      found: String(cache.snapshotRetentionDays),
      allowed: `at least ${CACHE.minProductionSnapshotRetentionDays} (days) in production`,
      fix: "Raise it; the floor is in standards/cache.ts.",
    });
  }
}

export const cacheBlock = defineBlock({
  schema,
  check(cache, report, profile: Profile) {
    checkWindows(cache.snapshotWindowUtc, cache.maintenanceWindowUtc, WINDOWS, report);
    reportCertain(at(["engineVersion"], judgeValkey(cache.engineVersion)), report);
    checkUsers(cache, report);
    if (profile === "production") checkProduction(cache, report);
  },
});
