import { describe, expect, it } from "vitest";

import { answerCheck, answerCreate } from "../../../preview/cloud/fake-cloud.ts";
import { afterRelease, afterScaling } from "../../../preview/cloud/kubernetes/controllers.ts";
import { canonicalQuantity } from "../../../preview/cloud/kubernetes/quantity.ts";
import { UNKNOWN } from "../../../preview/engine/wire.ts";
import { DEPLOYMENT, deployment } from "../../support/kubernetes.ts";

const PROVIDER = { region: undefined, defaultTags: {} };
const SERVICE = "kubernetes:core/v1:Service";
const ROLLOUT = "kubernetes:argoproj.io/v1alpha1:Rollout";
const request = (type: string, inputs: Record<string, unknown>, name = "app") => ({
  type,
  name,
  urn: `urn:pulumi:test::project::${type}::${name}`,
  inputs,
});
const live = (type: string, inputs: Record<string, unknown>) => answerCreate(request(type, inputs)).outputs;
const checked = (type: string, inputs: Record<string, unknown>) => answerCheck(request(type, inputs), PROVIDER);

describe("a quantity", () => {
  it.each([
    ["1024Mi", "1Gi"],
    ["1.5Gi", "1536Mi"],
    ["512Mi", "512Mi"],
    ["0Gi", "0"],
    ["0.5", "500m"],
    [1.5, "1500m"],
    ["1000m", "1"],
    ["4000m", "4"],
    ["1000000k", "1G"],
    [50, "50"],
    ["250m", "250m"],
    ["no quantity", "no quantity"],
  ])("%s is spelled %s by the API server", (from, to) => {
    expect(canonicalQuantity(from)).toBe(to);
  });
});

describe("the live object", () => {
  it("has the API server's defaults in every container, and one pod where the program names no number", () => {
    expect(live(DEPLOYMENT, deployment())).toMatchObject({
      metadata: { annotations: { "deployment.kubernetes.io/revision": "1" } },
      spec: {
        replicas: 1,
        revisionHistoryLimit: 10,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
        template: {
          spec: {
            dnsPolicy: "ClusterFirst",
            serviceAccount: "app",
            containers: [
              {
                imagePullPolicy: "IfNotPresent",
                readinessProbe: { httpGet: { scheme: "HTTP" }, timeoutSeconds: 1, failureThreshold: 3 },
              },
            ],
          },
        },
      },
      status: {},
    });
  });

  it("keeps what the program wrote, and does not complete what is not there", () => {
    const { spec } = live(DEPLOYMENT, deployment({}, {}, { replicas: 4, strategy: { type: "Recreate" } }));
    expect(spec).toMatchObject({ replicas: 4, strategy: { type: "Recreate" } });
    expect(spec).not.toHaveProperty("strategy.rollingUpdate");
    expect(spec).not.toHaveProperty("template.spec.containers.0.startupProbe");
  });

  it("has an address and target ports in a Service, a label in a Namespace, types in a NetworkPolicy", () => {
    expect(live(SERVICE, { spec: { ports: [{ port: 80 }] } })["spec"]).toMatchObject({
      type: "ClusterIP",
      clusterIP: expect.any(String),
      ports: [{ port: 80, targetPort: 80, protocol: "TCP" }],
    });
    expect(live("kubernetes:core/v1:Namespace", { metadata: { name: "shop" } })["metadata"]).toMatchObject({
      labels: { "kubernetes.io/metadata.name": "shop" },
    });
    expect(
      live("kubernetes:networking.k8s.io/v1:NetworkPolicy", { spec: { podSelector: {}, egress: [] } })["spec"],
    ).toEqual({
      podSelector: {},
      policyTypes: ["Ingress"],
    });
  });

  it("keeps the spelling of custom resources and gives them no number of pods", () => {
    const resources = { limits: { memory: "1024Mi" } };
    const outputs = live(ROLLOUT, { spec: { template: { spec: { containers: [{ resources }] } } } });
    expect(outputs["spec"]).toEqual({ template: { spec: { containers: [{ resources }] } } });
  });
});

describe("the check of a Kubernetes object", () => {
  it("takes built-in kinds through their typed form: nulls, empty options and other spellings go", () => {
    const { metadata, spec } = deployment({
      env: [{ name: "A", value: "" }],
      resources: { limits: { memory: "1024Mi" } },
    });
    const found = checked(DEPLOYMENT, {
      metadata: { ...metadata, annotations: null },
      spec: { ...spec, replicas: null },
    });
    expect(found).not.toHaveProperty("metadata.annotations");
    expect(found).not.toHaveProperty("spec.replicas");
    expect(found).toMatchObject({
      spec: {
        template: { spec: { containers: [{ env: [{ name: "A" }], resources: { limits: { memory: "1Gi" } } }] } },
      },
    });
    expect(found).not.toHaveProperty("spec.template.spec.containers.0.env.0.value");
    expect(checked("kubernetes:core/v1:ConfigMap", { data: { A: "" } })).toEqual({ data: { A: "" } });
    expect(checked("kubernetes:core/v1:Secret", { stringData: { a: "b" } })).toEqual({ data: { a: "Yg==" } });
  });

  it("leaves custom resources alone, and objects of which something is unknown", () => {
    expect(checked(ROLLOUT, { spec: { replicas: null } })).toEqual({ spec: { replicas: null } });
    const waiting = { metadata: { name: UNKNOWN, annotations: null } };
    expect(checked(SERVICE, waiting)).toEqual(waiting);
  });
});

describe("what others do in the cluster", () => {
  const object = (type: string, name: string, outputs: Record<string, unknown>) => ({
    type,
    urn: `urn:pulumi:test::project::${type}::${name}`,
    outputs: { metadata: { name, namespace: "shop" }, ...outputs },
  });
  const app = object(ROLLOUT, "app", {
    spec: {
      strategy: {
        canary: { stableService: "app", canaryService: "app-canary", trafficRouting: { alb: { ingress: "app" } } },
      },
    },
  });
  const services = ["app", "app-canary", "other"].map((name) =>
    object(SERVICE, name, { spec: { selector: { app: name } } }),
  );

  it("is the number of pods that an autoscaler writes into its workload", () => {
    const scaler = object("kubernetes:keda.sh/v1alpha1:ScaledObject", "scaler", {
      spec: { scaleTargetRef: { name: "mailer" } },
    });
    const mailer = object(DEPLOYMENT, "mailer", { spec: { replicas: 1 } });
    const changes = afterScaling([scaler, mailer, object(DEPLOYMENT, "other", { spec: {} })], 7);
    expect([...changes]).toEqual([[mailer.urn, { ...mailer.outputs, spec: { replicas: 7 } }]]);
  });

  it("is the version in the selectors of a Rollout's own Services, and weights in its Ingress", () => {
    const ingress = object("kubernetes:networking.k8s.io/v1:Ingress", "app", {});
    const changes = afterRelease([app, ...services, ingress], 2);
    const selectors = services.map(({ urn }) => changes.get(urn)?.["spec"]);
    expect(selectors).toEqual([
      { selector: { app: "app", "rollouts-pod-template-hash": expect.any(String) } },
      { selector: { app: "app-canary", "rollouts-pod-template-hash": expect.any(String) } },
      undefined,
    ]);
    expect(changes.get(ingress.urn)).toHaveProperty([
      "metadata",
      "annotations",
      "alb.ingress.kubernetes.io/actions.app",
    ]);
    expect(changes.get(app.urn)).toHaveProperty(["metadata", "annotations", "rollout.argoproj.io/revision"], "2");
  });
});
