import type * as inputs from "@pulumi/kubernetes/types/input.js";

import type { RunningSettings, ServingSettings } from "../../config/blocks/services/service.ts";
import { imageAddress, priorityClass } from "../../core/names.ts";
import { mebibytes, millicores } from "../../core/quantities.ts";
import type { ResourceProfile } from "../../standards/services.ts";
import { RESOURCE_PROFILES } from "../../standards/services.ts";
import type { WorkloadContext } from "./context.ts";
import { variablesOf } from "./environment-variables.ts";
import { podSelector } from "./labels.ts";
import { secretFiles } from "./secret-files.ts";
import { PRE_STOP_SECONDS } from "./waits.ts";

/** How often Kubernetes asks a starting pod, in seconds. */
const STARTUP_PERIOD_SECONDS = 5;

/** Any user that is not root; images that name another one may keep it. */
const USER_ID = 10_001;

type Container = inputs.core.v1.Container;
type PodSpec = inputs.core.v1.PodSpec;

/** What the Pod Security level "restricted" asks for, and a file system that cannot be written. */
export const CONTAINER_SECURITY: inputs.core.v1.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

export const POD_SECURITY: inputs.core.v1.PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: USER_ID,
  runAsGroup: USER_ID,
  fsGroup: USER_ID,
  seccompProfile: { type: "RuntimeDefault" },
};

function resourcesOf(profile: ResourceProfile): inputs.core.v1.ResourceRequirements {
  const { cpuRequestMillicores, memoryRequestMiB, memoryLimitMiB } = RESOURCE_PROFILES[profile];
  return {
    requests: { cpu: millicores(cpuRequestMillicores), memory: mebibytes(memoryRequestMiB) },
    limits: { memory: mebibytes(memoryLimitMiB) },
  };
}

const SCRATCH: readonly inputs.core.v1.VolumeMount[] = [{ name: "tmp", mountPath: "/tmp" }];

/** A container of a size, that may write to its scratch directory only. */
export function hardenedContainer(name: string, image: string, profile: ResourceProfile): Container {
  return {
    name,
    image,
    imagePullPolicy: "IfNotPresent",
    resources: resourcesOf(profile),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [...SCRATCH],
  };
}

/** The container of a service, without what only running services have. */
export function baseContainer(service: RunningSettings, context: WorkloadContext): Container {
  const hardened = hardenedContainer(service.name, imageAddress(context.environment, service.image), service.profile);
  return {
    ...hardened,
    env: variablesOf(service, context),
    volumeMounts: [...SCRATCH, ...secretFiles(service, context).mounts],
  };
}

/** A pod that owns nothing of its node: its own account without API token, a scratch directory, and the volumes it is given. */
export function basePod(
  container: Container,
  serviceAccountName: string,
  volumes: readonly inputs.core.v1.Volume[] = [],
): PodSpec {
  return {
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: POD_SECURITY,
    containers: [container],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }, ...volumes],
  };
}

function probes({ health }: ServingSettings): Pick<Container, "livenessProbe" | "readinessProbe" | "startupProbe"> {
  const ask = (path: string) => ({ httpGet: { path, port: "http" }, timeoutSeconds: 3 });
  return {
    startupProbe: {
      ...ask(health.livenessPath),
      periodSeconds: STARTUP_PERIOD_SECONDS,
      failureThreshold: Math.ceil(health.startupSeconds / STARTUP_PERIOD_SECONDS),
    },
    readinessProbe: { ...ask(health.readinessPath), periodSeconds: 5, failureThreshold: 2 },
    // Deliberately slower than readiness: a restart is the last remedy.
    livenessProbe: { ...ask(health.livenessPath), periodSeconds: 15, failureThreshold: 4 },
  };
}

/**
 * The pod of a running service: spread over zones and nodes, asked for its health in three ways, stopped gently: it leaves
 * the balancer first, then has its grace to finish.
 */
export function servingPod(service: ServingSettings, context: WorkloadContext): PodSpec {
  const labelSelector = { matchLabels: podSelector(service.name) };
  const container: Container = {
    ...baseContainer(service, context),
    ...probes(service),
    ports: [{ name: "http", containerPort: service.port, protocol: "TCP" }],
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
  };
  return {
    ...basePod(container, service.name, secretFiles(service, context).volumes),
    priorityClassName: priorityClass(context.environment, service.critical ? "critical" : "standard"),
    terminationGracePeriodSeconds: service.terminationGraceSeconds + PRE_STOP_SECONDS,
    topologySpreadConstraints: [
      // Nodes that are being drained do not count: else the last zones could take no pod.
      {
        topologyKey: "topology.kubernetes.io/zone",
        maxSkew: 1,
        whenUnsatisfiable: "DoNotSchedule",
        nodeTaintsPolicy: "Honor",
        labelSelector,
      },
      { topologyKey: "kubernetes.io/hostname", maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway", labelSelector },
    ],
  };
}
