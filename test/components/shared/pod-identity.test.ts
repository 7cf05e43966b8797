import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { PodIdentity, settle } from "../../../components/shared/pod-identity.ts";
import { deploy, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

describe("A new Pod Identity association", () => {
  it("is followed by a wait, also after a change, so that no pod is made before EKS knows it", async () => {
    const resources = await deploy(
      () =>
        new PodIdentity("gateway", {
          environment: ENVIRONMENT,
          cluster: { name: pulumi.output("preflight-staging") },
          namespace: "shop",
          serviceAccount: "gateway",
          description: "gateway: its flags",
          statements: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
        }),
    );
    const association = only(resources, ASSOCIATION);
    expect(association.afterCreate).toHaveLength(1);
    expect(association.afterUpdate).toHaveLength(1);
    expect(association.dependsOn).toContain("gateway");
  });

  it("settles in the seconds that standards name", async () => {
    const waits: number[] = [];
    await settle((milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    });
    expect(waits).toEqual([20_000]);
  });
});
