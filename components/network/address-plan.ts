import type { Ipv4Block } from "../../core/cidr.ts";
import { formatIpv4Cidr, parseIpv4Cidr, sizeOf } from "../../core/cidr.ts";

/** The subnets of one zone, as blocks such as "10.20.0.0/19". */
export interface ZoneBlocks {
  /** An eighth of the network: nodes and pods. */
  readonly private: string;
  /** A 64th: load balancers and gateways. */
  readonly public: string;
  /** A 64th: data stores and the control plane's interfaces. */
  readonly isolated: string;
}

/** Zones for which the plan has room: six eighths are private, one is public, one isolated. */
const SLOTS = "abcdef";

/** The part with that number when the block is cut into parts of the prefix length. */
function part(block: Ipv4Block, prefixLength: number, index: number): Ipv4Block {
  return { first: block.first + index * sizeOf(prefixLength), prefixLength };
}

/** The letter of a zone, for instance "a" of "eu-west-1a": it says the same in every region. */
export function zoneLetter(zone: string): string {
  return zone.slice(-1);
}

/**
 * The address plan of a network. A zone's blocks depend on the network and the zone's letter alone, so that no subnet
 * ever moves when zones come, go or change places: a subnet that moves is replaced, with everything in it.
 */
export function zoneBlocks(networkCidr: string, zone: string): ZoneBlocks {
  const network = parseIpv4Cidr(networkCidr);
  const slot = SLOTS.indexOf(zoneLetter(zone));
  if (network === undefined || slot < 0) throw new Error(`no address plan for ${zone} in ${networkCidr}`);
  const eighth = network.prefixLength + 3;
  const sixtyFourth = network.prefixLength + 6;
  return {
    private: formatIpv4Cidr(part(network, eighth, slot)),
    public: formatIpv4Cidr(part(part(network, eighth, SLOTS.length), sixtyFourth, slot)),
    isolated: formatIpv4Cidr(part(part(network, eighth, SLOTS.length + 1), sixtyFourth, slot)),
  };
}
