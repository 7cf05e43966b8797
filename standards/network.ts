/** Bounds for the network. */
export const NETWORK = {
  /** Largest block which a VPC may have, as prefix length. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
  awsMinVpcPrefixLength: 16,
  /**
   * Smallest block, as prefix length: a load balancer wants subnets of /27 with 8 free addresses, and the public subnet of
   * a zone is the 64th part of the VPC.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
   */
  maxVpcPrefixLength: 21,
  /**
   * The same in production: each private subnet then has 2,048 addresses or more. Pods take them in blocks of 16, a full
   * node about 128, so that a zone holds 15 nodes beside balancers and endpoints; CLUS-04.
   */
  maxProductionVpcPrefixLength: 18,
  /** Blocks of addresses that never appear on the internet; RFC 1918. @see https://www.rfc-editor.org/rfc/rfc1918 */
  privateBlocks: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
  /**
   * Where containers' own bridge networks lie, those of AWS' build hosts among them: a VPC there is not reached by them.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  bridgeBlock: "172.17.0.0/16",
  /**
   * Zones, at least: EKS and RDS refuse fewer; CLUS-04.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
   */
  minZones: 2,
  /** Zones for which the address plan has room: no region of AWS has zones beyond the letter f. */
  maxZones: 6,
  /** Seconds over which a flow log sums up, at most; AWS knows these two. @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html */
  awsFlowLogAggregationSeconds: [60, 600],
  /**
   * Public blocks with a shorter prefix count as the whole internet: two halves of it are no restriction; SEC-12.
   * The shortest that a single organisation holds is /8.
   */
  minPublicPrefixLength: 8,
  /** The same for IPv6, where a provider's own block is /19 at the largest. */
  minPublicIpv6PrefixLength: 16,
  /** Ports which the whole internet may reach, and only on load balancers: HTTPS, and HTTP for the redirect to it; SEC-12. */
  publicPorts: [80, 443],
  /** Ports of remote administration (SSH, RDP), which no address list opens to everyone; SEC-12. */
  adminPorts: [22, 3389],
} as const;

/** What an interface endpoint of a service takes. */
export interface EndpointService {
  /** Whether AWS accepts a policy on the endpoint; where it does not, creating one with a policy fails. */
  readonly acceptsPolicy: boolean;
}

/**
 * Services which the network can reach through an endpoint of its own, by the last part of the service's name.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const ENDPOINT_SERVICES = {
  // The data plane, from which programs read flags. Whether it takes a policy no source says: without one it is accepted.
  appconfigdata: { acceptsPolicy: false },
  autoscaling: { acceptsPolicy: true },
  ec2: { acceptsPolicy: true },
  ec2messages: { acceptsPolicy: true },
  "ecr.api": { acceptsPolicy: true },
  "ecr.dkr": { acceptsPolicy: true },
  eks: { acceptsPolicy: true },
  // Its documentation names no policy; the service itself takes only tokens of this account's clusters.
  "eks-auth": { acceptsPolicy: false },
  elasticloadbalancing: { acceptsPolicy: true },
  events: { acceptsPolicy: true },
  kms: { acceptsPolicy: true },
  lambda: { acceptsPolicy: true },
  logs: { acceptsPolicy: true },
  monitoring: { acceptsPolicy: true },
  secretsmanager: { acceptsPolicy: true },
  sns: { acceptsPolicy: true },
  sqs: { acceptsPolicy: true },
  ssm: { acceptsPolicy: true },
  ssmmessages: { acceptsPolicy: true },
  sts: { acceptsPolicy: true },
} as const satisfies Readonly<Record<string, EndpointService>>;

export type EndpointServiceName = keyof typeof ENDPOINT_SERVICES;
