import { describe, expect, it } from "vitest";

import { iamNoAdminPolicy } from "../../../policies/rules/iam/iam-no-admin-policy.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const POLICY = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";

const allow = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

describe(iamNoAdminPolicy.name, () => {
  it.each([
    { title: "accepts one service on every resource", policy: allow({ Action: "ec2:*", Resource: "*" }), findings: [] },
    {
      title: "accepts every action on one resource",
      policy: allow({ Action: "*", Resource: "arn:aws:s3:::logs" }),
      findings: [],
    },
    {
      title: "accepts a denial of everything",
      policy: JSON.stringify({ Statement: { Effect: "Deny", Action: "*", Resource: "*" } }),
      findings: [],
    },
    {
      title: "rejects every action on every resource",
      policy: allow({ Action: "*", Resource: "*" }),
      findings: ["policy.Statement[0].Action is Action * on Resource *, required named actions on named resources"],
    },
    {
      title: "rejects it in lists, in another spelling, under a condition",
      policy: allow({
        Action: ["s3:GetObject", "*:*"],
        Resource: ["arn:aws:*"],
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      }),
      findings: [
        'policy.Statement[0].Action is Action ["s3:GetObject","*:*"] on Resource arn:aws:*, required named actions on named resources',
      ],
    },
    {
      title: "rejects all of IAM, from which everything else follows",
      policy: allow({ Action: "IAM:*", Resource: "*" }),
      findings: ["policy.Statement[0].Action is Action IAM:* on Resource *, required named actions on named resources"],
    },
    {
      title: "rejects what is everything but a list",
      policy: allow({ NotAction: "iam:*", Resource: "*" }),
      findings: [
        "policy.Statement[0].NotAction is NotAction iam:* on Resource *, required named actions on named resources",
      ],
    },
    {
      title: "rejects a document as an object",
      policy: { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::logs" } },
      findings: [
        "policy.Statement[0].Action is Action * on NotResource arn:aws:s3:::logs, required named actions on named resources",
      ],
    },
    {
      title: "rejects a document that cannot be read",
      policy: "{",
      findings: ["policy is a malformed document (text that is no JSON), required a policy document that IAM accepts"],
    },
    { title: "is undetermined while the document is unknown", policy: UNKNOWN, findings: ["undetermined: policy"] },
    {
      title: "is undetermined while a part of it is unknown",
      policy: allow({ Action: "s3:*", Resource: `${UNKNOWN}/*` }),
      findings: ["undetermined: policy"],
    },
  ])("$title", async ({ policy, findings }) => {
    expect(await evaluate(iamNoAdminPolicy, POLICY, { policy })).toEqual(findings);
  });

  it("judges each inline policy of a role", async () => {
    const inlinePolicies = [
      { name: "a", policy: allow({ Action: "s3:*", Resource: "*" }) },
      { name: "b", policy: allow({ Action: "*", Resource: "*" }) },
    ];
    expect(await evaluate(iamNoAdminPolicy, ROLE, { inlinePolicies })).toEqual([
      "inlinePolicies[1].policy.Statement[0].Action is Action * on Resource *, required named actions on named resources",
    ]);
  });

  it("accepts a role without inline policies, and an empty entry", async () => {
    expect(await evaluate(iamNoAdminPolicy, ROLE, {})).toEqual([]);
    expect(await evaluate(iamNoAdminPolicy, ROLE, { inlinePolicies: [{}] })).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(iamNoAdminPolicy, "aws:kms/key:Key", { policy: allow({ Action: "*", Resource: "*" }) }),
    ).toEqual([]);
  });
});
