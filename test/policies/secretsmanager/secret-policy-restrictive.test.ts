import { describe, expect, it } from "vitest";

import { secretPolicyRestrictive } from "../../../policies/rules/secretsmanager/secret-policy-restrictive.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const SECRET = "aws:secretsmanager/secret:Secret";
const POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";
const READ = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: statement });
const OPEN =
  "policy.Statement[0].Principal is everyone (*), required named principals, or a condition that names accounts";

describe(secretPolicyRestrictive.name, () => {
  it.each([
    { title: "accepts a secret without a policy, which IAM alone opens", type: SECRET, props: {}, findings: [] },
    {
      title: "accepts a named role",
      type: POLICY,
      props: { policy: policy({ ...READ, Principal: { AWS: "arn:aws:iam::111122223333:role/api" } }) },
      findings: [],
    },
    {
      title: "accepts that every other account is refused",
      type: POLICY,
      props: {
        policy: policy({
          ...READ,
          Effect: "Deny",
          Principal: "*",
          Condition: { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } },
        }),
      },
      findings: [],
    },
    {
      title: "rejects everyone in a policy of its own",
      type: POLICY,
      props: { policy: policy({ ...READ, Principal: "*" }) },
      findings: [OPEN],
    },
    {
      title: "rejects everyone in the secret's policy",
      type: SECRET,
      props: { policy: policy({ ...READ, Principal: { AWS: "*" } }) },
      findings: [OPEN],
    },
    {
      title: "rejects a policy that nobody can read",
      type: POLICY,
      props: { policy: "{" },
      findings: ["policy is a malformed document (text that is no JSON), required a policy document that IAM accepts"],
    },
    {
      title: "is undetermined while the policy is unknown",
      type: POLICY,
      props: { policy: UNKNOWN },
      findings: ["undetermined: policy"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(secretPolicyRestrictive, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(secretPolicyRestrictive, "aws:sqs/queuePolicy:QueuePolicy", {
        policy: policy({ ...READ, Principal: "*" }),
      }),
    ).toEqual([]);
  });
});
