import { describe, expect, it } from "vitest";

import { backupPlanRetention } from "../../../policies/rules/backup/backup-plan-retention.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const PLAN = "aws:backup/plan:Plan";
const rule = (days: unknown, schedule: unknown = "cron(0 2 * * ? *)") => ({
  rules: [{ ruleName: "daily", targetVaultName: "v", schedule, lifecycle: { deleteAfter: days } }],
});

describe(backupPlanRetention.name, () => {
  it.each([
    { title: "accepts the floor of 14 days", props: rule(14), findings: [] },
    {
      title: "rejects one day below the floor",
      props: rule(13),
      findings: ["rules[0].lifecycle.deleteAfter is 13, required at least 14 (days)"],
    },
    {
      title: "rejects an absent lifecycle, which AWS reads as for ever",
      props: { rules: [{ schedule: "cron(0 2 * * ? *)" }] },
      findings: ["rules[0].lifecycle.deleteAfter is nothing, required at least 14 (days)"],
    },
    {
      title: "rejects a rule that nothing starts",
      props: { rules: [{ lifecycle: { deleteAfter: 30 } }] },
      findings: ["rules[0].schedule is nothing, required a schedule"],
    },
    {
      title: "is undetermined while the retention is unknown",
      props: rule(UNKNOWN),
      findings: ["undetermined: rules.0.lifecycle.deleteAfter"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(backupPlanRetention, PLAN, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(backupPlanRetention, "aws:backup/vault:Vault", { rules: [{}] })).toEqual([]);
  });
});
