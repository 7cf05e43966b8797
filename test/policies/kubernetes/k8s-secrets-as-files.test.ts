import { describe, expect, it } from "vitest";

import { k8sSecretsAsFiles } from "../../../policies/rules/kubernetes/k8s-secrets-as-files.ts";
import { AT, DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const secretKeyRef = { name: "gateway-secrets", key: "TOKEN" };

describe(k8sSecretsAsFiles.name, () => {
  it.each([
    {
      title: "accepts plain settings, and the path of a file",
      props: deployment({ env: [{ name: "TOKEN_FILE", value: "/run/secrets/preflight/TOKEN" }] }),
      findings: [],
    },
    {
      title: "accepts what comes from the pod itself or from a config map",
      props: deployment({
        env: [
          { name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
          { name: "LEVEL", valueFrom: { configMapKeyRef: { name: "settings", key: "level" } } },
        ],
        envFrom: [{ configMapRef: { name: "settings" } }],
      }),
      findings: [],
    },
    {
      title: "rejects each key of a secret",
      props: deployment({
        env: [
          { name: "LOG_LEVEL", value: "info" },
          { name: "TOKEN", valueFrom: { secretKeyRef } },
        ],
      }),
      findings: [`${AT}.env[1] TOKEN is a key of a secret, required a file of a mounted volume`],
    },
    {
      title: "rejects a whole secret",
      props: deployment({ envFrom: [{ prefix: "X_", secretRef: { name: "gateway-secrets" } }] }),
      findings: [`${AT}.envFrom[0] is all keys of a secret, required a file of a mounted volume`],
    },
    {
      title: "is undetermined while a variable's source is unknown",
      props: deployment({ env: [{ name: "TOKEN", valueFrom: UNKNOWN }] }),
      findings: ["undetermined: spec.template.spec.containers.0.env.0.valueFrom"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sSecretsAsFiles, DEPLOYMENT, props)).toEqual(findings);
  });

  it("looks at containers that come first, and at patches too", async () => {
    const env = [{ name: "TOKEN", valueFrom: { secretKeyRef } }];
    const spec = { template: { spec: { initContainers: [{ name: "first", env }] } } };
    expect(await evaluate(k8sSecretsAsFiles, "kubernetes:apps/v1:DeploymentPatch", { spec })).toEqual([
      "spec.template.spec.initContainers[0].env[0] TOKEN is a key of a secret, required a file of a mounted volume",
    ]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(k8sSecretsAsFiles, "kubernetes:core/v1:ConfigMap", { data: { level: "info" } })).toEqual([]);
  });
});
