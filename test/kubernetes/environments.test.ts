import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { describeWith } from "../support/requirements.ts";
import { STACK_NAMES } from "../support/stack-files.ts";
import type { ManifestFile, Running } from "./support/environment.ts";
import {
  brokenBudgets,
  goes,
  NAMESPACE,
  podsOf,
  readManifests,
  runWorkloads,
  servingImages,
  zonesOfNodes,
} from "./support/environment.ts";
import { isReady, Kubectl, PATIENCE_SECONDS, until } from "./support/kubectl.ts";
import { NO_LAB } from "./support/lab.ts";

const lab = inject("lab");
const LAB = { here: lab !== undefined, missing: NO_LAB };
/** For commands that wait. */
const PATIENCE = `--timeout=${PATIENCE_SECONDS}s`;
const ZONE_LABEL = "topology.kubernetes.io/zone";
const CORDONED = "node.kubernetes.io/unschedulable";
const APPLY = ["apply", "--server-side", "--field-manager=preflight", "--validate=strict"];
const BROKEN_IMAGE = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/preflight/broken@sha256:${"0".repeat(64)}`;

describeWith(LAB, "on a real API server", () => {
  describe.each(STACK_NAMES)("the objects of %s", (environment) => {
    const kubectl = new Kubectl(lab?.kubeconfig ?? "");
    const folder = join(lab?.manifests ?? "", environment);
    let manifests: ManifestFile[] = [];
    let running: readonly Running[] = [];
    const rolledOut = () =>
      Promise.all(
        running.map(({ name }) => kubectl.must(["rollout", "status", "deployment", name, "-n", NAMESPACE, PATIENCE])),
      );

    beforeAll(() => {
      manifests = readManifests(folder);
    });
    afterAll(async () => {
      await kubectl.must(["delete", "deployments", "-n", NAMESPACE, "--all"]);
      const going = manifests.filter(({ object }) => goes(object));
      await kubectl.must(["delete", "--ignore-not-found", ...going.flatMap(({ file }) => ["-f", file])]);
    });

    it("are all accepted, no field unknown, twice", async () => {
      expect(manifests.length).toBeGreaterThan(50);
      const files = manifests.flatMap(({ file }) => ["-f", file]);
      for (const time of ["first", "second"]) {
        const run = await kubectl.run([...APPLY, ...files]);
        expect(run.status, `${time} time: ${run.output}`).toBe(0);
        expect(run.stdout.match(/serverside-applied/g)).toHaveLength(manifests.length);
        expect(run.output).not.toContain("Warning:");
      }
    });

    it("refuse a field that does not exist", async () => {
      const run = await kubectl.run([...APPLY, "-f", "-"], {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "typing-error", namespace: NAMESPACE },
        dat: {},
      });
      expect(run.status).not.toBe(0);
      expect(run.output).toContain(".dat");
    });

    it("refuse a privileged pod", async () => {
      const containers = [
        {
          name: "app",
          image: BROKEN_IMAGE,
          resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "16Mi" } },
          securityContext: { privileged: true },
        },
      ];
      const run = await kubectl.run([...APPLY, "-f", "-"], {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "privileged", namespace: NAMESPACE },
        spec: { containers },
      });
      expect(run.status).not.toBe(0);
      expect(run.output).toContain('violates PodSecurity "restricted:');
    });

    it("bring every workload's pods to ready under quota and limits, over three zones", async () => {
      running = await runWorkloads(
        kubectl,
        manifests.map(({ object }) => object),
      );
      expect(running.length).toBeGreaterThanOrEqual(3);
      await rolledOut();
      const zones = await zonesOfNodes(kubectl);
      expect(new Set(zones.values()).size).toBe(3);
      for (const workload of running) {
        const pods = await podsOf(kubectl, workload);
        expect(pods.filter(isReady).length, workload.name).toBe(workload.floor);
        const used = new Set(pods.map(({ spec }) => zones.get(spec.nodeName ?? "")));
        expect(used.size, `zones of ${workload.name}`).toBe(Math.min(workload.floor, 3));
      }
    });

    it("bring every job to its end, a scheduled one too", async () => {
      const scheduled = manifests.flatMap(({ object }) => (object.kind === "CronJob" ? [object.metadata.name] : []));
      for (const name of scheduled)
        await kubectl.must(["create", "job", `${name}-now`, "-n", NAMESPACE, `--from=cronjob/${name}`]);
      const jobs = await kubectl.list("jobs", "-A");
      expect(jobs.length).toBe(scheduled.length + manifests.filter(({ object }) => object.kind === "Job").length);
      for (const { metadata } of jobs) {
        await kubectl.must([
          "wait",
          "--for=condition=complete",
          `job/${metadata.name}`,
          "-n",
          metadata.namespace ?? "",
          PATIENCE,
        ]);
      }
    });

    it("keep each disruption budget while a zone is drained", async () => {
      await until("every budget is kept", async () => (await brokenBudgets(kubectl)).length === 0);
      const zones = await zonesOfNodes(kubectl);
      const zone = [...new Set(zones.values())].toSorted()[0] ?? "";
      // The lab has no controller that gives cordoned nodes their taint, by which the spread over zones leaves them out.
      await kubectl.must(["cordon", "-l", `${ZONE_LABEL}=${zone}`]);
      await kubectl.must(["taint", "nodes", "-l", `${ZONE_LABEL}=${zone}`, "--overwrite", `${CORDONED}=:NoSchedule`]);
      const state = { draining: true };
      const drain = kubectl
        .run(["drain", "-l", `${ZONE_LABEL}=${zone}`, "--ignore-daemonsets", "--delete-emptydir-data", PATIENCE])
        .finally(() => {
          state.draining = false;
        });
      const broken: string[] = [];
      try {
        while (state.draining) broken.push(...(await brokenBudgets(kubectl)));
        const { status, output } = await drain;
        expect(status, output).toBe(0);
        expect(output).toContain("evicted");
        expect(broken).toEqual([]);
        await rolledOut();
        for (const workload of running) {
          const pods = await podsOf(kubectl, workload);
          expect(pods.filter(isReady).length, workload.name).toBe(workload.floor);
          expect(
            pods.map(({ spec }) => zones.get(spec.nodeName ?? "")),
            workload.name,
          ).not.toContain(zone);
        }
      } finally {
        await drain;
        await kubectl.must(["taint", "nodes", "-l", `${ZONE_LABEL}=${zone}`, `${CORDONED}:NoSchedule-`]);
        await kubectl.must(["uncordon", "-l", `${ZONE_LABEL}=${zone}`]);
      }
    });

    describe("with a broken image", () => {
      const before = new Map<string, string[]>();

      it("leave the old version serving", async () => {
        for (const workload of running) {
          before.set(workload.name, await servingImages(kubectl, workload));
          const patch = {
            spec: {
              template: {
                metadata: { annotations: { "kube-lab/behaviour": "image-error" } },
                spec: { containers: [{ name: workload.name, image: BROKEN_IMAGE }] },
              },
            },
          };
          await kubectl.must([
            "patch",
            "deployment",
            workload.name,
            "-n",
            NAMESPACE,
            "--type=strategic",
            "-p",
            JSON.stringify(patch),
          ]);
        }
        for (const workload of running) {
          await until(`${workload.name} has a pod that cannot get its image`, async () =>
            (await podsOf(kubectl, workload)).some(({ status }) =>
              status?.containerStatuses?.some(({ state }) => /Image|ErrImage/.test(state.waiting?.reason ?? "")),
            ),
          );
          expect(await servingImages(kubectl, workload), workload.name).toEqual(before.get(workload.name));
          expect(before.get(workload.name), workload.name).toHaveLength(workload.floor);
          const status = await kubectl.run([
            "rollout",
            "status",
            "deployment",
            workload.name,
            "-n",
            NAMESPACE,
            "--timeout=2s",
          ]);
          expect(status.status, `${workload.name} must not count as rolled out`).not.toBe(0);
        }
        expect(await brokenBudgets(kubectl)).toEqual([]);
      });

      it("go back to it with rollout undo", async () => {
        for (const { name } of running) await kubectl.must(["rollout", "undo", "deployment", name, "-n", NAMESPACE]);
        await rolledOut();
        for (const workload of running) {
          await until(
            `${workload.name} has the pods of the old version only`,
            async () => (await podsOf(kubectl, workload)).length === workload.floor,
          );
          expect(await servingImages(kubectl, workload), workload.name).toEqual(before.get(workload.name));
        }
      });
    });
  });
});
