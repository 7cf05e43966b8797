import { describe, expect, it } from "vitest";

import { eksAddonsComplete } from "../../../policies/rules/eks/eks-addons-complete.ts";
import type { StackEntry } from "../../support/policy.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

// Literals on purpose: importing the standard here would let one wrong edit pass both sides.
const NAMES = ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"];
const cluster = (name: string): StackEntry => ({ type: "aws:eks/cluster:Cluster", name });
const addon = (addonName: string, ofCluster: string): StackEntry => ({
  type: "aws:eks/addon:Addon",
  name: `${ofCluster}-${addonName}`,
  props: { addonName, clusterName: UNKNOWN },
  refers: { clusterName: [ofCluster] },
});
const missing = (name: string, of = "one") => `${of}: (add-on ${name}) is nothing, required an add-on of the cluster`;

describe(eksAddonsComplete.name, () => {
  it("accepts a cluster with all five, found by reference while its name is unknown", async () => {
    expect(
      await evaluateStack(eksAddonsComplete, [cluster("one"), ...NAMES.map((name) => addon(name, "one"))]),
    ).toEqual([]);
  });

  it("rejects one missing add-on by name", async () => {
    const entries = NAMES.filter((name) => name !== "coredns").map((name) => addon(name, "one"));
    expect(await evaluateStack(eksAddonsComplete, [cluster("one"), ...entries])).toEqual([missing("coredns")]);
  });

  it("rejects a cluster without add-ons", async () => {
    expect(await evaluateStack(eksAddonsComplete, [cluster("one")])).toEqual(NAMES.map((name) => missing(name)));
  });

  it("does not count the add-ons of another cluster", async () => {
    const entries = [...NAMES.map((name) => addon(name, "one")), ...NAMES.slice(1).map((name) => addon(name, "two"))];
    expect(await evaluateStack(eksAddonsComplete, [cluster("one"), cluster("two"), ...entries])).toEqual([
      missing("aws-ebs-csi-driver", "two"),
    ]);
  });

  it("is undetermined while the name of an add-on is unknown", async () => {
    const [finding] = await evaluateStack(eksAddonsComplete, [cluster("one"), addon(UNKNOWN, "one")]);
    expect(finding).toContain("undetermined");
  });

  it("says nothing of a stack without a cluster", async () => {
    expect(await evaluateStack(eksAddonsComplete, [addon("coredns", "elsewhere")])).toEqual([]);
  });
});
