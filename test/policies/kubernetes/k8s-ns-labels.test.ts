import { describe, expect, it } from "vitest";

import { k8sNsLabels } from "../../../policies/rules/kubernetes/k8s-ns-labels.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const LABELS = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/enforce-version": "v1.35",
  owner: "shop",
  tier: "workload",
};
const namespace = (labels: unknown, name = "shop") => ({ metadata: { name, labels } });

describe(k8sNsLabels.name, () => {
  it.each([
    { title: "accepts a restricted namespace with owner and tier", props: namespace(LABELS), findings: [] },
    {
      title: "rejects a privileged one",
      props: namespace({ ...LABELS, "pod-security.kubernetes.io/enforce": "privileged" }),
      findings: [
        "metadata.labels.pod-security.kubernetes.io/enforce is privileged, required restricted, or baseline with a reason",
      ],
    },
    {
      title: "rejects a version that moves",
      props: namespace({ ...LABELS, "pod-security.kubernetes.io/enforce-version": "latest" }),
      findings: [
        "metadata.labels.pod-security.kubernetes.io/enforce-version is latest, required a pinned version, for instance v1.35",
      ],
    },
    {
      title: "rejects a namespace that nobody owns",
      props: namespace({ ...LABELS, owner: "" }),
      findings: ["metadata.labels.owner is nothing, required a label"],
    },
    { title: "leaves the cluster's own namespaces alone", props: namespace({}, "kube-system"), findings: [] },
    {
      title: "is undetermined while the labels are unknown",
      props: namespace(UNKNOWN),
      findings: ["undetermined: metadata.labels"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sNsLabels, NAMESPACE, props)).toEqual(findings);
  });

  it("rejects absent labels, which Kubernetes reads as privileged", async () => {
    expect(await evaluate(k8sNsLabels, NAMESPACE, namespace(undefined))).toHaveLength(4);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(k8sNsLabels, "kubernetes:core/v1:ConfigMap", namespace({}))).toEqual([]);
  });
});
