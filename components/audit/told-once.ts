import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import { securityHubArn } from "../../core/names.ts";
import type { Keys } from "../keys/keys.ts";
import type { Notify } from "../notify/notify.ts";
import { createAlarm } from "../shared/alarm.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { SmallFunction } from "../shared/small-function.ts";

export interface ToldOnceArgs {
  readonly environment: Environment;
  readonly keys: Pick<Keys<"logs" | "messaging">, "arns">;
  readonly notify: Pick<Notify, "topicArns" | "usEast1TopicArns" | "runbookBaseUrl">;
  /** Days for which the function's log is kept. */
  readonly logRetentionDays: number;
  /** The rule whose events are findings of Security Hub; nothing else calls the function. */
  readonly ruleArn: pulumi.Input<string>;
}

const TIMEOUT_SECONDS = 60;
const MEMORY_MIB = 256;

/**
 * Brings findings of Security Hub to the security topic, each once: it marks as notified what it has told, and the rule
 * takes what is new. Without the mark a finding is sent again with every check of its control, every 12 or 24 hours, for as
 * long as it is open. An automation rule of Security Hub cannot do it: it marks a finding before anybody is told. What
 * cannot be told or marked is tried three times and goes to the ticket topic; an alarm tells of it. SEC-17
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-standards-schedule.html
 */
export class ToldOnce extends pulumi.ComponentResource {
  /** Target of the rule. */
  readonly functionArn: pulumi.Output<string>;

  constructor(
    name: string,
    args: ToldOnceArgs,
    opts: pulumi.ComponentResourceOptions & { readonly parent: pulumi.Resource },
  ) {
    super("preflight:security:ToldOnce", name, {}, opts);
    const { environment, keys, notify } = args;
    const teller = new SmallFunction(
      name,
      {
        environment,
        purpose: "security-findings",
        description: "Tells people of Security Hub's findings, each once",
        roleDescription: "The role of the function that tells of findings: publishes, and marks them as notified",
        source: new URL("./findings-lambda/", import.meta.url),
        handler: "index.handler",
        timeoutSeconds: TIMEOUT_SECONDS,
        memoryMiB: MEMORY_MIB,
        logRetentionDays: args.logRetentionDays,
        keys,
        statements: permissions(args),
        variables: { TOPIC_ARN: notify.topicArns.security },
      },
      { parent: this },
    ).resource;
    const undelivered = new lambda.FunctionEventInvokeConfig(
      name,
      {
        functionName: teller.name,
        maximumRetryAttempts: 2,
        destinationConfig: { onFailure: { destination: notify.topicArns.ticket } },
      },
      { parent: teller },
    );
    const permission = new lambda.Permission(
      name,
      {
        function: teller.name,
        action: "lambda:InvokeFunction",
        principal: "events.amazonaws.com",
        sourceArn: args.ruleArn,
      },
      { parent: teller },
    );
    watch(name, notify, teller);
    this.functionArn = pulumi.all([teller.arn, permission.id, undelivered.id]).apply(([arn]) => arn);
    this.registerOutputs({ functionArn: this.functionArn });
  }
}

/** The two topics, and one change of a finding: to "notified". */
function permissions({ environment, keys, notify }: ToldOnceArgs): PolicyStatement[] {
  return [
    {
      Sid: "Topics",
      Effect: "Allow",
      Action: "sns:Publish",
      Resource: [notify.topicArns.security, notify.topicArns.ticket],
    },
    {
      Sid: "KeyOfTheTopics",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keys.arns.messaging,
      Condition: { StringEquals: { "kms:ViaService": `sns.${environment.region}.amazonaws.com` } },
    },
    {
      Sid: "MarksAsTold",
      Effect: "Allow",
      Action: "securityhub:BatchUpdateFindings",
      Resource: securityHubArn(environment),
      // https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
      Condition: { StringEquals: { "securityhub:ASFFSyntaxPath/Workflow.Status": "NOTIFIED" } },
    },
  ];
}

function watch(name: string, notify: ToldOnceArgs["notify"], teller: lambda.Function): void {
  createAlarm(
    `${name}-errors`,
    {
      notify,
      audience: "ticket",
      summary: "Findings of Security Hub reach nobody, or are told again and again.",
      runbook: "findings-not-told",
      metric: {
        namespace: "AWS/Lambda",
        name: "Errors",
        dimensions: { FunctionName: teller.name },
        statistic: "Sum",
        periodSeconds: 300,
      },
      comparison: "GreaterThanThreshold",
      threshold: 0,
      periods: 1,
      // No finding, no run, no data.
      whenDataIsMissing: "notBreaching",
    },
    { parent: teller },
  );
}
