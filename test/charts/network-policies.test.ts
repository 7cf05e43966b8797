import { beforeAll, describe, expect, it } from "vitest";

import { deploy } from "../support/cloud.ts";
import { makeClusterServices } from "../support/cluster-services-program.ts";
import type { Recorded, RecordedPod } from "./support/recorded.ts";
import { readRecords } from "./support/recorded.ts";
import type { Policy } from "./support/traffic.ts";
import { policiesOf, portsOf, select, waysOut } from "./support/traffic.ts";

const records = readRecords();
const pods = records.flatMap((record) => record.pods);
/** The namespace in which everything is denied that no policy allows; nothing but charts makes pods there. */
const OURS = "platform";

let policies: Policy[];
beforeAll(async () => {
  policies = policiesOf(await deploy(makeClusterServices)).filter(({ namespace }) => namespace === OURS);
});

/** Recorded services with pods among these. */
const servicesOf = (behind: readonly RecordedPod[]) =>
  records.flatMap(({ namespace, services }) =>
    services.filter(({ selector }) => select(behind, namespace, selector).length > 0),
  );

/** The ports of the pods behind a service's port, which may be a name; none where a pod lacks it. */
function targetsOf({ namespace, services }: Recorded, name: string, port: number) {
  const service = services.find((one) => one.name === name);
  const target = service?.ports.find((one) => one.port === port);
  return select(pods, namespace, service?.selector ?? { none: "" }).map((pod) => ({
    pod,
    port: portsOf(pod).get(target?.targetPort ?? port),
  }));
}

describe("A way out to pods of a chart", () => {
  it("names them by the very labels that their service selects by, or the service's address stays shut", () => {
    const ways = waysOut(policies).filter(({ namespace }) => namespace === OURS);
    expect(ways.map(({ policy }) => policy)).toContain("services-keda-metrics");
    for (const way of ways) {
      const behind = select(pods, OURS, way.labels);
      expect(behind, `${way.policy} names pods that no chart makes`).not.toEqual([]);
      const selectors = servicesOf(behind).map(({ selector }) => selector);
      if (selectors.length > 0) expect(selectors, way.policy).toContainEqual(way.labels);
    }
  });

  it("leads to a port that the pods have", () => {
    for (const { policy, labels, port } of waysOut(policies).filter(({ namespace }) => namespace === OURS)) {
      for (const pod of select(pods, OURS, labels))
        expect([...portsOf(pod).keys()], `${policy}: ${pod.name}`).toContain(port);
    }
  });
});

describe("A way in", () => {
  it("leads to ports that the pods of the policy have", () => {
    expect(policies.length).toBeGreaterThan(8);
    for (const { resource, labels, ingress } of policies) {
      const ruled = select(pods, OURS, labels);
      expect(ruled, `${resource} rules pods that no chart makes`).not.toEqual([]);
      for (const pod of ruled) {
        for (const { port } of ingress.flatMap(({ ports }) => ports))
          expect([...portsOf(pod).keys()], `${resource}: ${pod.name}`).toContain(port);
      }
    }
  });

  it("is open from the API server to everything that it calls", () => {
    const calls = records.flatMap((record) => record.calls.map((call) => ({ record, call })));
    expect(calls.length).toBeGreaterThan(4);
    for (const { record, call } of calls) {
      const targets = targetsOf(record, call.service, call.port);
      expect(targets, `${call.kind} ${call.name}: no pods behind ${call.service}`).not.toEqual([]);
      for (const { pod, port } of targets) {
        const open = policies
          .filter(({ labels }) => select([pod], OURS, labels).length > 0)
          .flatMap(({ ingress }) =>
            ingress.filter(({ from = [] }) => from.some(({ ipBlock }) => ipBlock !== undefined)),
          )
          .flatMap(({ ports }) => ports.map((one) => one.port));
        expect(open, `${call.kind} ${call.name}: ${pod.name}`).toContain(port);
      }
    }
  });
});

it("Every pod of a chart has a policy: without one it could call nothing and be called by nobody", () => {
  const ours = pods.filter(({ namespace }) => namespace === OURS);
  expect(ours.length).toBeGreaterThan(8);
  for (const pod of ours) {
    const ruling = policies.filter(({ labels }) => select([pod], OURS, labels).length > 0);
    expect(ruling, `${pod.kind} ${pod.name}`).not.toEqual([]);
  }
});
