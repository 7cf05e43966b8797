import { describe, expect, it } from "vitest";

import { k8sReadonlyRootfs } from "../../../policies/rules/kubernetes/k8s-readonly-rootfs.ts";
import { AT, DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(k8sReadonlyRootfs.name, () => {
  it.each([
    { title: "accepts a read-only file system", props: deployment(), findings: [] },
    {
      title: "rejects a writable one",
      props: deployment({ securityContext: { readOnlyRootFilesystem: false } }),
      findings: [`${AT}.securityContext.readOnlyRootFilesystem is false, required true`],
    },
    {
      title: "rejects an absent value, which Kubernetes reads as writable",
      props: deployment({ securityContext: undefined }),
      findings: [`${AT}.securityContext.readOnlyRootFilesystem is nothing, required true`],
    },
    {
      title: "judges ephemeral containers too",
      props: deployment({}, { ephemeralContainers: [{ name: "debug" }] }),
      findings: [
        "spec.template.spec.ephemeralContainers[0].securityContext.readOnlyRootFilesystem is nothing, required true",
      ],
    },
    {
      title: "is undetermined while the value is unknown",
      props: deployment({ securityContext: { readOnlyRootFilesystem: UNKNOWN } }),
      findings: ["undetermined: spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sReadonlyRootfs, DEPLOYMENT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(
        k8sReadonlyRootfs,
        "kubernetes:core/v1:Service",
        deployment({ image: "latest", resources: {}, securityContext: {} }),
      ),
    ).toEqual([]);
  });

  it("judges what a patch says", async () => {
    const patch = "kubernetes:apps/v1:DeploymentPatch";
    expect(await evaluate(k8sReadonlyRootfs, patch, deployment({ securityContext: undefined }))).toEqual([]);
    expect(
      await evaluate(k8sReadonlyRootfs, patch, deployment({ securityContext: { readOnlyRootFilesystem: false } })),
    ).toHaveLength(1);
  });
});
