import type {
  PolicyAttachmentArgs,
  UserPoliciesExclusiveArgs,
  UserPolicyAttachmentsExclusiveArgs,
} from "@pulumi/aws/iam/index.js";

import { resourceRule } from "../../lib/rule.ts";

type UserArgs = Pick<PolicyAttachmentArgs, "users"> &
  Partial<Pick<UserPolicyAttachmentsExclusiveArgs, "policyArns">> &
  Partial<Pick<UserPoliciesExclusiveArgs, "policyNames">>;

/** Types that give rights to a user whatever they say. */
const TO_USERS = ["aws:iam/userPolicy:UserPolicy", "aws:iam/userPolicyAttachment:UserPolicyAttachment"];

export const iamAttachToRolesOnly = resourceRule<UserArgs>({
  name: "iam-attach-to-roles-only",
  description:
    "Rights are given to roles, which expire with their session and can be reviewed by task, not to single users.",
  severity: "low",
  checklist: ["COMP-04"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  remediation: "Attach the policy to a role and let the user assume it.",
  types: [
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
  ],
  check(props, report, { type }) {
    if (TO_USERS.includes(type)) {
      report({ property: "user", found: "rights of a single user", required: "a role" });
      return;
    }
    // The other types name lists; an empty one, which takes rights away, is right.
    for (const [property, values] of [
      ["users", props.users],
      ["policyArns", props.policyArns],
      ["policyNames", props.policyNames],
    ] as const) {
      if (values !== undefined && values.length > 0)
        report({ property, found: `${values.length} of them`, required: "nothing for users; roles instead" });
    }
  },
});
