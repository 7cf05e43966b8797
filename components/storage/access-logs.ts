import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import { arnOf } from "../../core/names.ts";
import { BUCKETS } from "../../standards/buckets.ts";
import { NOTIFY } from "../../standards/notify.ts";
import { PrivateBucket } from "../shared/private-bucket.ts";

export interface AccessLogsArgs {
  readonly environment: Environment;
  /** Days for which the records are kept. */
  readonly retentionDays: number;
}

/**
 * Where buckets, balancers and the CDN record every request. AWS writes the records of buckets and balancers only into a
 * bucket that is encrypted under S3's own keys. Prefixes: `s3/<bucket>/`, `AWSLogs/` (balancers), `cdn/`. LOG-05
 */
export class AccessLogs extends pulumi.ComponentResource {
  /** Name of the bucket, for `accessLogsBucket` of buckets and for the balancers' attributes. */
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  /** What a log delivery must wait for: AWS tries the bucket when the delivery is made. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: AccessLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:storage:AccessLogs", name, {}, opts);
    const { environment } = args;
    const { accountId } = environment;
    const bucket = new PrivateBucket(
      name,
      {
        environment,
        encryption: "s3-managed",
        lifecycle: { expireAfterDays: args.retentionDays, noncurrentDays: BUCKETS.minNoncurrentDays },
        accessLogsBucket: null,
        backup: { noneBecause: "records of requests that expire and that nobody restores" },
        statements: (arn) => [
          {
            Sid: "BucketsWrite",
            Effect: "Allow",
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${arn}/s3/*`,
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
          {
            Sid: "BalancersWrite",
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${arn}/AWSLogs/${accountId}/*`,
            Condition: {
              ArnLike: { "aws:SourceArn": arnOf(environment, "elasticloadbalancing", "loadbalancer/*") },
            },
          },
          {
            Sid: "CdnWrites",
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${arn}/cdn/*`,
            Condition: {
              StringEquals: { "aws:SourceAccount": accountId, "s3:x-amz-acl": "bucket-owner-full-control" },
              ArnLike: {
                "aws:SourceArn": arnOf({ accountId, region: NOTIFY.globalRegion }, "logs", "delivery-source:*"),
              },
            },
          },
        ],
      },
      { parent: this },
    );
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.arn;
    this.ready = [bucket.policy];
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}
