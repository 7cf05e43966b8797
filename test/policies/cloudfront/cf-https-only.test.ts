import { describe, expect, it } from "vitest";

import { cfHttpsOnly } from "../../../policies/rules/cloudfront/cf-https-only.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:cloudfront/distribution:Distribution";

describe(cfHttpsOnly.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts HTTPS only, and a redirect",
      props: {
        defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
        orderedCacheBehaviors: [{ viewerProtocolPolicy: "https-only" }],
      },
      findings: [],
    },
    {
      title: "rejects plain HTTP for the pages",
      props: { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } },
      findings: ["defaultCacheBehavior.viewerProtocolPolicy is allow-all, required https-only or redirect-to-https"],
    },
    {
      title: "rejects plain HTTP for one path",
      props: {
        defaultCacheBehavior: { viewerProtocolPolicy: "https-only" },
        orderedCacheBehaviors: [{ viewerProtocolPolicy: "https-only" }, { viewerProtocolPolicy: "allow-all" }],
      },
      findings: [
        "orderedCacheBehaviors[1].viewerProtocolPolicy is allow-all, required https-only or redirect-to-https",
      ],
    },
    {
      title: "rejects an absent policy",
      props: { defaultCacheBehavior: {} },
      findings: ["defaultCacheBehavior.viewerProtocolPolicy is nothing, required https-only or redirect-to-https"],
    },
    {
      title: "is undetermined while the policy is unknown",
      props: { defaultCacheBehavior: { viewerProtocolPolicy: UNKNOWN } },
      findings: ["undetermined: defaultCacheBehavior.viewerProtocolPolicy"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(cfHttpsOnly, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(cfHttpsOnly, "aws:cloudfront/cachePolicy:CachePolicy", {})).toEqual([]);
  });
});
