import { describe, expect, it } from "vitest";

import { s3NoPublicAclPolicy } from "../../../policies/rules/s3/s3-no-public-acl-policy.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:s3/bucketPolicy:BucketPolicy";
const policy = (Principal: unknown, Condition?: object, Effect = "Allow") =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect,
        Principal,
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::files/*",
        ...(Condition === undefined ? {} : { Condition }),
      },
    ],
  });

describe(s3NoPublicAclPolicy.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts a named service",
      props: { policy: policy({ Service: "cloudfront.amazonaws.com" }) },
      findings: [],
    },
    {
      title: "accepts everybody where the condition names an account",
      props: { policy: policy("*", { StringEquals: { "aws:PrincipalAccount": "111122223333" } }) },
      findings: [],
    },
    { title: "accepts that everybody is refused", props: { policy: policy("*", undefined, "Deny") }, findings: [] },
    {
      title: "rejects everybody",
      props: { policy: policy("*") },
      findings: [
        "policy.Statement[0].Principal is everyone (*), required named principals, or a condition that names accounts",
      ],
    },
    {
      title: "rejects everybody who uses TLS, which is still everybody",
      props: { policy: policy({ AWS: "*" }, { Bool: { "aws:SecureTransport": "true" } }) },
      findings: [
        "policy.Statement[0].Principal is everyone (*), required named principals, or a condition that names accounts",
      ],
    },
    {
      title: "is undetermined while the policy is unknown",
      props: { policy: UNKNOWN },
      findings: ["undetermined: policy"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(s3NoPublicAclPolicy, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(s3NoPublicAclPolicy, "aws:s3/bucketLogging:BucketLogging", {})).toEqual([]);
  });

  it.each(["public-read", "public-read-write", "authenticated-read"])(
    "rejects the list %s, on a bucket and beside it",
    async (acl) => {
      for (const type of ["aws:s3/bucket:Bucket", "aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"]) {
        expect(await evaluate(s3NoPublicAclPolicy, type, { acl }), type).toEqual([
          `acl is ${acl}, required no public list`,
        ]);
      }
    },
  );

  it("wants the owner of the bucket to own what is in it", async () => {
    const type = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
    expect(await evaluate(s3NoPublicAclPolicy, type, { rule: { objectOwnership: "BucketOwnerEnforced" } })).toEqual([]);
    expect(await evaluate(s3NoPublicAclPolicy, type, { rule: { objectOwnership: "ObjectWriter" } })).toEqual([
      "rule.objectOwnership is ObjectWriter, required BucketOwnerEnforced",
    ]);
  });
});
