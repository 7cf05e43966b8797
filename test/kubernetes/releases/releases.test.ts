import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { describeWith } from "../../support/requirements.ts";
import { ReleaseLab, releaseRequirement } from "../support/release-lab.ts";
import type { Answer, Release } from "./steps.ts";
import { asked, look, NAME, NAMESPACE } from "./steps.ts";

const lab = inject("lab");
const RECORD = join(import.meta.dirname, "recorded.json");
/** Set to write what the programs answered instead of comparing it; what is written is reviewed as any change is. */
const WRITE = process.env["PREFLIGHT_RECORD"] === "write";

interface Recorded {
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
}

const STEPS: readonly (readonly [string, Release])[] = [
  ["first release", { image: "a" }],
  ["the same again", { image: "a" }],
  ["second release", { image: "b" }],
  ["another setting of the balancer", { image: "b", idleTimeoutSeconds: 77 }],
  ["a version whose pods do not become ready", { image: "c", idleTimeoutSeconds: 77, behaviour: "unready", wait: 60 }],
  ["the former version again", { image: "b", idleTimeoutSeconds: 77 }],
  ["emergency shutdown", { image: "b", idleTimeoutSeconds: 77, shutdown: true }],
  ["back in service", { image: "b", idleTimeoutSeconds: 77 }],
];

describeWith(
  releaseRequirement(lab !== undefined),
  "releases through the real provider and the real controller",
  () => {
    const running = new ReleaseLab(lab?.kubeconfig ?? "");
    const answers: Record<string, readonly Answer[]> = {};
    const recorded = (): Recorded => JSON.parse(readFileSync(RECORD, "utf8"));

    beforeAll(async () => {
      await running.start(NAME, NAMESPACE);
    });
    afterAll(async () => {
      if (WRITE) {
        const versions = { ...(await running.versions()), provider: "4.34.2", argoRollouts: "1.9.0" };
        writeFileSync(
          RECORD,
          `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), versions, answers }, undefined, 2)}\n`,
        );
      }
      await running.stop();
    });

    describe.each(["canary", "blueGreen"] as const)("of a %s service", (strategy) => {
      it("go forward, fail in time, and go back", async () => {
        running.init(strategy);
        const seen: Answer[] = [];
        for (const [step, release] of STEPS) {
          seen.push(await look(running, step, running.up(strategy, asked(strategy, release))));
          // As an autoscaler would: from now on the number of pods is somebody else's.
          if (step === "first release" || step === "back in service")
            await running.kubectl.must(["scale", "rollout", NAME, "-n", NAMESPACE, "--replicas=3"]);
          if (step === "first release") await running.settled(NAMESPACE, NAME, "Healthy");
        }
        expect(running.destroy(strategy).status).toBe(0);
        answers[strategy] = seen;
        if (!WRITE) expect(seen).toEqual(recorded().answers[strategy]);
      });
    });

    it("are refused when a quantity is spelled otherwise than Kubernetes does", async () => {
      running.init("spelling");
      const seen: Answer[] = [];
      for (const image of ["a", "b"]) {
        const run = running.up("spelling", asked("canary", { image, cpu: "1000m" }));
        seen.push(await look(running, image, run));
      }
      expect(running.destroy("spelling").status).toBe(0);
      answers["spelling"] = seen;
      if (!WRITE) expect(seen).toEqual(recorded().answers["spelling"]);
    });

    it("run a failed migration again, and none on the way back", async () => {
      running.init("migration");
      const jobs = async () =>
        (await running.kubectl.list("jobs", "-n", NAMESPACE)).map(({ metadata }) => metadata.name).toSorted();
      const run = (release: Release) => running.up("migration", asked("rolling", release));
      const quota = { name: "no-pods", namespace: NAMESPACE };
      const refusing = { apiVersion: "v1", kind: "ResourceQuota", metadata: quota, spec: { hard: { pods: "0" } } };
      await running.kubectl.must(["apply", "--server-side", "-f", "-"], refusing);
      const failed = run({ image: "a", migrated: "a" });
      expect(failed.status).not.toBe(0);
      // What was wrong lay outside of the job: the job itself is asked for exactly as before.
      await running.kubectl.must(["delete", "resourcequota", quota.name, "-n", NAMESPACE]);
      const again = run({ image: "a", migrated: "a" });
      expect(again.status, again.output).toBe(0);
      expect(again.changes["replaced"]).toBe(1);
      expect(run({ image: "b", migrated: "b" }).status).toBe(0);
      const released = await jobs();
      expect(released).toHaveLength(1);
      const back = run({ image: "a", migrated: "b" });
      expect(back.status).toBe(0);
      expect(await jobs()).toEqual(released);
      expect(running.destroy("migration").status).toBe(0);
    });
  },
);
