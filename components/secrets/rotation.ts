import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Place, Scope } from "../../core/names.ts";
import { cacheUserArns, functionArn, secretArns, secretPath } from "../../core/names.ts";
import { SECRET_DELIVERY, SECRETS } from "../../standards/secrets.ts";
import type { Keys } from "../keys/keys.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { SmallFunction } from "../shared/small-function.ts";

export interface RotationArgs {
  readonly environment: Scope & Place;
  readonly keys: Pick<Keys<"logs" | "secrets">, "arns">;
  /** Days for which the function's log is kept. */
  readonly logRetentionDays: number;
}

/** The function waits up to four minutes for the cache to pass a password on. */
const TIMEOUT_SECONDS = 300;
const MEMORY_MIB = 256;
/** What the function is called after the environment; its policy names it too. */
const PURPOSE = "secret-rotation";

/**
 * The function that gives our secrets new values: the kinds `random` and `redisUser`. It may read and write only the
 * environment's secrets that name it as their rotation function, and change only the environment's cache users. It takes
 * no share of the account's concurrency: a new account has none to give.
 * It runs outside the network on purpose: it talks to two of AWS' APIs and to nothing of ours, so that a place in the
 * subnets would only give it a way to our data, and leave interfaces behind that keep subnets from being deleted.
 */
export class Rotation extends pulumi.ComponentResource {
  /** What a secret names as its rotation function. */
  readonly functionArn: pulumi.Output<string>;
  /** For metrics and alarms. */
  readonly functionName: pulumi.Output<string>;
  /** What must be there before a secret names the function: Secrets Manager tries at once to call it. */
  readonly ready: pulumi.Resource;

  constructor(name: string, args: RotationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:security:Rotation", name, {}, opts);
    const { environment, keys, logRetentionDays } = args;
    const rotator = new SmallFunction(
      name,
      {
        environment,
        purpose: PURPOSE,
        description: "Gives secrets new values in the four steps of Secrets Manager",
        roleDescription: "The rotation function's role: the environment's secrets and cache users, nothing else",
        source: new URL("./rotation-lambda/", import.meta.url),
        handler: "index.handler",
        timeoutSeconds: TIMEOUT_SECONDS,
        memoryMiB: MEMORY_MIB,
        logRetentionDays,
        keys,
        statements: permissions(args),
        variables: { SYMBOLS: SECRETS.symbols, DELIVERY_SECONDS: String(SECRET_DELIVERY.withinSeconds) },
      },
      { parent: this },
    ).resource;
    // Secrets Manager gives the account, not the secret, as the source of its calls.
    this.ready = new lambda.Permission(
      name,
      {
        function: rotator.name,
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        sourceAccount: environment.accountId,
      },
      { parent: rotator },
    );
    this.functionArn = rotator.arn;
    this.functionName = rotator.name;
    this.registerOutputs({ functionArn: this.functionArn, functionName: this.functionName });
  }
}

/** The secrets that name this function, through their key, and the users of the cache. */
function permissions({ environment, keys }: RotationArgs): PolicyStatement[] {
  return [
    {
      Sid: "SecretsThatNameThisFunction",
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: secretArns(environment, secretPath.all(environment)),
      Condition: {
        StringEquals: { "secretsmanager:resource/AllowRotationLambdaArn": functionArn(environment, PURPOSE) },
      },
    },
    {
      Sid: "KeyThroughSecretsManager",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keys.arns.secrets,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${environment.region}.amazonaws.com` } },
    },
    {
      Sid: "UsersOfTheCache",
      Effect: "Allow",
      Action: ["elasticache:DescribeUsers", "elasticache:ModifyUser"],
      Resource: cacheUserArns(environment),
    },
  ];
}
