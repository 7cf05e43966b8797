import * as cfg from "@pulumi/aws/cfg/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import { managedPolicyArn } from "../../core/names.ts";
import type { Keys } from "../keys/keys.ts";
import { policyDocumentOutput, serviceTrust } from "../shared/iam.ts";
import type { PrivateBucket } from "../shared/private-bucket.ts";

export interface RecorderArgs {
  readonly environment: Environment;
  readonly keys: Pick<Keys<"audit">, "arns">;
  readonly bucket: PrivateBucket;
}

/** Prefix of the recorder's files in the audit bucket. */
export const RECORDER_PREFIX = "config";

/**
 * AWS Config's recorder: what every resource looked like at every time, so that a change can be traced. An account has
 * at most one a region.
 */
export function createRecorder(name: string, args: RecorderArgs, parent: pulumi.Resource): void {
  const { keys, bucket } = args;
  const { role, permissions } = createRole(name, args, parent);
  const recorder = new cfg.Recorder(
    `${name}-recorder`,
    { name: "default", roleArn: role.arn, recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
    { parent },
  );
  const channel = new cfg.DeliveryChannel(
    `${name}-recorder`,
    {
      name: "default",
      s3BucketName: bucket.bucketName,
      s3KeyPrefix: RECORDER_PREFIX,
      s3KmsKeyArn: keys.arns.audit,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
    },
    { parent: recorder, dependsOn: [recorder, ...permissions, bucket.policy] },
  );
  // A recorder records nothing until it is started, which needs the channel.
  new cfg.RecorderStatus(
    `${name}-recorder`,
    { name: recorder.name, isEnabled: true },
    { parent: recorder, dependsOn: [channel] },
  );
}

/** AWS Config's role: it reads every resource's settings, and writes to its own prefix of the audit bucket. */
function createRole(
  name: string,
  { environment, keys, bucket }: RecorderArgs,
  parent: pulumi.Resource,
): { readonly role: iam.Role; readonly permissions: readonly pulumi.Resource[] } {
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
          Resource: pulumi.interpolate`${bucket.arn}/${RECORDER_PREFIX}/AWSLogs/${environment.accountId}/*`,
        },
        { Effect: "Allow", Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: bucket.arn },
        { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: keys.arns.audit },
      ]),
    },
    { parent: role },
  );
  return { role, permissions: [reading, writing] };
}
