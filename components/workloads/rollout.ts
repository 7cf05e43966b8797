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
import { endSeconds, MIN_READY_SECONDS, progressDeadlineSeconds, rolloutSeconds, seconds, waitFor } from "./waits.ts";

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

/** Seconds for which the old version of a blue-green roll-out stays ready for a way back; ROLL-17. */
const KEEP_OLD_SECONDS = 600;

/**
 * What keeps no pod at all from being a mistake, which the rule k8s-replicas reads; and the one time that the program takes
 * the number of pods from the autoscaler, whose field it is.
 */
const SHUTDOWN = {
  "preflight.dev/single-replica-reason": "emergency shutdown of the environment",
  "pulumi.com/patchForce": "true",
};

/** As both kinds of roll-out write it. */
const SURGE = `${SERVICES.rollingSurgeRatio * 100}%`;

type Metadata = Pick<inputs.meta.v1.ObjectMeta, "name" | "namespace" | "labels" | "annotations">;

function metadataOf(
  service: ServingSettings,
  { services }: WorkloadContext,
  wait: Readonly<Record<string, string>> = {},
): Metadata {
  return {
    name: service.name,
    namespace: service.namespace,
    labels: serviceLabels(service),
    annotations: { owner: service.owner, ...wait, ...(services.shutdown ? SHUTDOWN : {}) },
  };
}

/** Seconds for which `up` waits for the pods: after them a release that has not succeeded has failed. */
function timeouts(service: ServingSettings): pulumi.CustomTimeouts {
  const rollout = seconds(rolloutSeconds(service));
  return { create: rollout, update: rollout, delete: seconds(endSeconds(service)) };
}

/**
 * A Rollout has ended well: its controller has written since the last apply (always the first entry of `managedFields`),
 * knows of no newer version than the one whose pods are there, and calls it healthy. Each alone is at first still true of the
 * old version: the controller's first words about a new one come with the old phase. Its own `observedGeneration` is a
 * text, which the provider does not compare.
 */
const ROLLOUT_IS_DONE = waitFor(
  '{$.metadata.managedFields[?@.subresource=="status" && !(@.time < $.metadata.managedFields[0].time)].time}',
  '{$.status.conditions[?@.type=="Progressing" && @.reason=="NewReplicaSetAvailable"].status}=True',
  "{.status.phase}=Healthy",
);

/** What Deployment and Rollout share. The autoscaler decides how many pods there are, except in a shutdown. */
function commonSpec(service: ServingSettings, context: WorkloadContext) {
  return {
    ...(context.services.shutdown ? { replicas: 0 } : {}),
    revisionHistoryLimit: SERVICES.revisionHistory,
    progressDeadlineSeconds: progressDeadlineSeconds(service),
    minReadySeconds: MIN_READY_SECONDS,
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

function rolloutStrategy(service: ApiSettings, { prometheus }: WorkloadContext): object {
  const { stable, next } = trafficServices(service);
  const templates = [{ templateName: analysisTemplateName(service.name) }];
  const judgedAs = (value: string | undefined) => ({ templates, args: [{ name: "service", value }] });
  if (service.strategy === "blueGreen") {
    return {
      blueGreen: {
        activeService: stable,
        previewService: next,
        autoPromotionEnabled: true,
        scaleDownDelaySeconds: KEEP_OLD_SECONDS,
        ...(prometheus === undefined ? {} : { postPromotionAnalysis: judgedAs(stable) }),
      },
    };
  }
  return {
    canary: {
      stableService: stable,
      canaryService: next,
      maxSurge: SURGE,
      maxUnavailable: 0,
      // The first step is watched from its beginning: a version that fails at once goes back at once.
      ...(prometheus === undefined ? {} : { analysis: { ...judgedAs(next), startingStep: 1 } }),
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
  const options = { ...opts, customTimeouts: timeouts(service) };
  if (service.kind === "worker" || service.strategy === "rolling") {
    new Deployment(
      name,
      {
        metadata: metadataOf(service, context),
        spec: {
          ...commonSpec(service, context),
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: SURGE, maxUnavailable: 0 } },
        },
      },
      options,
    );
    return { apiVersion: "apps/v1", kind: "Deployment", name: service.name };
  }
  new CustomResource(
    name,
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      metadata: metadataOf(service, context, ROLLOUT_IS_DONE),
      spec: {
        ...commonSpec(service, context),
        // A version whose pods do not come goes back by itself, like one that fails its users; and the way back to one of the
        // last versions is not walked in steps.
        progressDeadlineAbort: true,
        rollbackWindow: { revisions: SERVICES.quickRollbackRevisions },
        strategy: rolloutStrategy(service, context),
      },
    },
    options,
  );
  return { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: service.name };
}
