import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

import type { Requirement } from "../../support/requirements.ts";
import type { Asked } from "../releases/program.ts";
import { goes } from "./environment.ts";
import { Kubectl, until } from "./kubectl.ts";
import { NO_LAB } from "./lab.ts";
import { LabEngine, onPath } from "./lab-engine.ts";

const PROGRAM = join(import.meta.dirname, "..", "releases", "program.ts");
const PROGRAMS = ["pulumi", "pulumi-resource-kubernetes", "rollouts-controller"] as const;

/** What releases need beside the cluster: the CLI, its Kubernetes provider and the controller of Rollouts. */
export function releaseRequirement(labIsHere: boolean): Requirement {
  const missing = PROGRAMS.filter((program) => !onPath(program));
  return {
    here: labIsHere && missing.length === 0,
    missing: labIsHere ? `no ${missing.join(", ")} on PATH; build or install them` : NO_LAB,
  };
}

/** Kinds that the controller watches and no manifest of ours has. */
const WATCHED = [
  ["analysisruns", "AnalysisRun", "Namespaced"],
  ["clusteranalysistemplates", "ClusterAnalysisTemplate", "Cluster"],
  ["experiments", "Experiment", "Namespaced"],
] as const;

interface Surrounding {
  readonly kind: string;
  readonly [field: string]: unknown;
}

function definition([plural, kind, scope]: (typeof WATCHED)[number]): Surrounding {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.argoproj.io` },
    spec: {
      group: "argoproj.io",
      scope,
      names: { plural, kind },
      versions: [{ name: "v1alpha1", served: true, storage: true, subresources: { status: {} }, schema }],
    },
  };
}

/** What the rows of the tests find in a cluster of ours. */
function surroundings(service: string, namespace: string): Surrounding[] {
  return [
    ...WATCHED.map(definition),
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    ...[service, `${service}-migrate`].map((name) => ({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name, namespace },
    })),
    {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name: "preflight-critical" },
      value: 1000,
    },
  ];
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}

export interface Up {
  readonly status: number;
  readonly output: string;
  /** Resources by what was done with them. */
  readonly changes: Readonly<Record<string, number>>;
}

/** The real provider and the real controller against the lab, with a Pulumi state of their own. */
export class ReleaseLab {
  readonly kubectl: Kubectl;
  readonly #engine: LabEngine;
  readonly #kubeconfig: string;
  #controller: ChildProcess | undefined;
  #surroundings: readonly Surrounding[] = [];

  constructor(kubeconfig: string) {
    this.#kubeconfig = kubeconfig;
    this.kubectl = new Kubectl(kubeconfig);
    this.#engine = new LabEngine(PROGRAM, kubeconfig);
  }

  async start(service: string, namespace: string): Promise<void> {
    this.#surroundings = surroundings(service, namespace);
    for (const object of this.#surroundings)
      await this.kubectl.must(["apply", "--server-side", "--force-conflicts", "-f", "-"], object);
    const [healthPort, metricsPort] = [await freePort(), await freePort()];
    this.#controller = spawn(
      "rollouts-controller",
      [
        "--kubeconfig",
        this.#kubeconfig,
        "--leader-elect=false",
        "--healthzPort",
        String(healthPort),
        "--metricsPort",
        String(metricsPort),
      ],
      { env: { ...process.env, AWS_REGION: "eu-west-1", AWS_EC2_METADATA_DISABLED: "true" }, stdio: "ignore" },
    );
  }

  init(stack: string): void {
    this.#engine.init(stack);
  }

  up(stack: string, asked: Asked): Up {
    this.#engine.ask(asked);
    const { status, output } = this.#engine.run("up", "--yes", "--skip-preview", "--stack", stack);
    const changes = [...output.matchAll(/^ {4}(?:[~+-]+ ?)?(\d+) (\w+)$/gm)];
    return { status, output, changes: Object.fromEntries(changes.map(([, count, what]) => [what, Number(count)])) };
  }

  destroy(stack: string): Up {
    const { status, output } = this.#engine.run("destroy", "--yes", "--skip-preview", "--stack", stack);
    return { status, output, changes: {} };
  }

  /** Versions of everything that answered. */
  async versions(): Promise<Readonly<Record<string, string>>> {
    const server: { readonly serverVersion: { readonly gitVersion: string } } = JSON.parse(
      await this.kubectl.must(["version", "-o", "json"]),
    );
    const said = (program: string, flag: string) => spawnSync(program, [flag], { encoding: "utf8" });
    return {
      kubernetes: server.serverVersion.gitVersion,
      pulumi: said("pulumi", "version").stdout.trim(),
    };
  }

  async settled(namespace: string, name: string, phase: string): Promise<void> {
    await until(`${name} is ${phase}`, async () => {
      const answer = await this.kubectl.must([
        "get",
        "rollout",
        name,
        "-n",
        namespace,
        "-o",
        "jsonpath={.status.phase}",
      ]);
      return answer === phase;
    });
  }

  /** Leaves the cluster as it was, but for definitions. */
  async stop(): Promise<void> {
    this.#controller?.kill("SIGTERM");
    const going = this.#surroundings.filter(goes);
    await this.kubectl.must(["delete", "--ignore-not-found", "-f", "-"], {
      apiVersion: "v1",
      kind: "List",
      items: going,
    });
    this.#engine.remove();
  }
}
