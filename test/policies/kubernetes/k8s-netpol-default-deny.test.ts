import { describe, expect, it } from "vitest";

import { k8sNetpolDefaultDeny } from "../../../policies/rules/kubernetes/k8s-netpol-default-deny.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const namespace = { type: "kubernetes:core/v1:Namespace", name: "shop", props: { metadata: { name: "shop" } } };
const policy = (
  spec: unknown,
  refers: Record<string, string[]> = {},
  metadata: Record<string, unknown> = { namespace: "shop" },
) => ({ type: "kubernetes:networking.k8s.io/v1:NetworkPolicy", name: "policy", props: { metadata, spec }, refers });
const DENY = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const OPEN = [
  "shop: (NetworkPolicy) is no policy that denies everything, required podSelector {} with Ingress and Egress and no allowed traffic",
];

describe(k8sNetpolDefaultDeny.name, () => {
  it.each([
    { title: "accepts a policy that denies everything", stack: [namespace, policy(DENY)], findings: [] },
    {
      title: "accepts one that names the namespace by reference",
      stack: [namespace, policy(DENY, { metadata: ["shop"] }, {})],
      findings: [],
    },
    {
      title: "rejects a namespace without policy",
      stack: [namespace],
      findings: [
        "shop: (NetworkPolicy) is nothing, required podSelector {} with Ingress and Egress and no allowed traffic",
      ],
    },
    {
      title: "rejects one direction only",
      stack: [namespace, policy({ ...DENY, policyTypes: ["Ingress"] })],
      findings: OPEN,
    },
    {
      title: "rejects a policy for some pods",
      stack: [namespace, policy({ ...DENY, podSelector: { matchLabels: { app: "x" } } })],
      findings: OPEN,
    },
    {
      title: "rejects a policy that allows traffic",
      stack: [namespace, policy({ ...DENY, egress: [{}] })],
      findings: OPEN,
    },
    {
      title: "leaves the cluster's own namespaces alone",
      stack: [{ ...namespace, props: { metadata: { name: "kube-system" } } }],
      findings: [],
    },
    {
      title: "is undetermined while the policy is unknown",
      stack: [namespace, policy(UNKNOWN)],
      findings: ["undetermined: spec"],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(k8sNetpolDefaultDeny, stack)).toEqual(findings);
  });
});
