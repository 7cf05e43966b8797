import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { NetworkSettings } from "../../config/blocks/network.ts";
import { nameOf } from "../../core/names.ts";
import type { EndpointServiceName } from "../../standards/network.ts";
import type { Keys } from "../keys/keys.ts";
import { createAccessLists } from "./access-lists.ts";
import { createEndpoints } from "./endpoints.ts";
import { createFlowLogs } from "./flow-logs.ts";
import { createRoutes } from "./routes.ts";
import type { Tier } from "./subnets.ts";
import { createZones } from "./subnets.ts";

export interface NetworkArgs {
  readonly environment: Environment;
  readonly settings: NetworkSettings;
  /** The record of connections is encrypted under "logs". */
  readonly keys: Pick<Keys<"logs">, "arns">;
}

/**
 * A private network over several zones, each with a public, a private and an isolated subnet. Nothing in it gets a
 * public address by itself; private subnets reach the internet through NAT, isolated ones not at all. What AWS would use
 * where nobody chose (security group, access list, route table) lets nothing through. All connections are recorded.
 *
 * Resources that work through the network while they come or go (nodes, for instance) name `ready` in `dependsOn`: a
 * subnet alone has no way out yet, and naming the component would reach its direct children only.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** All addresses of the network, for instance "10.20.0.0/16". */
  readonly cidrBlock: string;
  /** Zones by name; the lists below have one entry for each, in this order. */
  readonly zones: readonly string[];
  /** For load balancers. */
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  /** For nodes, pods and whatever calls the internet. */
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  /** For data stores and others that only answer. */
  readonly isolatedSubnetIds: readonly pulumi.Output<string>[];
  readonly publicCidrBlocks: readonly string[];
  readonly privateCidrBlocks: readonly string[];
  readonly isolatedCidrBlocks: readonly string[];
  readonly privateRouteTableIds: readonly pulumi.Output<string>[];
  /** Addresses from which the environment calls others; one for each NAT gateway. Partners may rely on them. */
  readonly natPublicIps: readonly pulumi.Output<string>[];
  /** AWS services that are reached inside the network; all others are outside of it. */
  readonly endpointServices: readonly EndpointServiceName[];
  /** All that traffic from the private subnets needs: routes, access lists, endpoints. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:network:Network", name, {}, opts);
    const { environment, settings, keys } = args;
    const vpc = new ec2.Vpc(
      name,
      {
        cidrBlock: settings.cidr,
        // Private names of endpoints and of the API server need both.
        enableDnsSupport: true,
        enableDnsHostnames: true,
        enableNetworkAddressUsageMetrics: true,
        tags: { Name: nameOf(environment) },
      },
      // Data stores that stay keep their subnets, and these the network. Nothing else below it stays, and none of this costs.
      { parent: this, retainOnDelete: environment.retainStatefulResources },
    );
    this.closeDefaults(name, environment, vpc);
    const zones = createZones(name, { environment, settings, vpc });
    const accessLists = createAccessLists(name, { environment, cidr: settings.cidr, vpc, zones });
    const routes = createRoutes(name, { environment, settings, vpc, zones });
    const endpoints = createEndpoints(name, { environment, settings, vpc, zones, routes });
    createFlowLogs(name, { environment, settings: settings.flowLogs, keys, vpc });

    const idsOf = (tier: Tier) => zones.map(({ subnets }) => subnets[tier].id);
    const blocksOf = (tier: Tier) => zones.map(({ blocks }) => blocks[tier]);
    this.vpcId = vpc.id;
    this.cidrBlock = settings.cidr;
    this.zones = settings.zones;
    this.publicSubnetIds = idsOf("public");
    this.privateSubnetIds = idsOf("private");
    this.isolatedSubnetIds = idsOf("isolated");
    this.publicCidrBlocks = blocksOf("public");
    this.privateCidrBlocks = blocksOf("private");
    this.isolatedCidrBlocks = blocksOf("isolated");
    this.privateRouteTableIds = routes.privateTables.map(({ id }) => id);
    this.natPublicIps = routes.addresses.map(({ publicIp }) => publicIp);
    this.endpointServices = settings.interfaceEndpoints;
    this.ready = [...routes.privateRouting, ...accessLists, ...endpoints];
    this.registerOutputs({ vpcId: this.vpcId, natPublicIps: this.natPublicIps });
  }

  /** What a resource gets when it names no group, list or table of its own: nothing in, nothing out, no way anywhere. */
  private closeDefaults(name: string, environment: Environment, vpc: ec2.Vpc): void {
    const role = `${name}-default`;
    const tags = { Name: nameOf(environment, "default-closed") };
    new ec2.DefaultSecurityGroup(role, { vpcId: vpc.id, ingress: [], egress: [], tags }, { parent: vpc });
    new ec2.DefaultRouteTable(
      role,
      { defaultRouteTableId: vpc.defaultRouteTableId, routes: [], tags },
      { parent: vpc },
    );
    // Subnets come here before they get their own list, and go back when it goes: AWS moves them, not the program.
    new ec2.DefaultNetworkAcl(
      role,
      { defaultNetworkAclId: vpc.defaultNetworkAclId, ingress: [], egress: [], tags },
      { parent: vpc, ignoreChanges: ["subnetIds"] },
    );
  }
}
