import { beforeAll, describe, expect, it } from "vitest";

import type { Resource } from "../../preview/engine/model.ts";
import { before, committedResources } from "../support/committed-resources.ts";
import { STACK_NAMES } from "../support/stack-files.ts";

const ROLE = "aws:iam/role:Role";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

/** What carries the rights of a role. */
const RIGHTS = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];

/** What carries the right of a service to something of ours, and by which property it names that. */
const GRANTS: Readonly<Record<string, string>> = {
  "aws:lambda/permission:Permission": "function",
  "aws:s3/bucketPolicy:BucketPolicy": "bucket",
};

/**
 * What is tried by AWS when it is made, and so fails or is lost without the right: by type, the property that names what it
 * uses. Others use it later, and are retried.
 */
const TRIED_AT_ONCE: Readonly<Record<string, string>> = {
  "aws:secretsmanager/secretRotation:SecretRotation": "rotationLambdaArn",
  "aws:cloudtrail/trail:Trail": "s3BucketName",
  "aws:cfg/deliveryChannel:DeliveryChannel": "s3BucketName",
};

describe.each(STACK_NAMES)("the order of %s", (environment) => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await committedResources(environment);
  });

  const short = (urn: string) => urn.split("::").slice(2).join(" ").split("$").at(-1) ?? urn;
  const refers = (resource: Resource, property: string, urn: string) =>
    (resource.propertyDependencies[property] ?? []).includes(urn);

  it("gives a role its rights before anything takes the role on", () => {
    const users = resources.filter(({ type, custom }) => custom && ![ROLE, PROFILE, ...RIGHTS].includes(type));
    const late = resources
      .filter(({ type }) => type === ROLE)
      .flatMap((role) => {
        const rights = resources.filter(({ type, propertyDependencies }) =>
          RIGHTS.includes(type) ? (propertyDependencies["role"] ?? []).includes(role.urn) : false,
        );
        const profiles = resources.filter(
          (resource) => resource.type === PROFILE && refers(resource, "role", role.urn),
        );
        const holders = [role, ...profiles].map(({ urn }) => urn);
        return users
          .filter(({ propertyDependencies }) =>
            Object.values(propertyDependencies).some((urns) => urns.some((urn) => holders.includes(urn))),
          )
          .flatMap((user) => {
            const earlier = before(resources, user.urn);
            return rights
              .filter(({ urn }) => !earlier.has(urn))
              .map((right) => `${short(user.urn)} does not wait for ${short(right.urn)}`);
          });
      });
    expect(late).toEqual([]);
  });

  it("lets services in before what AWS tries at once needs them", () => {
    const late = resources.flatMap((user) => {
      const property = TRIED_AT_ONCE[user.type];
      if (property === undefined) return [];
      const used = user.propertyDependencies[property] ?? [];
      const earlier = before(resources, user.urn);
      return resources
        .filter((grant) => used.some((urn) => refers(grant, GRANTS[grant.type] ?? "", urn)) && !earlier.has(grant.urn))
        .map((grant) => `${short(user.urn)} does not wait for ${short(grant.urn)}`);
    });
    expect(late).toEqual([]);
  });
});
