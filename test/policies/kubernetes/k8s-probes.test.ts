import { describe, expect, it } from "vitest";

import { k8sProbes } from "../../../policies/rules/kubernetes/k8s-probes.ts";
import { AT, CONTAINER, DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(k8sProbes.name, () => {
  it.each([
    { title: "accepts two probes that ask different things", props: deployment(), findings: [] },
    {
      title: "accepts probes of a kind that cannot be compared",
      props: deployment({ livenessProbe: { tcpSocket: { port: 8080 } } }),
      findings: [],
    },
    {
      title: "rejects absent probes",
      props: deployment({ livenessProbe: undefined, readinessProbe: undefined }),
      findings: [
        `${AT}.readinessProbe is nothing, required a probe`,
        `${AT}.livenessProbe is nothing, required a probe`,
      ],
    },
    {
      title: "rejects the same path for both",
      props: deployment({ livenessProbe: CONTAINER.readinessProbe }),
      findings: [
        `${AT}.livenessProbe is the same question as the readiness probe, required a path of its own that answers 200 while a dependency is down`,
      ],
    },
    {
      title: "reads an absent path as the root",
      props: deployment({
        livenessProbe: { httpGet: { port: 1 } },
        readinessProbe: { httpGet: { port: 1, path: "/" } },
      }),
      findings: [
        `${AT}.livenessProbe is the same question as the readiness probe, required a path of its own that answers 200 while a dependency is down`,
      ],
    },
    {
      title: "is undetermined while a probe is unknown",
      props: deployment({ readinessProbe: UNKNOWN }),
      findings: ["undetermined: spec.template.spec.containers.0.readinessProbe"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sProbes, DEPLOYMENT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(
        k8sProbes,
        "kubernetes:core/v1:Service",
        deployment({ image: "latest", resources: {}, securityContext: {} }),
      ),
    ).toEqual([]);
  });

  it("asks no probes of jobs, which end", async () => {
    expect(
      await evaluate(
        k8sProbes,
        "kubernetes:batch/v1:Job",
        deployment({ livenessProbe: undefined, readinessProbe: undefined }),
      ),
    ).toEqual([]);
  });
});
