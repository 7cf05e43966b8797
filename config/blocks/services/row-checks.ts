import { isRunning, isServing } from "../../../core/kinds.ts";
import { DATABASE } from "../../../standards/database.ts";
import { SERVICES } from "../../../standards/services.ts";
import type { Profile } from "../../block.ts";
import type { ReportProblem } from "../../problems/problem.ts";
import { showValue } from "../../problems/problem.ts";
import { mustExist } from "../../problems/references.ts";
import type { Catalogue, RunningSettings, ServiceSettings, ServingSettings } from "./service.ts";

/** Every problem of one row; paths start below the row. The finding names the service, since rows have numbers only. */
export function checkRow(service: ServiceSettings, services: Catalogue, profile: Profile, report: ReportProblem): void {
  const named: ReportProblem = (problem) => {
    report({ ...problem, found: `${problem.found} (service ${service.name})` });
  };
  if (isRunning(service)) {
    checkEnvironment(service, named);
    checkNeeds(service, services, named);
    checkDatabase(service, named);
  }
  if (isServing(service)) {
    checkHealth(service, named);
    checkScaling(service, profile, named);
    checkStrategy(service, named);
    if (service.migrations !== null && service.needs.database === null) {
      named({
        path: ["migrations"],
        found: "migrations without a database",
        allowed: "null, or needs.database",
        fix: "Name the database in needs.database, or set migrations to null.",
      });
    }
  }
}

/** The same question for both makes a bad dependency restart every pod. CLUS-07 */
function checkHealth({ health }: ServingSettings, report: ReportProblem): void {
  if (health.livenessPath !== health.readinessPath) return;
  report({
    path: ["health", "livenessPath"],
    found: `"${health.livenessPath}", the readiness path`,
    allowed: "a path of its own that answers 200 while a dependency is down",
    fix: "Add a path that looks at the process only: with the same path a database outage restarts every pod.",
  });
}

function checkScaling(service: ServingSettings, profile: Profile, report: ReportProblem): void {
  const { minReplicas, maxReplicas, queueDepthPerReplica } = service.scaling;
  if (maxReplicas <= minReplicas) {
    report({
      path: ["scaling", "maxReplicas"],
      found: String(maxReplicas),
      allowed: `more than minReplicas (${minReplicas})`,
      fix: "Raise it: the autoscaler must be able to add pods.",
    });
  }
  const floor =
    service.kind === "worker"
      ? SERVICES.minWorkerReplicas
      : profile === "production"
        ? SERVICES.minApiReplicasProduction
        : SERVICES.minWorkerReplicas;
  if (minReplicas < floor) {
    report({
      path: ["scaling", "minReplicas"],
      found: String(minReplicas),
      allowed: `at least ${floor} pods`,
      fix: "Raise it: with fewer the change of a node is an outage.",
    });
  }
  if ((service.kind === "worker" && service.needs.consumesFrom.length > 0) !== (queueDepthPerReplica !== null)) {
    report({
      path: ["scaling", "queueDepthPerReplica"],
      found: showValue(queueDepthPerReplica),
      allowed:
        service.kind === "worker" && service.needs.consumesFrom.length > 0
          ? "a number of messages: the worker reads a queue"
          : "null: only workers that read a queue scale by it",
      fix: "Say for how many waiting messages one worker is enough, or null.",
    });
  }
}

/** Shares of the traffic need something that shares it out. */
function checkStrategy(service: ServingSettings, report: ReportProblem): void {
  if (service.kind !== "api" || service.strategy !== "canary" || service.traffic !== null) return;
  report({
    path: ["strategy"],
    found: "canary without traffic from the balancer",
    allowed: "rolling or blueGreen, or canary with traffic",
    fix: "Without the balancer 5 % of three pods is one pod of three: choose blueGreen, or give the service traffic.",
  });
}

function checkEnvironment({ environment }: RunningSettings, report: ReportProblem): void {
  const { required, values, secrets } = environment;
  for (const [position, name] of required.entries()) {
    if (name in values || name in secrets) continue;
    report({
      path: ["environment", "required", position],
      found: `${name}, which is not set`,
      allowed: "a name of environment.values or environment.secrets",
      fix: `Set ${name}: without it the service does not start.`,
    });
  }
  for (const name of Object.keys(values).filter((key) => key in secrets)) {
    report({
      path: ["environment", "values", name],
      found: "a plain value beside a secret's file of the same name",
      allowed: "one of the two",
      fix: "Remove the plain value.",
    });
  }
  for (const name of Object.keys(values).filter((key) =>
    /(?:PASSWORD|SECRET|TOKEN|API_KEY|PRIVATE_KEY|CREDENTIAL|DSN)$/.test(key),
  )) {
    report({
      path: ["environment", "values", name],
      found: "a secret's name with a plain value (not shown)",
      allowed: "an entry of environment.secrets",
      fix: "Add the secret to the secrets block and name it in environment.secrets.",
    });
  }
}

function checkNeeds(
  { name, needs }: RunningSettings,
  { catalogue, externals }: Catalogue,
  report: ReportProblem,
): void {
  const callable = catalogue.filter((other) => other.kind === "api" && other.name !== name).map((other) => other.name);
  const uses = [
    {
      list: "services" as const,
      known: callable,
      fix: "Add the API to services.catalogue, or correct the name: only other services of the kind api can be called.",
    },
    {
      list: "externals" as const,
      known: externals.map((external) => external.name),
      fix: "Add it to services.externals, with its probe, or correct the name.",
    },
  ];
  for (const { list, known, fix } of uses) {
    for (const [position, other] of needs[list].entries()) {
      mustExist({ path: ["needs", list, position], name: other, known, fix }, report);
    }
  }
  const [cycle] = findCycles(name, catalogue);
  if (cycle !== undefined) {
    report({
      path: ["needs", "services"],
      found: `a cycle: ${cycle.join(" -> ")}`,
      allowed: "an order in which services can be rolled out",
      fix: "Remove one of the needs; a call back can go through a queue.",
    });
  }
}

/** PostgreSQL keeps some names of databases and roles for itself. */
function checkDatabase(service: RunningSettings, report: ReportProblem): void {
  const database = service.needs.database?.name;
  if (database === undefined) return;
  if (DATABASE.reservedNames.some((name) => name === database)) {
    report({
      path: ["needs", "database", "name"],
      found: `"${database}", a database of the server's own`,
      allowed: "another name",
      fix: "Name a database of the service's own.",
    });
  }
  if (service.name.startsWith(DATABASE.reservedRolePrefix.replaceAll("_", "-"))) {
    report({
      path: ["name"],
      found: `"${service.name}", whose database roles would begin with ${DATABASE.reservedRolePrefix}`,
      allowed: "another beginning",
      fix: "Rename the service: PostgreSQL keeps such roles for itself.",
    });
  }
}

/** Cycles of needs through a service; each is reported by its alphabetically first member. */
function findCycles(start: string, catalogue: readonly ServiceSettings[]): string[][] {
  const needsOf = (name: string) =>
    catalogue.flatMap((service) => (service.name === name && isRunning(service) ? service.needs.services : []));
  const walk = (path: readonly string[]): string[][] =>
    needsOf(path.at(-1) ?? start).flatMap((next) => {
      if (next === start) return [[...path, next]];
      return path.includes(next) || next < start ? [] : walk([...path, next]);
    });
  return walk([start]);
}
