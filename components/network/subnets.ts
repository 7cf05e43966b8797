import * as ec2 from "@pulumi/aws/ec2/index.js";

import type { Environment } from "../../config/blocks/environment.ts";
import type { NetworkSettings } from "../../config/blocks/network.ts";
import { nameOf } from "../../core/names.ts";
import type { ZoneBlocks } from "./address-plan.ts";
import { zoneBlocks, zoneLetter } from "./address-plan.ts";

/** public: gateways and load balancers; private: nodes and pods; isolated: data stores, the control plane's interfaces. */
export type Tier = keyof ZoneBlocks;

/** What a zone of the network consists of. */
export interface Zone {
  /** For instance "eu-west-1a". */
  readonly name: string;
  /** Its letter, which names the zone's resources. */
  readonly letter: string;
  readonly blocks: ZoneBlocks;
  readonly subnets: Readonly<Record<Tier, ec2.Subnet>>;
}

export interface SubnetsArgs {
  readonly environment: Environment;
  readonly settings: NetworkSettings;
  readonly vpc: ec2.Vpc;
}

/** By what controllers find the subnets: the load balancer controller by role, Karpenter by the cluster's name. */
function discoveryTags(tier: Tier, clusterName: string): Record<string, string> {
  switch (tier) {
    case "public":
      return { "kubernetes.io/role/elb": "1" };
    case "private":
      return { "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": clusterName };
    case "isolated":
      return {};
  }
}

/** One subnet of each tier in each zone, in the order of the settings. */
export function createZones(name: string, { environment, settings, vpc }: SubnetsArgs): readonly Zone[] {
  const network = nameOf(environment);
  return settings.zones.map((zone) => {
    const letter = zoneLetter(zone);
    const blocks = zoneBlocks(settings.cidr, zone);
    const subnet = (tier: Tier) =>
      new ec2.Subnet(
        `${name}-${tier}-${letter}`,
        {
          vpcId: vpc.id,
          cidrBlock: blocks[tier],
          availabilityZone: zone,
          // Not even in the public tier: gateways and load balancers bring addresses of their own.
          mapPublicIpOnLaunch: false,
          tags: { Name: `${network}-${tier}-${letter}`, tier, ...discoveryTags(tier, network) },
        },
        { parent: vpc, retainOnDelete: tier === "isolated" && environment.retainStatefulResources },
      );
    return {
      name: zone,
      letter,
      blocks,
      subnets: { public: subnet("public"), private: subnet("private"), isolated: subnet("isolated") },
    };
  });
}
