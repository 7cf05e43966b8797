/** A container that meets every rule; tests change one thing. */
export const CONTAINER = {
  name: "app",
  image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:${"a".repeat(64)}`,
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
  livenessProbe: { httpGet: { path: "/live", port: 8080 } },
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
};

/** A pod specification that meets every rule. */
export const POD = {
  automountServiceAccountToken: false,
  serviceAccountName: "app",
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  topologySpreadConstraints: [
    {
      topologyKey: "topology.kubernetes.io/zone",
      maxSkew: 1,
      whenUnsatisfiable: "DoNotSchedule",
      labelSelector: { matchLabels: { app: "app" } },
    },
  ],
};

export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

const LABELS = { app: "app" };

/** A Deployment with one container; `container` and `pod` replace single fields. */
export function deployment(
  container: Record<string, unknown> = {},
  pod: Record<string, unknown> = {},
  spec: Record<string, unknown> = {},
) {
  return {
    metadata: { name: "app", namespace: "shop", labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      ...spec,
      template: {
        metadata: { labels: LABELS },
        spec: { ...POD, containers: [{ ...CONTAINER, ...container }], ...pod },
      },
    },
  };
}

/** The container as it stands in the resource's inputs. */
export const AT = "spec.template.spec.containers[0]";
