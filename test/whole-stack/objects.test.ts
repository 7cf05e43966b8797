import { beforeAll, describe, expect, it } from "vitest";

import { isRecord } from "../../core/records.ts";
import type { Resource } from "../../preview/engine/model.ts";
import { canonical } from "../support/quantity.ts";
import { STACK_NAMES } from "../support/stack-files.ts";
import { waitsFor, wholeStack } from "../support/whole-stack.ts";
import { SHARED_FIELDS } from "./field-owners.ts";

const JOB = "kubernetes:batch/v1:Job";
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const ROLLOUT = "kubernetes:argoproj.io/v1alpha1:Rollout";
const RELEASE = "kubernetes:helm.sh/v3:Release";

/** Kinds for which the provider waits without being told, after awaiters.go of 4.34.2, beside those above. */
const OTHER_WAITING = /:(?:DaemonSet|StatefulSet|Pod|PersistentVolume|PersistentVolumeClaim|ReplicationController)$/;

const get = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), value);

const annotation = ({ inputs }: Resource, name: string) => get(inputs, "metadata", "annotations", `pulumi.com/${name}`);

const number = (value: unknown): number => {
  if (typeof value !== "number") throw new Error(`${JSON.stringify(value)} is no number`);
  return value;
};

/** Keys whose values are quantities, wherever they stand: resources, quotas, limits, disks. */
const AMOUNTS =
  /^(?:cpu|memory|(?:requests|limits)\.[\w.]+|pods|persistentvolumeclaims|services\.\w+|sizeLimit|volumeSize|storage)$/;

/** Every quantity with its place. */
function quantities(value: unknown, place: string): { readonly place: string; readonly text: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => quantities(item, `${place}[${index}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === "string" && AMOUNTS.test(key) && /^\d/.test(item)
      ? [{ place: `${place}.${key}`, text: item }]
      : quantities(item, `${place}.${key}`),
  );
}

describe.each(STACK_NAMES)("the objects of %s", (environment) => {
  let all: readonly Resource[] = [];
  let byUrn: ReadonlyMap<string, Resource> = new Map();
  const ofType = (type: string) => all.filter((resource) => resource.type === type);
  beforeAll(async () => {
    all = await wholeStack(environment);
    byUrn = new Map(all.map((resource) => [resource.urn, resource]));
  });

  it("write every quantity as Kubernetes writes it back, in charts' values too", () => {
    const found = all
      .filter(({ type }) => type.startsWith("kubernetes:"))
      .flatMap(({ type, name, inputs }) => quantities(inputs, `${type} ${name}`));
    expect(found.length).toBeGreaterThan(80);
    expect(found.some(({ place }) => place.includes(RELEASE))).toBe(true);
    expect(found.filter(({ text }) => text !== canonical(text))).toEqual([]);
  });

  it("write no field of a controller's, and leave those that both write", () => {
    const kinds = new Set(all.map(({ type }) => type));
    expect(SHARED_FIELDS.filter(({ type }) => !kinds.has(type))).toEqual([]);
    for (const { type, path, settled } of SHARED_FIELDS.filter((field) => field.settled !== "same text")) {
      const writing = ofType(type).filter(({ inputs }) => get(inputs, ...path) !== undefined);
      if (settled !== "ignored") expect(writing, `${type} ${path.join(" ")}`).toEqual([]);
    }
    // The services of a Rollout: two of one service, of which each Rollout has a pair.
    const ignoring = ofType(SERVICE).filter(({ ignoreChanges }) => ignoreChanges.includes("spec.selector"));
    expect(ignoring).toHaveLength(2 * ofType(ROLLOUT).length);
  });

  it("ignore no field whose key has a dot: the provider takes every dot for a step, and would find nothing", () => {
    const paths = all.flatMap(({ type, ignoreChanges }) => (type.startsWith("kubernetes:") ? ignoreChanges : []));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => path.includes("["))).toEqual([]);
  });

  it("are waited for longer than the waits that they are given themselves", () => {
    for (const { name, inputs, timeouts } of ofType(JOB))
      expect(timeouts.create, name).toBeGreaterThan(number(get(inputs, "spec", "activeDeadlineSeconds")));
    for (const { name, inputs, timeouts } of [...ofType(DEPLOYMENT), ...ofType(ROLLOUT)]) {
      const deadline = number(get(inputs, "spec", "progressDeadlineSeconds"));
      const grace = number(get(inputs, "spec", "template", "spec", "terminationGracePeriodSeconds"));
      const steps = JSON.stringify(get(inputs, "spec", "strategy")).matchAll(/"duration":"(\d+)s"/g);
      const watched = [...steps].reduce((sum, [, duration]) => sum + Number(duration), 0);
      expect(timeouts.create, name).toBeGreaterThan(deadline + watched + grace);
      expect(timeouts.update, name).toBe(timeouts.create);
      expect(timeouts.delete, name).toBeGreaterThan(grace);
    }
  });

  it("wait for nothing that comes after them: whose wait begins at once looks at itself alone", () => {
    for (const resource of ofType(SERVICE)) expect(annotation(resource, "skipAwait"), resource.name).toBe("true");
    for (const resource of ofType(INGRESS))
      expect(annotation(resource, "waitFor"), resource.name).toBe(
        "jsonpath={.status.loadBalancer.ingress[0].hostname}",
      );
    expect(all.filter(({ type }) => type.startsWith("kubernetes:") && OTHER_WAITING.test(type))).toEqual([]);
  });

  it("are made again by the next run when they are jobs that failed, after tries with new pods", () => {
    expect(ofType(JOB).length).toBeGreaterThan(2);
    for (const resource of ofType(JOB)) {
      expect(annotation(resource, "replaceUnready"), resource.name).toBe("true");
      expect(number(get(resource.inputs, "spec", "backoffLimit")), resource.name).toBeGreaterThanOrEqual(1);
    }
  });

  it("are waited for when they are Rollouts, until these are done", () => {
    expect(ofType(ROLLOUT).length).toBeGreaterThan(0);
    for (const resource of ofType(ROLLOUT))
      expect(annotation(resource, "waitFor")).toContain("{.status.phase}=Healthy");
  });

  it("come after the database's servers, its proxy's target and the rules that let them in", () => {
    const needed = ["aws:rds/clusterInstance:ClusterInstance", "aws:rds/proxyTarget:ProxyTarget"];
    const wanted = all.filter(({ type }) => needed.includes(type));
    const jobs = ofType(JOB);
    expect(wanted.length).toBeGreaterThan(1);
    for (const job of jobs) {
      const before = waitsFor(job, byUrn);
      for (const { urn } of wanted) expect(before.has(urn), `${job.name} after ${urn}`).toBe(true);
      expect([...before].filter((urn) => urn.includes("SecurityGroupIngressRule::database")).length).toBeGreaterThan(1);
    }
  });

  it("show visitors a front end's release after every service is up", () => {
    const functions = ofType("aws:cloudfront/function:Function");
    expect(functions.length).toBeGreaterThan(0);
    for (const resource of functions) {
      const before = waitsFor(resource, byUrn);
      for (const { urn } of [...ofType(ROLLOUT), ...ofType(DEPLOYMENT)]) expect(before.has(urn), urn).toBe(true);
    }
  });
});
