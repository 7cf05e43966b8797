import { isRunning, isServing } from "../../core/kinds.ts";
import { imageAddress } from "../../core/names.ts";
import { SERVICES } from "../../standards/services.ts";
import type { RunningSettings, ServiceSettings } from "../blocks/services/service.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { showValue } from "../problems/problem.ts";
import type { StackConfig } from "../schema.ts";

type ServiceConfig = Pick<
  StackConfig,
  "environment" | "namespaces" | "database" | "secrets" | "queue" | "registry" | "cdn" | "services"
>;

/** A name that another block must have. */
interface Reference {
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly known: readonly string[];
  readonly fix: string;
}

function checkReference({ path, name, known, fix }: Reference, service: string, report: ReportProblem): void {
  if (known.includes(name)) return;
  report({
    path,
    found: `${showValue(name)} (service ${service})`,
    allowed: known.length === 0 ? "none exists yet" : `one of ${known.join(", ")}`,
    fix,
  });
}

/** Names in other blocks to which a row refers. */
function referencesOf(service: RunningSettings, { secrets, queue }: ServiceConfig): Reference[] {
  const { needs, environment, namespace } = service;
  const here = secrets.catalogue.filter((entry) => entry.namespace === namespace);
  const logins = here.filter(({ kind }) => kind === "redisUser").map(({ name }) => name);
  const values = here.filter(({ kind }) => kind !== "redisUser").map(({ name }) => name);
  return [
    ...(needs.cache === null
      ? []
      : [
          {
            path: ["needs", "cache"],
            name: needs.cache,
            known: logins,
            fix: `Add a redisUser of the namespace ${namespace} to the secrets block and to cache.users.`,
          },
        ]),
    ...Object.entries(environment.secrets).map(([variable, name]) => ({
      path: ["environment", "secrets", variable],
      name,
      known: values,
      fix: `Add the secret to the secrets block, in the namespace ${namespace}: pods read their own namespace's only.`,
    })),
    ...needs.publishesTo.map((name, index) => ({
      path: ["needs", "publishesTo", index],
      name,
      known: queue.topics.map((topic) => topic.name),
      fix: "Add the topic to queue.topics, or correct the name.",
    })),
    ...needs.consumesFrom.map((name, index) => ({
      path: ["needs", "consumesFrom", index],
      name,
      known: queue.queues.map((entry) => entry.name),
      fix: "Add the queue to queue.queues, or correct the name.",
    })),
  ];
}

/** An image of another account or region, or of a repository that nobody makes, is found out when the first pod starts. */
function checkImage(
  image: string,
  { environment, registry }: ServiceConfig,
  path: readonly (string | number)[],
  report: ReportProblem,
): void {
  const host = imageAddress(environment, "");
  const repository = image.startsWith(host) ? image.slice(host.length).split("@")[0] : undefined;
  if (repository !== undefined && registry.repositories.includes(repository)) return;
  report({
    path,
    found: showValue(image.split("@")[0]),
    allowed: `${host}<${registry.repositories.join(", ")}>`,
    fix: "Use this environment's own registry, which the other's images are copied to, and add the repository to registry.repositories.",
  });
}

/** What the CDN does not hand on never reaches the service. */
function checkTraffic(service: ServiceSettings, { cdn }: ServiceConfig, report: ReportProblem): void {
  if (service.kind !== "api" || service.traffic === null) return;
  const { path } = service.traffic;
  if (cdn.apiPaths.some((pattern) => `${path}/`.startsWith(pattern.slice(0, -1)))) return;
  report({
    path: ["traffic", "path"],
    found: `${showValue(path)} (service ${service.name})`,
    allowed: `a path below ${cdn.apiPaths.join(", ")}`,
    fix: "Add the path to cdn.apiPaths, or choose one below it.",
  });
}

/** The database from which the jobs of all services work is nobody's own. */
function checkDatabase({ name, needs }: RunningSettings, { database }: ServiceConfig, report: ReportProblem): void {
  if (needs.database?.name !== database.databaseName) return;
  report({
    path: ["needs", "database", "name"],
    found: `"${database.databaseName}", the platform's own database (service ${name})`,
    allowed: "another name than database.databaseName",
    fix: "Name a database of the service's own; it is made with its owner and roles.",
  });
}

/** Connections of all services at full scale, beside what migrations and people need. DATA-03 */
function checkPools({ services, database }: ServiceConfig, report: ReportProblem): void {
  const pools = services.catalogue
    .filter(isRunning)
    .map((service) => (service.needs.database?.poolSize ?? 0) * (isServing(service) ? service.scaling.maxReplicas : 1));
  const together = pools.reduce((sum, pool) => sum + pool, 0);
  const planned = database.pool.connectionsPerReplica * database.pool.maxClientReplicas;
  if (together <= planned) return;
  report({
    path: ["services", "catalogue"],
    found: `${together} connections of all services at full scale (needs.database.poolSize x scaling.maxReplicas)`,
    allowed: `at most ${planned}, the plan of database.pool`,
    fix: "Lower a pool or a maximum, or raise the plan: it is checked against the instance class.",
  });
}

function checkWorkers({ environment, services }: ServiceConfig, report: ReportProblem): void {
  if (environment.profile !== "production") return;
  const workers = services.catalogue.filter((service) => service.kind === "worker");
  const together = workers.reduce((sum, { scaling }) => sum + scaling.minReplicas, 0);
  if (workers.length === 0 || together >= SERVICES.minWorkersProduction) return;
  report({
    path: ["services", "catalogue"],
    found: `${together} workers of all kinds`,
    allowed: `at least ${SERVICES.minWorkersProduction} in production`,
    fix: "Raise scaling.minReplicas of a worker.",
  });
}

/** What must hold between the services and everything that they refer to. */
export function checkServices(config: ServiceConfig, report: ReportProblem): void {
  const { services, namespaces } = config;
  for (const [position, service] of services.catalogue.entries()) {
    const at = ["services", "catalogue", position];
    const below: ReportProblem = (problem) => {
      report({ ...problem, path: [...at, ...problem.path] });
    };
    checkReference(
      {
        path: ["namespace"],
        name: service.namespace,
        known: Object.keys(namespaces),
        fix: "Add the namespace to the namespaces block.",
      },
      service.name,
      below,
    );
    checkTraffic(service, config, below);
    if (!isRunning(service)) continue;
    for (const reference of referencesOf(service, config)) checkReference(reference, service.name, below);
    checkDatabase(service, config, below);
    checkImage(service.image, config, [...at, "image"], report);
  }
  checkImage(services.databaseClientImage, config, ["services", "databaseClientImage"], report);
  checkPools(config, report);
  checkWorkers(config, report);
}
