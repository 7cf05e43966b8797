import { describe, expect, it } from "vitest";

import { Workload } from "../../../components/workloads/workload.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, job, servicesOf } from "../../support/services.ts";

const TYPE = "kubernetes:external-secrets.io/v1:ExternalSecret";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const JOB = "kubernetes:batch/v1:Job";
const CRON_JOB = "kubernetes:batch/v1:CronJob";

const make = (service: RunningSettings) =>
  deploy(
    () => new Workload(service.name, { service, context: contextOf(servicesOf([service])), edge: EDGE, after: [] }),
  );
const secrets = { TOKEN: "api-token-signing", PAYMENT_KEY: "payment-key" };
const row = api({
  environment: { required: [], values: {}, secrets },
  needs: { ...api().needs, cache: "cache-gateway" },
});
const FILES = ["CACHE_PASSWORD", "PAYMENT_KEY", "TOKEN", "TOKEN_NEXT", "TOKEN_PREVIOUS"];

/** The pod that an object makes. */
function podOf({ inputs }: Registered, ...path: string[]) {
  const spec = JSON.parse(JSON.stringify(inputs["spec"]));
  return [...path, "template", "spec"].reduce((node, key) => node[key], spec);
}

describe("the secrets of a service", () => {
  it("come through the namespace's own store, from its own prefix only, within minutes of a rotation", async () => {
    const { spec } = only(await make(row), TYPE).inputs;
    const signing = (property: string) => ({ key: "preflight-staging/shop/api-token-signing", property });
    expect(spec).toMatchObject({
      refreshInterval: "5m",
      secretStoreRef: { kind: "SecretStore" },
      target: { name: "gateway-secrets", creationPolicy: "Owner" },
      data: [
        {
          secretKey: "CACHE_PASSWORD",
          remoteRef: { key: "preflight-staging/shop/cache-gateway", property: "password" },
        },
        { secretKey: "PAYMENT_KEY", remoteRef: { key: "preflight-staging/shop/payment-key" } },
        { secretKey: "TOKEN", remoteRef: signing("current") },
        { secretKey: "TOKEN_NEXT", remoteRef: signing("next") },
        { secretKey: "TOKEN_PREVIOUS", remoteRef: signing("previous") },
      ],
    });
  });

  it("are files of one volume that the kubelet renews as a whole, for the pod's own group to read", async () => {
    const pod = podOf(only(await make(row), DEPLOYMENT));
    expect(pod.volumes[1]).toEqual({
      name: "secrets",
      projected: {
        defaultMode: 0o440,
        sources: [{ secret: { name: "gateway-secrets", items: FILES.map((key) => ({ key, path: key })) } }],
      },
    });
    expect(pod.containers[0].volumeMounts[1]).toEqual({
      name: "secrets",
      mountPath: "/run/secrets/preflight",
      readOnly: true,
    });
    expect(pod.securityContext).toMatchObject({ fsGroup: 10_001, runAsNonRoot: true });
  });

  it("stand in no variable of any pod, and every file that is announced is there", async () => {
    const database = { name: "gateway", poolSize: 5, extensions: [] };
    const migrations = { image: row.image, command: ["up"], lockTimeoutSeconds: 5, timeoutSeconds: 60 };
    const resources = await make({ ...row, needs: { ...row.needs, database }, migrations });
    const cron = await make(job({ environment: row.environment }));
    const migration = podOf(only(resources, JOB));
    expect(migration.volumes).toHaveLength(1);
    expect(JSON.stringify(migration)).not.toMatch(/_FILE"|secretKeyRef/);
    const pods = [podOf(only(resources, DEPLOYMENT)), podOf(only(cron, CRON_JOB), "jobTemplate", "spec")];
    for (const pod of pods) {
      const [container] = pod.containers;
      expect(JSON.stringify(container)).not.toContain("secretKeyRef");
      const announced = container.env.flatMap(({ name, value }: { name: string; value: string }) =>
        name.endsWith("_FILE") ? [value] : [],
      );
      expect(announced).toContain("/run/secrets/preflight/TOKEN_PREVIOUS");
      const mounted = pod.volumes[1].projected.sources[0].secret.items.map(
        ({ path }: { path: string }) => `${container.volumeMounts[1].mountPath}/${path}`,
      );
      expect(mounted).toEqual(announced);
    }
  });

  it("are there before the pods that read them", async () => {
    expect(only(await make(row), DEPLOYMENT).dependencies).toContain(`${TYPE}::gateway`);
  });

  it("pass no value through the program: there is no Kubernetes secret of ours", async () => {
    const resources = await make(row);
    expect(ofType(resources, "kubernetes:core/v1:Secret")).toEqual([]);
    expect(JSON.stringify(resources)).not.toContain("never");
  });

  it("are absent for a service without any, and so is the volume", async () => {
    const resources = await make(api());
    expect(ofType(resources, TYPE)).toEqual([]);
    expect(podOf(only(resources, DEPLOYMENT)).volumes).toHaveLength(1);
  });
});
