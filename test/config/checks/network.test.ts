import { describe, expect, it } from "vitest";

import { problemsOf, rawStack, STACK_NAMES, withSetting } from "../../support/stack-files.ts";

const staging = rawStack("staging");

/** Problems that the change brings to network and cluster, without what to do about them. */
const brought = (path: string, value: unknown) =>
  problemsOf(withSetting(staging, path, value))
    .filter((problem) => /^(?:network|cluster)\b/.test(problem))
    .map((problem) => problem.split(" | ").slice(0, 2).join(" | "));

describe("Between the network and other blocks", () => {
  it.each(STACK_NAMES)("%s is right", (name) => {
    expect(problemsOf(rawStack(name)).filter((problem) => problem.startsWith("network"))).toEqual([]);
  });

  it("zones are those of the stack's region", () => {
    expect(brought("network.zones", ["eu-west-1a", "eu-central-1b"])).toEqual([
      'network.zones[1]: "eu-central-1b" | a zone of aws:region, for instance "eu-west-1a"',
    ]);
  });

  it("services of the cluster have addresses outside the network, also where only a part of the blocks is the same", () => {
    expect(brought("cluster.serviceCidr", "10.20.128.0/20")).toEqual([
      'cluster.serviceCidr: "10.20.128.0/20", which overlaps network.cidr | a private block outside 10.20.0.0/16',
    ]);
    expect(brought("cluster.serviceCidr", "10.16.0.0/12")).toEqual([
      'cluster.serviceCidr: "10.16.0.0/12", which overlaps network.cidr | a private block outside 10.20.0.0/16',
    ]);
    expect(brought("cluster.serviceCidr", "10.21.0.0/16")).toEqual([]);
  });
});
