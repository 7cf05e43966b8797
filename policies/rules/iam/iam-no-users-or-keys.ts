import { resourceRule } from "../../lib/rule.ts";

/** Identities whose secret lives until somebody takes it away. */
const LASTING: Readonly<Record<string, string>> = {
  "aws:iam/accessKey:AccessKey": "an access key",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": "a service's password",
  "aws:iam/signingCertificate:SigningCertificate": "a signing certificate",
  "aws:iam/sshKey:SshKey": "an SSH key",
  "aws:iam/user:User": "an IAM user",
  "aws:iam/userLoginProfile:UserLoginProfile": "a console password",
};

export const iamNoUsersOrKeys = resourceRule<object>({
  name: "iam-no-users-or-keys",
  description:
    "People and machines come in by roles with credentials that expire; no user and no key that leaks once and opens for years.",
  severity: "high",
  checklist: ["COMP-04", "SECR-02"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
  remediation:
    "Use a role: Identity Center for people, Pod Identity or an instance profile for workloads, OIDC for pipelines.",
  types: [
    "aws:iam/accessKey:AccessKey",
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    "aws:iam/signingCertificate:SigningCertificate",
    "aws:iam/sshKey:SshKey",
    "aws:iam/user:User",
    "aws:iam/userLoginProfile:UserLoginProfile",
  ],
  // The resource's existence decides, so nothing of it is read and nothing can be unknown.
  check(_props, report, { type }) {
    report({ property: "(resource)", found: LASTING[type] ?? type, required: "a role" });
  },
});
