import { describe, expect, it } from "vitest";

import { subnetNoAutoPublicIp } from "../../../policies/rules/vpc/subnet-no-auto-public-ip.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const SUBNET = "aws:ec2/subnet:Subnet";
const OPEN = ["mapPublicIpOnLaunch is true, required false or absent"];
const edge = { mapPublicIpOnLaunch: true, tags: { tier: "edge" } };

describe(subnetNoAutoPublicIp.name, () => {
  it.each([
    {
      title: "accepts a subnet that hands out no addresses",
      props: { mapPublicIpOnLaunch: false },
      config: {},
      findings: [],
    },
    { title: "accepts an absent switch, which AWS reads as off", props: {}, config: {}, findings: [] },
    {
      title: "rejects a subnet that hands out addresses",
      props: { mapPublicIpOnLaunch: true },
      config: {},
      findings: OPEN,
    },
    { title: "rejects it whatever its tag says when no tier is allowed", props: edge, config: {}, findings: OPEN },
    {
      title: "accepts it in the tier that the configuration allows",
      props: edge,
      config: { allowedTier: "edge" },
      findings: [],
    },
    {
      title: "rejects it in another tier",
      props: { ...edge, tags: { tier: "private" } },
      config: { allowedTier: "edge" },
      findings: OPEN,
    },
    {
      title: "rejects it without a tag",
      props: { mapPublicIpOnLaunch: true },
      config: { allowedTier: "edge" },
      findings: OPEN,
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { mapPublicIpOnLaunch: UNKNOWN },
      config: {},
      findings: ["undetermined: mapPublicIpOnLaunch"],
    },
  ])("$title", async ({ props, config, findings }) => {
    expect(await evaluate(subnetNoAutoPublicIp, SUBNET, props, { config })).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(subnetNoAutoPublicIp, "aws:ec2/vpc:Vpc", { mapPublicIpOnLaunch: true })).toEqual([]);
  });
});
