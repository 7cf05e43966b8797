import { originHost, RESERVED, secretFile } from "../../core/names.ts";
import { NAMESPACES } from "../../standards/namespaces.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { showValue } from "../problems/problem.ts";

// Names of the stack file must not meet those that the program, Kubernetes or AWS give. Blocks call these: paths start below
// the block.

type Path = readonly (string | number)[];

/** What a name may not be, begin with or end in. */
interface Taken {
  readonly names?: readonly string[];
  readonly beginnings?: readonly string[];
  readonly endings?: readonly string[];
  /** Who has such names, as a sentence goes on after "a name of". */
  readonly owner: string;
}

/** Reports a name that is taken in every environment, with all that are. */
function refuse(path: Path, name: string, taken: Taken, report: ReportProblem): void {
  const { names = [], beginnings = [], endings = [], owner } = taken;
  const isTaken =
    names.includes(name) ||
    beginnings.some((beginning) => name.startsWith(beginning)) ||
    endings.some((ending) => name.endsWith(ending));
  if (!isTaken) return;
  const others = [
    ...(names.length === 0 ? [] : [`any but ${names.join(", ")}`]),
    ...(beginnings.length === 0 ? [] : [`none that begins with ${beginnings.join(" or ")}`]),
    ...(endings.length === 0 ? [] : [`none that ends in ${endings.join(" or ")}`]),
  ];
  report({
    path,
    found: `${showValue(name)}, a name of ${owner}`,
    allowed: others.join("; "),
    fix: "Choose another name: this one is taken in every environment.",
  });
}

export function checkNamespaceNames(names: readonly string[], report: ReportProblem): void {
  const taken = {
    names: RESERVED.namespaces,
    beginnings: RESERVED.namespaceBeginnings,
    owner: "Kubernetes or of AWS' add-ons",
  };
  for (const name of names) refuse([name], name, taken, report);
}

export function checkSecretNames(catalogue: readonly { readonly name: string }[], report: ReportProblem): void {
  const taken = { names: RESERVED.secrets, owner: "the platform's own secrets" };
  for (const [position, { name }] of catalogue.entries()) refuse(["catalogue", position, "name"], name, taken, report);
}

export function checkCacheUserNames(users: readonly { readonly secret: string }[], report: ReportProblem): void {
  const taken = { names: RESERVED.cacheUsers, owner: "the engine's own user, which is switched off for good" };
  for (const [position, { secret }] of users.entries()) refuse(["users", position, "secret"], secret, taken, report);
}

interface NamedQueue {
  readonly name: string;
  readonly subscriptions: readonly { readonly topic: string }[];
}

/** A queue brings its dead letters under its own name, and joins its name with those of its topics. */
export function checkQueueNames(queues: readonly NamedQueue[], report: ReportProblem): void {
  const taken = { endings: RESERVED.queueEndings, owner: "another queue's dead letters" };
  const pairs = new Map<string, string>();
  for (const [position, { name, subscriptions }] of queues.entries()) {
    refuse(["queues", position, "name"], name, taken, report);
    for (const [index, { topic }] of subscriptions.entries()) {
      const pair = `queue ${name} with topic ${topic}`;
      const other = pairs.get(`${name}-${topic}`);
      pairs.set(`${name}-${topic}`, pair);
      if (other === undefined || other === pair) continue;
      report({
        path: ["queues", position, "subscriptions", index, "topic"],
        found: `${pair}, which a hyphen joins to the same name as ${other}`,
        allowed: "pairs of queue and topic that differ when a hyphen joins them",
        fix: "Rename the queue or the topic.",
      });
    }
  }
}

interface NamedService {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly environment?: {
    readonly values: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
  };
}

/** Variables that a secret of a row brings, of whatever kind it is. */
const fileVariables = (secret: string) =>
  [secret, secretFile.next(secret), secretFile.previous(secret)].map(secretFile.variable);

/** Objects of a service have its name, and its pods get variables from the program beside those of its row. */
export function checkServiceNames(catalogue: readonly NamedService[], report: ReportProblem): void {
  const names = {
    names: RESERVED.services,
    beginnings: RESERVED.serviceBeginnings,
    endings: RESERVED.serviceEndings,
    owner: "objects that namespaces or other services bring",
  };
  const variables = {
    names: RESERVED.variables,
    beginnings: RESERVED.variableBeginnings,
    owner: "variables that the program sets",
  };
  const endings = { endings: RESERVED.secretVariableEndings, owner: "files and variables that other secrets bring" };
  const kept: readonly string[] = [NAMESPACES.platform, NAMESPACES.monitoring];
  for (const [position, { kind, name, namespace, environment }] of catalogue.entries()) {
    refuse(["catalogue", position, "name"], name, names, report);
    for (const part of ["values", "secrets"] as const) {
      for (const variable of Object.keys(environment?.[part] ?? {}))
        refuse(["catalogue", position, "environment", part, variable], variable, variables, report);
    }
    const secrets = Object.keys(environment?.secrets ?? {});
    for (const secret of secrets)
      refuse(["catalogue", position, "environment", "secrets", secret], secret, endings, report);
    const paths = { names: secrets.flatMap(fileVariables), owner: "the file of one of its secrets" };
    for (const variable of Object.keys(environment?.values ?? {}))
      refuse(["catalogue", position, "environment", "values", variable], variable, paths, report);
    // A front end has no objects in the cluster.
    if (kind === "frontend" || !kept.includes(namespace)) continue;
    report({
      path: ["catalogue", position, "namespace"],
      found: `${showValue(namespace)} (service ${name})`,
      allowed: `a namespace of the services' own: any but ${kept.join(", ")}`,
      fix: "Move the service: the cluster's own parts live there, under names and labels by which others let them in.",
    });
  }
}

/** A pattern of files that reaches all releases would show the world those that were never published. */
export function checkSitePaths(lists: Readonly<Record<string, readonly string[]>>, report: ReportProblem): void {
  const taken = { beginnings: RESERVED.sitePaths, owner: "the releases in the bucket, published or not" };
  for (const [list, patterns] of Object.entries(lists)) {
    for (const [position, pattern] of patterns.entries()) refuse([list, position], pattern, taken, report);
  }
}

/** The balancer's own host as a name of the site would send the CDN to itself. */
export function checkSiteDomains(domains: readonly string[], zoneName: string, report: ReportProblem): void {
  const taken = { names: [originHost(zoneName)], owner: "the balancer, to which the CDN goes" };
  for (const [position, domain] of domains.entries()) refuse(["cdn", "domains", position], domain, taken, report);
}
