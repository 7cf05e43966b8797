import type { StackEntry } from "./policy.ts";

/** The bucket that rules are asked about in tests. */
export const bucket = (props: Record<string, unknown> = {}, type = "aws:s3/bucket:Bucket"): StackEntry => ({
  type,
  name: "files",
  props,
});

/** Something that is set beside the bucket `files`, for instance its "Versioning". */
export const part = (kind: string, props: Record<string, unknown> = {}, of = "files"): StackEntry => ({
  type: `aws:s3/bucket${kind}:Bucket${kind}`,
  name: `${of}-${kind}`,
  props,
  refers: { bucket: [of] },
});

/** Another bucket whose requests are recorded in `files`, which makes that one a bucket for access logs. */
export const recordedInFiles: readonly StackEntry[] = [
  { type: "aws:s3/bucket:Bucket", name: "other", props: {} },
  {
    type: "aws:s3/bucketLogging:BucketLogging",
    name: "other-logging",
    props: {},
    refers: { bucket: ["other"], targetBucket: ["files"] },
  },
];

/** Findings about the bucket `files` only. */
export const aboutFiles = (findings: readonly string[]): string[] =>
  findings.filter((finding) => finding.startsWith("files: "));
