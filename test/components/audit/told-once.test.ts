import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { createFindings } from "../../../components/audit/findings.ts";
import { ToldOnce } from "../../../components/audit/told-once.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { FAKE_NOTIFY } from "../../support/notify.ts";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const FUNCTION = "aws:lambda/function:Function";
const SECURITY_TOPIC = "arn:aws:sns:eu-west-1:111122223333:security";
const TICKET_TOPIC = "arn:aws:sns:eu-west-1:111122223333:ticket";

const keys = { arns: { logs: pulumi.output("logs-key"), messaging: pulumi.output("messaging-key") } };
const common = { environment: ENVIRONMENT, keys, notify: FAKE_NOTIFY };
const organisation = { managedBy: "organisation", owner: "security@example.com" } as const;

class Parent extends pulumi.ComponentResource {
  constructor(make: (parent: pulumi.Resource) => void) {
    super("test:Parent", "parent");
    make(this);
  }
}

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(
    () =>
      new Parent(
        (parent) => new ToldOnce("hub", { ...common, logRetentionDays: 365, ruleArn: "arn-of-the-rule" }, { parent }),
      ),
  );
});

describe("ToldOnce", () => {
  it("may publish to two topics and mark a finding as notified, and nothing else", () => {
    const document: { Statement: { Sid: string; Action: unknown; Resource: unknown; Condition?: unknown }[] } =
      JSON.parse(String(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]));
    expect(document.Statement.map(({ Sid }) => Sid)).toEqual(["Topics", "KeyOfTheTopics", "MarksAsTold", "OwnLog"]);
    expect(document.Statement[0]).toMatchObject({ Action: "sns:Publish", Resource: [SECURITY_TOPIC, TICKET_TOPIC] });
    expect(document.Statement[2]).toEqual({
      Sid: "MarksAsTold",
      Effect: "Allow",
      Action: "securityhub:BatchUpdateFindings",
      Resource: "arn:aws:securityhub:eu-west-1:111122223333:hub/default",
      Condition: { StringEquals: { "securityhub:ASFFSyntaxPath/Workflow.Status": "NOTIFIED" } },
    });
  });

  it("is tried three times, and hands what failed to the ticket topic", () => {
    expect(only(resources, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").inputs).toMatchObject({
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destination: TICKET_TOPIC } },
    });
    const alarm = only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").inputs;
    expect(alarm).toMatchObject({ metricName: "Errors", threshold: 0, alarmActions: [TICKET_TOPIC] });
    expect(alarm["alarmDescription"]).toContain("/docs/runbooks/findings-not-told.md");
  });

  it("is called by its rule alone", () => {
    const { inputs } = only(resources, "aws:lambda/permission:Permission");
    expect([inputs["principal"], inputs["sourceArn"]]).toEqual(["events.amazonaws.com", "arn-of-the-rule"]);
    expect(only(resources, FUNCTION).inputs["environment"]).toEqual({ variables: { TOPIC_ARN: SECURITY_TOPIC } });
  });
});

describe("the route of Security Hub", () => {
  it("takes what is new and open, and leads to the function that marks it; never to a topic, which marks nothing", async () => {
    const settings = {
      trail: organisation,
      guardDuty: organisation,
      securityHub: organisation,
      configRecorder: organisation,
      accessAnalyzer: organisation,
      logRetentionDays: 365,
      bucketRetentionDays: 730,
      objectLock: { mode: "GOVERNANCE", days: 365 },
    } as const;
    const routes = await deploy(
      () =>
        new Parent((parent) => {
          createFindings("audit", { ...common, settings }, parent);
        }),
    );
    const rule = only(routes, RULE, "audit-security-hub-findings");
    expect(JSON.parse(String(rule.inputs["eventPattern"]))).toMatchObject({
      detail: {
        findings: { Workflow: { Status: ["NEW"] }, RecordState: ["ACTIVE"], Compliance: { Status: ["FAILED"] } },
      },
    });
    const target = only(routes, TARGET, "audit-security-hub-findings");
    expect(target.dependencies).toContain(`${FUNCTION}::audit-security-hub`);
    expect(target.dependencies).toContain("aws:lambda/permission:Permission::audit-security-hub");
    expect(ofType(routes, FUNCTION)).toHaveLength(1);
  });
});
