import * as cloudtrail from "@pulumi/aws/cloudtrail/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { AuditSettings } from "../../config/blocks/audit.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { logGroupName, nameOf, trailArn } from "../../core/names.ts";
import type { Keys } from "../keys/keys.ts";
import { arnWithRights, policyDocumentOutput, serviceTrust } from "../shared/iam.ts";
import type { PrivateBucket } from "../shared/private-bucket.ts";

export interface TrailArgs {
  readonly environment: Environment;
  readonly settings: AuditSettings;
  readonly keys: Pick<Keys<"audit" | "logs">, "arns">;
  readonly bucket: PrivateBucket;
}

/** CloudTrail may write the log streams of its own group, and nothing else. */
function createLogsRole(
  name: string,
  environment: Environment,
  logs: cloudwatch.LogGroup,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const role = new iam.Role(
    `${name}-logs`,
    {
      description: "Taken on by CloudTrail to write its log group",
      assumeRolePolicy: serviceTrust("cloudtrail", {
        accountId: environment.accountId,
        equals: { "aws:SourceArn": trailArn(environment) },
      }),
    },
    { parent },
  );
  const writing = new iam.RolePolicy(
    `${name}-logs`,
    {
      role: role.id,
      policy: policyDocumentOutput([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pulumi.interpolate`${logs.arn}:log-stream:*`,
        },
      ]),
    },
    { parent: role },
  );
  return arnWithRights(role, [writing]);
}

/**
 * One trail for all regions: every change in the account, and every read and write of the secrets' and audit's own
 * buckets, in files that carry a chain of digests and that nobody can delete, and searchable in CloudWatch.
 */
export function createTrail(
  name: string,
  args: TrailArgs,
  parent: pulumi.Resource,
): { readonly logGroupName: pulumi.Output<string>; readonly arn: pulumi.Output<string> } {
  const { environment, settings, keys, bucket } = args;
  const logs = new cloudwatch.LogGroup(
    `${name}-trail`,
    {
      name: logGroupName.auditTrail(environment),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: keys.arns.logs,
    },
    { parent },
  );
  const roleArn = createLogsRole(`${name}-trail`, environment, logs, parent);
  const trail = new cloudtrail.Trail(
    `${name}-trail`,
    {
      name: nameOf(environment),
      s3BucketName: bucket.bucketName,
      s3KeyPrefix: "cloudtrail",
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogging: true,
      enableLogFileValidation: true,
      kmsKeyId: keys.arns.audit,
      cloudWatchLogsGroupArn: pulumi.interpolate`${logs.arn}:*`,
      cloudWatchLogsRoleArn: roleArn,
      advancedEventSelectors: [
        { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
        {
          name: "audit files",
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
            { field: "resources.ARN", startsWiths: [pulumi.interpolate`${bucket.arn}/`] },
          ],
        },
      ],
    },
    // CloudTrail tries the bucket and the role when the trail is made.
    { parent, dependsOn: [bucket.policy], protect: environment.protectStatefulResources },
  );
  return { logGroupName: logs.name, arn: trail.arn };
}
