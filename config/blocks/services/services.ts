import * as z from "zod";

import { isRunning } from "../../../core/kinds.ts";
import { defineBlock } from "../../block.ts";
import { checkServiceNames } from "../../checks/reserved-names.ts";
import type { ReportProblem } from "../../problems/problem.ts";
import { mustBeUnique, valuesAt } from "../../problems/references.ts";
import { flag, slug, text, wholeNumber } from "../../types.ts";
import { image } from "./fields.ts";
import { checkRow } from "./row-checks.ts";
import type { ServiceSettings } from "./service.ts";
import { serviceSchema } from "./service.ts";

/** A service of somebody else on which ours depend. EXT-05, EXT-06 */
const external = z.strictObject({
  name: slug("Name of the outside service."),
  probeUrl: text(
    /^https:\/\/\S+$/,
    "an https address",
    "Answers while the outside service works; probed every minute.",
  ),
  criticality: z.enum(["page", "ticket"]).meta({ description: "page when users cannot do without it." }),
  rateLimitPerSecond: wholeNumber(
    { min: 1, max: 100_000, unit: "requests a second" },
    "Requests which the contract allows; handed to the services that call it.",
  ),
  supportContact: text(/^\S[\s\S]*$/, "a name, address or link", "Whom to ask when it is down."),
});

const schema = z.strictObject({
  ingress: z.strictObject({
    idleTimeoutSeconds: wholeNumber(
      { min: 1, max: 4000, unit: "seconds" },
      "The balancer closes a silent connection after so long; longer than the services' own.",
    ),
    drainSeconds: wholeNumber(
      { min: 0, max: 3600, unit: "seconds" },
      "Time for which a leaving pod finishes requests.",
    ),
    keepBalancer: flag(
      "true: the balancer stays, also when no service needs it any more; false lets its controller delete it, which a teardown needs.",
    ),
  }),
  shutdown: flag("Emergency shutdown: every service goes to zero pods until it is false again (ROLL-06)."),
  databaseClientImage: image("An image with psql, copied into our registry: it makes the services' databases."),
  externals: z.array(external).meta({ description: "Services of others; each is probed." }),
  catalogue: z.array(serviceSchema).meta({ description: "Our services: one row each." }),
});

export type ServicesSettings = z.output<typeof schema>;
export type ExternalSettings = z.output<typeof external>;

/** A database belongs to one service: who shares tables cannot change them alone. */
function checkDatabases(catalogue: readonly ServiceSettings[], report: ReportProblem): void {
  const databases = catalogue.flatMap((service, position) => {
    const value = isRunning(service) ? service.needs.database?.name : undefined;
    const path = ["catalogue", position, "needs", "database", "name"];
    return value === undefined ? [] : [{ path, value, holder: service.name }];
  });
  mustBeUnique(databases, "Name another database, and ask the service that has this one for what it knows.", report);
}

/** Two services on one path would each get some of its requests, and a site without a root shows nothing. */
function checkPaths(catalogue: readonly ServiceSettings[], report: ReportProblem): void {
  const paths = catalogue.flatMap((service, position) => {
    const place = service.kind === "frontend" ? ["path"] : ["traffic", "path"];
    const value =
      service.kind === "frontend" ? service.path : service.kind === "api" ? service.traffic?.path : undefined;
    return value === undefined ? [] : [{ path: ["catalogue", position, ...place], value, holder: service.name }];
  });
  mustBeUnique(paths, "Give one of the two a path of its own.", report);
  const frontends = catalogue.filter(({ kind }) => kind === "frontend");
  if (frontends.length > 0 && !frontends.some((service) => service.kind === "frontend" && service.path === "/")) {
    report({
      path: ["catalogue"],
      found: "no front end at /",
      allowed: "one with the path /",
      fix: "Say what visitors of the bare domain see.",
    });
  }
}

export const servicesBlock = defineBlock({
  schema,
  check(services, report, profile) {
    for (const list of ["catalogue", "externals"] as const) {
      const names = services[list].map(({ name }) => name);
      mustBeUnique(valuesAt([list], names, "name"), "Rename one of the two.", report);
    }
    checkServiceNames(services.catalogue, report);
    checkDatabases(services.catalogue, report);
    checkPaths(services.catalogue, report);
    for (const [position, service] of services.catalogue.entries()) {
      checkRow(service, services, profile, ({ path, ...problem }) => {
        report({ ...problem, path: ["catalogue", position, ...path] });
      });
    }
  },
});
