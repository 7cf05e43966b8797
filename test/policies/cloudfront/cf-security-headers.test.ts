import { describe, expect, it } from "vitest";

import { cfSecurityHeaders } from "../../../policies/rules/cloudfront/cf-security-headers.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:cloudfront/distribution:Distribution";

describe(cfSecurityHeaders.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts a distribution with a policy on every path",
      props: {
        defaultCacheBehavior: { responseHeadersPolicyId: UNKNOWN },
        orderedCacheBehaviors: [{ responseHeadersPolicyId: "p" }],
      },
      findings: [],
    },
    {
      title: "rejects pages without one",
      props: { defaultCacheBehavior: {} },
      findings: ["defaultCacheBehavior.responseHeadersPolicyId is nothing, required a response headers policy"],
    },
    {
      title: "rejects one path without one",
      props: { defaultCacheBehavior: { responseHeadersPolicyId: "p" }, orderedCacheBehaviors: [{}] },
      findings: ["orderedCacheBehaviors[0].responseHeadersPolicyId is nothing, required a response headers policy"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(cfSecurityHeaders, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(cfSecurityHeaders, "aws:cloudfront/cachePolicy:CachePolicy", {})).toEqual([]);
  });

  const POLICY = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
  const headers = (change: object) => ({
    securityHeadersConfig: {
      strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000 },
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'self'" },
      frameOptions: { frameOption: "DENY" },
      contentTypeOptions: { override: true },
      ...change,
    },
  });
  const hsts = (accessControlMaxAgeSec: unknown) => headers({ strictTransportSecurity: { accessControlMaxAgeSec } });

  it("accepts a policy that insists on HTTPS for exactly a year, and rejects a second less", async () => {
    expect(await evaluate(cfSecurityHeaders, POLICY, hsts(31_536_000))).toEqual([]);
    expect(await evaluate(cfSecurityHeaders, POLICY, hsts(31_535_999))).toEqual([
      "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec is 31535999, required at least 31536000 (seconds)",
    ]);
  });

  it("rejects a policy that says nothing at all, header by header", async () => {
    expect(await evaluate(cfSecurityHeaders, POLICY, { customHeadersConfig: {} })).toEqual([
      "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec is nothing, required at least 31536000 (seconds)",
      "securityHeadersConfig.contentSecurityPolicy is nothing, required what pages may load",
      "securityHeadersConfig.frameOptions is nothing, required DENY or SAMEORIGIN",
      "securityHeadersConfig.contentTypeOptions is nothing, required nosniff",
    ]);
  });

  it.each([
    { property: "contentSecurityPolicy", value: { contentSecurityPolicy: "" } },
    { property: "frameOptions", value: undefined },
    { property: "contentTypeOptions", value: undefined },
  ])("rejects a policy without $property", async ({ property, value }) => {
    expect(await evaluate(cfSecurityHeaders, POLICY, headers({ [property]: value }))).toEqual([
      expect.stringContaining(`securityHeadersConfig.${property} is nothing`),
    ]);
  });

  it("accepts a content security policy that speaks of frames instead of the older header", async () => {
    const contentSecurityPolicy = { contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'" };
    expect(await evaluate(cfSecurityHeaders, POLICY, headers({ contentSecurityPolicy, frameOptions: null }))).toEqual(
      [],
    );
  });

  it("rejects every site as origin of CORS", async () => {
    const corsConfig = { accessControlAllowOrigins: { items: ["https://app.example.com", "*"] } };
    expect(await evaluate(cfSecurityHeaders, POLICY, { ...hsts(31_536_000), corsConfig })).toEqual([
      "corsConfig.accessControlAllowOrigins is *, required sites by name, without a wildcard",
    ]);
  });

  it("is undetermined while the time is unknown", async () => {
    expect(await evaluate(cfSecurityHeaders, POLICY, hsts(UNKNOWN))).toEqual([
      "undetermined: securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec",
    ]);
  });
});
