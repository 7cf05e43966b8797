import { describe, expect, it } from "vitest";

import { problemsOf, rawStack, STACK_NAMES, withSetting } from "../../support/stack-files.ts";

const staging = rawStack("staging");

/** Problems that the change brings, without what to do about them. */
const brought = (path: string, value: unknown) =>
  problemsOf(withSetting(staging, path, value)).map((problem) => problem.split(" | ").slice(0, 2).join(" | "));

describe("Between the cluster and other blocks", () => {
  it.each(STACK_NAMES)("%s is right", (name) => {
    expect(problemsOf(rawStack(name)).filter((problem) => /^(?:cluster|namespaces)\b/.test(problem))).toEqual([]);
  });

  it("the deployer is a role of the environment's own account", () => {
    expect(brought("cluster.deployerRoleArn", "arn:aws:iam::444455556666:role/preflight-deploy")).toEqual([
      'cluster.deployerRoleArn: "arn:aws:iam::444455556666:role/preflight-deploy" | a role of the account 111122223333',
    ]);
  });

  it("people and secrets are meant for namespaces that exist", () => {
    const accessEntries = [
      {
        name: "developers",
        roleArn: "arn:aws:iam::111122223333:role/developers",
        level: "view",
        namespaces: ["nowhere"],
      },
    ];
    expect(brought("cluster.accessEntries", accessEntries)).toEqual([
      expect.stringMatching(/^cluster\.accessEntries\[0\]\.namespaces\[0\]: "nowhere" \| .*\bmonitoring\b/),
    ]);
    const problems = brought("namespaces.monitoring", undefined);
    expect(problems.some((problem) => /^secrets\.catalogue\[\d+\]\.namespace: "monitoring"/.test(problem))).toBe(true);
  });
});
