import { WAF_CAPACITY } from "../../../standards/facts/waf.ts";
import { WAF } from "../../../standards/waf.ts";
import type { Objection } from "./objection.ts";

/** What of the firewall's block takes capacity. */
export interface FirewallFacts {
  readonly rates: Readonly<Record<string, { readonly requests: number; readonly pathPrefixes?: readonly string[] }>>;
  readonly blockedPathPrefixes: readonly string[];
  readonly uploadPathPrefixes: readonly string[];
}

const { groups, statements, limits } = WAF_CAPACITY;

/**
 * Capacity of the edge's web ACL in units (WCU): AWS' groups, one unit or more for each statement, and ten for each spelling
 * that is undone before a comparison. The balancer's takes less and does not depend on the stack file.
 */
export function edgeCapacity({ rates, blockedPathPrefixes, uploadPathPrefixes }: FirewallFacts): number {
  const prefix = statements.byteMatchFixed + WAF.pathTransformations.length * statements.textTransformation;
  const ofGroups = Object.values(groups).reduce((sum, units) => sum + units, 0);
  const ofRates = Object.values(rates).reduce(
    (sum, { pathPrefixes = [] }) => sum + statements.rateBased + pathPrefixes.length * prefix,
    0,
  );
  // Methods, long paths, large bodies: compared as they are.
  const plain = statements.regexMatch + 2 * statements.sizeConstraint + 3 * statements.textTransformation;
  return ofGroups + ofRates + plain + (blockedPathPrefixes.length + uploadPathPrefixes.length) * prefix;
}

/** What the firewall's rules take beyond what there is, or beyond what costs nothing extra; paths start below the block. */
export function firewallObjections(settings: FirewallFacts): readonly Objection[] {
  const capacity = edgeCapacity(settings);
  const tooMuch = capacity > limits.webAcl;
  if (capacity <= limits.withoutExtraPrice) return [];
  return [
    {
      certain: tooMuch,
      path: ["blockedPathPrefixes"],
      found: `rules that take ${capacity} units of the web ACL's capacity`,
      allowed: tooMuch
        ? `at most ${limits.webAcl} (units)`
        : `up to ${limits.withoutExtraPrice} (units) cost nothing extra, ${limits.webAcl} are the limit`,
      fix: "Name fewer prefixes here, in uploadPathPrefixes and in rates: each takes 32 units. A shorter one covers several.",
    },
  ];
}
