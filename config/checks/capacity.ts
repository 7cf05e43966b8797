import { isRunning, isServing } from "../../core/kinds.ts";
import type { ResourceProfile } from "../../standards/services.ts";
import { MIGRATION_PROFILE, RESOURCE_PROFILES, SERVICES } from "../../standards/services.ts";
import type { RunningSettings, ServingSettings } from "../blocks/services/service.ts";
import type { ReportProblem } from "../problems/problem.ts";
import type { StackConfig } from "../schema.ts";

type CapacityConfig = Pick<StackConfig, "namespaces" | "services" | "clusterServices">;

/** What pods take together, in whole units of a quota but for fractions. */
interface Demand {
  readonly pods: number;
  readonly cpuRequestCores: number;
  readonly memoryRequestGiB: number;
  readonly memoryLimitGiB: number;
}

const UNITS = { pods: "pods", cpuRequestCores: "cores", memoryRequestGiB: "GiB", memoryLimitGiB: "GiB" } as const;
const AMOUNTS = ["pods", "cpuRequestCores", "memoryRequestGiB", "memoryLimitGiB"] as const;
const NOTHING: Demand = { pods: 0, cpuRequestCores: 0, memoryRequestGiB: 0, memoryLimitGiB: 0 };

function demandOf(profile: ResourceProfile, pods: number): Demand {
  const size = RESOURCE_PROFILES[profile];
  return {
    pods,
    cpuRequestCores: (pods * size.cpuRequestMillicores) / 1000,
    memoryRequestGiB: (pods * size.memoryRequestMiB) / 1024,
    memoryLimitGiB: (pods * size.memoryLimitMiB) / 1024,
  };
}

const add = (one: Demand, other: Demand): Demand => ({
  pods: one.pods + other.pods,
  cpuRequestCores: one.cpuRequestCores + other.cpuRequestCores,
  memoryRequestGiB: one.memoryRequestGiB + other.memoryRequestGiB,
  memoryLimitGiB: one.memoryLimitGiB + other.memoryLimitGiB,
});

/** Pods beside those that serve while a new version comes: a share of them, or, where both versions stay, as many again. */
const releasePods = ({ strategy }: ServingSettings, replicas: number): number =>
  strategy === "rolling" ? Math.ceil(replicas * SERVICES.rollingSurgeRatio) : replicas;

/** Pods of a service at full scale, by their sizes. */
function standingOf(service: RunningSettings): Demand {
  if (!isServing(service)) return demandOf(service.profile, 1);
  const own = demandOf(service.profile, service.scaling.maxReplicas);
  return service.migrations === null ? own : add(own, demandOf(MIGRATION_PROFILE, 1));
}

/** Sizes of all containers of a service. */
function profilesOf(service: RunningSettings): readonly ResourceProfile[] {
  return isServing(service) && service.migrations !== null ? [service.profile, MIGRATION_PROFILE] : [service.profile];
}

/** All services at full scale, all jobs and migrations, and the release of the service for which that takes most. */
export function demandAtMaximum(services: readonly RunningSettings[]): Demand {
  const standing = services.map(standingOf).reduce(add, NOTHING);
  const releases = services
    .filter(isServing)
    .map((service) => demandOf(service.profile, releasePods(service, service.scaling.maxReplicas)));
  const most = (amount: keyof Demand) => Math.max(0, ...releases.map((release) => release[amount]));
  return {
    pods: standing.pods + most("pods"),
    cpuRequestCores: standing.cpuRequestCores + most("cpuRequestCores"),
    memoryRequestGiB: standing.memoryRequestGiB + most("memoryRequestGiB"),
    memoryLimitGiB: standing.memoryLimitGiB + most("memoryLimitGiB"),
  };
}

/** A pod beyond the quota, or a container beyond the limit range, is refused: the service then waits for it for ever. */
function checkNamespaces({ namespaces, services }: CapacityConfig, report: ReportProblem): void {
  const running = services.catalogue.filter(isRunning);
  for (const [name, { quota, containerDefaults }] of Object.entries(namespaces)) {
    const here = running.filter(({ namespace }) => namespace === name);
    const demand = demandAtMaximum(here);
    for (const amount of AMOUNTS) {
      if (demand[amount] <= quota[amount]) continue;
      report({
        path: ["namespaces", name, "quota", amount],
        found: String(quota[amount]),
        allowed: `at least ${Math.ceil(demand[amount])} (${UNITS[amount]}): its services at full scale while one is released`,
        fix: "Raise it, or lower scaling.maxReplicas of a service.",
      });
    }
    const largest = Math.max(
      0,
      ...here.flatMap(profilesOf).map((profile) => RESOURCE_PROFILES[profile].memoryLimitMiB),
    );
    if (largest <= containerDefaults.maxMemoryMiB) continue;
    report({
      path: ["namespaces", name, "containerDefaults", "maxMemoryMiB"],
      found: String(containerDefaults.maxMemoryMiB),
      allowed: `at least ${largest} (MiB), the memory limit of its largest container`,
      fix: "Raise it, or give the service a smaller profile; a migration has a size of its own (MIGRATION_PROFILE).",
    });
  }
}

/** What the nodes' limits do not let in waits for ever. */
function checkNodePools({ services, clusterServices }: CapacityConfig, report: ReportProblem): void {
  const demand = demandAtMaximum(services.catalogue.filter(isRunning));
  const pools = Object.values(clusterServices.karpenter.nodePools);
  // A file without pools is refused for that alone.
  if (pools.length === 0) return;
  const limits = [
    { amount: "cpuRequestCores", limit: "cpuLimitCores", unit: "cores" },
    { amount: "memoryRequestGiB", limit: "memoryLimitGiB", unit: "GiB" },
  ] as const;
  for (const { amount, limit, unit } of limits) {
    const together = pools.reduce((sum, pool) => sum + pool[limit], 0);
    if (demand[amount] <= together) continue;
    report({
      path: ["clusterServices", "karpenter", "nodePools"],
      found: `${together} ${unit} of all pools together (${limit})`,
      allowed: `at least ${Math.ceil(demand[amount])} (${unit}): all services at full scale while one is released`,
      fix: "Raise a pool's limit, or lower scaling.maxReplicas of a service.",
    });
  }
}

/** The catalogue at full scale fits what bounds it: quotas, limit ranges, and the limits of the nodes' pools. */
export function checkCapacity(config: CapacityConfig, report: ReportProblem): void {
  checkNamespaces(config, report);
  checkNodePools(config, report);
}
