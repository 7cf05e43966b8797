import { describe, expect, it } from "vitest";

import { iamNoWildcardResource } from "../../../policies/rules/iam/iam-no-wildcard-resource.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

const allow = (statement: object) => JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
const wide = (actions: string) => [
  `policy.Statement[0].Resource is Resource * for ${actions}, required ARNs of the resources, or a condition`,
];

describe(iamNoWildcardResource.name, () => {
  it.each([
    {
      title: "accepts a write on a named resource",
      policy: allow({ Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" }),
      findings: [],
    },
    {
      title: "accepts reads, with and without wildcards",
      policy: allow({
        Action: [
          "ec2:Describe*",
          "logs:DescribeLogGroups",
          "tag:GetResources",
          "route53:ListHostedZones",
          "ecr:BatchGetRepositoryScanningConfiguration",
        ],
        Resource: "*",
      }),
      findings: [],
    },
    {
      title: "accepts actions that AWS limits to no resource",
      policy: allow({
        Action: [
          "ecr:GetAuthorizationToken",
          "xray:PutTraceSegments",
          "ssmmessages:CreateDataChannel",
          "sts:GetCallerIdentity",
        ],
        Resource: "*",
      }),
      findings: [],
    },
    {
      title: "accepts a write under a condition",
      policy: allow({
        Action: "cloudwatch:PutMetricData",
        Resource: "*",
        Condition: { StringEquals: { "cloudwatch:namespace": "App" } },
      }),
      findings: [],
    },
    {
      title: "rejects the same write without one",
      policy: allow({ Action: "cloudwatch:PutMetricData", Resource: "*" }),
      findings: wide("cloudwatch:PutMetricData"),
    },
    {
      title: "rejects a condition that everything satisfies",
      policy: allow({
        Action: "sqs:SendMessage",
        Resource: "*",
        Condition: { StringLike: { "aws:PrincipalArn": "*" } },
      }),
      findings: wide("sqs:SendMessage"),
    },
    {
      title: "rejects a wildcard that may write, and names only what is too wide",
      policy: allow({ Action: ["ec2:DescribeInstances", "ec2:*", "xray:*"], Resource: "*" }),
      findings: wide("ec2:*, xray:*"),
    },
    {
      title: "rejects reads of data and of credentials",
      policy: allow({ Action: ["secretsmanager:GetSecretValue", "s3:Get*", "ssm:GetParametersByPath"], Resource: "*" }),
      findings: wide("secretsmanager:GetSecretValue, s3:Get*, ssm:GetParametersByPath"),
    },
    {
      title: "rejects everything but a list",
      policy: allow({ NotAction: "iam:CreateUser", Resource: "*" }),
      findings: wide("NotAction iam:CreateUser"),
    },
    {
      title: "rejects all resources but one",
      policy: allow({ Action: "s3:DeleteObject", NotResource: "arn:aws:s3:::logs/*" }),
      findings: [
        "policy.Statement[0].NotResource is NotResource arn:aws:s3:::logs/* for s3:DeleteObject, required ARNs of the resources, or a condition",
      ],
    },
    {
      title: "rejects a document without statements",
      policy: JSON.stringify({ Version: "2012-10-17" }),
      findings: [
        "policy is a malformed document (a document without Statement), required a policy document that IAM accepts",
      ],
    },
    { title: "is undetermined while the document is unknown", policy: UNKNOWN, findings: ["undetermined: policy"] },
    {
      title: "is undetermined while a resource in an object is unknown",
      policy: { Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: [UNKNOWN] }] },
      findings: ["undetermined: policy.Statement.0.Resource.0"],
    },
  ])("$title", async ({ policy, findings }) => {
    expect(await evaluate(iamNoWildcardResource, ROLE_POLICY, { policy })).toEqual(findings);
  });

  it("accepts an absent policy, which grants nothing", async () => {
    expect(await evaluate(iamNoWildcardResource, ROLE_POLICY, {})).toEqual([]);
  });

  it("judges the policies that a role carries in itself", async () => {
    const inlinePolicies = [{ name: "own", policy: allow({ Action: "sqs:SendMessage", Resource: "*" }) }];
    expect(await evaluate(iamNoWildcardResource, "aws:iam/role:Role", { inlinePolicies })).toEqual([
      "inlinePolicies[0].policy.Statement[0].Resource is Resource * for sqs:SendMessage, required ARNs of the resources, or a condition",
    ]);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(iamNoWildcardResource, "aws:s3/bucketPolicy:BucketPolicy", {
        policy: allow({ Action: "s3:*", Resource: "*" }),
      }),
    ).toEqual([]);
  });
});
