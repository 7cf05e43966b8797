import { describe, expect, it } from "vitest";

import { kmsRotation } from "../../../policies/rules/kms/kms-rotation.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const KEY = "aws:kms/key:Key";

// Literal numbers on purpose: importing the standard here would let one wrong edit pass both sides.
describe(kmsRotation.name, () => {
  it.each([
    {
      title: "accepts a key that rotates each year",
      props: { enableKeyRotation: true, rotationPeriodInDays: 365 },
      findings: [],
    },
    {
      title: "accepts rotation without a period, which AWS reads as 365 days",
      props: { enableKeyRotation: true },
      findings: [],
    },
    {
      title: "accepts an asymmetric key, which AWS cannot rotate",
      props: { customerMasterKeySpec: "RSA_2048" },
      findings: [],
    },
    {
      title: "rejects one day above the ceiling",
      props: { enableKeyRotation: true, rotationPeriodInDays: 366 },
      findings: ["rotationPeriodInDays is 366, required at most 365 (days)"],
    },
    {
      title: "rejects an absent switch, which AWS reads as off",
      props: {},
      findings: ["enableKeyRotation is nothing, required true"],
    },
    {
      title: "rejects rotation switched off",
      props: { enableKeyRotation: false },
      findings: ["enableKeyRotation is false, required true"],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { enableKeyRotation: UNKNOWN },
      findings: ["undetermined: enableKeyRotation"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(kmsRotation, KEY, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(kmsRotation, "aws:kms/alias:Alias", {})).toEqual([]);
  });
});
