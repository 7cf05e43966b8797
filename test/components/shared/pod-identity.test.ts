import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";

import { PodIdentity, settles } from "../../../components/shared/pod-identity.ts";
import { deploy, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

const identity = (further?: (role: iam.Role) => readonly pulumi.CustomResource[]) =>
  deploy(
    () =>
      new PodIdentity("orders", {
        environment: ENVIRONMENT,
        cluster: { name: pulumi.output("preflight-staging") },
        namespace: "shop",
        serviceAccount: "orders",
        description: "Orders",
        statements: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }],
        managedPolicyArns: { reads: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
        ...(further === undefined ? {} : { furtherRights: further }),
      }),
  );

describe("a pod identity", () => {
  it("is associated when its role has all its rights, those that need the role among them", async () => {
    const resources = await identity((role) => [
      new iam.RolePolicy("orders-more", { role: role.name, policy: "{}" }, { parent: role }),
    ]);
    expect(only(resources, ASSOCIATION).dependencies).toEqual(
      expect.arrayContaining([
        "aws:iam/rolePolicy:RolePolicy::orders",
        "aws:iam/rolePolicy:RolePolicy::orders-more",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment::orders-reads",
      ]),
    );
  });

  it("holds back what depends on it once it is made", async () => {
    expect(only(await identity(), ASSOCIATION).afterCreate).toEqual(["orders-pod-identity-settles"]);
  });
});

describe("the wait behind an association", () => {
  it("takes 20 seconds, and none in a preview", async () => {
    const wait = vi.fn(() => Promise.resolve());
    const hooks: pulumi.ResourceHook[] = [];
    await deploy(() => {
      hooks.push(settles("orders", wait));
    });
    const [hook] = hooks;
    await hook?.callback({ urn: "urn", id: "a-1", name: "orders", type: ASSOCIATION });
    expect(wait).toHaveBeenCalledExactlyOnceWith(20_000);
    expect(hook?.opts?.onDryRun ?? false).toBe(false);
  });
});
