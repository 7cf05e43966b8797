import { describe, expect, it } from "vitest";

import { k8sPssRestricted } from "../../policies/rules/kubernetes/k8s-pss-restricted.ts";
import { evaluate } from "../support/policy.ts";
import { parsedStack, STACK_NAMES } from "../support/stack-files.ts";
import { readRecords } from "./support/recorded.ts";

const pods = readRecords().flatMap((record) => record.pods);
const GROUPS: Readonly<Record<string, string>> = { Deployment: "apps/v1", DaemonSet: "apps/v1", Job: "batch/v1" };

describe.each(STACK_NAMES)("In %s", (environment) => {
  const { namespaces } = parsedStack(environment);
  const restricted = pods.filter(({ namespace }) => namespaces[namespace]?.podSecurity === "restricted");

  it("pods of charts are in a namespace that takes only restricted ones", () => {
    expect(restricted.length).toBeGreaterThan(8);
  });

  it.each(restricted)("the pods of $kind $name are taken there", async ({ kind, labels, spec }) => {
    const group = GROUPS[kind];
    expect(group, `no group is known of ${kind}`).toBeDefined();
    const props = { spec: { template: { metadata: { labels }, spec } } };
    expect(await evaluate(k8sPssRestricted, `kubernetes:${group ?? ""}:${kind}`, props)).toEqual([]);
  });
});
