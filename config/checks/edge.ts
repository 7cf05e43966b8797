import type { ReportProblem } from "../problems/problem.ts";
import { showValue } from "../problems/problem.ts";
import type { StackConfig } from "../schema.ts";
import { checkSiteDomains } from "./reserved-names.ts";

type EdgeConfig = Pick<StackConfig, "dns" | "certificate" | "cdn" | "waf">;

const isWithin = (name: string, zone: string) => name === zone || name.endsWith(`.${zone}`);

/** Whether a path lies below a pattern of the CDN ("/api/*"). */
const fits = (path: string, pattern: string) => path.startsWith(pattern.slice(0, -1));

/** A name outside the zone gets neither a record nor a certificate. */
function namesAreInTheZone({ dns, certificate, cdn }: EdgeConfig, report: ReportProblem): void {
  const names = [
    ...cdn.domains.map((name, index) => ({ path: ["cdn", "domains", index], name })),
    ...certificate.regionalNames.map((name, index) => ({ path: ["certificate", "regionalNames", index], name })),
  ];
  for (const { path, name } of names) {
    if (isWithin(name.replace(/^\*\./, ""), dns.zoneName)) continue;
    report({
      path,
      found: `${showValue(name)}, outside the zone`,
      allowed: `${dns.zoneName} or a name below it`,
      fix: "Use a name of the zone, or change dns.zoneName: records and proofs for certificates can only be written there.",
    });
  }
}

/** A check of the API that the CDN answers from its bucket would be healthy whatever the API does. */
function checksReachTheApi({ dns, cdn }: EdgeConfig, report: ReportProblem): void {
  for (const key of ["api", "health"] as const) {
    const path = dns.healthChecks.paths[key];
    if (cdn.apiPaths.some((pattern) => fits(path, pattern))) continue;
    report({
      path: ["dns", "healthChecks", "paths", key],
      found: `${showValue(path)}, which the CDN answers from its bucket`,
      allowed: `a path below ${cdn.apiPaths.join(", ")}`,
      fix: "Name a path that the services answer, or add it to cdn.apiPaths.",
    });
  }
}

/** What the CDN hands to the services counts as API; logins are part of it. */
function ratesCoverTheApi({ cdn, waf }: EdgeConfig, report: ReportProblem): void {
  for (const [index, pattern] of cdn.apiPaths.entries()) {
    const begin = pattern.slice(0, -1);
    if (waf.rates.api.pathPrefixes.some((prefix) => begin.startsWith(prefix))) continue;
    report({
      path: ["cdn", "apiPaths", index],
      found: `${showValue(pattern)}, which no limit of the API counts`,
      allowed: `paths below ${waf.rates.api.pathPrefixes.join(", ")}`,
      fix: "Add its beginning to waf.rates.api.pathPrefixes.",
    });
  }
  for (const list of ["authentication", "upload"] as const) {
    const [path, prefixes] =
      list === "authentication"
        ? [["waf", "rates", "authentication", "pathPrefixes"], waf.rates.authentication.pathPrefixes]
        : [["waf", "uploadPathPrefixes"], waf.uploadPathPrefixes];
    for (const [index, prefix] of prefixes.entries()) {
      if (cdn.apiPaths.some((pattern) => fits(prefix, pattern))) continue;
      report({
        path: [...path, index],
        found: `${showValue(prefix)}, where no service answers`,
        allowed: `paths below ${cdn.apiPaths.join(", ")}`,
        fix: "Correct the path: as it is, the rule never sees a request.",
      });
    }
  }
}

/** What must hold between names, certificates, CDN and web ACL. */
export function checkEdge(config: EdgeConfig, report: ReportProblem): void {
  namesAreInTheZone(config, report);
  checkSiteDomains(config.cdn.domains, config.dns.zoneName, report);
  checksReachTheApi(config, report);
  ratesCoverTheApi(config, report);
}
