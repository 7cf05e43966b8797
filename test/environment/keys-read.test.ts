import { beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";

import type { RawStack } from "../../config/parse.ts";
import { parseStack } from "../../config/parse.ts";
import { settingsSchema } from "../../config/schema.ts";
import type { Registered } from "../support/cloud.ts";
import { deploy } from "../support/cloud.ts";
import { leavesOf, recording } from "../support/recording.ts";
import { parsedStack, problemsOf, rawStack, withSetting } from "../support/stack-files.ts";

/** What monitoring will read; nothing else may wait for it. */
const FOR_MONITORING = [
  "notify.slack.webhookSecret",
  "services.externals[].probeUrl",
  "services.externals[].criticality",
  "services.externals[].supportContact",
  "services.catalogue[].businessMetrics[]",
  "services.catalogue[].objectives.availabilityPercent",
];

/** What the program reads as soon as monitoring gives it the address of its Prometheus. */
const WITH_PROMETHEUS = ["services.catalogue[].objectives.latencyClass"];

/** What says how the file itself is judged, or what must stand in it elsewhere: checks read it, and tests of theirs prove it. */
const OF_THE_FILE = ["environment.profile", "services.catalogue[].environment.required[]"];

const production = parsedStack("production");
const taints = [{ key: "dedicated", value: "batch", effect: "NoSchedule" }];

/** Production with something in every list and map that is empty there, and with everything on. */
const FILLED: Readonly<Record<string, unknown>> = {
  "cluster.apiPublicCidrs": ["198.51.100.7/32"],
  "cluster.nodeGroups.batch": { ...production.cluster.nodeGroups["system"], taints },
  "namespaces.monitoring.podSecurity": "baseline",
  "namespaces.monitoring.podSecurityReason": "the node exporter reads the host",
  "certificate.regionalNames": ["partners.example.com"],
  "backup.lock.mode": "compliance",
  "backup.lock.coolingOffDays": 14,
  "cdn.maintenance.enabled": true,
  "services.catalogue": production.services.catalogue.map((row) =>
    "needs" in row ? { ...row, needs: { ...row.needs, sendsTo: ["customer-mail"] } } : row,
  ),
};

const seen = vi.hoisted(() => ({ read: new Set<string>(), config: {} }));
vi.mock("../../config/load.ts", () => ({
  loadConfig: () => seen.config,
  policyBypassReason: () => undefined,
  packByDefault: () => true,
}));
// These two look at the whole file, whatever is in it.
vi.mock("../../components/policy-guard.ts", () => ({ requirePolicyPack: () => Promise.resolve() }));
vi.mock("../../components/readiness/readiness.ts", () => ({ requireReadiness: () => Promise.resolve() }));

const filled = (): RawStack =>
  Object.entries(FILLED).reduce((raw, [path, value]) => withSetting(raw, path, value), rawStack("production"));

describe("every key of the stack file", () => {
  const leaves = leavesOf(z.toJSONSchema(settingsSchema));
  let registered: readonly Registered[];
  beforeAll(async () => {
    const raw = filled();
    const parsed = parseStack(raw);
    if (!parsed.ok) throw new Error(problemsOf(raw).join("\n"));
    seen.config = recording(parsed.config, (path) => seen.read.add(path));
    registered = await deploy(() => import("../../index.ts"));
  });

  const isRead = (leaf: string) => {
    const steps = leaf.split(/(\*)/).map((part) => (part === "*" ? ".+?" : part.replaceAll(/[.[\]]/g, "\\$&")));
    const pattern = new RegExp(`^${steps.join("")}$`);
    return [...seen.read].some((path) => pattern.test(path));
  };

  it("is read by the program, but for those of monitoring", () => {
    expect(leaves.length).toBeGreaterThan(300);
    const unread = leaves.filter((leaf) => !isRead(leaf));
    expect(unread.toSorted()).toEqual([...FOR_MONITORING, ...WITH_PROMETHEUS, ...OF_THE_FILE].toSorted());
  });

  it("that tells people something tells it where they look", () => {
    const annotations = (type: string, name: string) =>
      registered.find((resource) => resource.type === type && resource.name === name)?.inputs["metadata"];
    expect(annotations("kubernetes:core/v1:Namespace", "namespaces-monitoring")).toMatchObject({
      annotations: { "pod-security-reason": "the node exporter reads the host" },
    });
    expect(annotations("kubernetes:core/v1:Namespace", "namespaces-shop")).not.toHaveProperty("annotations");
    for (const [type, name] of [
      ["kubernetes:argoproj.io/v1alpha1:Rollout", "workloads-gateway"],
      ["kubernetes:apps/v1:Deployment", "workloads-mailer"],
      ["kubernetes:batch/v1:CronJob", "workloads-order-reports"],
    ] as const)
      expect(annotations(type, name)).toMatchObject({ annotations: { owner: "shop@example.com" } });
  });
});
