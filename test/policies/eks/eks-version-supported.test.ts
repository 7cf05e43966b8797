import { describe, expect, it } from "vitest";

import { eksVersionSupported } from "../../../policies/rules/eks/eks-version-supported.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:eks/cluster:Cluster";

describe(eksVersionSupported.name, () => {
  it.each([
    {
      title: "accepts a version on the last day of its support",
      props: { version: "1.34" },
      today: "2026-12-02",
      findings: [],
    },
    {
      title: "rejects it one day later",
      props: { version: "1.34" },
      today: "2026-12-03",
      findings: ["version is 1.34, supported until 2026-12-02, required one of 1.35, 1.36"],
    },
    {
      title: "rejects a version that our calendar does not know",
      props: { version: "1.99" },
      today: "2026-11-21",
      findings: ["version is 1.99, which our calendar does not know, required one of 1.34, 1.35, 1.36"],
    },
    {
      title: "rejects an absent version, which AWS reads as the newest of the day",
      props: {},
      today: "2026-11-21",
      findings: ["version is nothing, required one of 1.34, 1.35, 1.36"],
    },
    {
      title: "is undetermined while the version is unknown",
      props: { version: UNKNOWN },
      today: "2026-11-21",
      findings: ["undetermined: version"],
    },
  ])("$title", async ({ props, today, findings }) => {
    expect(await evaluate(eksVersionSupported, CLUSTER, props, { config: { today } })).toEqual(findings);
  });

  it("judges for the day of the calendar when the engine sends no configuration", async () => {
    expect(await evaluate(eksVersionSupported, CLUSTER, { version: "1.35" })).toEqual([]);
    expect(await evaluate(eksVersionSupported, CLUSTER, { version: "1.33" })).toHaveLength(1);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(eksVersionSupported, "aws:ecs/cluster:Cluster", {})).toEqual([]);
  });
});
