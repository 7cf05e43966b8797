import { mebibytes, millicores } from "../../../core/quantities.ts";

/** Parts of charts' values that say the same in every chart. */

/** Label by which policies and spreads find the pods of a controller: charts label theirs in ways of their own. */
const CONTROLLER_LABEL = "preflight.dev/controller";

export type ControllerLabels = Readonly<Record<string, string>>;

/** Label of the pods of a controller, or of one of its parts. */
export function controllerLabels(part: string): ControllerLabels {
  return { [CONTROLLER_LABEL]: part };
}

/** A rule by which the scheduler spreads pods. */
export type Spread = {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly whenUnsatisfiable: string;
  readonly labelSelector: { readonly matchLabels: ControllerLabels };
};

/** Keeps a controller's pods on different nodes and in different zones, as far as there are any. */
export function spread(part: string): Spread[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: controllerLabels(part) },
  }));
}

/** Requests and limits of a container. */
export type Resources = {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
};

/** What a container reserves, and the memory at which it is stopped. No processor limit: it throttles while the node is idle. */
export function resources(cpuMillicores: number, memoryMiB: number): Resources {
  return {
    requests: { cpu: millicores(cpuMillicores), memory: mebibytes(memoryMiB) },
    limits: { memory: mebibytes(memoryMiB * 2) },
  };
}

/** A container as Pod Security's level restricted wants it, for charts that do not say all of it. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
} as const;

/** One pod at a time may go of its own accord. */
export const ONE_AT_A_TIME = { maxUnavailable: 1 } as const;

/** Controllers start before, and stay longer than, what depends on them. */
export const CONTROLLER_PRIORITY = "system-cluster-critical";

/** Keeps definitions when their chart goes: with a definition all objects of its kind would go too. */
export const KEEP = { "helm.sh/resource-policy": "keep" } as const;

/** The region, said to the AWS SDK: pods cannot ask the instance's metadata. */
export function regionVariable(region: string): { readonly name: string; readonly value: string }[] {
  return [{ name: "AWS_REGION", value: region }];
}
