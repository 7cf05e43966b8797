import { describe, expect, it } from "vitest";

import { eksEndpointPrivate } from "../../../policies/rules/eks/eks-endpoint-private.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const REQUIRED = "required endpointPublicAccess false, or blocks of /16 or smaller";

describe(eksEndpointPrivate.name, () => {
  it.each([
    {
      title: "accepts a private endpoint",
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false },
      findings: [],
    },
    {
      title: "accepts a public endpoint for listed blocks down to /16",
      vpcConfig: {
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: ["198.51.100.7/32", "203.0.0.0/16", "2001:db8::/32"],
      },
      findings: [],
    },
    {
      title: "rejects a block one step larger",
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ["203.0.0.0/15"] },
      findings: [`vpcConfig.publicAccessCidrs[0] is 203.0.0.0/15, ${REQUIRED}`],
    },
    {
      title: "rejects an IPv6 block one step larger",
      vpcConfig: { endpointPrivateAccess: true, publicAccessCidrs: ["2001:db8::/31"] },
      findings: [`vpcConfig.publicAccessCidrs[0] is 2001:db8::/31, ${REQUIRED}`],
    },
    {
      title: "rejects an address without a prefix length, which is no block",
      vpcConfig: { endpointPrivateAccess: true, publicAccessCidrs: ["198.51.100.7"] },
      findings: [`vpcConfig.publicAccessCidrs[0] is 198.51.100.7, ${REQUIRED}`],
    },
    {
      title: "rejects the private endpoint switched off",
      vpcConfig: { endpointPrivateAccess: false, endpointPublicAccess: false },
      findings: ["vpcConfig.endpointPrivateAccess is false, required true"],
    },
    {
      title: "rejects the internet, whole, in halves and in IPv6",
      vpcConfig: {
        endpointPrivateAccess: true,
        publicAccessCidrs: ["198.51.100.7/32", "0.0.0.0/0", "128.0.0.0/1", "::/0"],
      },
      findings: [
        `vpcConfig.publicAccessCidrs[1] is 0.0.0.0/0, ${REQUIRED}`,
        `vpcConfig.publicAccessCidrs[2] is 128.0.0.0/1, ${REQUIRED}`,
        `vpcConfig.publicAccessCidrs[3] is ::/0, ${REQUIRED}`,
      ],
    },
    {
      title: "rejects absent settings, which AWS reads as public for everyone and not private",
      vpcConfig: {},
      findings: [
        "vpcConfig.endpointPrivateAccess is nothing, required true",
        `vpcConfig.publicAccessCidrs is nothing, which is the whole internet, ${REQUIRED}`,
      ],
    },
    {
      title: "rejects an empty list, which AWS fills with the whole internet",
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: [] },
      findings: [`vpcConfig.publicAccessCidrs is nothing, which is the whole internet, ${REQUIRED}`],
    },
    {
      title: "is undetermined while the public switch is unknown",
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: UNKNOWN, publicAccessCidrs: ["198.51.100.7/32"] },
      findings: ["undetermined: vpcConfig.endpointPublicAccess"],
    },
    {
      title: "is undetermined while the listed block is unknown",
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: [UNKNOWN] },
      findings: ["undetermined: vpcConfig.publicAccessCidrs.0"],
    },
  ])("$title", async ({ vpcConfig, findings }) => {
    expect(await evaluate(eksEndpointPrivate, CLUSTER, { vpcConfig })).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(eksEndpointPrivate, "aws:ecs/cluster:Cluster", {})).toEqual([]);
  });
});
