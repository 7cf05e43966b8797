import type { ReportProblem } from "../problems/problem.ts";
import { showValue } from "../problems/problem.ts";
import type { StackConfig } from "../schema.ts";

type PhasedConfig = Pick<StackConfig, "environment" | "cluster" | "dns" | "budget">;

/** What cannot be yet while an environment is in its first phase. */
export function checkPhase({ environment, cluster, dns, budget }: PhasedConfig, report: ReportProblem): void {
  if (environment.phase !== "foundation") return;
  if (dns.dnssec && dns.existingZoneId === null) {
    report({
      path: ["dns", "dnssec"],
      found: "true while environment.phase is foundation, so the parent zone does not know ours",
      allowed: "false, or a later phase",
      fix: "Set it to true with the phase edge or later, when the zone is delegated.",
    });
  }
  if (cluster.apiPublicCidrs.length === 0) {
    report({
      path: ["cluster", "apiPublicCidrs"],
      found: `${showValue(cluster.apiPublicCidrs)} while environment.phase is foundation, so the run cannot reach the API server that it makes`,
      allowed: "the address from which you deploy, as a block of one",
      fix: 'Put your own address in, for instance ["198.51.100.7/32"]; npm run endpoint -- close empties the list when the environment is up.',
    });
  }
  if (budget.activateCostAllocationTags) {
    report({
      path: ["budget", "activateCostAllocationTags"],
      found: "true while environment.phase is foundation, so AWS has never seen the tags",
      allowed: "false, or a later phase",
      fix: "Set it to true a day after the first run.",
    });
  }
}
