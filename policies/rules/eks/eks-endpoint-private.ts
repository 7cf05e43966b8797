import type { ClusterArgs } from "@pulumi/aws/eks/index.js";

import { show } from "../../../core/finding.ts";
import { CLUSTER } from "../../../standards/cluster.ts";
import { resourceRule } from "../../lib/rule.ts";

/** Whether a block is larger than any organisation's own; the halves of the internet count as well as the whole. */
function isOpen(cidr: string): boolean {
  const floor = cidr.includes(":") ? CLUSTER.minApiIpv6CidrPrefixLength : CLUSTER.minApiCidrPrefixLength;
  // A text without prefix length is no block at all.
  return !(Number(cidr.split("/")[1] ?? Number.NaN) >= floor);
}

export const eksEndpointPrivate = resourceRule<ClusterArgs>({
  name: "eks-endpoint-private",
  description:
    "The API server answers inside the network, and on the internet not at all or for listed addresses only.",
  severity: "critical",
  checklist: ["SEC-12", "COMP-04"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
  remediation:
    "Set vpcConfig.endpointPrivateAccess to true, and endpointPublicAccess to false or publicAccessCidrs to your own addresses.",
  types: ["aws:eks/cluster:Cluster"],
  check({ vpcConfig }, report) {
    // AWS' default is off.
    if (vpcConfig.endpointPrivateAccess !== true) {
      report({
        property: "vpcConfig.endpointPrivateAccess",
        found: show(vpcConfig.endpointPrivateAccess),
        required: "true",
      });
    }
    // AWS' default is on, for the whole internet.
    if (vpcConfig.endpointPublicAccess === false) return;
    const property = "vpcConfig.publicAccessCidrs";
    const required = `endpointPublicAccess false, or blocks of /${CLUSTER.minApiCidrPrefixLength} or smaller`;
    const cidrs = vpcConfig.publicAccessCidrs ?? [];
    if (cidrs.length === 0) report({ property, found: "nothing, which is the whole internet", required });
    for (const [index, cidr] of cidrs.entries()) {
      if (isOpen(cidr)) report({ property: `${property}[${index}]`, found: show(cidr), required });
    }
  },
});
