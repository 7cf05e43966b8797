import type { ServiceSettings } from "../../config/blocks/services/service.ts";
import type { WafSettings } from "../../config/blocks/waf.ts";
import { wholePathPattern } from "../../core/path-pattern.ts";
import type { NamedRule, Statement } from "./statements.ts";
import { allOf, hasHeader, pathMatches } from "./statements.ts";

/** Paths by whose requests they are: the audience of the longest path that fits is a request's. */
export interface Audiences {
  readonly login: readonly string[];
  readonly machine: readonly string[];
  /** Everything else that services answer. */
  readonly browser: readonly string[];
}

/** Audiences by the rows of the catalogue, and by the further paths for logins that the firewall's settings name. */
export function audiencesOf(services: readonly ServiceSettings[], { rates }: Pick<WafSettings, "rates">): Audiences {
  const paths = (tier: keyof Audiences) =>
    services.flatMap((service) =>
      service.kind === "api" && service.traffic?.authenticationTier === tier ? [service.traffic.path] : [],
    );
  return {
    login: [...rates.authentication.pathPrefixes, ...paths("login")].toSorted(),
    machine: paths("machine").toSorted(),
    browser: paths("browser").toSorted(),
  };
}

const AUDIENCES = ["browser", "login", "machine"] as const satisfies readonly (keyof Audiences)[];

const isBelow = (path: string, above: string) => path.startsWith(above.endsWith("/") ? above : `${above}/`);

/** Requests of one audience: below one of its paths, and not below a longer path of another audience. */
function belongsTo(audience: "login" | "machine", audiences: Audiences): Statement[] {
  const own = audiences[audience];
  const others = AUDIENCES.flatMap((name) => (name === audience ? [] : audiences[name]));
  const deeper = others.filter((path) => own.some((above) => isBelow(path, above)));
  return [
    pathMatches(wholePathPattern(own)),
    ...(deeper.length === 0 ? [] : [{ notStatement: { statement: pathMatches(wholePathPattern(deeper)) } }]),
  ];
}

/** Labels that later rules ask for instead of looking at the path again. */
export const LABELS = { login: "audience:login", machine: "audience:machine" } as const;

export const isOf = (audience: keyof typeof LABELS): Statement => ({
  labelMatchStatement: { scope: "LABEL", key: LABELS[audience] },
});
export const isNotOf = (audience: keyof typeof LABELS): Statement => ({
  notStatement: { statement: isOf(audience) },
});

/**
 * Rules that decide nothing and label requests with their audience. A machine is a caller that sends its key: without one, a
 * request to the same path is anybody's.
 */
export function labelAudiences(audiences: Audiences, keyHeader: string): NamedRule[] {
  const rule = (audience: keyof typeof LABELS, statements: readonly Statement[]): NamedRule => ({
    name: `audience-${audience}`,
    action: { count: {} },
    ruleLabels: [{ name: LABELS[audience] }],
    statement: allOf(statements),
  });
  return [
    ...(audiences.login.length === 0 ? [] : [rule("login", belongsTo("login", audiences))]),
    ...(audiences.machine.length === 0
      ? []
      : [rule("machine", [...belongsTo("machine", audiences), hasHeader(keyHeader)])]),
  ];
}
