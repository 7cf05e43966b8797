import { describe, expect, it } from "vitest";

import { k8sImagePinned } from "../../../policies/rules/kubernetes/k8s-image-pinned.ts";
import { AT, DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(k8sImagePinned.name, () => {
  it.each([
    { title: "accepts a digest", props: deployment(), findings: [] },
    {
      title: "accepts a digest behind a tag and a port",
      props: deployment({ image: `host:5000/app:1.2@sha256:${"b".repeat(64)}` }),
      findings: [],
    },
    {
      title: "rejects a tag",
      props: deployment({ image: "host:5000/app:1.2" }),
      findings: [`${AT}.image is host:5000/app:1.2, required an image with @sha256: digest`],
    },
    {
      title: "rejects a cut digest",
      props: deployment({ image: "app@sha256:abc" }),
      findings: [`${AT}.image is app@sha256:abc, required an image with @sha256: digest`],
    },
    {
      title: "rejects an absent image",
      props: deployment({ image: undefined }),
      findings: [`${AT}.image is nothing, required an image with @sha256: digest`],
    },
    {
      title: "is undetermined while the image is unknown",
      props: deployment({ image: UNKNOWN }),
      findings: ["undetermined: spec.template.spec.containers.0.image"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sImagePinned, DEPLOYMENT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(
        k8sImagePinned,
        "kubernetes:core/v1:Service",
        deployment({ image: "latest", resources: {}, securityContext: {} }),
      ),
    ).toEqual([]);
  });
});
