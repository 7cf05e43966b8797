import { describe, expect, it } from "vitest";

import { k8sNotDefaultNamespace } from "../../../policies/rules/kubernetes/k8s-not-default-namespace.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const finding = (found: string) => [`metadata.namespace is ${found}, required a namespace other than default`];

describe(k8sNotDefaultNamespace.name, () => {
  it.each([
    { title: "accepts a namespace by name", props: { metadata: { namespace: "shop" } }, findings: [] },
    { title: "rejects the default one", props: { metadata: { namespace: "default" } }, findings: finding("default") },
    {
      title: "rejects an absent one, which Kubernetes reads as default",
      props: { metadata: {} },
      findings: finding("nothing"),
    },
    { title: "rejects absent metadata", props: {}, findings: finding("nothing") },
    {
      title: "is undetermined while the namespace is unknown",
      props: { metadata: { namespace: UNKNOWN } },
      findings: ["undetermined: metadata.namespace"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sNotDefaultNamespace, "kubernetes:apps/v1:Deployment", props)).toEqual(findings);
    expect(await evaluate(k8sNotDefaultNamespace, "kubernetes:core/v1:Secret", props)).toEqual(findings);
  });

  it("leaves objects without namespace alone", async () => {
    expect(await evaluate(k8sNotDefaultNamespace, "kubernetes:core/v1:Namespace", {})).toEqual([]);
  });
});
