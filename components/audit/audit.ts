import * as pulumi from "@pulumi/pulumi";

import type { AuditSettings } from "../../config/blocks/audit.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { trailArn } from "../../core/names.ts";
import { BUCKETS } from "../../standards/buckets.ts";
import type { Keys } from "../keys/keys.ts";
import type { Notify } from "../notify/notify.ts";
import type { ResourcePolicyStatement } from "../shared/iam.ts";
import { PrivateBucket } from "../shared/private-bucket.ts";
import type { AccessLogs } from "../storage/access-logs.ts";
import { createFindings } from "./findings.ts";
import { createRecorder } from "./recorder.ts";
import { watchSecurityEvents } from "./security-events.ts";
import { createTrail } from "./trail.ts";

export interface AuditArgs {
  readonly environment: Environment;
  readonly settings: AuditSettings;
  readonly keys: Pick<Keys<"audit" | "logs" | "messaging">, "arns">;
  readonly notify: Pick<Notify, "topicArns" | "usEast1TopicArns" | "runbookBaseUrl">;
  readonly accessLogs: Pick<AccessLogs, "bucketName">;
  /** The only role that changes the environment; changes by others are told. */
  readonly deployerRoleArn: string;
}

/** CloudTrail writes below its own prefix, for this account only. */
function trailWrites(environment: Environment, bucketArn: pulumi.Output<string>): ResourcePolicyStatement[] {
  const { accountId } = environment;
  const fromTrail = { "aws:SourceArn": trailArn(environment) };
  return [
    {
      Sid: "TrailChecks",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: { StringEquals: fromTrail },
    },
    {
      Sid: "TrailWrites",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${bucketArn}/cloudtrail/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { ...fromTrail, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/**
 * The record of who did what, kept where nobody can change it, and the services that look through it: trail, recorder,
 * detectors, each unless an organisation has it already. Findings of medium severity and above, and what only an intruder
 * or a mistake would do, reach the security audience. Cost: GuardDuty and Security Hub by volume, the largest part.
 */
export class Audit extends pulumi.ComponentResource {
  /** Bucket with the files of the trail. */
  readonly bucketName: pulumi.Output<string>;
  /** Log group of the trail; undefined when the organisation has it. */
  readonly trailLogGroupName: pulumi.Output<string> | undefined;
  /** Parts that the organisation has, and who answers for each. */
  readonly ownedElsewhere: Readonly<Record<string, string>>;

  constructor(name: string, args: AuditArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:security:Audit", name, {}, opts);
    const { environment, settings, keys } = args;
    const bucket = new PrivateBucket(
      name,
      {
        environment,
        encryption: { kmsKeyArn: keys.arns.audit },
        lifecycle: { expireAfterDays: settings.bucketRetentionDays, noncurrentDays: BUCKETS.minNoncurrentDays },
        accessLogsBucket: args.accessLogs.bucketName,
        objectLock: settings.objectLock,
        backup: { noneBecause: "locked against change and deletion for its retention" },
        statements: (bucketArn) => trailWrites(environment, bucketArn),
      },
      { parent: this },
    );
    if (settings.trail.managedBy === "stack") {
      const trail = createTrail(name, { environment, settings, keys, bucket }, this);
      watchSecurityEvents(
        name,
        { notify: args.notify, logGroupName: trail.logGroupName, deployerRoleArn: args.deployerRoleArn },
        this,
      );
      this.trailLogGroupName = trail.logGroupName;
    }
    if (settings.configRecorder.managedBy === "stack") {
      createRecorder(
        name,
        { environment, keys, retentionDays: settings.bucketRetentionDays, accessLogs: args.accessLogs },
        this,
      );
    }
    createFindings(name, { environment, settings, keys, notify: args.notify }, this);

    this.bucketName = bucket.bucketName;
    this.ownedElsewhere = Object.fromEntries(
      Object.entries({
        trail: settings.trail,
        guardDuty: settings.guardDuty,
        securityHub: settings.securityHub,
        configRecorder: settings.configRecorder,
        accessAnalyzer: settings.accessAnalyzer,
      }).flatMap(([part, { owner }]) => (owner === null ? [] : [[part, owner]])),
    );
    this.registerOutputs({
      bucketName: this.bucketName,
      trailLogGroupName: this.trailLogGroupName,
      ownedElsewhere: this.ownedElsewhere,
    });
  }
}
