import { describe, expect, it } from "vitest";

import { problemsOf, rawStack, withSetting } from "../../support/stack-files.ts";

const production = rawStack("production");
const POOL = "clusterServices.karpenter.nodePools.general";
const problems = (path: string, value: unknown) => problemsOf(withSetting(production, path, value));

describe("The cluster services block", () => {
  it("accepts both stack files", () => {
    expect(problemsOf(production)).toEqual([]);
    expect(problemsOf(rawStack("staging"))).toEqual([]);
  });

  it("refuses an image that follows the newest release", () => {
    expect(problems("clusterServices.karpenter.amiAlias", "al2023@latest")[0]).toContain(
      "clusterServices.karpenter.amiAlias",
    );
  });

  it("refuses nodes that grow older than 720 hours", () => {
    expect(problems(`${POOL}.expireAfterHours`, 720)).toEqual([]);
    expect(problems(`${POOL}.expireAfterHours`, 721)[0]).toContain("720");
  });

  it("refuses a single pod of a controller", () => {
    expect(problems("clusterServices.controllerReplicas", 1)[0]).toContain("clusterServices.controllerReplicas");
  });

  it("refuses production on spot instances alone", () => {
    expect(problems(`${POOL}.capacityTypes`, ["spot"])[0]).toContain("spot only");
  });

  it("refuses a family of instances or a kind of capacity twice", () => {
    expect(problems(`${POOL}.instanceCategories`, ["m", "c", "m"])).toEqual([
      `${POOL}.instanceCategories[2]: "m", already in karpenter.nodePools.general.instanceCategories[0] | each once | Remove one of the two.`,
    ]);
    expect(problems(`${POOL}.capacityTypes`, ["on-demand", "on-demand"])[0]).toContain(`${POOL}.capacityTypes[1]`);
  });

  it("refuses a pool without limits", () => {
    expect(problems(`${POOL}.cpuLimitCores`, undefined)[0]).toContain("cpuLimitCores");
  });

  it("wants the platform's namespace", () => {
    expect(problems("namespaces.platform", undefined)).toEqual(
      expect.arrayContaining([expect.stringContaining('a namespace "platform" among them')]),
    );
  });

  it("wants nodes for Karpenter that are not of its own making", () => {
    expect(problems("cluster.nodeGroups.system.labels", {})).toEqual(
      expect.arrayContaining([expect.stringContaining("karpenter.sh/controller")]),
    );
  });
});
