import { describe, expect, it } from "vitest";

import { cfTls12 } from "../../../policies/rules/cloudfront/cf-tls12.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:cloudfront/distribution:Distribution";

describe(cfTls12.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts the weakest policy that is strong enough",
      props: { viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021" } },
      findings: [],
    },
    {
      title: "accepts a stronger one",
      props: { viewerCertificate: { minimumProtocolVersion: "TLSv1.3_2025" } },
      findings: [],
    },
    {
      title: "rejects one step below, which still has ciphers in CBC mode",
      props: { viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2019" } },
      findings: [
        "viewerCertificate.minimumProtocolVersion is TLSv1.2_2019, required one of TLSv1.2_2021, TLSv1.2_2025, TLSv1.3_2025",
      ],
    },
    {
      title: "rejects an absent version, which CloudFront reads as TLS 1.0",
      props: { viewerCertificate: { acmCertificateArn: "arn" } },
      findings: [
        "viewerCertificate.minimumProtocolVersion is nothing, required one of TLSv1.2_2021, TLSv1.2_2025, TLSv1.3_2025",
      ],
    },
    {
      title: "rejects CloudFront's own certificate, whatever version it says",
      props: { viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1.2_2021" } },
      findings: ["viewerCertificate.cloudfrontDefaultCertificate is true, required a certificate of one's own"],
    },
    {
      title: "is undetermined while the version is unknown",
      props: { viewerCertificate: { minimumProtocolVersion: UNKNOWN } },
      findings: ["undetermined: viewerCertificate.minimumProtocolVersion"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(cfTls12, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(cfTls12, "aws:cloudfront/cachePolicy:CachePolicy", {})).toEqual([]);
  });
});
