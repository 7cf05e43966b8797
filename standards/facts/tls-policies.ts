import type { FactTable } from "./facts.ts";
import data from "./tls-policies.json" with { type: "json" };

export interface TlsPolicy {
  /** Oldest protocol that it speaks. */
  readonly minimum: string;
  /** Whether every cipher has forward secrecy. */
  readonly forwardSecrecy: boolean;
  /** Whether a cipher works in CBC mode. */
  readonly cbc: boolean;
}

/** Security policies by name. */
export const TLS_POLICIES: FactTable & {
  readonly loadBalancer: Readonly<Record<string, TlsPolicy>>;
  readonly cloudFront: Readonly<Record<string, TlsPolicy>>;
} = data;

const MODERN = ["TLSv1.2", "TLSv1.3"];

/** Names of the policies with TLS 1.2 or newer of which all else holds too. */
export function modernPolicies(
  policies: Readonly<Record<string, TlsPolicy>>,
  holds: (policy: TlsPolicy) => boolean,
): readonly string[] {
  return Object.entries(policies)
    .filter(([, policy]) => MODERN.includes(policy.minimum) && holds(policy))
    .map(([name]) => name);
}
