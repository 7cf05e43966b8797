import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import type { Release } from "@pulumi/kubernetes/helm/v3/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { internalAuthorityName, internalIssuer } from "../../core/names.ts";
import { CHARTS } from "../../standards/charts.ts";
import {
  CONTROLLER_PRIORITY,
  controllerLabels,
  ONE_AT_A_TIME,
  resources,
  spread,
} from "../shared/kubernetes/chart-values.ts";
import { createController } from "../shared/kubernetes/controller.ts";
import { issuerRef } from "../shared/kubernetes/names.ts";
import type { ChartValues } from "../shared/kubernetes/release.ts";
import type { ControllerContext } from "./context.ts";

const METRICS_PORT = 9402;
const WEBHOOK_PORT = 10_250;

function valuesOf({ settings, namespaceName }: ControllerContext): ChartValues {
  const part = (role: string, memoryMiB: number) => ({
    replicaCount: settings.controllerReplicas,
    podDisruptionBudget: { enabled: true, ...ONE_AT_A_TIME },
    resources: resources(20, memoryMiB),
    podLabels: controllerLabels(role),
    topologySpreadConstraints: spread(role),
  });
  return {
    crds: { enabled: true, keep: true },
    // Its lock lies beside it: it needs no rights in kube-system.
    global: { priorityClassName: CONTROLLER_PRIORITY, leaderElection: { namespace: namespaceName } },
    prometheus: { enabled: true, servicemonitor: { enabled: true } },
    ...part("cert-manager", 96),
    webhook: part("cert-manager-webhook", 48),
    cainjector: part("cert-manager-cainjector", 128),
    startupapicheck: { podLabels: controllerLabels("cert-manager-check"), resources: resources(10, 32) },
  };
}

/**
 * Certificates for names inside the cluster, those of the controllers' webhooks first of all: renewed by themselves, by
 * an authority which nothing outside trusts. What the world sees is certified by ACM. Answers what others must wait for.
 */
export function createCertManager(
  name: string,
  context: ControllerContext,
  crds: Release,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const release = createController(
    name,
    {
      part: "cert-manager",
      chart: CHARTS.certManager,
      values: valuesOf(context),
      traffic: { metricsPort: METRICS_PORT },
      otherParts: {
        webhook: { part: "cert-manager-webhook", metricsPort: METRICS_PORT, calledAt: [WEBHOOK_PORT] },
        cainjector: { part: "cert-manager-cainjector", metricsPort: METRICS_PORT },
        check: { part: "cert-manager-check" },
      },
      after: [crds],
    },
    context,
    opts,
  );
  return createAuthority(name, context, release, opts);
}

/** A root that signs one authority, and the authority that signs everything else. */
function createAuthority(
  name: string,
  { environment, namespace }: ControllerContext,
  release: Release,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const child = { ...opts, parent: release };
  const names = internalIssuer(environment);
  const issuer = (role: string, issuerName: string, spec: object, dependsOn: pulumi.Resource[]) =>
    new CustomResource(
      `${name}-${role}`,
      { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name: issuerName }, spec },
      { ...child, dependsOn },
    );
  const root = issuer("root", names.root, { selfSigned: {} }, [release]);
  const authority = new CustomResource(
    `${name}-authority`,
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: names.authoritySecret, namespace },
      spec: {
        isCA: true,
        commonName: internalAuthorityName(environment),
        secretName: names.authoritySecret,
        // Five years, renewed a year before the end.
        duration: "43800h",
        renewBefore: "8760h",
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
        issuerRef: issuerRef(names.root),
      },
    },
    { ...child, dependsOn: [root] },
  );
  return issuer("internal", names.issuer, { ca: { secretName: names.authoritySecret } }, [authority]);
}
