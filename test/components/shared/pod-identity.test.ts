import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";

import { PodIdentity, settled } from "../../../components/shared/pod-identity.ts";
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

  it("has a child that waits for it, so that whatever depends on the identity does", async () => {
    const resources = await identity();
    expect(only(resources, ASSOCIATION).afterCreate).toEqual(["orders-pod-identity-made"]);
    const child = only(resources, "pulumi:index:Stash", "orders-settled");
    expect(child.parent).toBe("orders");
    expect(child.dependencies).toContain(`${ASSOCIATION}::orders`);
  });
});

describe("the wait behind an association", () => {
  it("takes 20 seconds where it was made in this run, and none where it was there", async () => {
    const wait = vi.fn(() => Promise.resolve());
    expect(await settled("a-1", false, wait)).toBe("a-1");
    expect(wait).not.toHaveBeenCalled();
    expect(await settled("a-1", true, wait)).toBe("a-1");
    expect(wait).toHaveBeenCalledExactlyOnceWith(20_000);
  });
});
