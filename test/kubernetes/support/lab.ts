import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** What the tests run against; undefined: nothing is there, and they are skipped. */
    readonly lab: Lab | undefined;
  }
}

/** What is missing when there is no {@link Lab}. */
export const NO_LAB =
  "no kubectl and kube-lab on PATH; put them there, or name the kubeconfig of a running kube-lab in PREFLIGHT_TEST_KUBECONFIG";

export interface Lab {
  readonly kubeconfig: string;
  /** Folder with one folder of manifests for each environment. */
  readonly manifests: string;
}

const root = join(import.meta.dirname, "..", "..", "..");
/** Definitions of the custom resources, of the versions that the charts bring. */
const CRDS = join(root, "test", "kubernetes", "crds");
/** A busy machine takes minutes for what a quiet one does in three seconds. */
const START_SECONDS = 600;

const has = (program: string, argument: string) => spawnSync(program, [argument]).error === undefined;

/**
 * A cluster that was given must be one of this machine: the tests drain its nodes and delete what they applied. The
 * definitions of the custom resources are applied to it.
 */
function givenCluster(kubeconfig: string): string {
  const { stdout } = spawnSync(
    "kubectl",
    ["--kubeconfig", kubeconfig, "config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}"],
    { encoding: "utf8" },
  );
  if (!/^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/?$/.test(stdout)) {
    throw new Error(
      `PREFLIGHT_TEST_KUBECONFIG leads to "${stdout}". The tests drain nodes and delete namespaces: only a cluster on this machine is taken.`,
    );
  }
  const options = ["--kubeconfig", kubeconfig, "--recursive", "--filename", CRDS];
  for (const words of [
    ["apply", "--server-side", ...options],
    ["wait", "--for=condition=Established", `--timeout=${START_SECONDS}s`, ...options],
  ]) {
    const { status, stderr } = spawnSync("kubectl", words, { encoding: "utf8" });
    if (status !== 0) throw new Error(`The definitions in ${CRDS} are not served: ${stderr}`);
  }
  return kubeconfig;
}

/** Starts kube-lab: two nodes in each of three zones. */
async function startLab(folder: string): Promise<{ readonly kubeconfig: string; readonly process: ChildProcess }> {
  const child = spawn("kube-lab", ["--dir", join(folder, "lab"), "--nodes", "6", "--crds", CRDS], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  for (let waited = 0; waited < START_SECONDS && child.exitCode === null; waited++) {
    const kubeconfig = /KUBECONFIG=(\S+)/.exec(said)?.[1];
    if (kubeconfig !== undefined && said.includes("ready after")) return { kubeconfig, process: child };
    await pause(1000);
  }
  child.kill("SIGTERM");
  throw new Error(`kube-lab did not become ready:\n${said}`);
}

/** Runs the preview as people do; its report shows what is wrong when it fails. */
function writeManifests(folder: string): string {
  const manifests = join(folder, "manifests");
  const report = join(folder, "report.txt");
  const { status, stderr } = spawnSync(
    "npm",
    ["run", "--silent", "preview", "--", "--manifests", manifests, "--output", report],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0)
    throw new Error(
      `The preview ended with ${String(status)}: ${stderr}\n${existsSync(report) ? readFileSync(report, "utf8").slice(-2000) : ""}`,
    );
  return manifests;
}

/** Stops a process that this one started, and waits for its end. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((done) => {
    child.once("exit", done);
  });
  child.kill("SIGTERM");
  await ended;
}

/** Makes the manifests and the cluster for all tests; says once why when it cannot. */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide("lab", undefined);
  const given = process.env["PREFLIGHT_TEST_KUBECONFIG"] ?? "";
  if (!has("kubectl", "--help") || (given === "" && !has("kube-lab", "--help"))) {
    console.error(`SKIPPED: ${NO_LAB}.`);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "preflight-kubernetes-"));
  try {
    const manifests = writeManifests(folder);
    const lab = given === "" ? await startLab(folder) : { kubeconfig: givenCluster(given), process: undefined };
    project.provide("lab", { kubeconfig: lab.kubeconfig, manifests });
    return async () => {
      if (lab.process !== undefined) await stop(lab.process);
      rmSync(folder, { recursive: true, force: true });
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
