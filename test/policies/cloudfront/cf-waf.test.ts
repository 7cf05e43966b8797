import { describe, expect, it } from "vitest";

import { cfWaf } from "../../../policies/rules/cloudfront/cf-waf.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:cloudfront/distribution:Distribution";

describe(cfWaf.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts a web ACL",
      props: { webAclId: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1" },
      findings: [],
    },
    { title: "accepts a web ACL that is only being made", props: { webAclId: UNKNOWN }, findings: [] },
    { title: "rejects a distribution without one", props: {}, findings: ["webAclId is nothing, required a web ACL"] },
    {
      title: "rejects nothing in words",
      props: { webAclId: null },
      findings: ["webAclId is nothing, required a web ACL"],
    },
    { title: "rejects an empty text", props: { webAclId: "" }, findings: ["webAclId is nothing, required a web ACL"] },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(cfWaf, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(cfWaf, "aws:cloudfront/cachePolicy:CachePolicy", {})).toEqual([]);
  });
});
