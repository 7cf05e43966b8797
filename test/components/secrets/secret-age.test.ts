import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { SecretAge } from "../../../components/secrets/secret-age.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { FAKE_NOTIFY } from "../../support/notify.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FUNCTION = "aws:lambda/function:Function";

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(
    () =>
      new SecretAge("secret-age", {
        environment: ENVIRONMENT,
        settings: { rotationLogRetentionDays: 365 },
        keys: { arns: { logs: pulumi.output("arn:key/logs") } },
        notify: FAKE_NOTIFY,
        secrets: [
          { key: "payment-api-key", name: pulumi.output("preflight-staging/shop/payment-api-key"), rotationDays: 30 },
          { key: "slack-webhook", name: pulumi.output("preflight-staging/monitoring/slack-webhook"), rotationDays: 90 },
        ],
      }),
  );
});

describe("SecretAge", () => {
  it("watches each secret with an alarm of its own, at the days of its entry", () => {
    expect(
      ofType(resources, ALARM).map(({ name, inputs }) => [name, inputs["dimensions"], inputs["threshold"]]),
    ).toEqual([
      ["secret-age-payment-api-key", { SecretName: "preflight-staging/shop/payment-api-key" }, 30],
      ["secret-age-slack-webhook", { SecretName: "preflight-staging/monitoring/slack-webhook" }, 90],
    ]);
  });

  it("opens a ticket when a value is due, and when nothing was measured for two days", () => {
    for (const { inputs } of ofType(resources, ALARM)) {
      expect(inputs).toMatchObject({
        namespace: "Readiness/Secrets",
        metricName: "SecretAgeDays",
        statistic: "Maximum",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        period: 86_400,
        evaluationPeriods: 2,
        treatMissingData: "breaching",
        alarmActions: ["arn:aws:sns:eu-west-1:111122223333:ticket"],
      });
      expect(inputs["alarmDescription"]).toContain("/docs/runbooks/secret-too-old.md");
    }
  });

  it("measures once a day; nothing but its schedule may call it", () => {
    const rule = only(resources, "aws:cloudwatch/eventRule:EventRule");
    expect(rule.inputs["scheduleExpression"]).toBe("cron(0 6 * * ? *)");
    expect(only(resources, "aws:cloudwatch/eventTarget:EventTarget").dependsOn).toEqual(["secret-age"]);
    const { inputs } = only(resources, "aws:lambda/permission:Permission");
    expect(inputs).toMatchObject({ action: "lambda:InvokeFunction", principal: "events.amazonaws.com" });
    expect(inputs["sourceArn"]).toMatch(/~arn~$/);
  });

  it("runs the code of the repository on the environment's prefix, with a log of ours, outside the network", () => {
    const { inputs } = only(resources, FUNCTION);
    expect(inputs).toMatchObject({
      name: "preflight-staging-secret-age",
      runtime: "nodejs22.x",
      handler: "index.handler",
      environment: { variables: { NAME_PREFIX: "preflight-staging/" } },
      loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/preflight-staging-secret-age" },
    });
    expect(inputs).not.toHaveProperty("vpcConfig");
    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup").inputs).toMatchObject({
      kmsKeyId: "arn:key/logs",
      retentionInDays: 365,
    });
  });

  it("may see names and dates and put its own metric; it may read no value and use no key", () => {
    const document: { Statement: { Action: string | string[]; Resource: string; Condition?: object }[] } = JSON.parse(
      String(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]),
    );
    expect(
      document.Statement.slice(0, 3).map(({ Action, Resource, Condition }) => [Action, Resource, Condition]),
    ).toEqual([
      ["secretsmanager:ListSecrets", "*", undefined],
      [
        "secretsmanager:ListSecretVersionIds",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:preflight-staging/*",
        undefined,
      ],
      ["cloudwatch:PutMetricData", "*", { StringEquals: { "cloudwatch:namespace": "Readiness/Secrets" } }],
    ]);
    expect(document.Statement.slice(3).map(({ Action }) => Action)).toEqual([
      ["logs:CreateLogStream", "logs:PutLogEvents"],
    ]);
  });
});
