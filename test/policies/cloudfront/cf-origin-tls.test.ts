import { describe, expect, it } from "vitest";

import { cfOriginTls } from "../../../policies/rules/cloudfront/cf-origin-tls.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:cloudfront/distribution:Distribution";

describe(cfOriginTls.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts HTTPS with TLS 1.2",
      props: {
        origins: [{ customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] } }],
      },
      findings: [],
    },
    {
      title: "accepts a bucket, with which CloudFront always speaks TLS",
      props: { origins: [{ domainName: "files.s3.eu-west-1.amazonaws.com" }] },
      findings: [],
    },
    {
      title: "rejects plain HTTP",
      props: {
        origins: [{ customOriginConfig: { originProtocolPolicy: "http-only", originSslProtocols: ["TLSv1.2"] } }],
      },
      findings: ["origins[0].customOriginConfig.originProtocolPolicy is http-only, required https-only"],
    },
    {
      title: "rejects whatever the viewer uses",
      props: {
        origins: [
          {},
          { customOriginConfig: { originProtocolPolicy: "match-viewer", originSslProtocols: ["TLSv1.2"] } },
        ],
      },
      findings: ["origins[1].customOriginConfig.originProtocolPolicy is match-viewer, required https-only"],
    },
    {
      title: "rejects an old protocol beside a new one",
      props: {
        origins: [
          { customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2", "TLSv1.1"] } },
        ],
      },
      findings: ["origins[0].customOriginConfig.originSslProtocols is TLSv1.1, required nothing but TLSv1.2, TLSv1.3"],
    },
    {
      title: "is undetermined while the origins are unknown",
      props: { origins: UNKNOWN },
      findings: ["undetermined: origins"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(cfOriginTls, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(cfOriginTls, "aws:cloudfront/cachePolicy:CachePolicy", {})).toEqual([]);
  });
});
