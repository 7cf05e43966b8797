import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Context } from "../../cli/command.ts";
import { defineCommand } from "../../cli/command.ts";
import { UserError } from "../../cli/errors.ts";
import { environment, flag, oneWord, text } from "../../cli/options.ts";
import type { StackConfig } from "../../config/schema.ts";
import { clusterArn, nameOf } from "../../core/names.ts";
import type { KnownCluster } from "./kubeconfig.ts";
import type { Proof, Way } from "./proof.ts";

const NEXT = [
  "Commit the file and deploy from the runner: a run from outside would lose the API server in the middle.",
  "Then look from outside: curl https://<endpoint> gets no answer any more.",
];

interface Task {
  readonly config: StackConfig;
  readonly file: string;
  readonly via: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly json: boolean;
}

/** What `--via` names; a name without a port is served on 443. */
function wayOf(via: string | undefined): Way {
  if (via === undefined)
    throw new UserError(
      "way-missing",
      "Nothing proves that somebody gets in without the internet.",
      "Open a tunnel and say --via https://localhost:8443; on the runner, --via https://<the API server's host>.",
    );
  const url = URL.canParse(via) ? new URL(via) : undefined;
  if (url?.protocol !== "https:")
    throw new UserError(
      "invalid-value",
      `--via is "${via}"; it must be an https address, for instance https://localhost:8443.`,
    );
  return { host: url.hostname.replaceAll(/[[\]]/g, ""), port: url.port === "" ? 443 : Number(url.port) };
}

async function clusterOf({ config, kubeconfig }: Task, { variables }: Context): Promise<KnownCluster> {
  const { findCluster } = await import("./kubeconfig.ts");
  const name = nameOf(config.environment);
  const remedy = `aws eks update-kubeconfig --region ${config.environment.region} --name ${name}`;
  return findCluster(clusterArn(config.environment), { given: kubeconfig, variables, remedy });
}

const proven = ({ config, via }: Task, { address, version }: Proof) =>
  `${via ?? ""} (${address}) is the API server of ${nameOf(config.environment)}, version ${version}, by the cluster's own authority.`;

/** Says that nobody got in. */
function refuse({ config, via, json }: Task, problem: string, { output, notes }: Context): number {
  if (json) output.write(`${JSON.stringify({ environment: config.environment.name, closed: false, via, problem })}\n`);
  else
    notes.write(
      `${via ?? ""} is no way to the API server of ${nameOf(config.environment)}: ${problem}.\nNothing was changed: whoever closes the endpoint now would be locked out.\n`,
    );
  return 1;
}

/** Says what was done, and what remains. */
function tell(task: Task, proof: Proof, { output, notes }: Context): void {
  const { config, file, via, json } = task;
  const { environment: where, cluster } = config;
  if (json) {
    const answer = {
      environment: where.name,
      closed: true,
      file,
      removed: cluster.apiPublicCidrs,
      via,
      proof,
      next: NEXT,
    };
    output.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  notes.write(`${proven(task, proof)}\n`);
  output.write(`${file}: cluster.apiPublicCidrs is [].\n${NEXT.map((step) => `  ${step}\n`).join("")}`);
}

async function close(task: Task, context: Context): Promise<number> {
  const { config, file, json } = task;
  const { apiPublicCidrs } = config.cluster;
  if (apiPublicCidrs.length === 0) {
    const answer = { environment: config.environment.name, closed: true, file, removed: [] };
    context.output.write(json ? `${JSON.stringify(answer)}\n` : `${file}: cluster.apiPublicCidrs is empty already.\n`);
    return 0;
  }
  if (config.environment.phase === "foundation")
    throw new UserError(
      "too-early",
      `environment.phase of ${file} is foundation: its runs come from outside.`,
      "Close the endpoint when the runner deploys, with the phase services.",
    );
  const way = wayOf(task.via);
  const cluster = await clusterOf(task, context);
  const [{ prove }, { withoutPublicBlocks }] = await Promise.all([import("./proof.ts"), import("./stack-edit.ts")]);
  const proof = await prove(way, cluster, config.network.cidr);
  if ("problem" in proof) return refuse(task, proof.problem, context);
  const path = join(context.home, file);
  const after = withoutPublicBlocks(readFileSync(path, "utf8"));
  const steps = [proven(task, proof), `${file}: cluster.apiPublicCidrs loses ${apiPublicCidrs.join(", ")}`];
  return context.act({ steps, question: "Write it?" }, () => {
    writeFileSync(path, after);
    tell(task, proof, context);
    return Promise.resolve(0);
  });
}

export const endpoint = defineCommand({
  name: "endpoint",
  group: "Deploy",
  summary: "Closes the API server to the internet, once another way in is proven",
  details: [
    "close empties cluster.apiPublicCidrs of the stack file; the next deployment closes the endpoint. It connects by the way that --via names first and changes nothing unless the cluster's own API server answers there: its certificate must be by the authority that the kubeconfig has for this environment's cluster, and the connection must end on this machine, where a tunnel begins, or in the environment's network.",
    "A forwarder on this machine that leads to the public endpoint cannot be told from a tunnel; docs/first-up.md opens the right one.",
  ],
  script: "endpoint",
  options: {
    via: text("ADDRESS", "the other way: https://localhost:8443 for a tunnel, the API server itself on the runner"),
    kubeconfig: text("FILE", "where the cluster's authority stands (KUBECONFIG, else ~/.kube/config)"),
    json: flag("print the answer as JSON"),
  },
  positionals: {
    action: oneWord(["close"], "what to do: close"),
    environment: environment("name of a stack file"),
  },
  changes: { what: "cluster.apiPublicCidrs in the stack file", asks: "never" },
  examples: [
    { command: "npm run endpoint -- close production --via https://localhost:8443", says: "with a tunnel open" },
    {
      command: "npm run endpoint -- close production --via https://localhost:8443 --dry-run",
      says: "the proof alone",
    },
  ],
  exits: {
    0: "the file says so, or said so already",
    1: "nobody gets in by that way; nothing was changed",
    2: "it could not be tried: no way, no entry for the cluster, or a stack file with problems",
  },
  run: async ({ environment: name, via, kubeconfig, json }, context) => {
    const { readEnvironment } = await import("./environment.ts");
    const task = { config: readEnvironment(context.home, name), file: `Pulumi.${name}.yaml`, via, kubeconfig, json };
    return close(task, context);
  },
});
