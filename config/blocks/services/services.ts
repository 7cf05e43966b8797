import * as z from "zod";

import { defineBlock } from "../../block.ts";
import type { ReportProblem } from "../../problems/problem.ts";
import { showValue } from "../../problems/problem.ts";
import { checkServiceNames } from "../../problems/reserved-names.ts";
import { flag, slug, text, wholeNumber } from "../../types.ts";
import { image } from "./fields.ts";
import { judgeService } from "./judge.ts";
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
  }),
  shutdown: flag("Emergency shutdown: every service goes to zero pods until it is false again (ROLL-06)."),
  databaseClientImage: image.meta({
    description: "An image with psql, copied into our registry: it makes the services' databases.",
  }),
  externals: z.array(external).meta({ description: "Services of others; each is probed." }),
  catalogue: z.array(serviceSchema).meta({ description: "Our services: one row each." }),
});

export type ServicesSettings = z.output<typeof schema>;
export type ExternalSettings = z.output<typeof external>;

function checkNames(
  list: "catalogue" | "externals",
  entries: readonly { readonly name: string }[],
  report: ReportProblem,
): void {
  for (const [position, { name }] of entries.entries()) {
    if (entries.findIndex((entry) => entry.name === name) === position) continue;
    report({
      path: [list, position, "name"],
      found: `"${name}" a second time`,
      allowed: "each name once",
      fix: "Rename one of the two.",
    });
  }
}

/** Endings of the objects that a service itself brings: its second version and its jobs. */
const OWN_ENDINGS = /-(?:bootstrap|canary|migrate|preview)$/;

/** A service with such an ending would share its objects' names with another service. */
function checkEndings(catalogue: readonly ServiceSettings[], report: ReportProblem): void {
  for (const [position, { name }] of catalogue.entries()) {
    if (!OWN_ENDINGS.test(name)) continue;
    report({
      path: ["catalogue", position, "name"],
      found: showValue(name),
      allowed: "a name that does not end in -bootstrap, -canary, -migrate or -preview",
      fix: "Choose another name: these endings are those of other services' jobs and versions.",
    });
  }
}

/** Two services on one path would each get some of its requests, and a site without a root shows nothing. */
function checkPaths(catalogue: readonly ServiceSettings[], report: ReportProblem): void {
  const seen = new Map<string, string>();
  for (const [position, service] of catalogue.entries()) {
    const place = service.kind === "frontend" ? ["path"] : ["traffic", "path"];
    const path =
      service.kind === "frontend" ? service.path : service.kind === "api" ? service.traffic?.path : undefined;
    if (path === undefined) continue;
    const other = seen.get(path);
    if (other !== undefined) {
      report({
        path: ["catalogue", position, ...place],
        found: `${showValue(path)}, the path of ${other} (service ${service.name})`,
        allowed: "each path once",
        fix: "Give one of the two a path of its own.",
      });
    }
    seen.set(path, service.name);
  }
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
    checkNames("catalogue", services.catalogue, report);
    checkNames("externals", services.externals, report);
    checkServiceNames(services.catalogue, report);
    checkEndings(services.catalogue, report);
    checkPaths(services.catalogue, report);
    for (const [position, service] of services.catalogue.entries()) {
      judgeService(service, services, profile, ({ path, ...problem }) => {
        report({ ...problem, path: ["catalogue", position, ...path] });
      });
    }
  },
});
