import { describe, expect, it } from "vitest";

import { ltImdsv2 } from "../../../policies/rules/ec2/lt-imdsv2.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

describe(ltImdsv2.name, () => {
  it.each([
    {
      title: "accepts required tokens over two hops",
      props: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } },
      findings: [],
    },
    {
      title: "accepts an absent hop limit, which AWS reads as 1 or 2",
      props: { metadataOptions: { httpTokens: "required" } },
      findings: [],
    },
    {
      title: "accepts an endpoint that is off",
      props: { metadataOptions: { httpEndpoint: "disabled" } },
      findings: [],
    },
    {
      title: "rejects a third hop",
      props: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 3 } },
      findings: ["metadataOptions.httpPutResponseHopLimit is 3, required at most 2 (hops)"],
    },
    {
      title: "rejects optional tokens",
      props: { metadataOptions: { httpTokens: "optional" } },
      findings: ["metadataOptions.httpTokens is optional, required required"],
    },
    {
      title: "rejects absent options, which leave it to account and image",
      props: {},
      findings: ["metadataOptions.httpTokens is nothing, required required"],
    },
    {
      title: "is undetermined while the tokens are unknown",
      props: { metadataOptions: { httpTokens: UNKNOWN } },
      findings: ["undetermined: metadataOptions.httpTokens"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(ltImdsv2, TEMPLATE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(ltImdsv2, "aws:ec2/instance:Instance", {})).toEqual([]);
  });
});
