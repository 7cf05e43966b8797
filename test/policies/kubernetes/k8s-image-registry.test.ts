import { describe, expect, it } from "vitest";

import { k8sImageRegistry } from "../../../policies/rules/kubernetes/k8s-image-registry.ts";
import { AT, DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(k8sImageRegistry.name, () => {
  it.each([
    { title: "accepts a registry of an account", props: deployment(), findings: [] },
    {
      title: "accepts the public registry of AWS",
      props: deployment({ image: "public.ecr.aws/docker/library/redis:7" }),
      findings: [],
    },
    {
      title: "rejects an image without host, which comes from Docker's registry",
      props: deployment({ image: "nginx" }),
      findings: [`${AT}.image is docker.io/nginx, required an image from *.dkr.ecr.*.amazonaws.com, public.ecr.aws`],
    },
    {
      title: "rejects a host that only begins like an allowed one",
      props: deployment({ image: "public.ecr.aws.evil.example/app" }),
      findings: [
        `${AT}.image is public.ecr.aws.evil.example/app, required an image from *.dkr.ecr.*.amazonaws.com, public.ecr.aws`,
      ],
    },
    {
      title: "is undetermined while the image is unknown",
      props: deployment({ image: UNKNOWN }),
      findings: ["undetermined: spec.template.spec.containers.0.image"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sImageRegistry, DEPLOYMENT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(
        k8sImageRegistry,
        "kubernetes:core/v1:Service",
        deployment({ image: "latest", resources: {}, securityContext: {} }),
      ),
    ).toEqual([]);
  });

  it("takes the allowed registries from its configuration, on path boundaries", async () => {
    const config = { allowedRegistries: ["ghcr.io/acme"] };
    expect(
      await evaluate(k8sImageRegistry, DEPLOYMENT, deployment({ image: "ghcr.io/acme/app:1" }), { config }),
    ).toEqual([]);
    expect(
      await evaluate(k8sImageRegistry, DEPLOYMENT, deployment({ image: "ghcr.io/acme-evil/app:1" }), { config }),
    ).toHaveLength(1);
  });
});
