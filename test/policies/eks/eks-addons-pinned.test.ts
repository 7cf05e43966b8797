import { describe, expect, it } from "vitest";

import { eksAddonsPinned } from "../../../policies/rules/eks/eks-addons-pinned.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const ADDON = "aws:eks/addon:Addon";

describe(eksAddonsPinned.name, () => {
  it.each([
    { title: "accepts a full version", props: { addonVersion: "v1.22.4-eksbuild.3" }, findings: [] },
    {
      title: "rejects an absent version, which AWS reads as its default of the day",
      props: {},
      findings: ["addonVersion is nothing, required a version"],
    },
    {
      title: "rejects an empty version",
      props: { addonVersion: "" },
      findings: ["addonVersion is an empty text, required a version"],
    },
    {
      title: "is undetermined while the version is unknown",
      props: { addonVersion: UNKNOWN },
      findings: ["undetermined: addonVersion"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(eksAddonsPinned, ADDON, { addonName: "vpc-cni", ...props })).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(eksAddonsPinned, "aws:eks/cluster:Cluster", {})).toEqual([]);
  });
});
