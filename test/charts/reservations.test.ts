import { describe, expect, it } from "vitest";

import { nanosOf } from "../support/quantity.ts";
import { parsedStack, STACK_NAMES } from "../support/stack-files.ts";
import type { RecordedPod } from "./support/recorded.ts";
import { readRecords } from "./support/recorded.ts";

const pods = readRecords().flatMap((record) => record.pods);
const GIB = nanosOf("1Gi");

/** The amount that all containers of a pod reserve or may have; a container that says nothing counts with the default. */
function amount({ spec }: RecordedPod, kind: "requests" | "limits", of: "cpu" | "memory", otherwise: string): bigint {
  const amounts = spec.containers.map(({ resources }) => nanosOf(String(resources?.[kind]?.[of] ?? otherwise)));
  return amounts.reduce((sum, one) => sum + one, 0n);
}

/** Pods while a new version rolls out: a quarter more of a Deployment, and at least one. */
const atOnce = ({ kind, replicas = 1 }: RecordedPod) =>
  kind === "Deployment" ? replicas + Math.ceil(replicas / 4) : replicas;

describe("A container of a chart", () => {
  it.each(pods)("of $kind $name says itself what it reserves and may have", ({ spec }) => {
    for (const { name, resources } of [...spec.containers, ...(spec.initContainers ?? [])]) {
      expect(resources?.requests?.["cpu"], name).toBeDefined();
      expect(resources?.requests?.["memory"], name).toBeDefined();
      expect(resources?.limits?.["memory"], name).toBeDefined();
    }
  });

  it.each(pods)("of $kind $name is not put off for others: it serves the cluster", ({ priorityClass }) => {
    expect(priorityClass).toBe("system-cluster-critical");
  });

  it.each(pods)("of $kind $name has an account of its own", ({ serviceAccount = "default", name }) => {
    expect(serviceAccount).not.toBe("default");
    expect(pods.filter((pod) => pod.serviceAccount === serviceAccount).map((pod) => pod.name)).toEqual([name]);
  });
});

describe.each(STACK_NAMES)("In %s", (environment) => {
  const { namespaces } = parsedStack(environment);

  it("all charts of a namespace fit its quota, each while it rolls, and its limits", () => {
    const names = new Set(pods.map(({ namespace }) => namespace).filter((name) => namespaces[name] !== undefined));
    expect([...names]).toEqual(["platform"]);
    for (const name of names) {
      const { quota, containerDefaults } = parsedStack(environment).namespaces[name] ?? {};
      if (quota === undefined || containerDefaults === undefined) throw new Error(`no namespace ${name}`);
      const own = pods.filter(({ namespace }) => namespace === name);
      const sum = (of: (pod: RecordedPod) => bigint) =>
        own.reduce((total, pod) => total + of(pod) * BigInt(atOnce(pod)), 0n);
      expect(own.reduce((total, pod) => total + atOnce(pod), 0)).toBeLessThanOrEqual(quota.pods);
      expect(sum((pod) => amount(pod, "requests", "cpu", "0"))).toBeLessThanOrEqual(
        nanosOf(String(quota.cpuRequestCores)),
      );
      expect(sum((pod) => amount(pod, "requests", "memory", "0"))).toBeLessThanOrEqual(
        GIB * BigInt(quota.memoryRequestGiB),
      );
      expect(sum((pod) => amount(pod, "limits", "memory", "0"))).toBeLessThanOrEqual(
        GIB * BigInt(quota.memoryLimitGiB),
      );
      for (const { spec } of own)
        for (const { name: container, resources } of spec.containers)
          expect(nanosOf(String(resources?.limits?.["memory"])), container).toBeLessThanOrEqual(
            nanosOf(`${String(containerDefaults.maxMemoryMiB)}Mi`),
          );
    }
  });
});
