import * as z from "zod";

import { WAF } from "../../standards/waf.ts";
import { defineBlock } from "../block.ts";
import { firewallObjections } from "../checks/facts/firewall.ts";
import { reportCertain } from "../checks/facts/objection.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { logRetentionDays, text, wholeNumber } from "../types.ts";

const prefix = (description: string) =>
  text(/^\/[\w.~/-]*$/, 'the beginning of a path, for instance "/api/"', description);
const prefixes = (description: string) =>
  z.array(prefix("The beginning of a path.")).max(WAF.maxPathPrefixes).meta({ description });

const requests = z
  .int()
  .max(WAF.awsMaxRequestsPerWindow)
  .meta({ description: "Requests of one address in a window; what is more is answered with 429.", unit: "requests" });
const windowSeconds = z
  .literal(WAF.awsWindowSeconds)
  .meta({ description: "Seconds over which requests are counted.", unit: "seconds" });
const scoped = z.strictObject({ requests, windowSeconds, pathPrefixes: prefixes("Paths that are counted.").min(1) });

const schema = z.strictObject({
  logRetentionDays: logRetentionDays("Days for which blocked and counted requests stay on record."),
  rates: z.strictObject({
    api: scoped,
    authentication: scoped,
    general: z.strictObject({ requests, windowSeconds }),
  }),
  allowedMethods: z
    .array(z.enum(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]))
    .min(1)
    .meta({ description: "Methods that are let through." }),
  blockedPathPrefixes: prefixes(
    "Paths that nobody asks for in good faith, and pages of the services that are not for the public.",
  ),
  maxBodyKiB: wholeNumber(
    { min: 1, max: 64, unit: "KiB" },
    "Largest body of a request; AWS WAF cannot look at more than 64 KiB.",
  ),
  uploadPathPrefixes: prefixes(
    "Paths that take larger bodies; whatever is beyond the part that is looked at goes through unseen.",
  ),
});

export type WafSettings = z.output<typeof schema>;
type Rate = Pick<WafSettings["rates"]["general"], "requests" | "windowSeconds">;

function checkFloor(tier: string, { requests: found, windowSeconds: seconds }: Rate, report: ReportProblem): void {
  if (found >= WAF.awsMinRequestsPerWindow) return;
  report({
    path: ["rates", tier, "requests"],
    found: `${found} in ${seconds} s`,
    allowed: `at least ${WAF.awsMinRequestsPerWindow} (requests) in a window, the lowest limit of AWS WAF`,
    fix: "Count over a longer window: 5 a minute are 25 in 300 seconds.",
  });
}

function checkCeiling(
  tier: string,
  { requests: found, windowSeconds: seconds }: Rate,
  perSecond: number,
  inWords: string,
  report: ReportProblem,
): void {
  const ceiling = Math.floor(perSecond * seconds);
  if (found <= ceiling) return;
  report({
    path: ["rates", tier, "requests"],
    found: `${found} in ${seconds} s`,
    allowed: `at most ${ceiling} (requests), which is ${inWords}`,
    fix: "Lower it; the ceiling is in standards/waf.ts.",
  });
}

export const wafBlock = defineBlock({
  schema,
  check(settings, report) {
    const { rates } = settings;
    reportCertain(firewallObjections(settings), report);
    for (const [tier, rate] of Object.entries(rates)) checkFloor(tier, rate, report);
    checkCeiling("api", rates.api, WAF.maxApiRequestsPerSecond, `${WAF.maxApiRequestsPerSecond} a second`, report);
    checkCeiling(
      "authentication",
      rates.authentication,
      WAF.maxAuthenticationRequestsPerMinute / 60,
      `${WAF.maxAuthenticationRequestsPerMinute} a minute`,
      report,
    );
    const general = rates.general.requests / rates.general.windowSeconds;
    if (general < rates.api.requests / rates.api.windowSeconds) {
      report({
        path: ["rates", "general", "requests"],
        found: `${rates.general.requests} in ${rates.general.windowSeconds} s`,
        allowed: `at least the rate of the API, ${rates.api.requests} in ${rates.api.windowSeconds} s`,
        fix: "Raise it: it counts every request, so below the API's own limit it would be the only one that works.",
      });
    }
  },
});
