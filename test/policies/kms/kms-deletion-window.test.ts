import { describe, expect, it } from "vitest";

import { kmsDeletionWindow } from "../../../policies/rules/kms/kms-deletion-window.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const KEY = "aws:kms/key:Key";

describe(kmsDeletionWindow.name, () => {
  it.each([
    { title: "accepts the floor of 14 days", props: { deletionWindowInDays: 14 }, findings: [] },
    { title: "accepts an absent window, which AWS reads as 30 days", props: {}, findings: [] },
    {
      title: "rejects one day below",
      props: { deletionWindowInDays: 13 },
      findings: ["deletionWindowInDays is 13, required at least 14 (days)"],
    },
    {
      title: "rejects zero",
      props: { deletionWindowInDays: 0 },
      findings: ["deletionWindowInDays is 0, required at least 14 (days)"],
    },
    {
      title: "is undetermined while the window is unknown",
      props: { deletionWindowInDays: UNKNOWN },
      findings: ["undetermined: deletionWindowInDays"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(kmsDeletionWindow, KEY, props)).toEqual(findings);
  });

  it("judges replicas and imported keys too", async () => {
    for (const type of ["aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey"]) {
      expect(await evaluate(kmsDeletionWindow, type, { deletionWindowInDays: 7 })).toHaveLength(1);
    }
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(kmsDeletionWindow, "aws:kms/alias:Alias", { deletionWindowInDays: 7 })).toEqual([]);
  });
});
