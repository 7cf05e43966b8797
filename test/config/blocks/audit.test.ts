import { describe, expect, it } from "vitest";

import { auditBlock } from "../../../config/blocks/audit.ts";

const own = { managedBy: "stack", owner: null };
const right = {
  trail: own,
  guardDuty: own,
  securityHub: own,
  configRecorder: own,
  accessAnalyzer: own,
  logRetentionDays: 365,
  bucketRetentionDays: 730,
  objectLock: { mode: "GOVERNANCE", days: 365 },
};
const problems = (change: object, profile: "standard" | "production" = "production") =>
  auditBlock.judge({ ...right, ...change }, profile).map(({ path, allowed }) => `${path.join(".")}: ${allowed}`);

describe("the audit block", () => {
  it("accepts parts of the stack and parts of an organisation with an owner", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ guardDuty: { managedBy: "organisation", owner: "security@example.com" } })).toEqual([]);
  });

  it("refuses a part that nobody answers for", () => {
    expect(problems({ trail: { managedBy: "organisation", owner: null } })).toEqual(["trail.owner: an e-mail address"]);
    expect(problems({ trail: { managedBy: "stack", owner: "security@example.com" } })).toEqual([
      "trail.owner: null: the stack makes this part",
    ]);
  });

  it("refuses a lock that outlives the bucket's retention", () => {
    expect(problems({ objectLock: { mode: "GOVERNANCE", days: 731 } })).toEqual([
      "objectLock.days: at most 730 (days), the bucket's retention",
    ]);
  });

  it("refuses one day below the lock's floor, which is higher in production", () => {
    expect(problems({ objectLock: { mode: "GOVERNANCE", days: 364 } })).toEqual([
      "objectLock.days: at least 365 (days) in production",
    ]);
    expect(problems({ objectLock: { mode: "GOVERNANCE", days: 90 } }, "standard")).toEqual([]);
    expect(problems({ objectLock: { mode: "GOVERNANCE", days: 89 } }, "standard")).toEqual([
      "objectLock.days: at least 90 (days)",
    ]);
  });

  it("refuses audit logs that go before a year is over", () => {
    expect(problems({ logRetentionDays: 180 })[0]).toContain("one of 365, 400");
  });
});
