import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { BalancerFirewall } from "../../../components/waf/balancer-firewall.ts";
import { EdgeFirewall } from "../../../components/waf/edge-firewall.ts";
import type { WafSettings } from "../../../config/blocks/waf.ts";
import { edgeCapacity, firewallObjections } from "../../../config/checks/facts/firewall.ts";
import { isRecord } from "../../../core/records.ts";
import { deploy, only } from "../../support/cloud.ts";
import { WAF_SETTINGS } from "../../support/edge-settings.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { parsedStack } from "../../support/stack-files.ts";

const ACL = "aws:wafv2/webAcl:WebAcl";
const keys = { logs: pulumi.output("arn:key/logs"), messaging: pulumi.output("x"), backup: pulumi.output("x") };

/** What AWS counts for a statement of each kind, as its guide has it. */
const UNITS: Readonly<Record<string, number>> = {
  byteMatchStatement: 2,
  regexMatchStatement: 3,
  sizeConstraintStatement: 1,
  rateBasedStatement: 2,
};
const GROUPS: Readonly<Record<string, number>> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
};

/** Units of everything in a value: statements, groups, and ten for each transformation. */
function unitsOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + unitsOf(item), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => {
    if (key === "textTransformations" && Array.isArray(inner)) return sum + 10 * inner.length;
    if (key === "managedRuleGroupStatement" && isRecord(inner)) return sum + (GROUPS[String(inner["name"])] ?? NaN);
    return sum + (UNITS[key] ?? 0) + unitsOf(inner);
  }, 0);
}

async function unitsOfEdge(settings: WafSettings): Promise<number> {
  const resources = await deploy(() => {
    new EdgeFirewall("edge", { environment: ENVIRONMENT, settings, keys: { in: () => ({ arns: keys }) } });
  });
  return unitsOf(only(resources, ACL).inputs["rules"]);
}

const prefixes = (count: number) => Array.from({ length: count }, (_, index) => `/api/${index}/`);

describe("the capacity of the edge's web ACL", () => {
  it.each<[string, WafSettings]>([
    ["the example", WAF_SETTINGS],
    ["production", parsedStack("production").waf],
    ["no prefixes beside the rates'", { ...WAF_SETTINGS, blockedPathPrefixes: [], uploadPathPrefixes: [] }],
    [
      "as many as are allowed",
      { ...WAF_SETTINGS, blockedPathPrefixes: prefixes(10), uploadPathPrefixes: prefixes(10) },
    ],
  ])("is counted as the rules that are registered: %s", async (_, settings) => {
    expect(edgeCapacity(settings)).toBe(await unitsOfEdge(settings));
  });

  it("costs nothing extra in production, whatever a comparison as it is counts", () => {
    expect(edgeCapacity(parsedStack("production").waf)).toBe(1454);
    expect(firewallObjections(parsedStack("production").waf)).toEqual([]);
  });

  it("is warned of above 1,500 units, and refused above 5,000", () => {
    const of = (count: number) =>
      firewallObjections({ ...WAF_SETTINGS, blockedPathPrefixes: prefixes(count) }).map(({ certain }) => certain);
    expect(of(10)).toEqual([false]);
    expect(of(120)).toEqual([true]);
  });
});

describe("the capacity of the balancers' web ACL", () => {
  it("costs nothing extra", async () => {
    const resources = await deploy(() => {
      new BalancerFirewall("balancer", {
        environment: ENVIRONMENT,
        settings: WAF_SETTINGS,
        keys: { arns: { logs: keys.logs } },
        originSecret: { accepted: [pulumi.secret("blue"), pulumi.secret("green")] },
      });
    });
    expect(unitsOf(only(resources, ACL).inputs["rules"])).toBe(1124);
  });
});
