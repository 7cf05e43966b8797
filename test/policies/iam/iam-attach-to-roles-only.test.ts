import { describe, expect, it } from "vitest";

import { iamAttachToRolesOnly } from "../../../policies/rules/iam/iam-attach-to-roles-only.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const ANY = "aws:iam/policyAttachment:PolicyAttachment";

describe(iamAttachToRolesOnly.name, () => {
  it.each([
    { title: "accepts an attachment to roles", type: ANY, props: { roles: ["app"], policyArn: "arn" }, findings: [] },
    { title: "accepts an empty list of users", type: ANY, props: { users: [] }, findings: [] },
    {
      title: "rejects one user in the list",
      type: ANY,
      props: { users: ["someone"] },
      findings: ["users is 1 of them, required nothing for users; roles instead"],
    },
    {
      title: "rejects a policy attached to a user",
      type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      props: { user: "someone", policyArn: "arn" },
      findings: ["user is rights of a single user, required a role"],
    },
    {
      title: "rejects a policy inside a user, though nothing of it is known",
      type: "aws:iam/userPolicy:UserPolicy",
      props: { user: UNKNOWN, policy: UNKNOWN },
      findings: ["user is rights of a single user, required a role"],
    },
    {
      title: "accepts an exclusive list that takes all rights of a user away",
      type: "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
      props: { userName: "someone", policyArns: [] },
      findings: [],
    },
    {
      title: "is undetermined while the users are unknown",
      type: ANY,
      props: { users: UNKNOWN },
      findings: ["undetermined: users"],
    },
    {
      title: "leaves other resource types alone",
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      props: { users: ["x"] },
      findings: [],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(iamAttachToRolesOnly, type, props)).toEqual(findings);
  });
});
