import { readFileSync } from "node:fs";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { FunctionPurpose, Scope } from "../../core/names.ts";
import { functionName, logGroupName } from "../../core/names.ts";
import { LAMBDA } from "../../standards/lambda.ts";
import type { Keys } from "../keys/keys.ts";
import type { PolicyStatement } from "./iam.ts";
import { policyDocumentOutput, trustWithoutSource } from "./iam.ts";

export interface SmallFunctionArgs {
  readonly environment: Scope;
  /** What the function is for; ends its name. */
  readonly purpose: FunctionPurpose;
  /** What the function does, in a few words; shown in Lambda. */
  readonly description: string;
  /** What the function may do, in a few words; shown in IAM. */
  readonly roleDescription: string;
  /** Folder of the code, with a slash at its end: one file `index.js`, an ES module that imports nothing but what Lambda brings. */
  readonly source: URL;
  /** What Lambda calls, as it writes it: `index.` and the name of an export. */
  readonly handler: string;
  /** Seconds after which Lambda ends a run. */
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  /** Days for which the function's log is kept. */
  readonly logRetentionDays: number;
  /** The function's log is encrypted with the key for logs. */
  readonly keys: Pick<Keys<"logs">, "arns">;
  /** What the function may do besides writing its own log. */
  readonly statements: readonly PolicyStatement[];
  /** Variables of the function's environment: no secrets, since who may see the function sees them. */
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * A function of ours that talks to AWS' APIs and to nothing in the network: its code is a file of the repository, so that
 * nothing is built or installed. It writes to a log of its own, which is encrypted and ends, and its role may do what the
 * statements say and nothing else. Who may call it is for its owner to say, with permissions under {@link resource}.
 * It reserves no runs: a new account has ten, all of which AWS keeps unreserved.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export class SmallFunction extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** For permissions, metrics and alarms. */
  readonly name: pulumi.Output<string>;
  /** For policies of others that let this function in. */
  readonly roleArn: pulumi.Output<string>;
  /** Parent of what hangs off the function: permissions, schedules, alarms. */
  readonly resource: lambda.Function;

  constructor(
    name: string,
    args: SmallFunctionArgs,
    opts: pulumi.ComponentResourceOptions & { readonly parent: pulumi.Resource },
  ) {
    super("preflight:operations:SmallFunction", name, {}, opts);
    // One that stands directly under the owner is the same one: with fixed names in AWS, a second beside it would be refused.
    const child = { parent: this, aliases: [{ parent: opts.parent }] };
    const logs = new cloudwatch.LogGroup(
      name,
      {
        name: logGroupName.function(args.environment, args.purpose),
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.keys.arns.logs,
      },
      child,
    );
    const { role, policy } = createRole(name, args, logs, child);
    this.resource = new lambda.Function(
      name,
      {
        name: functionName(args.environment, args.purpose),
        description: args.description,
        runtime: LAMBDA.runtime,
        architectures: ["arm64"],
        handler: args.handler,
        code: codeOf(args.source),
        role: role.arn,
        timeout: args.timeoutSeconds,
        memorySize: args.memoryMiB,
        environment: { variables: { ...args.variables } },
        loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      },
      { ...child, dependsOn: [policy] },
    );
    this.arn = this.resource.arn;
    this.name = this.resource.name;
    this.roleArn = role.arn;
    this.registerOutputs({ arn: this.arn, name: this.name, roleArn: this.roleArn });
  }
}

/** The code as it is in the repository, under the ending by which Lambda knows a module. */
function codeOf(source: URL): pulumi.asset.AssetArchive {
  const text = readFileSync(new URL("index.js", source), "utf8");
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(text) });
}

/** A role that only Lambda can have; its policy ends with the function's own log. */
function createRole(
  name: string,
  { roleDescription, statements }: SmallFunctionArgs,
  logs: cloudwatch.LogGroup,
  child: pulumi.CustomResourceOptions,
): { readonly role: iam.Role; readonly policy: iam.RolePolicy } {
  const role = new iam.Role(
    name,
    {
      description: roleDescription,
      assumeRolePolicy: trustWithoutSource("lambda"),
    },
    child,
  );
  const policy = new iam.RolePolicy(
    name,
    {
      role: role.id,
      policy: policyDocumentOutput([
        ...statements,
        {
          Sid: "OwnLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pulumi.interpolate`${logs.arn}:*`,
        },
      ]),
    },
    { parent: role },
  );
  return { role, policy };
}
