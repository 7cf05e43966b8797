import { describe, expect, it } from "vitest";

import { Workload } from "../../../components/workloads/workload.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import type { ServicesSettings } from "../../../config/blocks/services/services.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, servicesOf } from "../../support/services.ts";

const JOB = "kubernetes:batch/v1:Job";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

const ROW = api({
  migrations: { command: ["/app/migrate", "up"], lockTimeoutSeconds: 5, timeoutSeconds: 600 },
  needs: { ...api().needs, database: { name: "orders", poolSize: 10, extensions: [] } },
});

const make = (service: RunningSettings, change: Partial<ServicesSettings> = {}) =>
  deploy(
    () =>
      new Workload(service.name, { service, context: contextOf(servicesOf([service], change)), edge: EDGE, after: [] }),
  );

const migration = async (service: RunningSettings = ROW) =>
  JSON.parse(JSON.stringify(only(await make(service), JOB).inputs));
const variablesOf = ({
  spec,
}: {
  spec: { template: { spec: { containers: { env: { name: string; value: string }[] }[] } } };
}): Record<string, string> =>
  Object.fromEntries((spec.template.spec.containers[0]?.env ?? []).map(({ name, value }) => [name, value]));

describe("migrations", () => {
  it("run before the new version's pods, which wait for their end", async () => {
    const resources = await make(ROW);
    expect(only(resources, DEPLOYMENT).dependencies).toContain(`${JOB}::gateway-migrate`);
    expect(only(resources, JOB).dependencies).not.toContain(`${DEPLOYMENT}::gateway`);
  });

  it("hold back a Rollout as they do a Deployment", async () => {
    expect(
      only(await make({ ...ROW, strategy: "canary" }), "kubernetes:argoproj.io/v1alpha1:Rollout").dependencies,
    ).toContain(`${JOB}::gateway-migrate`);
  });

  it("start after their own account and role", async () => {
    const { dependencies } = only(await make(ROW), JOB);
    expect(dependencies).toContain("kubernetes:core/v1:ServiceAccount::gateway-migrate");
    expect(dependencies).toContain("aws:eks/podIdentityAssociation:PodIdentityAssociation::gateway-migrate");
    expect((await migration()).spec.template.spec.serviceAccountName).toBe("gateway-migrate");
  });

  it("log in as the migrator, to the writer itself: the proxy refuses sessions with options", async () => {
    expect(variablesOf(await migration())).toMatchObject({
      DATABASE_USER: "gateway_migrator",
      DATABASE_HOST: "writer.db",
      DATABASE_AUTHENTICATION: "iam",
      DATABASE_SSLMODE: "verify-full",
    });
  });

  it("give up on a lock after five seconds, so that users are not kept waiting", async () => {
    expect(variablesOf(await migration())).toMatchObject({
      PGOPTIONS: "-c lock_timeout=5s",
      MIGRATION_LOCK_TIMEOUT_SECONDS: "5",
    });
  });

  it("end in time, and are not tried again by themselves", async () => {
    expect((await migration()).spec).toMatchObject({
      activeDeadlineSeconds: 600,
      backoffLimit: 0,
      template: { spec: { restartPolicy: "Never" } },
    });
  });

  it("run again for each new image, and not for the same one", async () => {
    const nameFor = async (digit: string) =>
      (await migration({ ...ROW, image: `app@sha256:${digit.repeat(64)}` })).metadata.name;
    expect([await nameFor("a"), await nameFor("b"), await nameFor("a")]).toEqual([
      "gateway-migrate-aaaaaaaaaa",
      "gateway-migrate-bbbbbbbbbb",
      "gateway-migrate-aaaaaaaaaa",
    ]);
  });

  it("are no pods of the service: they get none of its traffic", async () => {
    const resources = await make(ROW);
    const selector = JSON.parse(JSON.stringify(only(resources, "kubernetes:core/v1:Service").inputs["spec"])).selector;
    expect(selector).toEqual({ "app.kubernetes.io/name": "gateway" });
    expect((await migration()).spec.template.metadata.labels["app.kubernetes.io/name"]).toBe("gateway-migrate");
  });

  it("are as hardened as the service itself", async () => {
    const { spec } = (await migration()).spec.template;
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(spec.containers[0].securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("do not exist without need, nor in an emergency shutdown", async () => {
    expect(ofType(await make(api()), JOB)).toEqual([]);
    expect(ofType(await make(ROW, { shutdown: true }), JOB)).toEqual([]);
  });
});
