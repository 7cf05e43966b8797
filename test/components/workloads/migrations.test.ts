import { describe, expect, it } from "vitest";

import { Workload } from "../../../components/workloads/workload.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import type { ServicesSettings } from "../../../config/blocks/services/services.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, IMAGE, servicesOf } from "../../support/services.ts";

const JOB = "kubernetes:batch/v1:Job";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

const ROW = api({
  migrations: { image: IMAGE, command: ["/app/migrate", "up"], lockTimeoutSeconds: 5, timeoutSeconds: 600 },
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

  it("end in time, are tried again with a new pod, one at a time, and by the next run when all tries failed", async () => {
    const job = await migration();
    expect(job.metadata.annotations).toEqual({ "pulumi.com/replaceUnready": "true" });
    expect(job.spec).toMatchObject({
      activeDeadlineSeconds: 600,
      backoffLimit: 2,
      podReplacementPolicy: "Failed",
      template: { spec: { restartPolicy: "Never" } },
    });
  });

  const migrations = { image: IMAGE, command: ["/app/migrate", "up"], lockTimeoutSeconds: 5, timeoutSeconds: 600 };
  const image = (digit: string) => `app@sha256:${digit.repeat(64)}`;
  const nameOf = async (service: RunningSettings) => (await migration(service)).metadata.name;

  it("run for the image that the row's migrations name, and for no other on the way back", async () => {
    const [before, released] = [
      await migration({ ...ROW, image: image("b"), migrations: { ...migrations, image: image("b") } }),
      await migration({ ...ROW, image: image("c"), migrations: { ...migrations, image: image("c") } }),
    ];
    expect(released.metadata.name).not.toBe(before.metadata.name);
    expect(released.spec.template.spec.containers[0].image).toMatch(/c{64}$/);
    // The former digest is put back: the same job as before, so none starts, and nothing runs the former image's command.
    const back = await migration({ ...ROW, image: image("b"), migrations: { ...migrations, image: image("c") } });
    expect(back).toEqual(released);
  });

  it("run again when something of them changes, and not for what only the service is given", async () => {
    const name = await nameOf(ROW);
    expect(name).toMatch(/^gateway-migrate-[0-9a-f]{10}$/);
    expect(await nameOf({ ...ROW, migrations: { ...migrations, command: ["/app/migrate", "all"] } })).not.toBe(name);
    expect(await nameOf({ ...ROW, migrations: { ...migrations, lockTimeoutSeconds: 9 } })).not.toBe(name);
    const debug = { required: [], values: { LOG_LEVEL: "debug" }, secrets: {} };
    expect(await migration({ ...ROW, profile: "large", environment: debug })).toEqual(await migration());
    expect(
      await nameOf({ ...ROW, needs: { ...ROW.needs, database: { name: "orders", poolSize: 99, extensions: [] } } }),
    ).toBe(name);
  });

  it("are given the way to the database and nothing else", async () => {
    expect(Object.keys(variablesOf(await migration())).toSorted()).toEqual([
      "DATABASE_AUTHENTICATION",
      "DATABASE_HOST",
      "DATABASE_NAME",
      "DATABASE_PORT",
      "DATABASE_REGION",
      "DATABASE_SSLMODE",
      "DATABASE_USER",
      "MIGRATION_LOCK_TIMEOUT_SECONDS",
      "PGOPTIONS",
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
