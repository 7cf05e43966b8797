import type { StackResource, StackView } from "./rule.ts";

/** A bucket, under its present and its older name. */
export const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/**
 * What rules read of a bucket's own inputs. Most of it belongs into resources beside the bucket today, and the provider's
 * types call the old way deprecated; stacks that still use it are judged all the same. Rules look beside the bucket first:
 * the provider computes some of these, so that they are unknown in a preview.
 */
export interface BucketProps {
  readonly acl?: string;
  readonly forceDestroy?: boolean;
  readonly logging?: object;
  readonly policy?: string;
  readonly serverSideEncryptionConfiguration?: { readonly rule: EncryptionRule };
  readonly versioning?: { readonly enabled?: boolean };
}

/** How objects are encrypted when their writer does not say. */
export interface EncryptionRule {
  readonly applyServerSideEncryptionByDefault?: { readonly sseAlgorithm: string; readonly kmsMasterKeyId?: string };
}

export type Bucket = StackResource<BucketProps>;

/** Tokens of a resource that sets one thing of a bucket, for instance "Versioning": its present and its older name. */
export function partTypes(part: string): readonly [string, string] {
  return [`aws:s3/bucket${part}:Bucket${part}`, `aws:s3/bucket${part}V2:Bucket${part}V2`];
}

/** Resources that set that one thing of this bucket. */
export function partsOf<TArgs>(stack: StackView, bucket: Bucket, part: string): readonly StackResource<TArgs>[] {
  return partTypes(part).flatMap((type) => stack.referring<TArgs>(type, "bucket", bucket));
}

/** Whether S3 or balancers write their access logs into the bucket: these services can use no customer key. */
export function takesAccessLogs(stack: StackView, bucket: Bucket): boolean {
  const writers = [
    ...partTypes("Logging").flatMap((type) => stack.referring(type, "targetBucket", bucket)),
    ...["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"].flatMap((type) =>
      stack.referring(type, "accessLogs", bucket),
    ),
  ];
  return writers.length > 0;
}
