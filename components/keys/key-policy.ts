import type { Environment } from "../../config/blocks/environment.ts";
import type { Place } from "../../core/names.ts";
import { accountArn, arnOf, globalArn } from "../../core/names.ts";
import type { ResourcePolicyStatement } from "../shared/iam.ts";
import { policyDocument } from "../shared/iam.ts";

/** What a key encrypts. Data of different kinds have different readers, so they have different keys. */
export type KeyPurpose =
  | "data"
  | "logs"
  | "secrets"
  | "cluster"
  | "volumes"
  | "messaging"
  | "backup"
  | "audit"
  | "registry"
  | "sessions"
  | "assets";

interface Statement extends ResourcePolicyStatement<string> {
  readonly Effect: "Allow";
  /** In a key policy "*" is the key itself. */
  readonly Resource: "*";
}

const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"] as const;
const PUBLISH = ["kms:Decrypt", "kms:GenerateDataKey*"] as const;

/** Services that publish to our topics and queues by themselves: alarms, events, costs, backup jobs, topics to queues. */
const PUBLISHERS = ["backup", "budgets", "cloudwatch", "costalerts", "events", "events.rds", "sns"] as const;

/** An AWS service that may use the key, but only on behalf of this account. */
function service(sid: string, principal: string, actions: readonly string[], { accountId }: Place): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: principal },
    Action: actions,
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
}

/**
 * EventBridge names neither account nor rule to the key when it publishes to a topic: a condition on the source would
 * drop every event unseen. SNS names the topic in the encryption context; other accounts' topics do not match.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function eventsToTopics({ accountId, region }: Place): Statement {
  return {
    Sid: "eventsPublishes",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: PUBLISH,
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": arnOf({ accountId, region }, "sns", "*") } },
  };
}

/** CloudWatch Logs names the log group in the encryption context; other accounts' groups do not match. */
function logs({ accountId, region }: Place): Statement[] {
  return [
    {
      Sid: "LogGroupsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: USE,
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": arnOf({ accountId, region }, "logs", "log-group:*") },
      },
    },
  ];
}

/**
 * Whoever may start an instance or attach a volume in this account, and only through EC2: as for the key which AWS
 * makes itself. Auto Scaling's role cannot be named here, since it does not exist before the first node group, and its
 * own policy knows no keys. @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
function volumes({ accountId, region }: Place): Statement[] {
  const throughEc2 = { "kms:CallerAccount": accountId, "kms:ViaService": `ec2.${region}.amazonaws.com` };
  return [
    {
      Sid: "VolumesThroughEc2",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: USE,
      Resource: "*",
      Condition: { StringEquals: throughEc2 },
    },
    {
      Sid: "GrantsForVolumes",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { StringEquals: throughEc2, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** The trail gives its ARN as encryption context, except when it only describes the key. */
function audit(place: Place): Statement[] {
  const { accountId, region } = place;
  const trail = arnOf({ accountId, region }, "cloudtrail", "trail/*");
  const cloudtrail = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Resource: "*" } as const;
  return [
    {
      ...cloudtrail,
      Sid: "TrailsEncrypt",
      Action: "kms:GenerateDataKey*",
      Condition: { ArnLike: { "aws:SourceArn": trail, "kms:EncryptionContext:aws:cloudtrail:arn": trail } },
    },
    {
      ...cloudtrail,
      Sid: "TrailsDescribe",
      Action: "kms:DescribeKey",
      Condition: { ArnLike: { "aws:SourceArn": trail } },
    },
    service("ConfigDelivers", "config.amazonaws.com", PUBLISH, place),
    service("FindingsExport", "guardduty.amazonaws.com", ["kms:Encrypt", "kms:GenerateDataKey*"], place),
  ];
}

/**
 * The CDN reads what it hands out, and nothing else of this account is encrypted under this key: what the public may see
 * must not share a key with what it may not. The bucket's policy narrows this down to the one distribution.
 */
function assets({ accountId }: Place): Statement[] {
  return [
    {
      Sid: "CdnReads",
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: ["kms:Decrypt"],
      Resource: "*",
      Condition: { ArnLike: { "aws:SourceArn": globalArn(accountId, "cloudfront", "distribution/*") } },
    },
  ];
}

/** Databases, caches, secrets, clusters, vaults and registries use the key as their caller, so IAM decides alone. */
const NONE = (): Statement[] => [];

const SERVICES: Readonly<Record<KeyPurpose, (place: Place) => Statement[]>> = {
  data: NONE,
  logs,
  secrets: NONE,
  cluster: NONE,
  volumes,
  messaging: (place) =>
    PUBLISHERS.map((name) =>
      name === "events"
        ? eventsToTopics(place)
        : service(`${name.replace(".", "")}Publishes`, `${name}.amazonaws.com`, PUBLISH, place),
    ),
  backup: NONE,
  audit,
  registry: NONE,
  sessions: NONE,
  assets,
};

/**
 * The policy of a key: the account's root, which hands the decision to IAM and keeps the key manageable, and the
 * services that the purpose needs, each bound to this account.
 */
export function keyPolicy(purpose: KeyPurpose, { accountId }: Pick<Environment, "accountId">, region: string): string {
  const iamDecides: Statement = {
    Sid: "IamDecides",
    Effect: "Allow",
    Principal: { AWS: accountArn(accountId) },
    Action: "kms:*",
    Resource: "*",
  };
  return policyDocument([iamDecides, ...SERVICES[purpose]({ accountId, region })]);
}
