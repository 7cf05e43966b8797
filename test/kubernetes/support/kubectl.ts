import { spawn } from "node:child_process";

export interface Run {
  readonly status: number;
  readonly stdout: string;
  /** Both streams, for messages. */
  readonly output: string;
}

export interface Container {
  readonly name: string;
  readonly image: string;
}

export interface PodTemplate {
  readonly metadata: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly containers: readonly Container[] };
}

/** What the tests read of an object of whatever kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly minReplicas?: number;
    readonly minReplicaCount?: number;
    readonly scaleTargetRef?: { readonly name: string };
    readonly selector?: unknown;
    readonly template?: PodTemplate;
    readonly containers?: readonly Container[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly currentHealthy?: number;
    readonly desiredHealthy?: number;
    readonly expectedPods?: number;
    readonly containerStatuses?: readonly { readonly state: { readonly waiting?: { readonly reason: string } } }[];
  };
}

/** kubectl against one cluster. */
export class Kubectl {
  readonly #kubeconfig: string;

  constructor(kubeconfig: string) {
    this.#kubeconfig = kubeconfig;
  }

  /** Runs a command; what it is given goes to its standard input. Never throws. */
  run(words: readonly string[], input?: unknown): Promise<Run> {
    return new Promise((done, failed) => {
      const child = spawn("kubectl", ["--kubeconfig", this.#kubeconfig, ...words], { stdio: ["pipe", "pipe", "pipe"] });
      let stdout = "";
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => {
        stdout += chunk.toString();
        output += chunk.toString();
      });
      child.stderr.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
      child.on("error", failed);
      child.on("close", (status) => {
        done({ status: status ?? -1, stdout, output });
      });
      child.stdin.end(input === undefined ? "" : JSON.stringify(input));
    });
  }

  /** As {@link run}; a command that fails throws what it said. */
  async must(words: readonly string[], input?: unknown): Promise<string> {
    const { status, stdout, output } = await this.run(words, input);
    if (status !== 0) throw new Error(`kubectl ${words.join(" ")}: ${output}`);
    return stdout;
  }

  /** All objects that a get finds. */
  async list(...words: string[]): Promise<readonly KubernetesObject[]> {
    const { items }: { readonly items: readonly KubernetesObject[] } = JSON.parse(
      await this.must(["get", ...words, "-o", "json"]),
    );
    return items;
  }
}

/** Seconds after which what should happen counts as not happening: a quiet machine needs a few, a busy one many. */
export const PATIENCE_SECONDS = 300;

/** Waits until a question is answered with yes; throws with its name when it takes too long. */
export async function until(what: string, question: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_SECONDS * 1000; performance.now() < end; ) {
    if (await question()) return;
    await new Promise((done) => {
      setTimeout(done, 500);
    });
  }
  throw new Error(`After ${PATIENCE_SECONDS} seconds still not: ${what}.`);
}

export const isReady = (pod: KubernetesObject): boolean =>
  pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
