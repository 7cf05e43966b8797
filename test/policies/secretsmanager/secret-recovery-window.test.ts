import { describe, expect, it } from "vitest";

import { secretRecoveryWindow } from "../../../policies/rules/secretsmanager/secret-recovery-window.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const SECRET = "aws:secretsmanager/secret:Secret";

describe(secretRecoveryWindow.name, () => {
  it.each([
    { title: "accepts the floor of 7 days", props: { recoveryWindowInDays: 7 }, findings: [] },
    { title: "accepts an absent window, which AWS reads as 30 days", props: {}, findings: [] },
    {
      title: "rejects one day below",
      props: { recoveryWindowInDays: 6 },
      findings: ["recoveryWindowInDays is 6, required at least 7 (days)"],
    },
    {
      title: "rejects zero, which deletes at once",
      props: { recoveryWindowInDays: 0 },
      findings: ["recoveryWindowInDays is 0, required at least 7 (days)"],
    },
    {
      title: "is undetermined while the window is unknown",
      props: { recoveryWindowInDays: UNKNOWN },
      findings: ["undetermined: recoveryWindowInDays"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(secretRecoveryWindow, SECRET, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(secretRecoveryWindow, "aws:kms/key:Key", { recoveryWindowInDays: 0 })).toEqual([]);
  });
});
