import { describe, expect, it } from "vitest";

import { parsedStack, STACK_NAMES } from "../support/stack-files.ts";
import { LEVELS, levelOf } from "./support/pod-security.ts";
import { readRecords } from "./support/recorded.ts";

const pods = readRecords().flatMap((record) => record.pods);

it.each(pods)("The level of $kind $name is that of its specification", ({ spec, podSecurity }) => {
  expect(podSecurity).toBe(levelOf(spec));
});

it.each([
  ["baseline", { securityContext: { runAsNonRoot: true }, containers: [{}] }],
  ["baseline", { containers: [{ securityContext: { capabilities: { add: ["CHOWN"] } } }] }],
  ["privileged", { containers: [{ securityContext: { capabilities: { add: ["SYS_ADMIN"] } } }] }],
  ["privileged", { containers: [{ securityContext: { seccompProfile: { type: "Unconfined" } } }] }],
  ["privileged", { containers: [{}], volumes: [{ name: "node", hostPath: { path: "/" } }] }],
  ["privileged", { containers: [{}], hostNetwork: true }],
])("A pod is called %s, not stricter: %j", (level, spec) => {
  expect(levelOf(spec)).toBe(level);
});

describe.each(STACK_NAMES)("In %s", (environment) => {
  const { namespaces } = parsedStack(environment);
  const ruled = pods.filter(({ namespace }) => namespaces[namespace] !== undefined);

  it("pods of charts are in namespaces of ours", () => {
    expect(ruled.length).toBeGreaterThan(8);
  });

  it.each(ruled)("the namespace takes the pods of $kind $name", ({ namespace, podSecurity }) => {
    const enforced = namespaces[namespace]?.podSecurity ?? "restricted";
    expect(LEVELS.indexOf(podSecurity), `${namespace} takes ${enforced}, they need ${podSecurity}`).toBeLessThanOrEqual(
      LEVELS.indexOf(enforced),
    );
  });
});
