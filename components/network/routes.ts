import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { NetworkSettings } from "../../config/blocks/network.ts";
import { nameOf } from "../../core/names.ts";
import type { Zone } from "./subnets.ts";

export interface RoutesArgs {
  readonly environment: Environment;
  readonly settings: NetworkSettings;
  readonly vpc: ec2.Vpc;
  readonly zones: readonly Zone[];
}

export interface Routes {
  /** Addresses from which the network appears on the internet; one for each NAT gateway. */
  readonly addresses: readonly ec2.Eip[];
  /** One for each zone, in the order of the zones. */
  readonly privateTables: readonly ec2.RouteTable[];
  /** Shared by all zones; it leads nowhere outside the network. */
  readonly isolatedTable: ec2.RouteTable;
  /** What gives the private subnets their way to the internet: routes, and associations of their tables. */
  readonly privateRouting: readonly pulumi.Resource[];
}

interface Gateway {
  readonly nat: ec2.NatGateway;
  readonly address: ec2.Eip;
}

const ANYWHERE = "0.0.0.0/0";

/**
 * Ways in and out: public subnets through the internet gateway, private ones out through a NAT gateway, isolated ones
 * nowhere. Every zone has a private table of its own, also with a single NAT gateway: going to one for each zone then
 * changes routes, not tables.
 */
export function createRoutes(name: string, args: RoutesArgs): Routes {
  const { environment, settings, vpc, zones } = args;
  const network = nameOf(environment);
  const child = { parent: vpc, retainOnDelete: false };
  const internet = new ec2.InternetGateway(name, { vpcId: vpc.id, tags: { Name: network } }, child);

  const publicTable = new ec2.RouteTable(
    `${name}-public`,
    { vpcId: vpc.id, tags: { Name: `${network}-public` } },
    child,
  );
  const publicRoute = new ec2.Route(
    `${name}-public`,
    { routeTableId: publicTable.id, destinationCidrBlock: ANYWHERE, gatewayId: internet.id },
    { parent: publicTable },
  );
  const isolatedTable = new ec2.RouteTable(
    `${name}-isolated`,
    { vpcId: vpc.id, tags: { Name: `${network}-isolated` } },
    child,
  );
  const wayOut = [
    publicRoute,
    ...zones.map(({ letter, subnets }) => associate(`${name}-public-${letter}`, subnets.public, publicTable)),
  ];
  for (const { letter, subnets } of zones) associate(`${name}-isolated-${letter}`, subnets.isolated, isolatedTable);

  const natZones = settings.natGateways === "perZone" ? zones : zones.slice(0, 1);
  const gateways = new Map(natZones.map((zone) => [zone.letter, createGateway(name, args, zone, wayOut)]));
  const [first] = gateways.values();
  if (first === undefined) throw new Error(`${name}: a network without zones`);
  const privateZones = zones.map(({ letter, subnets }) => {
    const { nat } = gateways.get(letter) ?? first;
    const role = `${name}-private-${letter}`;
    const table = new ec2.RouteTable(role, { vpcId: vpc.id, tags: { Name: `${network}-private-${letter}` } }, child);
    const route = new ec2.Route(
      role,
      { routeTableId: table.id, destinationCidrBlock: ANYWHERE, natGatewayId: nat.id },
      { parent: table },
    );
    return { table, routing: [route, associate(role, subnets.private, table)] };
  });
  return {
    addresses: [...gateways.values()].map(({ address }) => address),
    privateTables: privateZones.map(({ table }) => table),
    isolatedTable,
    privateRouting: privateZones.flatMap(({ routing }) => routing),
  };
}

/** A NAT gateway with an address that stays: partners put it on their lists, and nobody gets the same one again. */
function createGateway(
  name: string,
  { environment }: RoutesArgs,
  { letter, subnets }: Zone,
  wayOut: readonly pulumi.Resource[],
): Gateway {
  const role = `${name}-nat-${letter}`;
  const tags = { Name: nameOf(environment, "nat", letter) };
  const child = { parent: subnets.public };
  const address = new ec2.Eip(
    role,
    { domain: "vpc", tags },
    { ...child, protect: environment.protectStatefulResources },
  );
  // The way to the internet comes before the gateway and leaves after it.
  const nat = new ec2.NatGateway(
    role,
    { subnetId: subnets.public.id, allocationId: address.allocationId, tags },
    { ...child, dependsOn: [...wayOut] },
  );
  return { nat, address };
}

function associate(role: string, subnet: ec2.Subnet, table: ec2.RouteTable): ec2.RouteTableAssociation {
  return new ec2.RouteTableAssociation(role, { subnetId: subnet.id, routeTableId: table.id }, { parent: table });
}
