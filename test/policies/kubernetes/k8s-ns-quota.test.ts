import { describe, expect, it } from "vitest";

import { k8sNsQuota } from "../../../policies/rules/kubernetes/k8s-ns-quota.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const namespace = { type: "kubernetes:core/v1:Namespace", name: "shop", props: { metadata: { name: "shop" } } };
const limit = (kind: string, namespaceName: unknown = "shop", refers: Record<string, string[]> = {}) => ({
  type: `kubernetes:core/v1:${kind}`,
  name: kind,
  props: { metadata: { namespace: namespaceName } },
  refers,
});

describe(k8sNsQuota.name, () => {
  it.each([
    {
      title: "accepts a namespace with both",
      stack: [namespace, limit("ResourceQuota"), limit("LimitRange")],
      findings: [],
    },
    {
      title: "accepts limits that refer to the namespace",
      stack: [
        namespace,
        limit("ResourceQuota", UNKNOWN, { metadata: ["shop"] }),
        limit("LimitRange", UNKNOWN, { metadata: ["shop"] }),
      ],
      findings: [],
    },
    {
      title: "rejects a namespace without quota",
      stack: [namespace, limit("LimitRange")],
      findings: ["shop: (ResourceQuota) is nothing, required a ResourceQuota in the namespace"],
    },
    {
      title: "rejects a namespace without limit range",
      stack: [namespace, limit("ResourceQuota")],
      findings: ["shop: (LimitRange) is nothing, required a LimitRange in the namespace"],
    },
    {
      title: "does not take limits of another namespace",
      stack: [namespace, limit("ResourceQuota", "other"), limit("LimitRange")],
      findings: ["shop: (ResourceQuota) is nothing, required a ResourceQuota in the namespace"],
    },
    {
      title: "leaves the cluster's own namespaces alone",
      stack: [{ ...namespace, props: { metadata: { name: "kube-system" } } }],
      findings: [],
    },
    {
      title: "is undetermined while the limit's namespace is unknown",
      stack: [namespace, limit("ResourceQuota", UNKNOWN), limit("LimitRange")],
      findings: ["undetermined: metadata.namespace"],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(k8sNsQuota, stack)).toEqual(findings);
  });
});
