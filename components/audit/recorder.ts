import * as cfg from "@pulumi/aws/cfg/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import { managedPolicyArn } from "../../core/names.ts";
import { BUCKETS } from "../../standards/buckets.ts";
import type { Keys } from "../keys/keys.ts";
import type { ResourcePolicyStatement } from "../shared/iam.ts";
import { arnWithRights, policyDocumentOutput, serviceTrust } from "../shared/iam.ts";
import { PrivateBucket } from "../shared/private-bucket.ts";
import type { AccessLogs } from "../storage/access-logs.ts";

export interface RecorderArgs {
  readonly environment: Environment;
  readonly keys: Pick<Keys<"audit">, "arns">;
  /** Days for which its files are kept. */
  readonly retentionDays: number;
  readonly accessLogs: Pick<AccessLogs, "bucketName">;
}

/** Where the recorder's files lie in its bucket. */
const FOLDER = "config";

const SERVICE = "config.amazonaws.com";

/** AWS Config writes below its prefix, for this account only; nobody deletes but the bucket's own lifecycle. */
function statements({ accountId }: Environment, bucketArn: pulumi.Output<string>): ResourcePolicyStatement[] {
  const fromAccount = { "aws:SourceAccount": accountId };
  return [
    {
      Sid: "RecorderChecks",
      Effect: "Allow",
      Principal: { Service: SERVICE },
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringEquals: fromAccount },
    },
    {
      Sid: "RecorderWrites",
      Effect: "Allow",
      Principal: { Service: SERVICE },
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${bucketArn}/${FOLDER}/AWSLogs/${accountId}/Config/*`,
      Condition: { StringEquals: { ...fromAccount, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    {
      Sid: "NobodyDeletes",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: pulumi.interpolate`${bucketArn}/*`,
    },
  ];
}

/**
 * The recorder's own bucket: AWS Config delivers into none whose objects are locked from the start, as the trail's are.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/manage-delivery-channel.html
 */
function createBucket(
  name: string,
  { environment, keys, retentionDays, accessLogs }: RecorderArgs,
  parent: pulumi.Resource,
): PrivateBucket {
  return new PrivateBucket(
    `${name}-recorder`,
    {
      environment,
      encryption: { kmsKeyArn: keys.arns.audit },
      lifecycle: { expireAfterDays: retentionDays, noncurrentDays: BUCKETS.minNoncurrentDays },
      accessLogsBucket: accessLogs.bucketName,
      backup: { noneBecause: "nobody can delete from it and what it holds is recorded anew each day" },
      statements: (bucketArn) => statements(environment, bucketArn),
    },
    { parent },
  );
}

/**
 * AWS Config's recorder: what every resource looked like at every time, so that a change can be traced. An account has
 * at most one a region.
 */
export function createRecorder(name: string, args: RecorderArgs, parent: pulumi.Resource): void {
  const { keys } = args;
  const bucket = createBucket(name, args, parent);
  const roleArn = createRole(name, { ...args, bucket }, parent);
  const recorder = new cfg.Recorder(
    `${name}-recorder`,
    { name: "default", roleArn, recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
    { parent },
  );
  const channel = new cfg.DeliveryChannel(
    `${name}-recorder`,
    {
      name: "default",
      s3BucketName: bucket.bucketName,
      s3KeyPrefix: FOLDER,
      s3KmsKeyArn: keys.arns.audit,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
    },
    { parent: recorder, dependsOn: [recorder, bucket.policy] },
  );
  // A recorder records nothing until it is started, which needs the channel.
  new cfg.RecorderStatus(
    `${name}-recorder`,
    { name: recorder.name, isEnabled: true },
    { parent: recorder, dependsOn: [channel] },
  );
}

/** AWS Config's role: it reads every resource's settings, and writes to its own bucket. */
function createRole(
  name: string,
  { environment, keys, bucket }: RecorderArgs & { readonly bucket: PrivateBucket },
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const role = new iam.Role(
    `${name}-recorder`,
    {
      description: "Taken on by AWS Config to read settings and write its files",
      assumeRolePolicy: serviceTrust("config", { accountId: environment.accountId }),
    },
    { parent },
  );
  const reading = new iam.RolePolicyAttachment(
    `${name}-recorder`,
    { role: role.name, policyArn: managedPolicyArn("service-role/AWS_ConfigRole") },
    { parent: role },
  );
  const writing = new iam.RolePolicy(
    `${name}-recorder`,
    {
      role: role.id,
      policy: policyDocumentOutput([
        {
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: pulumi.interpolate`${bucket.arn}/${FOLDER}/AWSLogs/${environment.accountId}/*`,
        },
        { Effect: "Allow", Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: bucket.arn },
        { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: keys.arns.audit },
      ]),
    },
    { parent: role },
  );
  return arnWithRights(role, [reading, writing]);
}
