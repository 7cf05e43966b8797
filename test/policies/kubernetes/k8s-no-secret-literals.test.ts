import { describe, expect, it } from "vitest";

import { k8sNoSecretLiterals } from "../../../policies/rules/kubernetes/k8s-no-secret-literals.ts";
import { AT, DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(k8sNoSecretLiterals.name, () => {
  it.each([
    {
      title: "accepts plain settings",
      props: deployment({ env: [{ name: "LOG_LEVEL", value: "info" }] }),
      findings: [],
    },
    {
      title: "accepts a reference",
      props: deployment({
        env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
      }),
      findings: [],
    },
    {
      title: "rejects a value under a secret's name and does not show it",
      props: deployment({ env: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
      findings: [`${AT}.env[0] DB_PASSWORD is a plain value (not shown), required a reference to a secret`],
    },
    {
      title: "rejects a value that has a secret's form",
      props: deployment({ env: [{ name: "URL", value: "postgres://app:hunter2@db/app" }] }),
      findings: [`${AT}.env[0] URL is a plain value (not shown), required a reference to a secret`],
    },
    {
      title: "accepts an empty value, which says nothing",
      props: deployment({ env: [{ name: "API_KEY", value: "" }] }),
      findings: [],
    },
    {
      title: "is undetermined while the value is unknown",
      props: deployment({ env: [{ name: "A", value: UNKNOWN }] }),
      findings: ["undetermined: spec.template.spec.containers.0.env.0.value"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sNoSecretLiterals, DEPLOYMENT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(
        k8sNoSecretLiterals,
        "kubernetes:core/v1:Service",
        deployment({ image: "latest", resources: {}, securityContext: {} }),
      ),
    ).toEqual([]);
  });

  it("reads config maps too", async () => {
    expect(await evaluate(k8sNoSecretLiterals, "kubernetes:core/v1:ConfigMap", { data: { level: "info" } })).toEqual(
      [],
    );
    expect(
      await evaluate(k8sNoSecretLiterals, "kubernetes:core/v1:ConfigMap", { data: { "smtp-password": "hunter2" } }),
    ).toEqual(["data.smtp-password is a plain value (not shown), required a reference to a secret"]);
  });
});
