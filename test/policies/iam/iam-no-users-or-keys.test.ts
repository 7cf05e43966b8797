import { describe, expect, it } from "vitest";

import { iamNoUsersOrKeys } from "../../../policies/rules/iam/iam-no-users-or-keys.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(iamNoUsersOrKeys.name, () => {
  it.each([
    {
      title: "rejects a user",
      type: "aws:iam/user:User",
      props: {},
      findings: ["(resource) is an IAM user, required a role"],
    },
    {
      title: "rejects an access key, switched off too",
      type: "aws:iam/accessKey:AccessKey",
      props: { user: "deployer", status: "Inactive" },
      findings: ["(resource) is an access key, required a role"],
    },
    {
      title: "rejects a console password",
      type: "aws:iam/userLoginProfile:UserLoginProfile",
      props: { user: "someone" },
      findings: ["(resource) is a console password, required a role"],
    },
    {
      title: "rejects a service's password",
      type: "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
      props: { userName: "mailer", serviceName: "cassandra.amazonaws.com" },
      findings: ["(resource) is a service's password, required a role"],
    },
    {
      title: "rejects a signing certificate",
      type: "aws:iam/signingCertificate:SigningCertificate",
      props: { userName: "deployer" },
      findings: ["(resource) is a signing certificate, required a role"],
    },
    {
      title: "rejects an SSH key",
      type: "aws:iam/sshKey:SshKey",
      props: { username: "deployer", encoding: "SSH" },
      findings: ["(resource) is an SSH key, required a role"],
    },
    {
      title: "decides though everything is unknown, because existence decides",
      type: "aws:iam/user:User",
      props: { name: UNKNOWN },
      findings: ["(resource) is an IAM user, required a role"],
    },
    { title: "accepts a role", type: "aws:iam/role:Role", props: {}, findings: [] },
    { title: "leaves other resource types alone", type: "aws:elasticache/user:User", props: {}, findings: [] },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(iamNoUsersOrKeys, type, props)).toEqual(findings);
  });
});
