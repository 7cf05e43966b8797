import * as lambda from "@pulumi/aws/lambda/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { NotifySettings } from "../../config/blocks/notify.ts";
import type { Place, Scope } from "../../core/names.ts";
import type { Keys } from "../keys/keys.ts";
import type { Secrets } from "../secrets/secrets.ts";
import { createAlarm } from "../shared/alarm.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { SmallFunction } from "../shared/small-function.ts";
import type { Notify } from "./notify.ts";

export interface PagerArgs {
  readonly environment: Scope & Place;
  readonly settings: NonNullable<NotifySettings["pagerDuty"]>;
  readonly keys: Pick<Keys<"logs" | "messaging" | "secrets">, "arns">;
  readonly notify: Pick<Notify, "regions" | "runbookBaseUrl" | "topicArns" | "topicArnsIn" | "usEast1TopicArns">;
  /** Holds the integration's key under the name that the settings give. */
  readonly secrets: Pick<Secrets, "arns">;
}

/** Where events go. A domain of its own for each of PagerDuty's regions. */
const EVENTS_URL = {
  us: "https://events.pagerduty.com/v2/enqueue",
  eu: "https://events.eu.pagerduty.com/v2/enqueue",
} as const;

const TIMEOUT_SECONDS = 30;
const MEMORY_MIB = 256;

/**
 * Brings what the page topics of every region say to PagerDuty. The integration's address carries its key, so a plain
 * subscription would put a secret into files, state and AWS' listings; instead one function reads the key from Secrets
 * Manager when it is needed. What it cannot deliver goes to the ticket topic, and an alarm tells when that happens; mail,
 * Slack and text messages do not depend on it.
 */
export class Pager extends pulumi.ComponentResource {
  /** For metrics and tests of the chain. */
  readonly functionName: pulumi.Output<string>;

  constructor(name: string, args: PagerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:operations:Pager", name, {}, opts);
    const { environment, keys, notify, settings } = args;
    const secretArn = args.secrets.arns[settings.integrationKeySecret];
    if (secretArn === undefined)
      throw new Error(`${name}: the secrets have no entry "${settings.integrationKeySecret}"`);
    const forwarder = new SmallFunction(
      name,
      {
        environment,
        purpose: "pager",
        description: "Brings pages from SNS to PagerDuty",
        roleDescription: "The pager's function: reads one secret and reports what it could not deliver",
        source: new URL("./pager-lambda/", import.meta.url),
        handler: "index.handler",
        timeoutSeconds: TIMEOUT_SECONDS,
        memoryMiB: MEMORY_MIB,
        logRetentionDays: settings.logRetentionDays,
        keys,
        statements: permissions(args, secretArn),
        variables: { SECRET_ARN: secretArn, EVENTS_URL: EVENTS_URL[settings.serviceRegion] },
      },
      { parent: this },
    ).resource;
    new lambda.FunctionEventInvokeConfig(
      name,
      {
        functionName: forwarder.name,
        maximumRetryAttempts: 2,
        destinationConfig: { onFailure: { destination: notify.topicArns.ticket } },
      },
      { parent: forwarder },
    );
    this.subscribe(name, args, forwarder);
    this.watch(name, args, forwarder);
    this.functionName = forwarder.name;
    this.registerOutputs({ functionName: this.functionName });
  }

  /** The page topic of every region calls the function; SNS delivers to functions across regions. */
  private subscribe(name: string, { notify, environment }: PagerArgs, forwarder: lambda.Function): void {
    for (const region of notify.regions) {
      const topicArn = notify.topicArnsIn(region).page;
      const childName = region === environment.region ? name : `${name}-${region}`;
      const permission = new lambda.Permission(
        childName,
        {
          function: forwarder.name,
          action: "lambda:InvokeFunction",
          principal: "sns.amazonaws.com",
          sourceArn: topicArn,
        },
        { parent: forwarder },
      );
      new sns.TopicSubscription(
        childName,
        {
          ...(region === environment.region ? {} : { region }),
          topic: topicArn,
          protocol: "lambda",
          endpoint: forwarder.arn,
        },
        { parent: forwarder, dependsOn: [permission] },
      );
    }
  }

  private watch(name: string, { notify }: PagerArgs, forwarder: lambda.Function): void {
    createAlarm(
      `${name}-errors`,
      {
        notify,
        audience: "ticket",
        summary: "Pages do not reach PagerDuty; mail and text messages still do.",
        runbook: "pager-broken",
        metric: {
          namespace: "AWS/Lambda",
          name: "Errors",
          dimensions: { FunctionName: forwarder.name },
          statistic: "Sum",
          periodSeconds: 60,
        },
        comparison: "GreaterThanThreshold",
        threshold: 0,
        periods: 1,
        // No page, no invocation, no data.
        whenDataIsMissing: "notBreaching",
      },
      { parent: forwarder },
    );
  }
}

/** The integration's key, and the ticket topic for what is not delivered. */
function permissions({ environment, keys, notify }: PagerArgs, secretArn: pulumi.Output<string>): PolicyStatement[] {
  const through = (service: string) => ({
    StringEquals: { "kms:ViaService": `${service}.${environment.region}.amazonaws.com` },
  });
  return [
    { Sid: "IntegrationKey", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
    {
      Sid: "KeyOfTheSecret",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keys.arns.secrets,
      Condition: through("secretsmanager"),
    },
    { Sid: "Undelivered", Effect: "Allow", Action: "sns:Publish", Resource: notify.topicArns.ticket },
    {
      Sid: "KeyOfTheTopic",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keys.arns.messaging,
      Condition: through("sns"),
    },
  ];
}
