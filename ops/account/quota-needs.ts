import type { StackConfig } from "../../config/schema.ts";
import type { QuotaName } from "../../standards/quotas.ts";
import { CLOUDFRONT_LIST_RULES } from "../../standards/quotas.ts";

/** What an environment takes of a quota, at its least and when everything has grown. */
export interface Need {
  readonly least: number;
  readonly most: number;
}

/** vCPUs of a type of instance; undefined where nobody knows. */
export type VcpusOf = (instanceType: string) => number | undefined;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const fixed = (count: number): Need => ({ least: count, most: count });

/** vCPUs of the node groups of a capacity, by the largest of their types, and of Karpenter's pools at their limits. */
function vcpus(
  { cluster, clusterServices }: StackConfig,
  capacity: "on-demand" | "spot",
  vcpusOf: VcpusOf,
): Need | undefined {
  const groups = Object.values(cluster.nodeGroups)
    .filter((group) => group.capacity === capacity)
    .map(({ instanceTypes, desiredSize, maxSize }) => ({ each: instanceTypes.map(vcpusOf), desiredSize, maxSize }));
  const pools = Object.values(clusterServices.karpenter.nodePools).filter(({ capacityTypes }) =>
    capacityTypes.includes(capacity),
  );
  const sizes = groups.map(({ each, ...sizesOf }) => ({
    largest: Math.max(...each.map((count) => count ?? Number.NaN)),
    ...sizesOf,
  }));
  if (sizes.some(({ largest }) => Number.isNaN(largest))) return undefined;
  return {
    least: sum(sizes.map(({ largest, desiredSize }) => largest * desiredSize)),
    most:
      sum(sizes.map(({ largest, maxSize }) => largest * maxSize)) +
      sum(pools.map(({ cpuLimitCores }) => cpuLimitCores)),
  };
}

/** Builds at once for a size of runner: one must run, all that are configured should. */
function builds(
  { access: { runner } }: StackConfig,
  computeType: StackConfig["access"]["runner"]["computeType"],
): Need {
  return runner.computeType === computeType ? { least: 1, most: runner.concurrentJobs } : fixed(0);
}

/** Rules that EventBridge's bus gets: backups in both regions, findings, Karpenter's interruptions, the age of secrets; with room. */
const EVENT_RULES = 20;

/**
 * What the environment takes of each quota. Undefined for what cannot be said: the vCPUs of a type that the region does
 * not know.
 */
export function needsOf(config: StackConfig, vcpusOf: VcpusOf): Readonly<Record<QuotaName, Need | undefined>> {
  const { cache, cluster, database, network } = config;
  const groups = Object.values(cluster.nodeGroups);
  const endpoints = network.interfaceEndpoints.length;
  const instances = database.readers + 1;
  return {
    onDemandVcpus: vcpus(config, "on-demand", vcpusOf),
    spotVcpus: vcpus(config, "spot", vcpusOf),
    addresses: fixed(network.natGateways === "perZone" ? network.zones.length : 1),
    networks: fixed(1),
    internetGateways: fixed(1),
    natGateways: fixed(1),
    // GuardDuty brings one for what runs in the cluster.
    interfaceEndpoints: { least: endpoints, most: endpoints + 1 },
    gatewayEndpoints: fixed(2),
    // Its one rule of addresses, and what a person may add in an incident.
    securityGroupRules: { least: CLOUDFRONT_LIST_RULES, most: CLOUDFRONT_LIST_RULES + 1 },
    clusters: fixed(1),
    nodeGroups: fixed(groups.length),
    nodesPerGroup: {
      least: Math.max(0, ...groups.map(({ desiredSize }) => desiredSize)),
      most: Math.max(0, ...groups.map(({ maxSize }) => maxSize)),
    },
    // A backup that is tried comes back as a cluster beside the real one.
    databaseInstances: { least: instances, most: instances + 1 },
    databaseClusters: { least: 1, most: 2 },
    cacheNodes: fixed(cache.nodes),
    balancers: fixed(1),
    eventRules: fixed(EVENT_RULES),
    smallBuilds: builds(config, "BUILD_GENERAL1_SMALL"),
    mediumBuilds: builds(config, "BUILD_GENERAL1_MEDIUM"),
    largeBuilds: builds(config, "BUILD_GENERAL1_LARGE"),
  };
}
