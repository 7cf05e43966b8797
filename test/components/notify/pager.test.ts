import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Pager } from "../../../components/notify/pager.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { FAKE_NOTIFY } from "../../support/notify.ts";

const SECRET_ARN =
  "arn:aws:secretsmanager:eu-west-1:111122223333:secret:preflight-staging/monitoring/pagerduty-integration-key";
const settings = {
  serviceRegion: "eu",
  integrationKeySecret: "pagerduty-integration-key",
  logRetentionDays: 90,
} as const;
const keys = {
  arns: {
    logs: pulumi.output("logs-key"),
    messaging: pulumi.output("messaging-key"),
    secrets: pulumi.output("secrets-key"),
  },
};
const secrets = { arns: { "pagerduty-integration-key": pulumi.output(SECRET_ARN) } };

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(
    () => new Pager("pager", { environment: ENVIRONMENT, settings, keys, notify: FAKE_NOTIFY, secrets }),
  );
});

describe("Pager", () => {
  it("listens to the page topic of every region, from the region of the topic", () => {
    const subscriptions = ofType(resources, "aws:sns/topicSubscription:TopicSubscription");
    expect(subscriptions.map(({ inputs }) => [inputs["topic"], inputs["region"], inputs["protocol"]])).toEqual([
      ["arn:aws:sns:eu-west-1:111122223333:page", undefined, "lambda"],
      ["arn:aws:sns:us-east-1:111122223333:page", "us-east-1", "lambda"],
      ["arn:aws:sns:eu-central-1:111122223333:page", "eu-central-1", "lambda"],
    ]);
  });

  it("lets only these topics call the function", () => {
    const permissions = ofType(resources, "aws:lambda/permission:Permission");
    expect(permissions.map(({ inputs }) => [inputs["principal"], inputs["sourceArn"]])).toEqual(
      ["eu-west-1", "us-east-1", "eu-central-1"].map((region) => [
        "sns.amazonaws.com",
        `arn:aws:sns:${region}:111122223333:page`,
      ]),
    );
  });

  it("names the secret to the function and holds no key", () => {
    const { inputs } = only(resources, "aws:lambda/function:Function");
    expect(inputs["environment"]).toEqual({
      variables: { SECRET_ARN, EVENTS_URL: "https://events.eu.pagerduty.com/v2/enqueue" },
    });
  });

  it("may read that one secret and publish what it could not deliver, nothing else", () => {
    const document: { Statement: { Action: string | string[]; Resource: string }[] } = JSON.parse(
      String(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]),
    );
    const grants = document.Statement.map(({ Action, Resource }) => [[Action].flat().join(" "), Resource]);
    expect(grants.slice(0, 4)).toEqual([
      ["secretsmanager:GetSecretValue", SECRET_ARN],
      ["kms:Decrypt", "secrets-key"],
      ["sns:Publish", "arn:aws:sns:eu-west-1:111122223333:ticket"],
      ["kms:Decrypt kms:GenerateDataKey", "messaging-key"],
    ]);
    expect(grants).toHaveLength(5);
  });

  it("hands undelivered pages to the ticket topic and reports errors there", () => {
    expect(
      only(resources, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").inputs["destinationConfig"],
    ).toEqual({
      onFailure: { destination: "arn:aws:sns:eu-west-1:111122223333:ticket" },
    });
    const alarm = only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarm.inputs).toMatchObject({
      metricName: "Errors",
      threshold: 0,
      alarmActions: ["arn:aws:sns:eu-west-1:111122223333:ticket"],
    });
    expect(alarm.inputs["alarmDescription"]).toContain("/docs/runbooks/pager-broken.md");
  });

  it("refuses a secret that is not in the catalogue", async () => {
    await expect(
      deploy(
        () =>
          new Pager("pager", {
            environment: ENVIRONMENT,
            settings,
            keys,
            notify: FAKE_NOTIFY,
            secrets: { arns: {} },
          }),
      ),
    ).rejects.toThrow('the secrets have no entry "pagerduty-integration-key"');
  });
});
