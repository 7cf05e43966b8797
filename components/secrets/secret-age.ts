import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { SecretsSettings } from "../../config/blocks/secrets.ts";
import type { Place, Scope } from "../../core/names.ts";
import { secretArns, secretPath } from "../../core/names.ts";
import { SECRET_AGE } from "../../standards/secrets.ts";
import type { Keys } from "../keys/keys.ts";
import type { AlarmArgs } from "../shared/alarm.ts";
import { createAlarm } from "../shared/alarm.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { SmallFunction } from "../shared/small-function.ts";

/** A secret whose value people renew. */
export interface ManualSecret {
  /** Names its alarm; stays the same for as long as the secret lives. */
  readonly key: string;
  /** Name in Secrets Manager. */
  readonly name: pulumi.Output<string>;
  /** Days after which its value must be another one. */
  readonly rotationDays: number;
}

export interface SecretAgeArgs {
  readonly environment: Scope & Place;
  readonly settings: Pick<SecretsSettings, "rotationLogRetentionDays">;
  readonly keys: Pick<Keys<"logs">, "arns">;
  readonly notify: AlarmArgs["notify"];
  /** Every secret of the environment that is tagged as renewed by people. */
  readonly secrets: readonly ManualSecret[];
}

/** In the morning, UTC: what is due becomes a ticket of the same day. */
const SCHEDULE = "cron(0 6 * * ? *)";
const DAY_SECONDS = 86_400;
/** Days in a row that must be bad or without data: a single run that fails disturbs nobody. */
const BAD_DAYS = 2;
/** The function asks for one secret after the other, which takes a fraction of a second each. */
const TIMEOUT_SECONDS = 120;
const MEMORY_MIB = 256;

/**
 * Reminds people of the secrets that only they can renew: once a day a function measures how old the values are, and a
 * secret's alarm opens a ticket when its value is due. So it does when a secret has no value yet, and when nothing was
 * measured for two days. The function sees names and dates, never a value. Cost: a metric and an alarm each.
 */
export class SecretAge extends pulumi.ComponentResource {
  /** For metrics and alarms. */
  readonly functionName: pulumi.Output<string>;

  constructor(name: string, args: SecretAgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:security:SecretAge", name, {}, opts);
    const { environment, keys, settings } = args;
    const gauge = new SmallFunction(
      name,
      {
        environment,
        purpose: "secret-age",
        description: "Measures the age of the secrets that people renew",
        roleDescription: "The role of the function that measures secrets' ages: names and dates, no values",
        source: new URL("./age-lambda/", import.meta.url),
        handler: "index.handler",
        timeoutSeconds: TIMEOUT_SECONDS,
        memoryMiB: MEMORY_MIB,
        logRetentionDays: settings.rotationLogRetentionDays,
        keys,
        statements: permissions(environment),
        variables: { NAME_PREFIX: secretPath.all(environment) },
      },
      { parent: this },
    ).resource;
    schedule(name, gauge);
    for (const secret of args.secrets) this.watch(`${name}-${secret.key}`, secret, args);
    this.functionName = gauge.name;
    this.registerOutputs({ functionName: this.functionName });
  }

  private watch(childName: string, secret: ManualSecret, { notify }: SecretAgeArgs): void {
    createAlarm(
      childName,
      {
        notify,
        audience: "ticket",
        summary: `People must give the secret ${secret.key} a new value: it is ${secret.rotationDays} days old or more, or it has none, or nobody knows.`,
        runbook: "secret-too-old",
        metric: {
          namespace: SECRET_AGE.namespace,
          name: SECRET_AGE.metric,
          dimensions: { [SECRET_AGE.dimension]: secret.name },
          statistic: "Maximum",
          periodSeconds: DAY_SECONDS,
        },
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: secret.rotationDays,
        periods: BAD_DAYS,
        // A gauge that is silent must not look like a secret that is young.
        whenDataIsMissing: "breaching",
      },
      { parent: this },
    );
  }
}

/** Names and dates of the environment's secrets, and the metric that tells their age. */
function permissions(environment: SecretAgeArgs["environment"]): PolicyStatement[] {
  return [
    // Takes no resource: who may list sees the account's names and tags.
    { Sid: "Names", Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" },
    {
      Sid: "DatesOfVersions",
      Effect: "Allow",
      Action: "secretsmanager:ListSecretVersionIds",
      Resource: secretArns(environment, secretPath.all(environment)),
    },
    {
      Sid: "OwnMetric",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": SECRET_AGE.namespace } },
    },
  ];
}

/** Calls the function once a day; nothing else may. */
function schedule(name: string, gauge: lambda.Function): void {
  const rule = new cloudwatch.EventRule(
    name,
    { description: "Measures once a day the age of the secrets that people renew", scheduleExpression: SCHEDULE },
    { parent: gauge },
  );
  const permission = new lambda.Permission(
    name,
    { function: gauge.name, action: "lambda:InvokeFunction", principal: "events.amazonaws.com", sourceArn: rule.arn },
    { parent: gauge },
  );
  new cloudwatch.EventTarget(name, { rule: rule.name, arn: gauge.arn }, { parent: rule, dependsOn: [permission] });
}
