import { parseIpv4Cidr } from "../../core/cidr.ts";
import { NETWORK } from "../../standards/network.ts";

/** Whether a CIDR block is (practically) the whole internet: two halves of it are no restriction. */
export function isWorld(cidr: string): boolean {
  if (cidr.includes(":")) {
    // fc00::/7 never appears on the internet.
    return Number(cidr.split("/")[1]) < NETWORK.minPublicIpv6PrefixLength && !/^f[cd]/i.test(cidr);
  }
  const block = parseIpv4Cidr(cidr);
  return block !== undefined && block.prefixLength < NETWORK.minPublicPrefixLength;
}

/** The first and last port that a rule of a security group or network ACL lets through. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

const EVERY_PORT: Ports = { from: 0, to: 65_535 };
/** Names and numbers of the protocols that have ports. */
const WITH_PORTS = ["tcp", "udp", "sctp", "6", "17", "132"];

/** Whether a protocol stands for all protocols. */
export function isEveryProtocol(protocol: string | undefined): boolean {
  return protocol === undefined || protocol === "-1" || protocol.toLowerCase() === "all";
}

/**
 * What a rule lets through: "-1" and "all" are every port whatever stands beside them, and so are absent ports. A
 * protocol without ports (icmp, for instance) has none.
 */
export function portsOf(
  protocol: string | undefined,
  fromPort: number | undefined,
  toPort: number | undefined,
): Ports | undefined {
  if (isEveryProtocol(protocol)) return EVERY_PORT;
  if (!WITH_PORTS.includes((protocol ?? "").toLowerCase())) return undefined;
  if (fromPort === undefined || fromPort === -1) return EVERY_PORT;
  return { from: fromPort, to: toPort ?? fromPort };
}

/** The ports as a finding shows them. */
export function showPorts(ports: Ports): string {
  if (ports.from <= EVERY_PORT.from && ports.to >= EVERY_PORT.to) return "all ports";
  return ports.from === ports.to ? `port ${ports.from}` : `ports ${ports.from} to ${ports.to}`;
}
