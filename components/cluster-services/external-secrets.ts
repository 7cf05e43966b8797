import * as iam from "@pulumi/aws/iam/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { internalIssuer } from "../../core/names.ts";
import { CHARTS } from "../../standards/charts.ts";
import { policyDocumentOutput } from "../shared/iam.ts";
import {
  CONTROLLER_PRIORITY,
  controllerLabels,
  KEEP,
  regionVariable,
  resources,
  spread,
} from "../shared/kubernetes/chart-values.ts";
import { createController } from "../shared/kubernetes/controller.ts";
import { issuerRef } from "../shared/kubernetes/names.ts";
import type { ChartValues } from "../shared/kubernetes/release.ts";
import { releaseName } from "../shared/kubernetes/release.ts";
import { PodIdentity } from "../shared/pod-identity.ts";
import type { ControllerContext } from "./context.ts";
import type { SecretStoresArgs, StoreRole } from "./secret-stores.ts";
import { createStore, createStoreRoles } from "./secret-stores.ts";

export interface ExternalSecretsArgs extends ControllerContext, SecretStoresArgs {}

const PART = releaseName(CHARTS.externalSecrets);
const WEBHOOK = `${PART}-webhook`;
const METRICS_PORT = 8080;
const WEBHOOK_PORT = 10_250;

function valuesOf({ environment, settings }: ControllerContext): ChartValues {
  const part = (role: string) => ({
    replicaCount: settings.controllerReplicas,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    priorityClassName: CONTROLLER_PRIORITY,
    podLabels: controllerLabels(role),
    topologySpreadConstraints: spread(role),
    livenessProbe: { enabled: true },
  });
  return {
    ...part(PART),
    installCRDs: true,
    crds: { annotations: KEEP },
    leaderElect: true,
    readinessProbe: { enabled: true },
    resources: resources(50, 192),
    extraEnv: regionVariable(environment.region),
    serviceAccount: { name: PART },
    serviceMonitor: { enabled: true, renderMode: "alwaysRender" },
    // A store for all namespaces would undo the separation, and nothing here writes secrets back.
    processClusterStore: false,
    processClusterExternalSecret: false,
    processClusterGenerator: false,
    processClusterPushSecret: false,
    processPushSecret: false,
    rbac: {
      // Whoever may make a store may name another namespace's role: that is the deployer's alone.
      aggregateToEdit: false,
      aggregateToAdmin: false,
      serviceAccountTokenCreate: false,
    },
    webhook: {
      ...part(WEBHOOK),
      resources: resources(10, 64),
      certManager: { enabled: true, cert: { issuerRef: issuerRef(internalIssuer(environment).issuer) } },
    },
    // cert-manager does its work.
    certController: { create: false },
  };
}

/**
 * Brings secrets from Secrets Manager into the cluster. Pod Identity gives the controller one identity for all namespaces;
 * so it may do nothing but take on the roles of the stores, of which each namespace has one, limited to its own path.
 * Answers the stores: what reads a secret depends on them.
 */
export function createExternalSecrets(
  name: string,
  args: ExternalSecretsArgs,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { environment, cluster, namespaceName } = args;
  const roles: StoreRole[] = [];
  const identity = new PodIdentity(
    name,
    {
      environment,
      cluster,
      namespace: namespaceName,
      serviceAccount: PART,
      description: "External Secrets: takes on the roles of the stores",
      furtherRights: (controller) => {
        roles.push(...createStoreRoles(name, args, controller.arn, opts));
        const policy = policyDocumentOutput([
          {
            Sid: "BecomeStores",
            Effect: "Allow",
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Resource: roles.map(({ arn }) => arn),
          },
        ]);
        return [new iam.RolePolicy(`${name}-stores`, { role: controller.name, policy }, { parent: controller })];
      },
    },
    opts,
  );
  const release = createController(
    name,
    {
      part: PART,
      chart: CHARTS.externalSecrets,
      values: valuesOf(args),
      traffic: { metricsPort: METRICS_PORT, callsAws: true },
      otherParts: { webhook: { part: WEBHOOK, metricsPort: METRICS_PORT, calledAt: [WEBHOOK_PORT] } },
      after: [...after, identity],
    },
    args,
    opts,
  );
  return roles.map((role) => createStore(`${name}-${role.namespaceName}`, role, environment, release, opts));
}
