import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { BalancerAccess } from "../../components/balancer-access.ts";
import type { Registered } from "../support/cloud.ts";
import { deploy, ofType, only } from "../support/cloud.ts";
import { ENVIRONMENT } from "../support/environment.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const WAY_IN = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const WAY_OUT = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

let resources: Registered[];

beforeAll(async () => {
  resources = await deploy(
    () =>
      new BalancerAccess("balancer", {
        environment: ENVIRONMENT,
        network: { vpcId: pulumi.output("vpc-1"), cidrBlock: "10.20.0.0/16" },
      }),
  );
});

describe("who reaches the shared balancer", () => {
  it("is CloudFront by TLS, by AWS' own list of its addresses, and nobody else", () => {
    expect(ofType(resources, WAY_IN).map(({ inputs }) => inputs)).toEqual([
      expect.objectContaining({
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        prefixListId: expect.stringMatching(/^pl-/),
      }),
    ]);
    for (const other of ["cidrIpv4", "cidrIpv6", "referencedSecurityGroupId"])
      expect(only(resources, WAY_IN).inputs).not.toHaveProperty(other);
  });

  it("has no rules inside the group itself, which would shut out the separate ones", () => {
    const { inputs } = only(resources, GROUP);
    expect(inputs).toMatchObject({ vpcId: "vpc-1" });
    expect(inputs).not.toHaveProperty("ingress");
    expect(inputs).not.toHaveProperty("egress");
  });
});

describe("what the shared balancer reaches", () => {
  it("is the unprivileged ports of the network's own addresses", () => {
    expect(ofType(resources, WAY_OUT).map(({ inputs }) => inputs)).toEqual([
      expect.objectContaining({ ipProtocol: "tcp", fromPort: 1024, toPort: 65535, cidrIpv4: "10.20.0.0/16" }),
    ]);
  });
});
