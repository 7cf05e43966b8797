import * as s3 from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import { BUCKETS } from "../../standards/buckets.ts";
import { TAGS } from "../../standards/tags.ts";
import type { ResourcePolicyStatement } from "./iam.ts";
import { policyDocumentOutput, tlsOnly } from "./iam.ts";

/** How long objects live. */
export interface BucketLifecycle {
  /** Days after which an object is deleted; absent: never. */
  readonly expireAfterDays?: number;
  /** Days for which a replaced or deleted version can be fetched back. */
  readonly noncurrentDays: number;
}

export interface PrivateBucketArgs {
  readonly environment: Pick<Environment, "protectStatefulResources" | "retainStatefulResources">;
  /** Region of the bucket; absent: the environment's. */
  readonly region?: string;
  /** Customer key of the bucket's region; "s3-managed" only for logs of services that can write under no other. */
  readonly encryption: { readonly kmsKeyArn: pulumi.Input<string> } | "s3-managed";
  readonly lifecycle: BucketLifecycle;
  /** Who may do what beside IAM of the account, given the bucket's ARN. The refusal of requests without TLS comes by itself. */
  readonly statements?: (bucketArn: pulumi.Output<string>) => readonly ResourcePolicyStatement[];
  /** Bucket of the same region that records every request; null for that bucket itself, which would record its own records. */
  readonly accessLogsBucket: pulumi.Input<string> | null;
  /** Objects that nobody may change or delete for so many days; GOVERNANCE can be lifted by a privileged role, COMPLIANCE by nobody. */
  readonly objectLock?: { readonly mode: "GOVERNANCE" | "COMPLIANCE"; readonly days: number };
  /** Backed up daily, or why not; the reason becomes a tag: letters, digits, spaces and + - = . _ : / @ only. */
  readonly backup: "daily" | { readonly noneBecause: string };
}

type Place = Pick<s3.BucketArgs, "region">;

/**
 * A bucket that nobody outside the account reaches: no public access by any way, no ACLs, TLS only, encrypted, versioned,
 * with an end for old versions and broken uploads, and a record of every request. Deleting it takes two deliberate steps.
 */
export class PrivateBucket extends pulumi.ComponentResource {
  /** The bucket's name; known as soon as the bucket itself exists. */
  readonly bucketName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Host name in the bucket's region, for origins. */
  readonly regionalDomainName: pulumi.Output<string>;
  /** What a writer that is checked on creation (a trail, a log delivery) must wait for. */
  readonly policy: s3.BucketPolicy;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:storage:PrivateBucket", name, {}, opts);
    const place: Place = args.region === undefined ? {} : { region: args.region };
    const bucket = this.createBucket(name, args, place);
    this.createProtection(name, args, bucket, place);
    this.createRetention(name, args, bucket, place);
    this.policy = this.createPolicy(name, args, bucket, place);

    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;
    this.regionalDomainName = bucket.bucketRegionalDomainName;
    this.registerOutputs({ bucketName: this.bucketName, arn: this.arn, regionalDomainName: this.regionalDomainName });
  }

  private createBucket(name: string, args: PrivateBucketArgs, place: Place): s3.Bucket {
    const { environment, backup } = args;
    const backupTags: Record<string, string> =
      backup === "daily"
        ? { [TAGS.backup]: TAGS.backupDaily }
        : { [TAGS.backup]: TAGS.backupNone, [TAGS.backupReason]: backup.noneBecause };
    return new s3.Bucket(
      name,
      {
        ...place,
        forceDestroy: false,
        objectLockEnabled: args.objectLock !== undefined,
        tags: { Name: name, ...backupTags },
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete: environment.retainStatefulResources,
      },
    );
  }

  /** Who may read: nobody by ACL, nobody from outside, nobody without the key. */
  private createProtection(name: string, args: PrivateBucketArgs, bucket: s3.Bucket, place: Place): void {
    const child = { parent: bucket };
    new s3.BucketPublicAccessBlock(
      name,
      {
        ...place,
        bucket: bucket.id,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new s3.BucketOwnershipControls(
      name,
      { ...place, bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
      child,
    );
    const { encryption } = args;
    const rule =
      encryption === "s3-managed"
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : // One data key for many objects: a hundredth of the calls to KMS.
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: encryption.kmsKeyArn },
            bucketKeyEnabled: true,
          };
    new s3.BucketServerSideEncryptionConfiguration(name, { ...place, bucket: bucket.id, rules: [rule] }, child);
    if (args.accessLogsBucket !== null) {
      new s3.BucketLogging(
        name,
        {
          ...place,
          bucket: bucket.id,
          targetBucket: args.accessLogsBucket,
          targetPrefix: pulumi.interpolate`s3/${bucket.bucket}/`,
          targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
        },
        child,
      );
    }
  }

  /** How long objects and their versions stay. */
  private createRetention(
    name: string,
    { lifecycle, objectLock }: PrivateBucketArgs,
    bucket: s3.Bucket,
    place: Place,
  ): void {
    const child = { parent: bucket };
    const versioning = new s3.BucketVersioning(
      name,
      { ...place, bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    // Rules about versions are refused or ignored until the bucket has versions.
    const afterVersioning = { parent: bucket, dependsOn: [versioning] };
    new s3.BucketLifecycleConfiguration(
      name,
      {
        ...place,
        bucket: bucket.id,
        rules: [
          {
            id: "clean-up",
            status: "Enabled",
            filter: {},
            abortIncompleteMultipartUpload: { daysAfterInitiation: BUCKETS.abortIncompleteUploadDays },
            noncurrentVersionExpiration: { noncurrentDays: lifecycle.noncurrentDays },
            // A day count takes the markers of deleted objects along; without one they are collected by themselves.
            expiration:
              lifecycle.expireAfterDays === undefined
                ? { expiredObjectDeleteMarker: true }
                : { days: lifecycle.expireAfterDays },
          },
        ],
      },
      afterVersioning,
    );
    if (objectLock !== undefined) {
      new s3.BucketObjectLockConfiguration(
        name,
        { ...place, bucket: bucket.id, rule: { defaultRetention: { mode: objectLock.mode, days: objectLock.days } } },
        afterVersioning,
      );
    }
  }

  private createPolicy(
    name: string,
    { statements }: PrivateBucketArgs,
    bucket: s3.Bucket,
    place: Place,
  ): s3.BucketPolicy {
    const policy = policyDocumentOutput([
      tlsOnly("s3:*", [bucket.arn, pulumi.interpolate`${bucket.arn}/*`]),
      ...(statements?.(bucket.arn) ?? []),
    ]);
    return new s3.BucketPolicy(name, { ...place, bucket: bucket.id, policy }, { parent: bucket });
  }
}
