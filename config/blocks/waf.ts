import * as z from "zod";

import { pathPattern } from "../../core/path-pattern.ts";
import { WAF } from "../../standards/waf.ts";
import { defineBlock } from "../block.ts";
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
const perCaller = (description: string) =>
  z.int().max(WAF.awsMaxRequestsPerWindow).meta({ description, unit: "requests" });
const bodyKiB = (whose: string) =>
  wholeNumber(
    { min: 1, max: 64, unit: "KiB" },
    `Largest body of a request ${whose}; AWS WAF cannot look at more than 64 KiB.`,
  );

const schema = z.strictObject({
  logRetentionDays: logRetentionDays("Days for which blocked and counted requests stay on record."),
  rates: z.strictObject({
    api: z.strictObject({ requests, windowSeconds, pathPrefixes: prefixes("Paths that are counted.").min(1) }),
    authentication: z.strictObject({
      requests,
      windowSeconds,
      pathPrefixes: prefixes("Paths that are counted beside the services of the tier login."),
    }),
    machine: z.strictObject({
      keyHeader: text(
        /^[a-z][a-z\d-]{0,63}$/,
        'a header\'s name in small letters, for instance "x-api-key"',
        "Header with which a caller of a service of the tier machine says who it is; its values are never logged.",
      ),
      requestsPerKey: perCaller("Requests of one key in a window; what is more is answered with 429."),
      requestsPerAddress: perCaller(
        "Requests with any key of one address in a window: whoever makes up a key for each request gets no further.",
      ),
      windowSeconds,
    }),
    general: z.strictObject({ requests, windowSeconds }),
  }),
  allowedMethods: z
    .array(z.enum(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]))
    .min(1)
    .meta({ description: "Methods that are let through." }),
  blockedPathPrefixes: prefixes(
    "Paths that nobody asks for in good faith, and pages of the services that are not for the public.",
  ),
  maxBodyKiB: z.strictObject({
    api: bodyKiB("of no other kind"),
    authentication: bodyKiB("to log in"),
    machine: bodyKiB("with a key, to a service of the tier machine"),
  }),
  uploadPathPrefixes: prefixes(
    "Paths that take larger bodies; whatever is beyond the part that is looked at goes through unseen.",
  ),
});

export type WafSettings = z.output<typeof schema>;
type Rate = Pick<WafSettings["rates"]["general"], "requests" | "windowSeconds">;

/** Every rate with the path of its number. */
function countedRates({ machine, ...others }: WafSettings["rates"]): [readonly string[], Rate][] {
  const { windowSeconds: seconds } = machine;
  return [
    ...Object.entries(others).map(([tier, rate]): [readonly string[], Rate] => [[tier, "requests"], rate]),
    [["machine", "requestsPerKey"], { requests: machine.requestsPerKey, windowSeconds: seconds }],
    [["machine", "requestsPerAddress"], { requests: machine.requestsPerAddress, windowSeconds: seconds }],
  ];
}

function checkFloor(
  path: readonly string[],
  { requests: found, windowSeconds: seconds }: Rate,
  report: ReportProblem,
): void {
  if (found >= WAF.awsMinRequestsPerWindow) return;
  report({
    path: ["rates", ...path],
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

/** A machine's rate below a person's, or one address' below one key's, would be the only one that shows. */
function checkMachine({ machine, api }: WafSettings["rates"], report: ReportProblem): void {
  const perSecond = api.requests / api.windowSeconds;
  if (machine.requestsPerKey / machine.windowSeconds < perSecond) {
    report({
      path: ["rates", "machine", "requestsPerKey"],
      found: `${machine.requestsPerKey} in ${machine.windowSeconds} s`,
      allowed: `at least the rate of the API, ${api.requests} in ${api.windowSeconds} s`,
      fix: "Raise it, or give the services the tier browser: the tier machine is for callers that send more.",
    });
  }
  if (machine.requestsPerAddress < machine.requestsPerKey) {
    report({
      path: ["rates", "machine", "requestsPerAddress"],
      found: `${machine.requestsPerAddress}`,
      allowed: `at least requestsPerKey, ${machine.requestsPerKey}`,
      fix: "Raise it: a single caller at its own limit would be stopped by it.",
    });
  }
}

/** A list becomes one pattern; AWS takes patterns of a certain length only. */
function checkLength(path: readonly string[], list: readonly string[], report: ReportProblem): void {
  const characters = pathPattern(list).length;
  if (characters <= WAF.awsMaxPatternCharacters) return;
  report({
    path,
    found: `${characters} characters as one pattern`,
    allowed: `at most ${WAF.awsMaxPatternCharacters} (characters)`,
    fix: "Shorten the paths, or take some out.",
  });
}

export const wafBlock = defineBlock({
  schema,
  check({ rates, blockedPathPrefixes, uploadPathPrefixes }, report) {
    checkLength(["rates", "api", "pathPrefixes"], rates.api.pathPrefixes, report);
    checkLength(["rates", "authentication", "pathPrefixes"], rates.authentication.pathPrefixes, report);
    checkLength(["blockedPathPrefixes"], blockedPathPrefixes, report);
    checkLength(["uploadPathPrefixes"], uploadPathPrefixes, report);
    for (const [path, { requests: found, windowSeconds: seconds }] of countedRates(rates))
      checkFloor(path, { requests: found, windowSeconds: seconds }, report);
    checkCeiling("api", rates.api, WAF.maxApiRequestsPerSecond, `${WAF.maxApiRequestsPerSecond} a second`, report);
    checkCeiling(
      "authentication",
      rates.authentication,
      WAF.maxAuthenticationRequestsPerMinute / 60,
      `${WAF.maxAuthenticationRequestsPerMinute} a minute`,
      report,
    );
    checkMachine(rates, report);
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
