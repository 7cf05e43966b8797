import { beforeAll, describe, expect, it } from "vitest";

import { PrivateBucket } from "../../../components/shared/private-bucket.ts";
import { AccessLogs } from "../../../components/storage/access-logs.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const S3 = (kind: string) => `aws:s3/bucket${kind}:Bucket${kind}`;
const KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/data";

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Resource: string | readonly string[];
  readonly Condition: Record<string, Record<string, string>>;
}

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    const logs = new AccessLogs("access-logs", { environment: ENVIRONMENT, retentionDays: 90 });
    new PrivateBucket("plain", {
      environment: ENVIRONMENT,
      encryption: { kmsKeyArn: KEY_ARN },
      lifecycle: { noncurrentDays: 30 },
      accessLogsBucket: logs.bucketName,
      backup: "daily",
      statements: (arn) => [
        {
          Sid: "Reader",
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: arn,
        },
      ],
    });
    new PrivateBucket("locked", {
      environment: ENVIRONMENT,
      region: "us-east-1",
      encryption: { kmsKeyArn: KEY_ARN },
      lifecycle: { expireAfterDays: 400, noncurrentDays: 30 },
      accessLogsBucket: "elsewhere",
      objectLock: { mode: "COMPLIANCE", days: 365 },
      backup: { noneBecause: "locked against deletion already" },
    });
  });
});

const statementsOf = (name: string): Statement[] =>
  JSON.parse(String(only(resources, S3("Policy"), name).inputs["policy"])).Statement;

describe("PrivateBucket", () => {
  it("makes every bucket with each of its parts, one by one", () => {
    for (const kind of [
      "",
      "PublicAccessBlock",
      "OwnershipControls",
      "ServerSideEncryptionConfiguration",
      "Versioning",
      "LifecycleConfiguration",
      "Policy",
    ]) {
      expect(
        ofType(resources, S3(kind))
          .map(({ name }) => name)
          .toSorted(),
        kind,
      ).toEqual(["access-logs", "locked", "plain"]);
    }
    expect(
      ofType(resources, S3("Logging"))
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["locked", "plain"]);
    expect(ofType(resources, S3("ObjectLockConfiguration")).map(({ name }) => name)).toEqual(["locked"]);
  });

  it("closes every way to make anything public", () => {
    for (const block of ofType(resources, S3("PublicAccessBlock"))) {
      expect(block.inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    }
    for (const controls of ofType(resources, S3("OwnershipControls")))
      expect(controls.inputs["rule"]).toEqual({ objectOwnership: "BucketOwnerEnforced" });
  });

  it("refuses requests without TLS for the bucket and everything in it", () => {
    for (const name of ["plain", "locked", "access-logs"]) {
      const [first] = statementsOf(name);
      expect(first).toMatchObject({
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
      expect(first?.Resource).toHaveLength(2);
    }
    expect(statementsOf("plain").map(({ Sid }) => Sid)).toEqual(["TlsOnly", "Reader"]);
  });

  it("encrypts under the given key, and only a log target under S3's own", () => {
    const rules = (name: string) => only(resources, S3("ServerSideEncryptionConfiguration"), name).inputs["rules"];
    expect(rules("plain")).toEqual([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY_ARN },
        bucketKeyEnabled: true,
      },
    ]);
    expect(rules("access-logs")).toEqual([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
  });

  it("keeps old versions for a while and throws broken uploads away", () => {
    const [rule] = [only(resources, S3("LifecycleConfiguration"), "plain").inputs["rules"]].flat();
    expect(rule).toMatchObject({
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
    });
    const [expiring] = [only(resources, S3("LifecycleConfiguration"), "locked").inputs["rules"]].flat();
    expect(expiring).toMatchObject({ expiration: { days: 400 } });
  });

  it("locks objects where it was asked to, from the bucket's first day", () => {
    expect(only(resources, S3(""), "locked").inputs["objectLockEnabled"]).toBe(true);
    expect(only(resources, S3("ObjectLockConfiguration")).inputs["rule"]).toEqual({
      defaultRetention: { mode: "COMPLIANCE", days: 365 },
    });
    expect(only(resources, S3(""), "plain").inputs["objectLockEnabled"]).toBe(false);
  });

  it("protects the bucket and says whether it is backed up", () => {
    for (const bucket of ofType(resources, S3("")))
      expect(bucket).toMatchObject({ protect: true, retainOnDelete: true, inputs: { forceDestroy: false } });
    expect(only(resources, S3(""), "plain").inputs["tags"]).toMatchObject({ backup: "daily" });
    expect(only(resources, S3(""), "locked").inputs["tags"]).toMatchObject({
      backup: "none",
      "backup-reason": "locked against deletion already",
    });
  });

  it("puts all parts into the bucket's own region", () => {
    for (const part of resources.filter(({ custom, name }) => custom && name === "locked"))
      expect(part.inputs["region"], part.type).toBe("us-east-1");
  });
});

describe("AccessLogs", () => {
  it("lets each service write below its own prefix, and only on behalf of this account", () => {
    const [, ...writers] = statementsOf("access-logs");
    expect(
      writers.map(({ Principal, Resource }) => [Principal, String(Resource).split("/").slice(1).join("/")]),
    ).toEqual([
      [{ Service: "logging.s3.amazonaws.com" }, "s3/*"],
      [{ Service: "logdelivery.elasticloadbalancing.amazonaws.com" }, "AWSLogs/111122223333/*"],
      [{ Service: "delivery.logs.amazonaws.com" }, "cdn/*"],
    ]);
    for (const { Condition } of writers) expect(JSON.stringify(Condition)).toContain("111122223333");
  });

  it("takes tag values that AWS accepts", () => {
    const tags = Object.values(only(resources, S3(""), "access-logs").inputs["tags"] ?? {});
    for (const value of tags) expect(value).toMatch(/^[\w\s+\-=.:/@]{1,256}$/);
  });
});
