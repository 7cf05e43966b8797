import { describe, expect, it } from "vitest";

import { acmDnsValidated } from "../../../policies/rules/acm/acm-dns-validated.ts";
import { backupVaultCmk } from "../../../policies/rules/backup/backup-vault-cmk.ts";
import { cfSecurityHeaders } from "../../../policies/rules/cloudfront/cf-security-headers.ts";
import { eksSecretsCmk } from "../../../policies/rules/eks/eks-secrets-cmk.ts";
import { elasticacheAtRest } from "../../../policies/rules/elasticache/elasticache-at-rest.ts";
import { elasticacheInTransitAuth } from "../../../policies/rules/elasticache/elasticache-in-transit-auth.ts";
import { albAccessLogs } from "../../../policies/rules/elb/alb-access-logs.ts";
import { logsCmk } from "../../../policies/rules/logs/logs-cmk.ts";
import { rdsBackupRetention } from "../../../policies/rules/rds/rds-backup-retention.ts";
import { rdsCmk } from "../../../policies/rules/rds/rds-cmk.ts";
import { rdsFinalSnapshot } from "../../../policies/rules/rds/rds-final-snapshot.ts";
import { rdsMonitoring } from "../../../policies/rules/rds/rds-monitoring.ts";
import { snsEncrypted } from "../../../policies/rules/sns/sns-encrypted.ts";
import { sqsEncrypted } from "../../../policies/rules/sqs/sqs-encrypted.ts";
import { evaluate } from "../../support/policy.ts";

const INSTANCE = "aws:rds/instance:Instance";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const monitored = { monitoringInterval: 60, performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 7 };

/** The provider's Check keeps empty texts, and AWS reads them as absent: so must rules. */
describe("an empty text is no setting:", () => {
  it.each([
    { rule: acmDnsValidated, type: "aws:acm/certificate:Certificate", with: (text: object) => text, key: "privateKey" },
    { rule: backupVaultCmk, type: "aws:backup/vault:Vault", with: (text: object) => text, key: "kmsKeyArn" },
    {
      rule: cfSecurityHeaders,
      type: "aws:cloudfront/distribution:Distribution",
      with: (text: object) => ({ defaultCacheBehavior: text }),
      key: "responseHeadersPolicyId",
    },
    {
      rule: eksSecretsCmk,
      type: "aws:eks/cluster:Cluster",
      with: (text: object) => ({ encryptionConfig: { resources: ["secrets"], provider: text } }),
      key: "keyArn",
    },
    {
      rule: elasticacheAtRest,
      type: CACHE,
      with: (text: object) => ({ atRestEncryptionEnabled: true, ...text }),
      key: "kmsKeyId",
    },
    {
      rule: elasticacheInTransitAuth,
      type: CACHE,
      with: (text: object) => ({ transitEncryptionEnabled: true, ...text }),
      key: "authToken",
    },
    {
      rule: albAccessLogs,
      type: "aws:lb/loadBalancer:LoadBalancer",
      with: (text: object) => ({ accessLogs: { enabled: true, ...text } }),
      key: "bucket",
    },
    { rule: logsCmk, type: "aws:cloudwatch/logGroup:LogGroup", with: (text: object) => text, key: "kmsKeyId" },
    { rule: rdsBackupRetention, type: INSTANCE, with: (text: object) => text, key: "replicateSourceDb" },
    { rule: rdsCmk, type: INSTANCE, with: (text: object) => text, key: "kmsKeyId" },
    { rule: rdsFinalSnapshot, type: INSTANCE, with: (text: object) => text, key: "finalSnapshotIdentifier" },
    {
      rule: rdsMonitoring,
      type: INSTANCE,
      with: (text: object) => ({ ...monitored, ...text }),
      key: "performanceInsightsKmsKeyId",
    },
    { rule: snsEncrypted, type: "aws:sns/topic:Topic", with: (text: object) => text, key: "kmsMasterKeyId" },
    { rule: sqsEncrypted, type: "aws:sqs/queue:Queue", with: (text: object) => text, key: "kmsMasterKeyId" },
  ])("$key for $rule.name", async ({ rule, type, with: around, key }) => {
    const absent = await evaluate(rule, type, { ...around({}) });
    expect(absent).not.toEqual([]);
    expect(await evaluate(rule, type, { ...around({ [key]: "" }) })).toEqual(absent);
    expect(await evaluate(rule, type, { ...around({ [key]: "given" }) })).not.toEqual(absent);
  });
});
