/** A namespace for {@link MINIMAL}. */
export const MINIMAL_NAMESPACE = "minimal";

const IMAGE = "registry.invalid/app:1";
const labels = { app: "app" };
const template = { metadata: { labels }, spec: { containers: [{ name: "app", image: IMAGE }] } };
const at = (name: string) => ({ name, namespace: MINIMAL_NAMESPACE });

const probe = { httpGet: { port: 80 } };

/** A container with whatever the API server completes, and quantities that it spells otherwise. */
const FULL = {
  name: "app",
  image: IMAGE,
  ports: [{ containerPort: 80 }],
  livenessProbe: probe,
  readinessProbe: { tcpSocket: { port: 80 } },
  startupProbe: probe,
  lifecycle: { preStop: probe },
  env: [
    { name: "EMPTY", value: "" },
    { name: "NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
  ],
  resources: { requests: { cpu: "0.25", memory: "1024Mi" }, limits: { memory: "1.5Gi" } },
  volumeMounts: [{ name: "scratch", mountPath: "/tmp" }],
};

const VOLUMES = [
  { name: "scratch", emptyDir: { sizeLimit: "1024Mi" } },
  { name: "configuration", configMap: { name: "configuration" } },
  { name: "secret", secret: { secretName: "secret" } },
  { name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } },
];

/** Objects with as little in them as is allowed: what stands in them afterwards, others have put there. */
export const MINIMAL = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: MINIMAL_NAMESPACE } },
  { apiVersion: "v1", kind: "Secret", metadata: at("secret"), stringData: { a: "b" } },
  { apiVersion: "v1", kind: "ConfigMap", metadata: at("configuration"), data: { EMPTY: "" } },
  {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: at("limits"),
    spec: { limits: [{ type: "Container", default: { cpu: "0.5" } }] },
  },
  {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: at("quota"),
    spec: { hard: { "requests.cpu": "4000m", pods: 50 } },
  },
  { apiVersion: "v1", kind: "Service", metadata: at("service"), spec: { selector: labels, ports: [{ port: 80 }] } },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: at("headless"),
    spec: { clusterIP: "None", selector: labels, ports: [{ port: 80 }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: at("node-port"),
    spec: { type: "NodePort", selector: labels, ports: [{ port: 80 }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: at("balancer"),
    spec: { type: "LoadBalancer", selector: labels, ports: [{ port: 80 }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: at("external"),
    spec: { type: "ExternalName", externalName: "example.com" },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: at("deployment"),
    spec: { selector: { matchLabels: labels }, template },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: at("recreated"),
    spec: {
      selector: { matchLabels: labels },
      strategy: { type: "Recreate" },
      template: { metadata: { labels }, spec: { containers: [FULL], volumes: VOLUMES, serviceAccountName: "default" } },
    },
  },
  {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: at("daemons"),
    spec: { selector: { matchLabels: labels }, template },
  },
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: at("stateful"),
    spec: { serviceName: "headless", selector: { matchLabels: labels }, template },
  },
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: at("scaler"),
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "missing" } },
  },
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: at("careful"),
    spec: {
      maxReplicas: 3,
      behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "missing" },
    },
  },
  {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: at("job"),
    spec: { template: { spec: { ...template.spec, restartPolicy: "Never" } } },
  },
  {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: at("cron"),
    spec: {
      schedule: "0 0 1 1 *",
      jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: "Never" } } } },
    },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: at("closed"),
    spec: { podSelector: {}, ingress: [] },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: at("outgoing"),
    spec: { podSelector: {}, egress: [{ ports: [{ port: 443 }] }] },
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: at("binding"),
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "missing" },
    subjects: [{ kind: "Group", name: "people" }],
  },
] as const;
