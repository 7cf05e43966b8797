import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { BalancerFirewall } from "../../../components/waf/balancer-firewall.ts";
import { EdgeFirewall } from "../../../components/waf/edge-firewall.ts";
import type { ServiceSettings } from "../../../config/blocks/services/service.ts";
import type { WafSettings } from "../../../config/blocks/waf.ts";
import { isRecord } from "../../../core/records.ts";
import { WAF_CAPACITY } from "../../../standards/facts/waf.ts";
import { WAF } from "../../../standards/waf.ts";
import { deploy, only } from "../../support/cloud.ts";
import { WAF_SETTINGS } from "../../support/edge-settings.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { api } from "../../support/services.ts";
import { parsedStack, STACK_NAMES } from "../../support/stack-files.ts";

const ACL = "aws:wafv2/webAcl:WebAcl";
const keys = { logs: pulumi.output("arn:key/logs"), messaging: pulumi.output("x"), backup: pulumi.output("x") };
const { groups, limits, statements } = WAF_CAPACITY;

/** What AWS counts for a statement of each kind; those that only join others take what these take. */
const UNITS: Readonly<Record<string, number>> = {
  byteMatchStatement: statements.byteMatchFixed,
  regexMatchStatement: statements.regexMatch,
  sizeConstraintStatement: statements.sizeConstraint,
  labelMatchStatement: statements.labelMatch,
  rateBasedStatement: statements.rateBased,
  andStatement: 0,
  orStatement: 0,
  notStatement: 0,
  scopeDownStatement: 0,
};

/** Units of everything in a value: statements, groups, keys, and ten for each transformation; NaN for an unknown kind. */
function unitsOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + unitsOf(item), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => {
    if (key === "textTransformations" && Array.isArray(inner))
      return sum + statements.textTransformation * inner.length;
    if (key === "managedRuleGroupStatement" && isRecord(inner)) return sum + (groups[String(inner["name"])] ?? NaN);
    if (key === "customKeys" && Array.isArray(inner))
      return sum + statements.rateBasedCustomKey * inner.length + unitsOf(inner);
    const own = key.endsWith("Statement") ? (UNITS[key] ?? NaN) : 0;
    return sum + own + unitsOf(inner);
  }, 0);
}

async function unitsOfEdge(settings: WafSettings, services: readonly ServiceSettings[]): Promise<number> {
  const resources = await deploy(() => {
    new EdgeFirewall("edge", { environment: ENVIRONMENT, settings, services, keys: { in: () => ({ arns: keys }) } });
  });
  return unitsOf(only(resources, ACL).inputs["rules"]);
}

const prefixes = (count: number) => Array.from({ length: count }, (_, index) => `/api/${index}/`);

/** Services of every audience, some below others, and every list as long as the schema lets it be. */
const FULLEST = {
  settings: {
    ...WAF_SETTINGS,
    rates: {
      ...WAF_SETTINGS.rates,
      api: { ...WAF_SETTINGS.rates.api, pathPrefixes: prefixes(WAF.maxPathPrefixes) },
      authentication: { ...WAF_SETTINGS.rates.authentication, pathPrefixes: prefixes(WAF.maxPathPrefixes) },
    },
    blockedPathPrefixes: prefixes(WAF.maxPathPrefixes),
    uploadPathPrefixes: prefixes(WAF.maxPathPrefixes),
  },
  services: (["browser", "login", "machine"] as const).flatMap((authenticationTier) =>
    ["/api", `/api/0/${authenticationTier}`].map((path, index) => {
      const service = api({ name: `${authenticationTier}-${index}` });
      return service.traffic === null
        ? service
        : { ...service, traffic: { ...service.traffic, path, authenticationTier } };
    }),
  ),
};

describe("the capacity of the edge's web ACL", () => {
  it.each(STACK_NAMES)("costs nothing extra in %s", async (name) => {
    const { waf, services } = parsedStack(name);
    const units = await unitsOfEdge(waf, services.catalogue);
    expect(units).toBeGreaterThan(1300);
    expect(units).toBeLessThanOrEqual(limits.withoutExtraPrice);
  });

  it("costs nothing extra with as much in it as the schema lets in", async () => {
    const units = await unitsOfEdge(FULLEST.settings, FULLEST.services);
    expect(units).toBeGreaterThan(await unitsOfEdge(WAF_SETTINGS, []));
    expect(units).toBeLessThanOrEqual(limits.withoutExtraPrice);
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
