import type { PolicyAttachmentArgs, RoleArgs, RolePolicyAttachmentsExclusiveArgs } from "@pulumi/aws/iam/index.js";

import { IAM } from "../../../standards/iam.ts";
import { resourceRule } from "../../lib/rule.ts";

/** The types below name what they attach in one of these. */
type AttachmentArgs = Partial<Pick<PolicyAttachmentArgs, "policyArn">> &
  Partial<Pick<RolePolicyAttachmentsExclusiveArgs, "policyArns">> &
  Pick<RoleArgs, "managedPolicyArns">;

function isAdmin(arn: string): boolean {
  return IAM.adminPolicies.some((name) => arn.endsWith(`:iam::aws:policy/${name}`));
}

export const iamNoAdminAttachment = resourceRule<AttachmentArgs>({
  name: "iam-no-admin-attachment",
  description: `Nothing in the stack is given ${IAM.adminPolicies.join(", ")}: these policies hand over the account, or the right to take it.`,
  severity: "critical",
  checklist: ["COMP-04", "SEC-25"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-use-aws-defined-policies",
  remediation: "Attach a policy that lists what is needed.",
  types: [
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:iam/role:Role",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  ],
  check(attachment, report) {
    const named = [
      { property: "policyArn", arns: attachment.policyArn === undefined ? [] : [attachment.policyArn] },
      { property: "policyArns", arns: attachment.policyArns ?? [] },
      { property: "managedPolicyArns", arns: attachment.managedPolicyArns ?? [] },
    ];
    for (const { property, arns } of named) {
      for (const found of arns.filter(isAdmin))
        report({ property, found, required: "a policy that lists what is needed" });
    }
  },
});
