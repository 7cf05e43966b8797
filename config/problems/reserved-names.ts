import { RESERVED } from "../../core/names.ts";
import { NAMESPACES } from "../../standards/namespaces.ts";
import type { ReportProblem } from "./problem.ts";
import { showValue } from "./problem.ts";

// Names of the stack file must not meet those that the program, Kubernetes or AWS give. Paths start below the block.

/** Kubernetes' own namespaces; new releases bring more. */
const KUBERNETES_PREFIX = "kube-";

function refuse(
  path: readonly (string | number)[],
  name: string,
  reserved: readonly string[],
  owner: string,
  report: ReportProblem,
): void {
  if (!reserved.includes(name)) return;
  report({
    path,
    found: `${showValue(name)}, a name of ${owner}`,
    allowed: `any name but ${reserved.join(", ")}`,
    fix: "Choose another name: this one is taken in every environment.",
  });
}

export function checkNamespaceNames(names: readonly string[], report: ReportProblem): void {
  for (const name of names) {
    if (!name.startsWith(KUBERNETES_PREFIX) && !RESERVED.namespaces.some((reserved) => reserved === name)) continue;
    report({
      path: [name],
      found: `${showValue(name)}, a namespace of Kubernetes or of AWS`,
      allowed: `any name but ${RESERVED.namespaces.join(", ")} and those that begin with ${KUBERNETES_PREFIX}`,
      fix: "Choose another name: this one exists already, or will.",
    });
  }
}

export function checkSecretNames(
  catalogue: readonly { readonly kind: string; readonly name: string }[],
  report: ReportProblem,
): void {
  for (const [position, { kind, name }] of catalogue.entries()) {
    const path = ["catalogue", position, "name"];
    refuse(path, name, RESERVED.secrets, "the platform's own secrets", report);
    if (kind === "redisUser") refuse(path, name, RESERVED.cacheUsers, "the cache's own users", report);
  }
}

interface NamedQueue {
  readonly name: string;
  readonly subscriptions: readonly { readonly topic: string }[];
}

/** A queue brings its dead letters under its own name, and joins its name with those of its topics. */
export function checkQueueNames(queues: readonly NamedQueue[], report: ReportProblem): void {
  const pairs = new Map<string, string>();
  for (const [position, { name, subscriptions }] of queues.entries()) {
    const path = ["queues", position];
    if (RESERVED.queueEndings.some((ending) => name.endsWith(ending))) {
      report({
        path: [...path, "name"],
        found: showValue(name),
        allowed: `a name that does not end in ${RESERVED.queueEndings.join(" or ")}`,
        fix: "Choose another name: each queue brings a second one with this ending.",
      });
    }
    for (const [index, { topic }] of subscriptions.entries()) {
      const pair = `queue ${name} with topic ${topic}`;
      const other = pairs.get(`${name}-${topic}`);
      pairs.set(`${name}-${topic}`, pair);
      if (other === undefined || other === pair) continue;
      report({
        path: [...path, "subscriptions", index, "topic"],
        found: `${pair}, which a hyphen joins to the same name as ${other}`,
        allowed: "pairs of queue and topic that differ when a hyphen joins them",
        fix: "Rename the queue or the topic.",
      });
    }
  }
}

/** Objects of a service have its name; the platform's namespace holds those of the controllers. */
export function checkServiceNames(
  catalogue: readonly { readonly name: string; readonly namespace: string }[],
  report: ReportProblem,
): void {
  for (const [position, { name, namespace }] of catalogue.entries()) {
    refuse(["catalogue", position, "name"], name, RESERVED.services, "objects that every namespace has", report);
    if (namespace !== NAMESPACES.platform) continue;
    report({
      path: ["catalogue", position, "namespace"],
      found: `${showValue(namespace)} (service ${name})`,
      allowed: "a namespace of the services' own",
      fix: "Move the service: this namespace holds the cluster's controllers, under names that we do not choose.",
    });
  }
}
