import { describe, expect, it } from "vitest";

import { Workload } from "../../../components/workloads/workload.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import type { ServicesSettings } from "../../../config/blocks/services/services.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, IMAGE, job, servicesOf, worker } from "../../support/services.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const ROLLOUT = "kubernetes:argoproj.io/v1alpha1:Rollout";
const SERVICE = "kubernetes:core/v1:Service";

const ANALYSIS = "kubernetes:argoproj.io/v1alpha1:AnalysisTemplate";
const PROMETHEUS = "http://prometheus:9090";

const make = (
  service: RunningSettings,
  change: Partial<ServicesSettings> = {},
  others: readonly RunningSettings[] = [],
  prometheus?: string,
) => {
  const context = { ...contextOf(servicesOf([service, ...others], change)), prometheus };
  return deploy(() => new Workload(service.name, { service, context, edge: EDGE, after: [] }));
};

/** Reads a path of a parsed object; fails loudly where it leads nowhere. */
const at = (value: unknown, ...path: (string | number)[]) =>
  path.reduce((node, key) => node[key], JSON.parse(JSON.stringify(value)));

describe("a workload", () => {
  it("keeps the old version serving: no pod goes before a new one is ready", async () => {
    const { spec } = only(await make(api()), DEPLOYMENT).inputs;
    expect(at(spec, "strategy", "rollingUpdate")).toEqual({ maxSurge: "25%", maxUnavailable: 0 });
    expect(at(spec, "revisionHistoryLimit")).toBe(10);
  });

  it("pulls its image from the registry of its own account and region", async () => {
    const image = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/preflight/app@sha256:${"a".repeat(64)}`;
    const pod = ["spec", "template", "spec", "containers", 0, "image"];
    const migrations = { image: IMAGE, command: ["up"], lockTimeoutSeconds: 5, timeoutSeconds: 60 };
    const resources = await make(api({ migrations }));
    expect(at(only(resources, DEPLOYMENT).inputs, ...pod)).toBe(image);
    expect(at(only(resources, "kubernetes:batch/v1:Job").inputs, ...pod)).toBe(image);
    expect(at(only(await make(api({ strategy: "canary" })), ROLLOUT).inputs, ...pod)).toBe(image);
    const cronJob = only(await make(job()), "kubernetes:batch/v1:CronJob");
    expect(at(cronJob.inputs, "spec", "jobTemplate", ...pod)).toBe(image);
  });

  it("leaves the number of pods to the autoscaler", async () => {
    const resources = await make(api());
    expect(at(only(resources, DEPLOYMENT).inputs, "spec", "replicas")).toBeUndefined();
    expect(only(resources, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler").inputs["spec"]).toMatchObject({
      minReplicas: 3,
      maxReplicas: 6,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "gateway" },
    });
  });

  it("asks liveness and readiness at paths of their own, and gives the start its time", async () => {
    const container = at(only(await make(api()), DEPLOYMENT).inputs, "spec", "template", "spec", "containers", 0);
    expect(container.livenessProbe.httpGet.path).toBe("/live");
    expect(container.readinessProbe.httpGet.path).toBe("/ready");
    expect(container.startupProbe.periodSeconds * container.startupProbe.failureThreshold).toBe(60);
  });

  it("leaves the balancer before it stops", async () => {
    const pod = at(only(await make(api()), DEPLOYMENT).inputs, "spec", "template", "spec");
    expect(pod.containers[0].lifecycle.preStop.sleep.seconds).toBe(10);
    expect(pod.terminationGracePeriodSeconds).toBe(40);
  });

  it("starts its pods after their identity, account and secrets", async () => {
    const row = api({ environment: { required: [], values: {}, secrets: { KEY: "api-token-signing" } } });
    const { dependsOn } = only(await make(row), DEPLOYMENT);
    expect(dependsOn).toContain("gateway");
  });

  it("scales a worker by its queue, with the operator's own identity", async () => {
    const resources = await make(worker());
    expect(ofType(resources, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler")).toEqual([]);
    const triggers = at(only(resources, "kubernetes:keda.sh/v1alpha1:ScaledObject").inputs, "spec", "triggers");
    expect(triggers[0]).toMatchObject({
      type: "aws-sqs-queue",
      metadata: { queueURL: "https://sqs/mail", queueLength: "50" },
      authenticationRef: { name: "aws" },
    });
  });

  it("keeps the workers that there are while the depth of the queue cannot be read", async () => {
    const { fallback } = at(only(await make(worker()), "kubernetes:keda.sh/v1alpha1:ScaledObject").inputs, "spec");
    expect(fallback).toEqual({ failureThreshold: 3, replicas: 3, behavior: "currentReplicasIfHigher" });
  });

  it("runs a job one at a time and ends it", async () => {
    expect(only(await make(job()), "kubernetes:batch/v1:CronJob").inputs["spec"]).toMatchObject({
      concurrencyPolicy: "Forbid",
      timeZone: "Etc/UTC",
      jobTemplate: { spec: { activeDeadlineSeconds: 600 } },
    });
  });

  it("goes to zero in an emergency, with nothing that would bring the pods back", async () => {
    const resources = await make(api(), { shutdown: true });
    expect(at(only(resources, DEPLOYMENT).inputs, "spec", "replicas")).toBe(0);
    expect(ofType(resources, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler")).toEqual([]);
    // The number of pods is the autoscaler's field until then: without force the API server would refuse.
    expect(at(only(resources, DEPLOYMENT).inputs, "metadata", "annotations")).toMatchObject({
      "pulumi.com/patchForce": "true",
    });
    const pool = only(await make(worker(), { shutdown: true }), "kubernetes:keda.sh/v1alpha1:ScaledObject");
    expect(at(pool.inputs, "metadata", "annotations")).toEqual({ "autoscaling.keda.sh/paused-replicas": "0" });
    expect(
      at(only(await make(job(), { shutdown: true }), "kubernetes:batch/v1:CronJob").inputs, "spec", "suspend"),
    ).toBe(true);
  });
});

describe("a canary", () => {
  it("moves 5, 25 and 50 % of the traffic, each watched, before all of it", async () => {
    const steps = at(
      only(await make(api({ strategy: "canary" })), ROLLOUT).inputs,
      "spec",
      "strategy",
      "canary",
      "steps",
    );
    expect(steps).toEqual([
      { setWeight: 5 },
      { pause: { duration: "180s" } },
      { setWeight: 25 },
      { pause: { duration: "180s" } },
      { setWeight: 50 },
      { pause: { duration: "180s" } },
      { setWeight: 100 },
    ]);
  });

  it("leaves alone the services' selectors, which Argo Rollouts writes", async () => {
    const resources = await make(api({ strategy: "canary" }));
    expect(ofType(resources, SERVICE).map(({ ignoreChanges }) => ignoreChanges)).toEqual([
      ["spec.selector"],
      ["spec.selector"],
    ]);
  });

  it("is judged by nothing while there is no Prometheus: without data it would go back after the first error", async () => {
    const resources = await make(api({ strategy: "canary" }));
    expect(ofType(resources, ANALYSIS)).toEqual([]);
    expect(at(only(resources, ROLLOUT).inputs, "spec", "strategy", "canary").analysis).toBeUndefined();
  });

  it("starts after what it names: services, the Ingress with the shares, and what judges it", async () => {
    expect(only(await make(api({ strategy: "canary" }), {}, [], PROMETHEUS), ROLLOUT).dependencies).toEqual(
      expect.arrayContaining([
        `${SERVICE}::gateway`,
        `${SERVICE}::gateway-next`,
        "kubernetes:networking.k8s.io/v1:Ingress::gateway",
        `${ANALYSIS}::gateway`,
      ]),
    );
  });

  it("goes back when its pods do not come, and at once to one of the last three versions", async () => {
    expect(at(only(await make(api({ strategy: "canary" })), ROLLOUT).inputs, "spec")).toMatchObject({
      progressDeadlineAbort: true,
      rollbackWindow: { revisions: 3 },
    });
  });

  it("goes back when more than 10 % of requests fail or answers are slower than the class allows", async () => {
    const metrics = at(
      only(await make(api({ strategy: "canary" }), {}, [], PROMETHEUS), ANALYSIS).inputs,
      "spec",
      "metrics",
    );
    expect(
      metrics.map(({ name, failureCondition }: { name: string; failureCondition: string }) => [name, failureCondition]),
    ).toEqual([
      ["error-ratio", "len(result) > 0 && result[0] >= 0.1"],
      ["latency-p95", "len(result) > 0 && !isNaN(result[0]) && result[0] > 0.225"],
      ["ready-pods", "len(result) > 0 && result[0] == 0"],
    ]);
  });
});

describe("a blue-green roll-out", () => {
  it("shows the new version on a service of its own and keeps the old one for ten minutes", async () => {
    const resources = await make(api({ strategy: "blueGreen", traffic: null }));
    expect(at(only(resources, ROLLOUT).inputs, "spec", "strategy", "blueGreen")).toMatchObject({
      activeService: "gateway",
      previewService: "gateway-preview",
      scaleDownDelaySeconds: 600,
    });
    expect(ofType(resources, SERVICE).map(({ inputs }) => at(inputs, "metadata", "name"))).toEqual([
      "gateway",
      "gateway-preview",
    ]);
  });
});
