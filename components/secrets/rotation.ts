import { readFileSync } from "node:fs";

import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/environment.ts";
import { LAMBDA } from "../../standards/lambda.ts";
import { SECRETS } from "../../standards/secrets.ts";
import type { Keys } from "../keys.ts";

export interface RotationArgs {
  readonly environment: Pick<Environment, "name" | "region" | "accountId">;
  readonly keys: Pick<Keys<"logs" | "secrets">, "arns">;
  /** Days for which the function's log is kept. */
  readonly logRetentionDays: number;
}

/** Rotations that run at once; Lambda keeps further ones waiting. The cache takes one change of a user at a time. */
const CONCURRENCY = 2;
/** The function waits up to four minutes for the cache to pass a password on. */
const TIMEOUT_SECONDS = 300;
const MEMORY_MIB = 256;

/** The code as it is in the repository: it has no dependency, so that nothing is built or installed. */
const code = () => readFileSync(new URL("./rotation-lambda/index.js", import.meta.url), "utf8");

/**
 * The function that gives our secrets new values: the kinds `random` and `redisUser`. It may read and write only the
 * environment's secrets that name it as their rotation function, and change only the environment's cache users.
 * It runs outside the network on purpose: it talks to two of AWS' APIs and to nothing of ours, so that a place in the
 * subnets would only give it a way to our data, and leave interfaces behind that keep subnets from being deleted.
 */
export class Rotation extends pulumi.ComponentResource {
  /** What a secret names as its rotation function. */
  readonly functionArn: pulumi.Output<string>;
  /** For metrics and alarms. */
  readonly functionName: pulumi.Output<string>;

  constructor(name: string, args: RotationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:security:Rotation", name, {}, opts);
    const { environment } = args;
    // Known in advance, since the log group comes before the function and the role names both.
    const functionName = `preflight-${environment.name}-secret-rotation`;
    const logs = new cloudwatch.LogGroup(
      name,
      { name: `/aws/lambda/${functionName}`, retentionInDays: args.logRetentionDays, kmsKeyId: args.keys.arns.logs },
      { parent: this },
    );
    const { role, policy } = this.createRole(name, args, logs, functionName);
    const rotator = new lambda.Function(
      name,
      {
        name: functionName,
        description: "Gives secrets new values in the four steps of Secrets Manager",
        runtime: LAMBDA.runtime,
        architectures: ["arm64"],
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code()) }),
        role: role.arn,
        timeout: TIMEOUT_SECONDS,
        memorySize: MEMORY_MIB,
        reservedConcurrentExecutions: CONCURRENCY,
        environment: { variables: { SYMBOLS: SECRETS.symbols } },
        loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      },
      { parent: this, dependsOn: [policy] },
    );
    // Secrets Manager gives the account, not the secret, as the source of its calls.
    new lambda.Permission(
      name,
      { function: rotator.name, action: "lambda:InvokeFunction", principal: "secretsmanager.amazonaws.com", sourceAccount: environment.accountId },
      { parent: rotator },
    );
    this.functionArn = rotator.arn;
    this.functionName = rotator.name;
    this.registerOutputs({ functionArn: this.functionArn, functionName: this.functionName });
  }

  private createRole(
    name: string,
    { environment, keys }: RotationArgs,
    logs: cloudwatch.LogGroup,
    functionName: string,
  ): { readonly role: iam.Role; readonly policy: iam.RolePolicy } {
    const { name: environmentName, region, accountId } = environment;
    const role = new iam.Role(
      name,
      {
        description: "The rotation function's role: the environment's secrets and cache users, nothing else",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
      },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      name,
      {
        role: role.id,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "SecretsThatNameThisFunction",
              Effect: "Allow",
              Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
              Resource: `arn:aws:secretsmanager:${region}:${accountId}:secret:preflight-${environmentName}/*`,
              Condition: {
                StringEquals: {
                  "secretsmanager:resource/AllowRotationLambdaArn": `arn:aws:lambda:${region}:${accountId}:function:${functionName}`,
                },
              },
            },
            {
              Sid: "KeyThroughSecretsManager",
              Effect: "Allow",
              Action: ["kms:Decrypt", "kms:GenerateDataKey"],
              Resource: keys.arns.secrets,
              Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
            },
            {
              Sid: "UsersOfTheCache",
              Effect: "Allow",
              Action: ["elasticache:DescribeUsers", "elasticache:ModifyUser"],
              Resource: `arn:aws:elasticache:${region}:${accountId}:user:preflight-${environmentName}-*`,
            },
            { Sid: "OwnLog", Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: pulumi.interpolate`${logs.arn}:*` },
          ],
        }),
      },
      { parent: role },
    );
    return { role, policy };
  }
}
