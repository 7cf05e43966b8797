import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { Workload } from "../../../components/workloads/workload.ts";
import { deploy, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, servicesOf } from "../../support/services.ts";

interface Answer {
  readonly step: string;
  readonly up: string;
  readonly conflicts: readonly string[];
  readonly healthy: boolean;
  readonly ready: string;
  readonly replicas: number;
  readonly waitFor: string;
  readonly owners: Readonly<Record<string, readonly string[]>>;
  readonly shares?: string;
}

const root = join(import.meta.dirname, "..", "..", "..");
const read = (...path: string[]) => JSON.parse(readFileSync(join(root, ...path), "utf8"));
/** What the real provider, the real Argo Rollouts and a real API server answered; test/kubernetes/releases writes it. */
const recorded: { readonly versions: Readonly<Record<string, string>>; readonly answers: Record<string, Answer[]> } =
  read("test", "kubernetes", "releases", "recorded.json");

const outcomes = (strategy: string) => (recorded.answers[strategy] ?? []).map(({ step, up }) => `${step}: ${up}`);
const step = (strategy: string, name: string) => {
  const found = recorded.answers[strategy]?.find((answer) => answer.step === name);
  if (found === undefined) throw new Error(`no step "${name}" of ${strategy}`);
  return found;
};

describe("what the real programs answered to releases", () => {
  it("was answered by the versions that are used here; with another one it is recorded anew", () => {
    expect(recorded.versions["provider"]).toBe(read("node_modules", "@pulumi", "kubernetes", "package.json").version);
    expect(recorded.versions["kubernetes"]).toMatch(/^v1\.35\./);
    expect(recorded.versions["argoRollouts"]).toBe("1.9.0");
  });

  it.each(["canary", "blueGreen"])("%s: only the bad version failed, and everything after it worked", (strategy) => {
    expect(outcomes(strategy)).toEqual([
      "first release: succeeded",
      "the same again: succeeded",
      "second release: succeeded",
      "another setting of the balancer: succeeded",
      "a version whose pods do not become ready: failed",
      "the former version again: succeeded",
      "emergency shutdown: succeeded",
      "back in service: succeeded",
    ]);
    expect(recorded.answers[strategy]?.flatMap(({ conflicts }) => conflicts)).toEqual([]);
    for (const { step: name, up, healthy } of recorded.answers[strategy] ?? [])
      expect(healthy, name).toBe(up === "succeeded");
  });

  it.each(["canary", "blueGreen"])(
    "%s: the new version was there when up said so, and the bad one never",
    (strategy) => {
      expect(step(strategy, "first release").ready).toBe("a");
      expect(step(strategy, "second release").ready).toContain("b");
      expect(step(strategy, "a version whose pods do not become ready").ready).not.toContain("c");
      expect(step(strategy, "back in service").ready).toBe("b");
    },
  );

  it.each(["canary", "blueGreen"])(
    "%s: an emergency shutdown took the number of pods, and gave it back",
    (strategy) => {
      expect(step(strategy, "second release").owners["Rollout replicas"]).not.toContain("pulumi-kubernetes");
      expect(step(strategy, "emergency shutdown")).toMatchObject({ replicas: 0, ready: "" });
      expect(step(strategy, "back in service").owners["Rollout replicas"]).not.toContain("pulumi-kubernetes");
    },
  );

  it("holds the text that Argo Rollouts writes at rest: ours is the same to the letter", async () => {
    const after = step("canary", "second release");
    expect(after.owners["Ingress shares"]).toEqual(["rollouts-controller"]);
    const service = api({ strategy: "canary" });
    const resources = await deploy(
      () => new Workload("gateway", { service, context: contextOf(servicesOf([service])), edge: EDGE, after: [] }),
    );
    const { inputs } = only(resources, "kubernetes:networking.k8s.io/v1:Ingress");
    const { annotations } = JSON.parse(JSON.stringify(inputs["metadata"]));
    expect(annotations["alb.ingress.kubernetes.io/actions.gateway"]).toBe(after.shares);
  });

  it.each(["canary", "blueGreen"] as const)(
    "%s: up waited for what it waits for now, to the letter",
    async (strategy) => {
      const service = api({ strategy });
      const resources = await deploy(
        () => new Workload("gateway", { service, context: contextOf(servicesOf([service])), edge: EDGE, after: [] }),
      );
      const { inputs } = only(resources, "kubernetes:argoproj.io/v1alpha1:Rollout");
      const { annotations } = JSON.parse(JSON.stringify(inputs["metadata"]));
      for (const { step: name, waitFor } of recorded.answers[strategy] ?? [])
        if (name !== "emergency shutdown") expect(annotations["pulumi.com/waitFor"], name).toBe(waitFor);
    },
  );

  it("holds why quantities are spelled as Kubernetes spells them: 1000m was released once", () => {
    const [first, second] = recorded.answers["spelling"] ?? [];
    expect([first?.up, second?.up]).toEqual(["succeeded", "failed"]);
    expect(second?.conflicts.join()).toMatch(/rollouts-controller.*resources\.requests\.cpu/);
  });
});
