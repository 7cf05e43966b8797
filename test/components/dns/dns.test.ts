import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Dns } from "../../../components/dns/dns.ts";
import { HealthChecks } from "../../../components/dns/health-checks.ts";
import type { DnsSettings } from "../../../config/blocks/dns.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const SETTINGS: DnsSettings = {
  zoneName: "staging.example.com",
  existingZoneId: null,
  certificateIssuers: ["amazon.com"],
  certificateReportsTo: "security@example.com",
  queryLogRetentionDays: 90,
  dnssec: true,
  healthChecks: {
    regions: ["eu-west-1", "us-east-1", "ap-southeast-1"],
    intervalSeconds: 30,
    failureThreshold: 3,
    paths: { home: "/", api: "/api/version", health: "/api/health" },
  },
};

const topics = (region: string) => {
  const arn = (audience: string) => pulumi.output(`arn:aws:sns:${region}:111122223333:${audience}`);
  return { page: arn("page"), ticket: arn("ticket"), security: arn("security"), cost: arn("cost") };
};
const notify = {
  topicArns: topics("eu-west-1"),
  usEast1TopicArns: topics("us-east-1"),
  runbookBaseUrl: "https://example.com/runbooks",
};
const keyOf = (region: string) => pulumi.output(`arn:aws:kms:${region}:111122223333:key/logs`);

const dns = (name: string, settings: DnsSettings) =>
  new Dns(name, {
    environment: ENVIRONMENT,
    settings,
    keysSettings: { rotationPeriodDays: 365, deletionWindowDays: 30 },
    keys: { in: (region) => ({ arns: { logs: keyOf(region), messaging: keyOf(region), backup: keyOf(region) } }) },
    notify,
  });

let resources: Registered[];
let nameServers: unknown;
beforeAll(async () => {
  resources = await deploy(() => {
    dns("dns", SETTINGS);
    nameServers = dns("adopted", { ...SETTINGS, existingZoneId: "Z0EXISTING", dnssec: false }).nameServers;
    new HealthChecks("outside", {
      environment: ENVIRONMENT,
      settings: SETTINGS.healthChecks,
      host: "staging.example.com",
      maintenance: true,
      notify,
    });
  });
});

const ZONE = "aws:route53/zone:Zone";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("Dns", () => {
  it("makes a zone once and adopts the other by its id", () => {
    expect(ofType(resources, ZONE).map(({ name }) => name)).toEqual(["dns"]);
    expect(only(resources, ZONE)).toMatchObject({
      protect: true,
      retainOnDelete: true,
      inputs: { forceDestroy: false },
    });
    expect(only(resources, "aws:route53/record:Record", "adopted-caa").inputs["zoneId"]).toBe("Z0EXISTING");
    expect(nameServers).toBeUndefined();
  });

  it("lets only the listed authorities issue certificates, wildcards too, and reports refusals", () => {
    expect(only(resources, "aws:route53/record:Record", "dns-caa").inputs["records"]).toEqual([
      '0 issue "amazon.com"',
      '0 issuewild "amazon.com"',
      '0 iodef "mailto:security@example.com"',
    ]);
  });

  it("records every question in us-east-1 under that region's key", () => {
    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup", "dns-queries").inputs).toMatchObject({
      region: "us-east-1",
      name: "/aws/route53/staging.example.com",
      retentionInDays: 90,
      kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/logs",
    });
    expect(only(resources, "aws:route53/queryLog:QueryLog", "dns-queries").dependsOn).toContain("dns-queries");
  });

  it("lets Route 53 write for this account's zone only", () => {
    const policy = JSON.parse(
      String(
        only(resources, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "adopted-queries").inputs[
          "policyDocument"
        ],
      ),
    );
    expect(policy.Statement).toHaveLength(1);
    expect(policy.Statement[0].Condition).toEqual({
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/Z0EXISTING" },
    });
  });

  it("signs the zone where asked to, under a key that Route 53 can use", () => {
    expect(ofType(resources, "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec").map(({ name }) => name)).toEqual([
      "dns-signing",
    ]);
    expect(only(resources, "aws:kms/key:Key").inputs).toMatchObject({
      region: "us-east-1",
      customerMasterKeySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
    });
    expect(only(resources, "aws:kms/key:Key")).toMatchObject({ protect: true });
    expect(
      ofType(resources, ALARM)
        .filter(({ name }) => name.startsWith("dns-"))
        .map(({ inputs }) => inputs["metricName"])
        .toSorted(),
    ).toEqual(["DNSSECInternalFailure", "DNSSECKeySigningKeysNeedingAction"]);
  });
});

describe("HealthChecks", () => {
  it("watches home page, API and health page over HTTPS from three regions", () => {
    const checks = ofType(resources, "aws:route53/healthCheck:HealthCheck");
    expect(checks.map(({ inputs }) => inputs["resourcePath"]).toSorted()).toEqual(["/", "/api/health", "/api/version"]);
    for (const { inputs } of checks) {
      expect(inputs).toMatchObject({
        type: "HTTPS",
        fqdn: "staging.example.com",
        enableSni: true,
        regions: ["eu-west-1", "us-east-1", "ap-southeast-1"],
      });
    }
  });

  it("pages through the topic of us-east-1, also when nobody watches any more", () => {
    const alarms = ofType(resources, ALARM).filter(({ name }) => name.startsWith("outside-"));
    expect(alarms).toHaveLength(3);
    for (const { inputs } of alarms) {
      expect(inputs).toMatchObject({
        region: "us-east-1",
        treatMissingData: "breaching",
        alarmActions: ["arn:aws:sns:us-east-1:111122223333:page"],
        alarmDescription: expect.stringContaining("https://example.com/runbooks/endpoint-unreachable.md"),
      });
    }
  });

  it("does not page for a home page that is under maintenance on purpose", () => {
    const disabled = ofType(resources, "aws:route53/healthCheck:HealthCheck").filter(
      ({ inputs }) => inputs["disabled"] === true,
    );
    expect(disabled.map(({ name }) => name)).toEqual(["outside-home"]);
  });
});
