import type * as pulumi from "@pulumi/pulumi";

/** A statement of a bucket's policy; resources are ARNs of the bucket or below it. */
export interface BucketStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | Readonly<Record<string, pulumi.Input<string>>>;
  readonly Action: string | readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
  /** Operator, key and what it is compared with. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

/** Requests without TLS are refused, whoever makes them; SEC-01. */
export function tlsOnly(bucketArn: pulumi.Input<string>, objectsArn: pulumi.Input<string>): BucketStatement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, objectsArn],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
