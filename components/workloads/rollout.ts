import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/index.js";
import type * as inputs from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ApiSettings, ServingSettings } from "../../config/blocks/services/service.ts";
import { SERVICES } from "../../standards/services.ts";
import { analysisTemplateName } from "./analysis.ts";
import type { ScaleTarget } from "./autoscaling.ts";
import type { WorkloadContext } from "./context.ts";
import { podSelector, serviceLabels } from "./labels.ts";
import { servingPod } from "./pod.ts";

/** Names of the services between which a roll-out divides the traffic. */
export interface TrafficServices {
  /** Gets all traffic of a rolling service, of a blue-green one what users see, of a canary the old version. */
  readonly stable: string;
  /** Gets the new version; undefined for rolling. */
  readonly next: string | undefined;
}

export function trafficServices({ name, strategy }: Pick<ServingSettings, "name" | "strategy">): TrafficServices {
  return {
    stable: name,
    next: strategy === "rolling" ? undefined : strategy === "canary" ? `${name}-canary` : `${name}-preview`,
  };
}

/** Time for a start and its probes before Kubernetes calls a roll-out failed, in seconds. */
const PROGRESS_DEADLINE_MARGIN_SECONDS = 300;

/** Seconds for which the old version of a blue-green roll-out stays ready for a way back; ROLL-17. */
const KEEP_OLD_SECONDS = 600;

/** What keeps a single pod or none from being a mistake; the rule k8s-replicas reads it. */
const SHUTDOWN_REASON = { "preflight.dev/single-replica-reason": "emergency shutdown of the environment" };

type Metadata = Pick<inputs.meta.v1.ObjectMeta, "name" | "namespace" | "labels" | "annotations">;

function metadataOf(service: ServingSettings, { services }: WorkloadContext): Metadata {
  return {
    name: service.name,
    namespace: service.namespace,
    labels: serviceLabels(service),
    ...(services.shutdown ? { annotations: SHUTDOWN_REASON } : {}),
  };
}

/** What Deployment and Rollout share. The autoscaler decides how many pods there are, except in a shutdown. */
function commonSpec(service: ServingSettings, context: WorkloadContext) {
  return {
    ...(context.services.shutdown ? { replicas: 0 } : {}),
    revisionHistoryLimit: SERVICES.revisionHistory,
    progressDeadlineSeconds: service.health.startupSeconds + PROGRESS_DEADLINE_MARGIN_SECONDS,
    minReadySeconds: 10,
    selector: { matchLabels: podSelector(service.name) },
    template: { metadata: { labels: serviceLabels(service) }, spec: servingPod(service, context) },
  };
}

/** Growing shares of the traffic, each watched before the next; the analysis ends it when the new version is worse. */
function canarySteps(): object[] {
  return SERVICES.canaryStepsPercent.flatMap((weight): object[] =>
    weight === 100
      ? [{ setWeight: weight }]
      : [{ setWeight: weight }, { pause: { duration: `${SERVICES.canaryStepSeconds}s` } }],
  );
}

function rolloutStrategy(service: ApiSettings): object {
  const { stable, next } = trafficServices(service);
  const analysis = {
    templates: [{ templateName: analysisTemplateName(service.name) }],
    args: [{ name: "service", value: next }],
  };
  if (service.strategy === "blueGreen") {
    return {
      blueGreen: {
        activeService: stable,
        previewService: next,
        autoPromotionEnabled: true,
        scaleDownDelaySeconds: KEEP_OLD_SECONDS,
        postPromotionAnalysis: { ...analysis, args: [{ name: "service", value: stable }] },
      },
    };
  }
  return {
    canary: {
      stableService: stable,
      canaryService: next,
      maxSurge: "25%",
      maxUnavailable: 0,
      // The first step is watched from its beginning: a version that fails at once goes back at once.
      analysis: { ...analysis, startingStep: 1 },
      trafficRouting: { alb: { ingress: service.name, rootService: stable, servicePort: 80 } },
      steps: canarySteps(),
    },
  };
}

/**
 * The workload of a running service: a Deployment that replaces pods one by one, or a Rollout whose new version takes over
 * at once or by shares, and goes back by itself when users would notice. A failed roll-out leaves the old version serving.
 */
export function createRollout(
  name: string,
  service: ServingSettings,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): ScaleTarget {
  const metadata = metadataOf(service, context);
  if (service.kind === "worker" || service.strategy === "rolling") {
    new Deployment(
      name,
      {
        metadata,
        spec: {
          ...commonSpec(service, context),
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
        },
      },
      opts,
    );
    return { apiVersion: "apps/v1", kind: "Deployment", name: service.name };
  }
  new CustomResource(
    name,
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      metadata,
      spec: { ...commonSpec(service, context), strategy: rolloutStrategy(service) },
    },
    opts,
  );
  return { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: service.name };
}
