/** Bounds for the services of the catalogue. */
export const SERVICES = {
  /** Pods which an API keeps at least in production; CLUS-04. */
  minApiReplicasProduction: 3,
  /** Pods which a worker keeps at least in production; EXT-03 asks for four workers in all. */
  minWorkerReplicas: 2,
  /** Workers of all kinds together in production; EXT-03. */
  minWorkersProduction: 4,
  /** Highest CPU or memory use, in percent of the request, at which pods are added; CLUS-03. */
  maxScalingTargetPercent: 80,
  /** Lowest such target: below it most of what is paid for idles. */
  minScalingTargetPercent: 30,
  /** Pods beyond the wanted number while a version replaces another, as a share: the 25 % of a rolling update. */
  rollingSurgeRatio: 0.25,
  /** Most pods of one service; beyond it a mistake is likelier than a need. */
  maxReplicas: 200,
  /** Longest time in seconds for which a pod may finish its work before it is killed. */
  maxTerminationGraceSeconds: 900,
  /** Longest time in seconds for a start before Kubernetes gives up on the pod. */
  maxStartupSeconds: 600,
  /** Longest time in seconds for a migration. */
  maxMigrationTimeoutSeconds: 3600,
  /** Longest time in seconds which a migration may wait for the lock that keeps others out. */
  maxMigrationLockSeconds: 300,
  /** Steps of a canary in percent of the traffic; DEPL-04. */
  canaryStepsPercent: [5, 25, 50, 100],
  /** Seconds for which a step of a canary is watched before the next; DEPL-10 watches ten minutes over all steps. */
  canaryStepSeconds: 180,
  /** Seconds between two measurements of a roll-out, and for how many it is measured. */
  analysisIntervalSeconds: 30,
  analysisSeconds: 300,
  /** How many versions back a canary goes at once, without steps. */
  quickRollbackRevisions: 3,
  /** Old versions kept for rollback; ROLL-17. */
  revisionHistory: 10,
  /** Share of the database's connections which services together may take, after its reserve; DATA-03. */
  maxConnectionShareRatio: 1,
  /** Messages in a queue for which one worker is enough; EXT-02 keeps the whole queue below 1,000. */
  maxQueueDepthPerReplica: 1000,
} as const;

/**
 * p95 latency by class in milliseconds, and the error ratio at which a release is rolled back in percent; PERF-01, TGT-01, TGT-02.
 * An alert starts at target × alertFactor.
 */
export const LATENCY_CLASSES = {
  edge: { p95Milliseconds: 50, alertFactor: 1 },
  interactive: { p95Milliseconds: 100, alertFactor: 1 },
  list: { p95Milliseconds: 200, alertFactor: 1.5 },
  read: { p95Milliseconds: 150, alertFactor: 1.5 },
  write: { p95Milliseconds: 250, alertFactor: 1.5 },
  analytics: { p95Milliseconds: 300, alertFactor: 1.5 },
  search: { p95Milliseconds: 250, alertFactor: 1.5 },
  standard: { p95Milliseconds: 200, alertFactor: 1.5 },
  batch: { p95Milliseconds: 2000, alertFactor: 1 },
} as const;

/** Share of failed requests in percent at which a roll-out goes back by itself; TGT-01, DEPL-05, ROLL-07. */
export const ROLLBACK_ERROR_PERCENT = 10;

/** Sizes of containers; the memory limit is what ends a leak, there is no CPU limit because it only throttles. */
export const RESOURCE_PROFILES = {
  small: { cpuRequestMillicores: 100, memoryRequestMiB: 256, memoryLimitMiB: 512 },
  medium: { cpuRequestMillicores: 500, memoryRequestMiB: 512, memoryLimitMiB: 1024 },
  large: { cpuRequestMillicores: 1000, memoryRequestMiB: 1024, memoryLimitMiB: 2048 },
  memory: { cpuRequestMillicores: 500, memoryRequestMiB: 2048, memoryLimitMiB: 3072 },
} as const;

export type ResourceProfile = keyof typeof RESOURCE_PROFILES;

/** Size of a migration's container, whatever its service's own is: tools that change tables are small and not in a hurry. */
export const MIGRATION_PROFILE: ResourceProfile = "medium";
