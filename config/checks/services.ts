import { isRunning, isServing } from "../../core/kinds.ts";
import { SECRETS } from "../../standards/secrets.ts";
import { SERVICES } from "../../standards/services.ts";
import type { RunningSettings, ServiceSettings, ServingSettings } from "../blocks/services/service.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { showValue } from "../problems/problem.ts";
import type { Reference } from "../problems/references.ts";
import { mustExist } from "../problems/references.ts";
import type { StackConfig } from "../schema.ts";

type ServiceConfig = Pick<
  StackConfig,
  "environment" | "namespaces" | "database" | "secrets" | "queue" | "registry" | "cdn" | "services"
>;

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
    ...(["consumesFrom", "sendsTo"] as const).flatMap((list) =>
      needs[list].map((name, index) => ({
        path: ["needs", list, index],
        name,
        known: queue.queues.map((entry) => entry.name),
        fix: "Add the queue to queue.queues, or correct the name.",
      })),
    ),
  ];
}

/** An image of a repository that nobody makes is found out when the first pod starts. */
function checkImage(
  image: string,
  { registry }: ServiceConfig,
  path: readonly (string | number)[],
  report: ReportProblem,
): void {
  const [name = ""] = image.split("@");
  const fix = "Add the repository to registry.repositories in both stack files, or correct the name.";
  mustExist({ path, name, known: registry.repositories, fix }, report);
}

/** Migrations come with the service's own images: another repository's would bring another schema. */
function checkMigrationImage({ image, migrations }: ServingSettings, report: ReportProblem): void {
  if (migrations === null) return;
  const path = ["migrations", "image"];
  const [[own], [named]] = [image.split("@"), migrations.image.split("@")];
  if (own === named) return;
  report({
    path,
    found: showValue(named),
    allowed: `an image of ${own ?? "the service's own repository"}`,
    fix: "Name the service's newest image: the one whose migrations the database has, or is to get with this release.",
  });
}

/** What the CDN does not hand on never reaches the service. */
function checkTraffic(service: ServiceSettings, { cdn }: ServiceConfig, report: ReportProblem): void {
  if (service.kind !== "api" || service.traffic === null) return;
  const { path } = service.traffic;
  if (cdn.apiPaths.some((pattern) => `${path}/`.startsWith(pattern.slice(0, -1)))) return;
  report({
    path: ["traffic", "path"],
    found: showValue(path),
    allowed: `a path below ${cdn.apiPaths.join(", ")}`,
    fix: "Add the path to cdn.apiPaths, or choose one below it.",
  });
}

/** A queue without a topic and without a sender stays empty, whatever its workers wait for. */
function checkSenders({ queue, services }: ServiceConfig, report: ReportProblem): void {
  const fed = services.catalogue.filter(isRunning).flatMap(({ needs }) => needs.sendsTo);
  for (const [position, { name, subscriptions }] of queue.queues.entries()) {
    if (subscriptions.length > 0 || fed.includes(name)) continue;
    report({
      path: ["queue", "queues", position, "subscriptions"],
      found: `no topic and no sender for "${name}"`,
      allowed: "a subscription, or a service whose needs.sendsTo names the queue",
      fix: "Subscribe it to a topic, name it in needs.sendsTo of the service that sends to it, or remove it.",
    });
  }
}

/** The database from which the jobs of all services work is nobody's own. */
function checkDatabase({ needs }: RunningSettings, { database }: ServiceConfig, report: ReportProblem): void {
  if (needs.database?.name !== database.databaseName) return;
  report({
    path: ["needs", "database", "name"],
    found: `"${database.databaseName}", the platform's own database`,
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

/** A key to an outside service is of no use without the way there, which the row's externals open. */
function checkOutside(
  { needs, environment }: RunningSettings,
  { secrets }: ServiceConfig,
  report: ReportProblem,
): void {
  if (needs.externals.length > 0) return;
  const outside: readonly string[] = SECRETS.outsidePurposes;
  const keys = Object.entries(environment.secrets).filter(([, name]) =>
    secrets.catalogue.some((entry) => entry.name === name && outside.includes(entry.purpose)),
  );
  if (keys.length === 0) return;
  report({
    path: ["needs", "externals"],
    found: `none, beside ${keys.map(([variable]) => variable).join(", ")}`,
    allowed: "the outside service that the secret opens",
    fix: "Name it: the network is shut towards what a row does not name.",
  });
}

/** What must hold between the services and everything that they refer to. */
export function checkServices(config: ServiceConfig, report: ReportProblem): void {
  const { services, namespaces } = config;
  for (const [position, service] of services.catalogue.entries()) {
    const at = ["services", "catalogue", position];
    const below: ReportProblem = (problem) => {
      report({ ...problem, path: [...at, ...problem.path], found: `${problem.found} (service ${service.name})` });
    };
    mustExist(
      {
        path: ["namespace"],
        name: service.namespace,
        known: Object.keys(namespaces),
        fix: "Add the namespace to the namespaces block, or correct the name.",
      },
      below,
    );
    checkTraffic(service, config, below);
    if (!isRunning(service)) continue;
    for (const reference of referencesOf(service, config)) mustExist(reference, below);
    checkDatabase(service, config, below);
    checkOutside(service, config, below);
    checkImage(service.image, config, ["image"], below);
    if (isServing(service)) checkMigrationImage(service, below);
  }
  checkImage(services.databaseClientImage, config, ["services", "databaseClientImage"], report);
  checkSenders(config, report);
  checkPools(config, report);
  checkWorkers(config, report);
}
