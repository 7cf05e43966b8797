import { describe, expect, it } from "vitest";

import { Workload } from "../../../components/workloads/workload.ts";
import { deploy, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, servicesOf } from "../../support/services.ts";

const make = (service: ReturnType<typeof api>) =>
  deploy(() => new Workload("gateway", { service, context: contextOf(servicesOf([service])), edge: EDGE, after: [] }));

const started = (startupSeconds: number) => ({ ...api().health, startupSeconds });

describe("how long up waits for what it must wait for", () => {
  it("gives a balancer a quarter of an hour, since the provider's ten minutes are too few for a first one", async () => {
    expect(only(await make(api()), "kubernetes:networking.k8s.io/v1:Ingress").createTimeout).toBe("900s");
  });

  it("gives a migration its own time and what the cluster takes to tell", async () => {
    const migrations = { image: api().image, command: ["up"], lockTimeoutSeconds: 5, timeoutSeconds: 600 };
    const database = { name: "gateway", poolSize: 5, extensions: [] };
    const resources = await make(api({ migrations, needs: { ...api().needs, database } }));
    expect(only(resources, "kubernetes:batch/v1:Job").createTimeout).toBe("720s");
  });

  it("gives a release what its own numbers add up to: start, batches, steps that are watched, and the old pods' end", async () => {
    const row = { health: started(60), terminationGraceSeconds: 30 };
    const deployment = only(await make(api({ ...row, strategy: "rolling" })), "kubernetes:apps/v1:Deployment");
    // 360 until the first pods count as stuck, four batches of 70, 160 for the last old pod.
    expect(deployment.createTimeout).toBe("800s");
    const canary = only(await make(api({ ...row, strategy: "canary" })), "kubernetes:argoproj.io/v1alpha1:Rollout");
    // As before, and three steps of 180.
    expect(canary.createTimeout).toBe("1340s");
    const slow = only(
      await make(api({ ...row, health: started(600), strategy: "rolling" })),
      "kubernetes:apps/v1:Deployment",
    );
    expect(slow.createTimeout).toBe("3500s");
  });
});
