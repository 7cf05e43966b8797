import { describe, expect, it } from "vitest";

import { wafHasRulesAndLogs } from "../../../policies/rules/wafv2/waf-has-rules-and-logs.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const group = (name: string) => ({ name, statement: { managedRuleGroupStatement: { name, vendorName: "AWS" } } });
const COMMON = group("AWSManagedRulesCommonRuleSet");
const BAD_INPUTS = group("AWSManagedRulesKnownBadInputsRuleSet");
const RATE = { name: "rate", statement: { rateBasedStatement: { limit: 1800 } } };

const webAcl = (props: Record<string, unknown>) => ({
  type: "aws:wafv2/webAcl:WebAcl",
  name: "acl",
  props: {
    scope: "CLOUDFRONT",
    rules: [COMMON, BAD_INPUTS, RATE],
    visibilityConfig: { cloudwatchMetricsEnabled: true },
    ...props,
  },
});
const logging = {
  type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  name: "logging",
  refers: { resourceArn: ["acl"] },
};
const judge = (props: Record<string, unknown>, logged = true) =>
  evaluateStack(wafHasRulesAndLogs, [webAcl(props), ...(logged ? [logging] : [])]);

describe(wafHasRulesAndLogs.name, () => {
  it("accepts the groups, a rate, metrics and logs", async () => {
    expect(await judge({})).toEqual([]);
  });

  it("accepts a web ACL behind the edge without a rate, which would count the edge's addresses", async () => {
    expect(await judge({ scope: "REGIONAL", rules: [COMMON, BAD_INPUTS] })).toEqual([]);
  });

  it("accepts rules that are given as JSON", async () => {
    const ruleJson = JSON.stringify([
      { Statement: { ManagedRuleGroupStatement: { Name: COMMON.name } } },
      { Statement: { ManagedRuleGroupStatement: { Name: BAD_INPUTS.name } } },
      { Statement: { RateBasedStatement: {} } },
    ]);
    expect(await judge({ rules: undefined, ruleJson })).toEqual([]);
  });

  it("rejects a web ACL that lets everything through", async () => {
    expect(await judge({ rules: undefined })).toEqual([
      "acl: rules is no AWSManagedRulesCommonRuleSet, required AWSManagedRulesCommonRuleSet",
      "acl: rules is no AWSManagedRulesKnownBadInputsRuleSet, required AWSManagedRulesKnownBadInputsRuleSet",
      "acl: rules is no rate, required a rateBasedStatement",
    ]);
  });

  it("rejects an edge without a rate", async () => {
    expect(await judge({ rules: [COMMON, BAD_INPUTS] })).toEqual([
      "acl: rules is no rate, required a rateBasedStatement",
    ]);
  });

  it("rejects a web ACL that nobody sees in metrics", async () => {
    expect(await judge({ visibilityConfig: { cloudwatchMetricsEnabled: false } })).toEqual([
      "acl: visibilityConfig.cloudwatchMetricsEnabled is false, required true",
    ]);
  });

  it("rejects a web ACL without logs", async () => {
    expect(await judge({}, false)).toEqual(["acl: (logs) is nothing, required a WebAclLoggingConfiguration"]);
  });

  it("is undetermined while the rules are unknown", async () => {
    expect(await judge({ rules: UNKNOWN })).toEqual(["undetermined: rules"]);
  });

  it("leaves a stack without web ACLs alone", async () => {
    expect(await evaluateStack(wafHasRulesAndLogs, [{ type: "aws:s3/bucket:Bucket", name: "bucket" }])).toEqual([]);
  });
});
