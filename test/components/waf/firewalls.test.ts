import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { BalancerFirewall } from "../../../components/waf/balancer-firewall.ts";
import { EdgeFirewall } from "../../../components/waf/edge-firewall.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { WAF_SETTINGS } from "../../support/edge-settings.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { api } from "../../support/services.ts";

const keyOf = (region: string) => pulumi.output(`arn:aws:kms:${region}:111122223333:key/logs`);

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    new EdgeFirewall("edge", {
      environment: ENVIRONMENT,
      settings: WAF_SETTINGS,
      services: [api({ traffic: { path: "/api/events", authenticationTier: "machine" } })],
      keys: { in: (region) => ({ arns: { logs: keyOf(region), messaging: keyOf(region), backup: keyOf(region) } }) },
    });
    new BalancerFirewall("balancer", {
      environment: ENVIRONMENT,
      settings: WAF_SETTINGS,
      keys: { arns: { logs: keyOf("eu-west-1") } },
      originSecret: { accepted: [pulumi.secret("blue-value"), pulumi.secret("green-value")] },
    });
  });
});

const ACL = "aws:wafv2/webAcl:WebAcl";

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: object;
  readonly statement: Record<string, unknown>;
  readonly visibilityConfig: object;
}
const rulesOf = (name: string): Rule[] =>
  [only(resources, ACL, name).inputs["rules"]].flat().map((rule) => rule as Rule);
const rule = (acl: string, name: string) => rulesOf(acl).find((candidate) => candidate.name === name);

describe("EdgeFirewall", () => {
  it("stands in us-east-1 for CloudFront, with every rule seen and in its own place", () => {
    expect(ofType(resources, ACL)).toHaveLength(2);
    expect(only(resources, ACL, "edge").inputs).toMatchObject({
      region: "us-east-1",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
    });
    expect(rulesOf("edge").map(({ name }) => name)).toEqual([
      "AWSManagedRulesAmazonIpReputationList",
      "audience-login",
      "audience-machine",
      "rate-authentication",
      "rate-machine-key",
      "rate-machine-address",
      "rate-api",
      "rate-general",
      "other-methods",
      "long-paths",
      "blocked-paths",
      "large-bodies-login",
      "large-bodies-machine",
      "large-bodies",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesSQLiRuleSet",
    ]);
    expect(rulesOf("edge").map(({ priority }) => priority)).toEqual(Array.from({ length: 17 }, (_, place) => place));
    for (const { name, visibilityConfig } of rulesOf("edge"))
      expect(visibilityConfig).toEqual({
        cloudwatchMetricsEnabled: true,
        metricName: name,
        sampledRequestsEnabled: true,
      });
  });

  it("limits the API to 30 a second and logins to 5 a minute for each address", () => {
    expect(rule("edge", "rate-api")?.statement).toMatchObject({
      rateBasedStatement: { aggregateKeyType: "IP", limit: 1800, evaluationWindowSec: 60 },
    });
    expect(rule("edge", "rate-authentication")?.statement).toMatchObject({
      rateBasedStatement: {
        limit: 25,
        evaluationWindowSec: 300,
        scopeDownStatement: { labelMatchStatement: { scope: "LABEL", key: "audience:login" } },
      },
    });
    expect(rule("edge", "rate-api")?.action).toEqual({
      block: { customResponse: { responseCode: 429, responseHeaders: [{ name: "retry-after", value: "60" }] } },
    });
  });

  it("compares paths whatever their spelling", () => {
    expect(JSON.stringify(rule("edge", "blocked-paths")?.statement)).toContain('"type":"NORMALIZE_PATH"');
  });

  it("counts machines by their key, and widely by address, and not at the rates of people", () => {
    expect(rule("edge", "rate-machine-key")?.statement["rateBasedStatement"]).toEqual({
      aggregateKeyType: "CUSTOM_KEYS",
      customKeys: [{ header: { name: "x-api-key", textTransformations: [{ type: "NONE", priority: 0 }] } }],
      limit: 60_000,
      evaluationWindowSec: 60,
      scopeDownStatement: { labelMatchStatement: { scope: "LABEL", key: "audience:machine" } },
    });
    expect(rule("edge", "rate-machine-address")?.statement["rateBasedStatement"]).toMatchObject({
      aggregateKeyType: "IP",
      limit: 120_000,
    });
    for (const name of ["rate-api", "rate-general"])
      expect(JSON.stringify(rule("edge", name)?.statement)).toContain(
        '"notStatement":{"statement":{"labelMatchStatement":{"key":"audience:machine","scope":"LABEL"}}}',
      );
  });

  it("refuses large bodies by our own limits, except where uploads go, and looks at all of the others", () => {
    const sizes = ["large-bodies-login", "large-bodies-machine", "large-bodies"].map((name) =>
      JSON.stringify(rule("edge", name)?.statement)
        .match(/"size":(\d+)/)
        ?.at(1),
    );
    expect(sizes).toEqual(["8192", "65536", "32768"]);
    const general = JSON.stringify(rule("edge", "large-bodies")?.statement);
    expect(general).toContain('"oversizeHandling":"MATCH"');
    expect(general).toContain(
      '"notStatement":{"statement":{"regexMatchStatement":{"fieldToMatch":{"uriPath":{}},"regexString":"^(/api/uploads/)"',
    );
    expect(only(resources, ACL, "edge").inputs["associationConfig"]).toEqual({
      requestBodies: [{ cloudfront: { defaultSizeInspectionLimit: "KB_64" } }],
    });
  });
});

describe("BalancerFirewall", () => {
  it("refuses first whatever did not come through the CDN, and takes both values", () => {
    const [first] = rulesOf("balancer");
    expect(first).toMatchObject({ name: "past-the-cdn", priority: 0, action: { block: {} } });
    const values = [first?.statement["notStatement"]]
      .flat()
      .map((not) => JSON.stringify(not).match(/(?:blue|green)-value/g));
    expect(values).toEqual([["blue-value", "green-value"]]);
    expect(only(resources, ACL, "balancer").secretInputs).toContain("rules");
  });

  it("neither counts nor judges addresses, which are all the CDN's", () => {
    const text = JSON.stringify(rulesOf("balancer"));
    expect(text).not.toContain("rateBasedStatement");
    expect(text).not.toContain("IpReputation");
  });
});

describe("their logs", () => {
  it("stay in the firewall's own region, under its key, and end", () => {
    expect(
      ofType(resources, "aws:cloudwatch/logGroup:LogGroup")
        .map(({ inputs }) => inputs)
        .toSorted((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1)),
    ).toEqual([
      expect.objectContaining({
        name: "aws-waf-logs-preflight-staging-balancer",
        region: "eu-west-1",
        retentionInDays: 90,
        kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/logs",
      }),
      expect.objectContaining({
        name: "aws-waf-logs-preflight-staging-edge",
        region: "us-east-1",
        retentionInDays: 90,
        kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/logs",
      }),
    ]);
  });

  it("hide what would let a reader act as the sender, in logs and in samples", () => {
    for (const name of ["edge", "balancer"]) {
      const hidden = ["authorization", "cookie", "x-api-key", ...(name === "balancer" ? ["x-origin-verify"] : [])];
      const { redactedFields } = only(
        resources,
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        name,
      ).inputs;
      expect(redactedFields).toEqual(hidden.map((header) => ({ singleHeader: { name: header } })));
      expect(JSON.stringify(only(resources, ACL, name).inputs["dataProtectionConfig"])).toContain(
        JSON.stringify(hidden),
      );
    }
  });
});
