import { describe, expect, it } from "vitest";

import { iamPassroleScoped } from "../../../policies/rules/iam/iam-passrole-scoped.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const POLICY = "aws:iam/policy:Policy";

const allow = (statement: object) => JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
const any = (resource: string, action: string) => [
  `policy.Statement[0].Resource is Resource ${resource} for Action ${action}, required the ARNs of the roles that may be passed`,
];

describe(iamPassroleScoped.name, () => {
  it.each([
    {
      title: "accepts a named role",
      policy: allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/nodes" }),
      findings: [],
    },
    {
      title: "accepts roles by the beginning of their names",
      policy: allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/app/*" }),
      findings: [],
    },
    {
      title: "accepts other actions on every resource",
      policy: allow({ Action: ["iam:ListRoles", "ec2:*"], Resource: "*" }),
      findings: [],
    },
    {
      title: "rejects every resource",
      policy: allow({ Action: "iam:PassRole", Resource: "*" }),
      findings: any("*", "iam:PassRole"),
    },
    {
      title: "rejects every role of the account, under a condition too",
      policy: allow({
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::111122223333:role/*",
        Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      }),
      findings: any("arn:aws:iam::111122223333:role/*", "iam:PassRole"),
    },
    {
      title: "rejects wildcards that contain the action",
      policy: allow({ Action: "iam:pass*", Resource: "arn:aws:iam::*" }),
      findings: any("arn:aws:iam::*", "iam:pass*"),
    },
    {
      title: "rejects every role but one",
      policy: allow({ Action: "iam:PassRole", NotResource: "arn:aws:iam::111122223333:role/admin" }),
      findings: [
        "policy.Statement[0].NotResource is NotResource arn:aws:iam::111122223333:role/admin for Action iam:PassRole, " +
          "required the ARNs of the roles that may be passed",
      ],
    },
    { title: "is undetermined while the document is unknown", policy: UNKNOWN, findings: ["undetermined: policy"] },
  ])("$title", async ({ policy, findings }) => {
    expect(await evaluate(iamPassroleScoped, POLICY, { policy })).toEqual(findings);
  });

  it("has nothing to say of a policy that is absent, which AWS refuses", async () => {
    expect(await evaluate(iamPassroleScoped, POLICY, {})).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(iamPassroleScoped, "aws:sqs/queuePolicy:QueuePolicy", {
        policy: allow({ Action: "*", Resource: "*" }),
      }),
    ).toEqual([]);
  });
});
