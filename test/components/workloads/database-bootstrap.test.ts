import { describe, expect, it } from "vitest";

import { DatabaseBootstrap } from "../../../components/workloads/database-bootstrap.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { api, contextOf, servicesOf, worker } from "../../support/services.ts";

const JOB = "kubernetes:batch/v1:Job";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";

type Extensions = NonNullable<RunningSettings["needs"]["database"]>["extensions"];
const withDatabase = (extensions: Extensions = [], poolSize = 10) =>
  api({ needs: { ...api().needs, database: { name: "orders", poolSize, extensions } } });

const prepare = (...services: RunningSettings[]) =>
  deploy(() => {
    const bootstrap = new DatabaseBootstrap("database", { context: contextOf(servicesOf(services)) });
    for (const service of services) bootstrap.prepare(service);
  });

const parsed = (value: unknown) => JSON.parse(JSON.stringify(value));
const nameOf = ({ inputs }: Registered): string => parsed(inputs["metadata"]).name;

describe("the jobs that make databases", () => {
  it("read the master's password in the platform's namespace, and nowhere else", async () => {
    const resources = await prepare(withDatabase());
    const secret = only(resources, SECRET);
    expect(secret.inputs).toMatchObject({
      metadata: { namespace: "platform" },
      spec: { secretStoreRef: { kind: "SecretStore" } },
    });
    expect(parsed(secret.inputs["spec"]).data.map(({ remoteRef }: { remoteRef: object }) => remoteRef)).toEqual(
      ["username", "password"].map((property) => ({
        key: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:master",
        property,
      })),
    );
    const namespaces = resources.flatMap(({ inputs }) =>
      "metadata" in inputs ? [parsed(inputs["metadata"]).namespace] : [],
    );
    expect(new Set(namespaces)).toEqual(new Set(["platform"]));
  });

  it("hand the password to psql as a file, over TLS bound to the server", async () => {
    const [container] = parsed(only(await prepare(withDatabase()), JOB).inputs["spec"]).template.spec.containers;
    const env = Object.fromEntries(
      container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect(env).toEqual({
      PGHOST: "writer.db",
      PGPORT: "5432",
      PGDATABASE: "preflight",
      PGSSLMODE: "require",
      PGCHANNELBINDING: "require",
      PGSERVICEFILE: "/run/secrets/preflight/pg_service.conf",
      PGSERVICE: "master",
    });
    expect(container.command).toContain("--set=ON_ERROR_STOP=1");
    expect(container.image).toBe(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/preflight/app@sha256:${"a".repeat(64)}`);
  });

  it("run the service's own script, after it and the secret are there", async () => {
    const resources = await prepare(withDatabase(["vector"]));
    const script: string = parsed(only(resources, CONFIG_MAP).inputs["data"])["bootstrap.sql"];
    expect(script).toContain('CREATE EXTENSION IF NOT EXISTS "vector";');
    expect(only(resources, JOB).dependencies).toEqual(
      expect.arrayContaining([
        `${SECRET}::database`,
        `${CONFIG_MAP}::database-gateway`,
        "kubernetes:core/v1:ServiceAccount::database",
      ]),
    );
  });

  it("are renamed, and so run again, when the script changes, and not for anything else", async () => {
    const jobName = async (service: RunningSettings) => nameOf(only(await prepare(service), JOB));
    const name = await jobName(withDatabase());
    expect(name).toMatch(/^gateway-bootstrap-[0-9a-f]{10}$/);
    expect(await jobName(withDatabase(["vector"]))).not.toBe(name);
    expect(await jobName(withDatabase([], 50))).toBe(name);
  });

  it("name the script's object after its content too: a job never reads another job's script", async () => {
    const resources = await prepare(withDatabase());
    expect(nameOf(only(resources, CONFIG_MAP))).toBe(nameOf(only(resources, JOB)));
    expect(only(resources, CONFIG_MAP).inputs["immutable"]).toBe(true);
  });

  it("reach the database and nothing else", async () => {
    expect(
      only(await prepare(withDatabase()), "kubernetes:networking.k8s.io/v1:NetworkPolicy").inputs["spec"],
    ).toMatchObject({
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "10.20.48.0/24" } }], ports: [{ protocol: "TCP", port: 5432 }] }],
    });
  });

  it("are one for each service with a database, none for others", async () => {
    const other = { ...withDatabase(), name: "billing" };
    expect(ofType(await prepare(withDatabase(), other, worker()), JOB).map(({ name }) => name)).toEqual([
      "database-gateway",
      "database-billing",
    ]);
  });
});
