import { describe, expect, it } from "vitest";

import { iamNoAdminAttachment } from "../../../policies/rules/iam/iam-no-admin-attachment.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ROLE = "aws:iam/role:Role";
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

describe(iamNoAdminAttachment.name, () => {
  it.each([
    {
      title: "accepts a policy of AWS for one task",
      type: ATTACHMENT,
      props: { policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
      findings: [],
    },
    {
      title: "accepts a policy of one's own with the same name",
      type: ATTACHMENT,
      props: { policyArn: "arn:aws:iam::111122223333:policy/PowerUserAccess" },
      findings: [],
    },
    { title: "accepts a role without managed policies", type: ROLE, props: {}, findings: [] },
    {
      title: "rejects the administrator's policy",
      type: ATTACHMENT,
      props: { policyArn: ADMIN },
      findings: [`policyArn is ${ADMIN}, required a policy that lists what is needed`],
    },
    {
      title: "rejects those that lead to it, in a role's list and in other partitions",
      type: ROLE,
      props: {
        managedPolicyArns: [
          "arn:aws:iam::aws:policy/ReadOnlyAccess",
          "arn:aws-cn:iam::aws:policy/IAMFullAccess",
          "arn:aws:iam::aws:policy/PowerUserAccess",
        ],
      },
      findings: [
        "managedPolicyArns is arn:aws-cn:iam::aws:policy/IAMFullAccess, required a policy that lists what is needed",
        "managedPolicyArns is arn:aws:iam::aws:policy/PowerUserAccess, required a policy that lists what is needed",
      ],
    },
    {
      title: "rejects it in an exclusive list",
      type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
      props: { policyArns: [ADMIN] },
      findings: [`policyArns is ${ADMIN}, required a policy that lists what is needed`],
    },
    {
      title: "is undetermined while the policy is unknown",
      type: ATTACHMENT,
      props: { policyArn: UNKNOWN },
      findings: ["undetermined: policyArn"],
    },
    {
      title: "leaves other resource types alone",
      type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      props: { policyArn: ADMIN },
      findings: [],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(iamNoAdminAttachment, type, props)).toEqual(findings);
  });
});
