import { describe, expect, it } from "vitest";

import { answerCheck, answerCreate, answerPreview } from "../../../preview/cloud/fake-cloud.ts";
import { UNKNOWN } from "../../../preview/engine/wire.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const request = (type: string, inputs: Record<string, unknown>) => ({
  type,
  name: "subject",
  urn: `urn:pulumi:test::project::${type}::subject`,
  inputs,
});
const created = (type: string, inputs: Record<string, unknown>) => answerCreate(request(type, inputs)).outputs;
const planned = (type: string, inputs: Record<string, unknown>) => answerPreview(request(type, inputs)).outputs;

describe("the state of a new AWS resource", () => {
  it("holds what the provider answers for unset properties: null, an empty text or list, false, 0, its constants", () => {
    expect(created(BUCKET, {})).toMatchObject({
      logging: null,
      policy: "",
      lifecycleRules: [],
      forceDestroy: false,
      serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } },
    });
    expect(created("aws:route53/zone:Zone", { name: "example.com" })).toMatchObject({
      vpcs: [],
      comment: "Managed by Pulumi",
    });
    expect(created("aws:sqs/queue:Queue", {})).toMatchObject({ delaySeconds: 0, messageRetentionSeconds: 345600 });
    expect(created("aws:cloudfront/distribution:Distribution", {})).toMatchObject({ loggingConfig: null });
  });

  it("completes every element that the program gave, and nothing where there is none", () => {
    const statement = { managedRuleGroupStatement: { name: "common", vendorName: "AWS" } };
    const { rules } = created("aws:wafv2/webAcl:WebAcl", { rules: [{ name: "a", priority: 1, statement }] });
    expect(rules).toEqual([
      expect.objectContaining({ statement: expect.objectContaining({ rateBasedStatement: null }) }),
    ]);
    const rule = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } };
    const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    expect(created(type, { rules: [rule] })["rules"]).toEqual([
      expect.objectContaining({ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "" } }),
    ]);
    expect(created(type, {})).not.toHaveProperty("rules.0");
  });

  it("leaves out what is not set in types of the plugin framework", () => {
    const rule = { id: "old", status: "Enabled" };
    const { rules } = created("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", { rules: [rule] });
    expect(rules).toEqual([expect.not.objectContaining({ noncurrentVersionExpiration: null })]);
  });

  it("keeps the program's own values, empty lists too", () => {
    expect(created(BUCKET, { forceDestroy: true, tags: {} })).toMatchObject({ forceDestroy: true, tags: {} });
    expect(created(DEFAULT_GROUP, { ingress: [], egress: [] })).toMatchObject({ ingress: [], egress: [] });
  });

  it("names computed texts by where they came from", () => {
    expect(created(BUCKET, {})["bucketDomainName"]).toMatch(/^ref~[0-9a-f]+~bucketDomainName~$/);
  });
});

describe("the planned state of a new AWS resource", () => {
  it("holds null for what is not set, empty lists of blocks, constants, and unknowns for what AWS decides", () => {
    expect(planned(BUCKET, { forceDestroy: true })).toMatchObject({
      forceDestroy: true,
      logging: null,
      tags: null,
      lifecycleRules: [],
      arn: UNKNOWN,
      policy: UNKNOWN,
      serverSideEncryptionConfiguration: UNKNOWN,
    });
    expect(planned("aws:sqs/queue:Queue", {})).toMatchObject({ kmsMasterKeyId: null, visibilityTimeoutSeconds: 30 });
    expect(planned(DEFAULT_GROUP, {})["ingress"]).toBe(UNKNOWN);
    expect(planned(DEFAULT_GROUP, { ingress: [] })["ingress"]).toEqual([]);
  });
});

describe("the check of an AWS resource's inputs", () => {
  const provider = { region: "eu-west-1", defaultTags: { project: "shop" } };
  const checked = (type: string, inputs: Record<string, unknown>) => answerCheck(request(type, inputs), provider);

  it("drops nulls at every depth, and keeps empty texts and lists", () => {
    expect(checked(BUCKET, { acl: null, policy: "", website: { errorDocument: null, indexDocument: "i" } })).toEqual(
      expect.objectContaining({ policy: "", website: { indexDocument: "i" } }),
    );
    expect(checked(BUCKET, { acl: null })).not.toHaveProperty("acl");
  });

  it("adds region, tags of the provider and a name", () => {
    expect(checked(BUCKET, { tags: { owner: "data" } })).toMatchObject({
      region: "eu-west-1",
      tags: { owner: "data" },
      tagsAll: { project: "shop", owner: "data" },
      bucket: expect.stringContaining("~bucket~"),
    });
    expect(checked(BUCKET, { region: "us-east-1", bucket: "logs" })).toMatchObject({
      region: "us-east-1",
      bucket: "logs",
    });
    expect(checked(BUCKET, { tags: { owner: UNKNOWN } })["tagsAll"]).toBe(UNKNOWN);
    // IAM is in no region.
    expect(checked("aws:iam/role:Role", {})).not.toHaveProperty("region");
  });

  it("adds defaults of the provider, unless something excludes them or the type is of the plugin framework", () => {
    expect(checked("aws:sqs/queue:Queue", {})).toMatchObject({ visibilityTimeoutSeconds: 30 });
    expect(checked("aws:eks/cluster:Cluster", { vpcConfig: {} })["vpcConfig"]).toEqual({ endpointPublicAccess: true });
    const EVENT_RULE = "aws:cloudwatch/eventRule:EventRule";
    expect(checked(EVENT_RULE, {})).toMatchObject({ isEnabled: true });
    expect(checked(EVENT_RULE, { state: "DISABLED" })).not.toHaveProperty("isEnabled");
    const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    expect(checked(INGRESS, { description: null })["description"]).toBeNull();
  });
});
