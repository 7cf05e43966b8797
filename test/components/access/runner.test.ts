import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Runner } from "../../../components/access/runner.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const CONNECTION = "arn:aws:codeconnections:eu-west-1:111122223333:connection/1";

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: object;
}

describe("Runner", () => {
  let resources: Registered[];
  beforeAll(async () => {
    resources = await deploy(
      () =>
        new Runner("runner", {
          environment: ENVIRONMENT,
          settings: {
            repositoryUrl: "https://github.com/example-org/preflight.git",
            connectionArn: CONNECTION,
            computeType: "BUILD_GENERAL1_SMALL",
            timeoutMinutes: 60,
            concurrentJobs: 2,
            logRetentionDays: 90,
          },
          keys: { arns: { logs: pulumi.output("logs-key"), data: pulumi.output("data-key") } },
          network: {
            vpcId: pulumi.output("vpc-1"),
            privateSubnetIds: [pulumi.output("subnet-a"), pulumi.output("subnet-b")],
          },
          cluster: { clusterSecurityGroupId: pulumi.output("sg-cluster") },
        }),
    );
  });

  it("runs in the private subnets without privileges", () => {
    expect(only(resources, "aws:codebuild/project:Project").inputs).toMatchObject({
      environment: { privilegedMode: false },
      vpcConfig: { vpcId: "vpc-1", subnets: ["subnet-a", "subnet-b"] },
      encryptionKey: "data-key",
    });
  });

  it("is started by queued jobs of workflows only, not by pushes or pull requests", () => {
    expect(only(resources, "aws:codebuild/webhook:Webhook").inputs["filterGroups"]).toEqual([
      { filters: [{ type: "EVENT", pattern: "WORKFLOW_JOB_QUEUED" }] },
    ]);
  });

  it("lets nothing in, and out only TLS", () => {
    const rules = ofType(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(rules.map(({ inputs }) => inputs["securityGroupId"])).toEqual(["sg-cluster"]);
    expect(
      ofType(resources, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").map(
        ({ inputs }) => inputs["fromPort"],
      ),
    ).toEqual([443]);
  });

  it("may write its log and join its subnets, and take on no role", () => {
    const policy: { Statement: Statement[] } = JSON.parse(
      String(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]),
    );
    const actions = policy.Statement.flatMap(({ Action }) => Action);
    expect(
      actions.filter((action) => action.startsWith("sts:") || action.startsWith("iam:") || action.includes("*")),
    ).toEqual([]);
    const everywhere = policy.Statement.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
    expect(everywhere.filter((action) => !action.startsWith("ec2:Describe"))).toEqual([]);
    expect(policy.Statement.find(({ Action }) => Action === "ec2:CreateNetworkInterface")?.Resource).toEqual([
      ...["subnet/subnet-a", "subnet/subnet-b"].map((part) => `arn:aws:ec2:eu-west-1:111122223333:${part}`),
      expect.stringContaining(":security-group/"),
      "arn:aws:ec2:eu-west-1:111122223333:network-interface/*",
    ]);
    const permission = policy.Statement.find(({ Action }) => Action === "ec2:CreateNetworkInterfacePermission");
    expect(permission?.Condition).toEqual({
      StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
      ArnEquals: {
        "ec2:Subnet": [
          "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-a",
          "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-b",
        ],
      },
    });
  });

  it("keeps the jobs' logs encrypted and for a set time", () => {
    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup").inputs).toMatchObject({
      retentionInDays: 90,
      kmsKeyId: "logs-key",
    });
  });
});
