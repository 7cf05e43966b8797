import { describe, expect, it } from "vitest";

import { k8sNoTokenAutomount } from "../../../policies/rules/kubernetes/k8s-no-token-automount.ts";
import { DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(k8sNoTokenAutomount.name, () => {
  it.each([
    { title: "accepts a pod without token and with an account of its own", props: deployment(), findings: [] },
    {
      title: "rejects a mounted token",
      props: deployment({}, { automountServiceAccountToken: true }),
      findings: ["spec.template.spec.automountServiceAccountToken is true, required false"],
    },
    {
      title: "rejects an absent switch, which leaves it to the account",
      props: deployment({}, { automountServiceAccountToken: undefined }),
      findings: ["spec.template.spec.automountServiceAccountToken is nothing, required false"],
    },
    {
      title: "rejects the default account",
      props: deployment({}, { serviceAccountName: "default" }),
      findings: ["spec.template.spec.serviceAccountName is default, required an account of the workload's own"],
    },
    {
      title: "rejects an absent account, which is the default one",
      props: deployment({}, { serviceAccountName: undefined }),
      findings: ["spec.template.spec.serviceAccountName is nothing, required an account of the workload's own"],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: deployment({}, { automountServiceAccountToken: UNKNOWN }),
      findings: ["undetermined: spec.template.spec.automountServiceAccountToken"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sNoTokenAutomount, DEPLOYMENT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(
        k8sNoTokenAutomount,
        "kubernetes:core/v1:Service",
        deployment({ image: "latest", resources: {}, securityContext: {} }),
      ),
    ).toEqual([]);
  });
});
