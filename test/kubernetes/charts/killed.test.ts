import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { describeWith } from "../../support/requirements.ts";
import { Kubectl, until } from "../support/kubectl.ts";
import { NO_LAB } from "../support/lab.ts";
import { killAll, LabEngine, onPath } from "../support/lab-engine.ts";
import type { Asked } from "./program.ts";

const lab = inject("lab");
const NAMESPACE = "charts";
const DEFINITION = "dnsendpoints.externaldns.k8s.io";
const missing = ["pulumi", "pulumi-resource-kubernetes"].filter((program) => !onPath(program));
const NEEDED = {
  here: lab !== undefined && missing.length === 0,
  missing: lab === undefined ? NO_LAB : `no ${missing.join(", ")} on PATH; build or install them`,
};
const HELM = { here: onPath("helm"), missing: "no helm on PATH" };
/** The guide's selector of what a killed run leaves. */
const PENDING = "owner=helm,status in (pending-install,pending-upgrade,pending-rollback)";
const IN_PROGRESS = "another operation (install/upgrade/rollback) is in progress";
const IN_USE = "cannot re-use a name that is still in use";

describeWith(NEEDED, "a chart through the real provider", () => {
  const kubectl = new Kubectl(lab?.kubeconfig ?? "");
  let engine: LabEngine;
  const up = (asked: Asked) => {
    engine.ask(asked);
    return engine.run("up", "--yes", "--skip-preview", "--stack", "charts");
  };
  const names = async (...words: string[]) => (await kubectl.list(...words)).map(({ metadata }) => metadata.name);
  const pending = () => names("secrets", "--namespace", NAMESPACE, "--selector", PENDING);
  const revision = () =>
    kubectl.must([
      ...["get", "deployment", "small", "--namespace", NAMESPACE],
      ...["--output", "jsonpath={.spec.template.metadata.annotations.revision}"],
    ]);

  /** Starts an up whose chart never becomes ready, and kills it with all that it started while Helm waits. */
  async function killWhileWaiting(asked: Asked): Promise<void> {
    engine.ask({ ...asked, behaviour: "unready" });
    const child = engine.start("up", "--yes", "--skip-preview", "--stack", "charts");
    await until("Helm waits", async () => (await pending()).length > 0 && (await revision()) === asked.revision);
    await killAll(child);
  }

  beforeAll(() => {
    engine = new LabEngine(join(import.meta.dirname, "program.ts"), lab?.kubeconfig ?? "");
    engine.init("charts");
  });
  afterAll(async () => {
    engine.run("destroy", "--yes", "--skip-preview", "--stack", "charts");
    await kubectl.must(["delete", "crd", DEFINITION, "--ignore-not-found"]);
    engine.remove();
  });

  describe.each([
    ["installed", "first", IN_USE],
    ["upgraded", "second", IN_PROGRESS],
  ])("that was being %s when the run was killed", (what, name, refusal) => {
    it("refuses every later run", async () => {
      await killWhileWaiting({ revision: `${name}, killed` });
      expect(up({ revision: name }).output).toContain("pulumi cancel");
      expect(engine.run("cancel", "--yes", "--stack", "charts").status).toBe(0);
      if (what === "installed") {
        const refresh = ["refresh", "--yes", "--skip-preview", "--stack", "charts", "--clear-pending-creates"];
        expect(engine.run(...refresh).status).toBe(0);
      }
      const refused = up({ revision: name });
      expect(refused.status).not.toBe(0);
      expect(refused.output).toContain(refusal);
    });

    it("goes on when the record of the killed operation is removed", async () => {
      const records = await pending();
      expect(records).toEqual([`sh.helm.release.v1.small.v${what === "installed" ? "1" : "2"}`]);
      await kubectl.must(["delete", "secret", "--namespace", NAMESPACE, ...records]);
      const run = up({ revision: name });
      expect(run.status, run.output).toBe(0);
      expect(await revision()).toBe(name);
      expect(await pending()).toEqual([]);
      const again = engine.run("up", "--yes", "--skip-preview", "--stack", "charts", "--expect-no-changes");
      expect(again.status, again.output).toBe(0);
    });
  });

  describeWith(HELM, "that was being upgraded when the run was killed, with helm at hand", () => {
    it("goes on when Helm has gone back to the revision before", async () => {
      const deployed = await names("secrets", "--namespace", NAMESPACE, "--selector", "owner=helm,status=deployed");
      const before = deployed[0]?.split(".v").at(-1) ?? "";
      await killWhileWaiting({ revision: "third, killed" });
      expect(engine.run("cancel", "--yes", "--stack", "charts").status).toBe(0);
      const words = ["rollback", "small", before, "--namespace", NAMESPACE, "--kubeconfig", lab?.kubeconfig ?? ""];
      expect(spawnSync("helm", words, { encoding: "utf8" })).toMatchObject({ status: 0 });
      const run = up({ revision: "third" });
      expect(run.status, run.output).toBe(0);
      expect(await revision()).toBe("third");
    });
  });

  it("leaves its kinds when it goes", async () => {
    expect(up({ revision: "", without: true }).status).toBe(0);
    expect(await names("deployments", "--namespace", NAMESPACE)).toEqual([]);
    expect(await names("crds")).toContain(DEFINITION);
  });
});
