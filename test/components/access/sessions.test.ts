import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Sessions } from "../../../components/access/sessions.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string;
  readonly Condition?: object;
}

describe("Sessions", () => {
  let resources: Registered[];
  let statements: Statement[];
  beforeAll(async () => {
    resources = await deploy(
      () =>
        new Sessions("sessions", {
          environment: ENVIRONMENT,
          settings: { preferences: "stack", logRetentionDays: 365 },
          keys: { arns: { logs: pulumi.output("logs-key"), sessions: pulumi.output("sessions-key") } },
          cluster: { name: pulumi.output("preflight-staging") },
        }),
    );
    const policy: { Statement: Statement[] } = JSON.parse(
      String(only(resources, "aws:iam/policy:Policy").inputs["policy"]),
    );
    statements = policy.Statement;
  });

  it("opens tunnels through this cluster's nodes only", () => {
    const instances = statements.filter(({ Resource }) => Resource.includes(":instance/"));
    expect(instances).toMatchObject([
      {
        Action: "ssm:StartSession",
        Condition: { StringEquals: { "ssm:resourceTag/eks:cluster-name": "preflight-staging" } },
      },
    ]);
  });

  it("opens no shell: the only document is the one for tunnels, and it must be named", () => {
    const documents = statements
      .filter(({ Resource }) => Resource.includes(":document/"))
      .map(({ Resource }) => Resource);
    expect(documents).toEqual(["arn:aws:ssm:eu-west-1::document/AWS-StartPortForwardingSessionToRemoteHost"]);
    expect(JSON.stringify(statements)).toContain('"ssm:SessionDocumentAccessCheck":"true"');
  });

  it("lets people find a node, and open an encrypted session to it", () => {
    expect(statements).toEqual(
      expect.arrayContaining([
        { Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "*" },
        { Effect: "Allow", Action: "kms:GenerateDataKey", Resource: "sessions-key" },
      ]),
    );
  });

  it("leaves preferences alone that somebody saved before", async () => {
    const existing = await deploy(
      () =>
        new Sessions("sessions", {
          environment: ENVIRONMENT,
          settings: { preferences: "existing", logRetentionDays: 365 },
          keys: { arns: { logs: pulumi.output("logs-key"), sessions: pulumi.output("sessions-key") } },
          cluster: { name: pulumi.output("preflight-staging") },
        }),
    );
    expect(existing.map(({ type }) => type)).not.toContain("aws:ssm/document:Document");
  });

  it("lets people end their own sessions only", () => {
    const own = statements.find(({ Action }) => Action.includes("ssm:TerminateSession"));
    expect(own?.Resource).toContain("session/${aws:userid}-*");
  });

  it("records and encrypts shells, and ends forgotten sessions", () => {
    const content: { inputs: Record<string, unknown> } = JSON.parse(
      String(only(resources, "aws:ssm/document:Document").inputs["content"]),
    );
    expect(content.inputs).toMatchObject({
      kmsKeyId: "sessions-key",
      cloudWatchEncryptionEnabled: true,
      idleSessionTimeout: "20",
      maxSessionDuration: "240",
    });
  });
});
