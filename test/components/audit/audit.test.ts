import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Audit } from "../../../components/audit/audit.ts";
import type { AuditSettings } from "../../../config/blocks/audit.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { FAKE_NOTIFY, RUNBOOK_BASE_URL } from "../../support/notify.ts";

const DEPLOYER = "arn:aws:iam::111122223333:role/deployer";
const SECURITY_TOPIC = "arn:aws:sns:eu-west-1:111122223333:security";
const own = { managedBy: "stack", owner: null } as const;
const elsewhere = { managedBy: "organisation", owner: "security@example.com" } as const;
const settings: AuditSettings = {
  trail: own,
  guardDuty: own,
  securityHub: own,
  configRecorder: own,
  accessAnalyzer: own,
  logRetentionDays: 365,
  bucketRetentionDays: 730,
  objectLock: { mode: "GOVERNANCE", days: 365 },
};

let ownedElsewhere: Readonly<Record<string, string>> = {};
const make = (change: Partial<AuditSettings> = {}) =>
  deploy(() => {
    const audit = new Audit("audit", {
      environment: ENVIRONMENT,
      settings: { ...settings, ...change },
      keys: {
        arns: {
          audit: pulumi.output("arn:aws:kms:eu-west-1:111122223333:key/audit"),
          logs: pulumi.output("arn:aws:kms:eu-west-1:111122223333:key/logs"),
          messaging: pulumi.output("arn:aws:kms:eu-west-1:111122223333:key/messaging"),
        },
      },
      notify: FAKE_NOTIFY,
      accessLogs: { bucketName: pulumi.output("access-logs") },
      deployerRoleArn: DEPLOYER,
    });
    ownedElsewhere = audit.ownedElsewhere;
  });

describe("Audit", () => {
  let resources: Registered[];
  beforeAll(async () => {
    resources = await make();
  });

  it("records every region in files that nobody can delete and whose digests prove them", () => {
    expect(only(resources, "aws:cloudtrail/trail:Trail").inputs).toMatchObject({
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/audit",
    });
    expect(
      only(resources, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration").inputs["rule"],
    ).toEqual({
      defaultRetention: { mode: "GOVERNANCE", days: 365 },
    });
  });

  it("waits with the trail for the bucket's policy, which CloudTrail tries at once", () => {
    expect(only(resources, "aws:cloudtrail/trail:Trail").dependsOn).toContain("audit");
  });

  const policyOf = (
    name: string,
  ): { Statement: { Sid: string; Effect: string; Principal: unknown; Condition: unknown }[] } =>
    JSON.parse(String(only(resources, "aws:s3/bucketPolicy:BucketPolicy", name).inputs["policy"]));

  it("gives the recorder a bucket of its own without a lock, into which AWS Config can deliver, and from which nobody deletes", () => {
    const channel = only(resources, "aws:cfg/deliveryChannel:DeliveryChannel");
    expect(channel.dependencies).toContain("aws:s3/bucket:Bucket::audit-recorder");
    expect(channel.dependencies).not.toContain("aws:s3/bucket:Bucket::audit");
    expect(
      ofType(resources, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration").map(({ name }) => name),
    ).toEqual(["audit"]);
    expect(only(resources, "aws:s3/bucket:Bucket", "audit-recorder").inputs["objectLockEnabled"]).toBe(false);
    expect(policyOf("audit-recorder").Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      }),
    );
  });

  it("lets only its own trail and this account's recorder write, each into its own bucket", () => {
    const allowed = ["audit", "audit-recorder"].flatMap((name) =>
      policyOf(name).Statement.filter(({ Effect }) => Effect === "Allow"),
    );
    expect(allowed.map(({ Sid }) => Sid)).toEqual(["TrailChecks", "TrailWrites", "RecorderChecks", "RecorderWrites"]);
    for (const { Principal, Condition } of allowed) {
      expect(Principal).not.toBe("*");
      expect(JSON.stringify(Condition)).toMatch(/aws:SourceArn|aws:SourceAccount/);
    }
  });

  it("tells the security audience of what only an intruder or a mistake does, each with its runbook", () => {
    const alarms = ofType(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").filter(
      ({ inputs }) => JSON.stringify(inputs["alarmActions"]) === JSON.stringify([SECURITY_TOPIC]),
    );
    expect(alarms.map(({ name }) => name)).toEqual([
      "audit-console-login-failures",
      "audit-root-use",
      "audit-change-outside-pipeline",
      "audit-privilege-escalation",
      "audit-unauthorised-calls",
      "audit-login-without-mfa",
    ]);
    for (const { inputs, name } of alarms)
      expect(inputs["alarmDescription"]).toContain(`${RUNBOOK_BASE_URL}/${name.replace("audit-", "")}.md`);
  });

  it("makes a ticket of what a benchmark wants to be told of, whoever does it", () => {
    const patternOf = (name: string) =>
      String(only(resources, "aws:cloudwatch/logMetricFilter:LogMetricFilter", name).inputs["pattern"]);
    expect(patternOf("audit-key-removal")).toBe(
      "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }",
    );
    expect(patternOf("audit-security-group-change")).toBe(
      "{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }",
    );
    const alarm = only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm", "audit-key-removal");
    expect(alarm.inputs["alarmActions"]).toEqual(["arn:aws:sns:eu-west-1:111122223333:ticket"]);
    expect(alarm.inputs["alarmDescription"]).toContain("security-relevant-change.md");
  });

  it("takes the pipeline's own changes for what they are", () => {
    const patterns = ofType(resources, "aws:cloudwatch/logMetricFilter:LogMetricFilter").map(({ inputs }) =>
      String(inputs["pattern"]),
    );
    expect(patterns.filter((pattern) => pattern.includes(`!= "${DEPLOYER}"`))).toHaveLength(2);
    for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(1024);
  });

  it("sends findings of medium severity and above to the security topic", () => {
    const rules = ofType(resources, "aws:cloudwatch/eventRule:EventRule");
    expect(rules).toHaveLength(3);
    expect(
      JSON.parse(
        String(only(rules, "aws:cloudwatch/eventRule:EventRule", "audit-guardduty-findings").inputs["eventPattern"]),
      ),
    ).toMatchObject({
      detail: { severity: [{ numeric: [">=", 4] }] },
    });
    const targets = ofType(resources, "aws:cloudwatch/eventTarget:EventTarget");
    expect(targets.filter(({ inputs }) => inputs["arn"] === SECURITY_TOPIC).map(({ name }) => name)).toEqual([
      "audit-guardduty-findings",
      "audit-access-analyzer-findings",
    ]);
  });

  it("tells an attack that goes on four times a day, not every quarter of an hour", () => {
    expect(only(resources, "aws:guardduty/detector:Detector").inputs["findingPublishingFrequency"]).toBe("SIX_HOURS");
  });

  it("watches the cluster and the buckets with GuardDuty", () => {
    expect(
      ofType(resources, "aws:guardduty/detectorFeature:DetectorFeature").map(({ inputs }) => inputs["name"]),
    ).toEqual(expect.arrayContaining(["EKS_AUDIT_LOGS", "S3_DATA_EVENTS", "RDS_LOGIN_EVENTS", "RUNTIME_MONITORING"]));
  });

  it("starts the recorder only when it can deliver", () => {
    expect(only(resources, "aws:cfg/recorderStatus:RecorderStatus").dependsOn).toContain("audit-recorder");
  });

  it("leaves out what the organisation has, says whose it is, and still routes its findings", async () => {
    const less = await make({
      trail: elsewhere,
      guardDuty: elsewhere,
      securityHub: elsewhere,
      configRecorder: elsewhere,
      accessAnalyzer: elsewhere,
    });
    for (const type of [
      "aws:cloudtrail/trail:Trail",
      "aws:guardduty/detector:Detector",
      "aws:securityhub/account:Account",
      "aws:cfg/recorder:Recorder",
      "aws:accessanalyzer/analyzer:Analyzer",
    ]) {
      expect(ofType(less, type), type).toEqual([]);
    }
    expect(ofType(less, "aws:cloudwatch/eventRule:EventRule")).toHaveLength(3);
    expect(Object.keys(ownedElsewhere)).toEqual([
      "trail",
      "guardDuty",
      "securityHub",
      "configRecorder",
      "accessAnalyzer",
    ]);
    expect(ownedElsewhere["trail"]).toBe("security@example.com");
  });
});
