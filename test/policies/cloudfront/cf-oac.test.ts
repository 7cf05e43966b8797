import { describe, expect, it } from "vitest";

import { cfOac } from "../../../policies/rules/cloudfront/cf-oac.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:cloudfront/distribution:Distribution";

describe(cfOac.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts signed requests, also by a control that is only being made",
      props: { origins: [{ domainName: "a.s3.amazonaws.com", originAccessControlId: UNKNOWN }] },
      findings: [],
    },
    {
      title: "accepts the older identity",
      props: {
        origins: [
          {
            domainName: "a.s3.amazonaws.com",
            s3OriginConfig: { originAccessIdentity: "origin-access-identity/cloudfront/E1" },
          },
        ],
      },
      findings: [],
    },
    {
      title: "accepts a host that is no bucket",
      props: { origins: [{ domainName: "origin.example.com", customOriginConfig: {} }] },
      findings: [],
    },
    {
      title: "rejects a bucket without either",
      props: { origins: [{ domainName: "a.s3.amazonaws.com" }] },
      findings: ["origins[0].originAccessControlId is nothing, required an origin access control"],
    },
    {
      title: "rejects an empty identity, which asks as anybody",
      props: { origins: [{ domainName: "a.s3.amazonaws.com", s3OriginConfig: { originAccessIdentity: "" } }] },
      findings: ["origins[0].originAccessControlId is nothing, required an origin access control"],
    },
    {
      title: "rejects a bucket's website, which is public by nature",
      props: { origins: [{ domainName: "a.s3-website-eu-west-1.amazonaws.com", customOriginConfig: {} }] },
      findings: [
        "origins[0].domainName is a bucket's website address, required the bucket's regional name with signed requests",
      ],
    },
    {
      title: "is undetermined while the origins are unknown",
      props: { origins: UNKNOWN },
      findings: ["undetermined: origins"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(cfOac, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(cfOac, "aws:cloudfront/cachePolicy:CachePolicy", {})).toEqual([]);
  });
});
