import { describe, expect, it } from "vitest";
import * as z from "zod";

import { audiencesOf, labelAudiences } from "../../../components/waf/audiences.ts";
import { WAF_SETTINGS } from "../../support/edge-settings.ts";
import { api } from "../../support/services.ts";

type Tier = "browser" | "login" | "machine";

/** A request as the firewall sees it. */
interface Request {
  readonly path: string;
  readonly key?: string;
}

/** A statement as our label rules use them. */
const STATEMENT = z.object({
  regexMatchStatement: z.object({ regexString: z.string() }).optional(),
  andStatement: z.object({ statements: z.array(z.unknown()) }).optional(),
  notStatement: z.object({ statement: z.unknown() }).optional(),
  sizeConstraintStatement: z.object({}).optional(),
});

/** Judges a request by a statement, as far as our label rules use them. */
function holds(statement: unknown, request: Request): boolean {
  const { regexMatchStatement, andStatement, notStatement, sizeConstraintStatement } = STATEMENT.parse(statement);
  if (regexMatchStatement !== undefined)
    return new RegExp(regexMatchStatement.regexString).test(request.path.toLowerCase());
  if (andStatement !== undefined) return andStatement.statements.every((part) => holds(part, request));
  if (notStatement !== undefined) return !holds(notStatement.statement, request);
  if (sizeConstraintStatement !== undefined) return (request.key ?? "").length > 0;
  throw new Error(`no statement that a label rule uses: ${JSON.stringify(statement)}`);
}

/** The labels that a request gets, where services of these tiers stand at these paths. */
function labels(paths: Readonly<Record<string, Tier>>, request: Request): string[] {
  const services = Object.entries(paths).map(([path, authenticationTier]) =>
    api({ traffic: { path, authenticationTier } }),
  );
  const audiences = audiencesOf(services, WAF_SETTINGS);
  return labelAudiences(audiences, "x-api-key")
    .filter(({ statement }) => holds(statement, request))
    .map(({ name }) => name.replace("audience-", ""));
}

describe("a request's audience", () => {
  it("is login below a service of that tier, and below the further paths of the settings", () => {
    const paths = { "/api": "browser", "/api/session": "login" } as const;
    expect(labels(paths, { path: "/api/session" })).toEqual(["login"]);
    expect(labels(paths, { path: "/API/Session/new" })).toEqual(["login"]);
    expect(labels(paths, { path: "/api/auth/token" })).toEqual(["login"]);
    expect(labels(paths, { path: "/api/orders" })).toEqual([]);
  });

  it("ends at the path's own end: a longer word is another path", () => {
    expect(labels({ "/api/session": "login" }, { path: "/api/session-settings" })).toEqual([]);
    expect(labels({ "/api/v1.2": "login" }, { path: "/api/v1x2" })).toEqual([]);
  });

  it("is a machine's with its key only", () => {
    const paths = { "/api/events": "machine" } as const;
    expect(labels(paths, { path: "/api/events", key: "k-1" })).toEqual(["machine"]);
    expect(labels(paths, { path: "/api/events" })).toEqual([]);
    expect(labels(paths, { path: "/api/orders", key: "k-1" })).toEqual([]);
  });

  it.each([
    { path: "/api/session/devices/7", expected: [] },
    { path: "/api/session/7", expected: ["login"] },
    { path: "/api/session/hooks", expected: ["machine"] },
  ])("is that of the longest path where paths nest: $path", ({ path, expected }) => {
    const paths = {
      "/api/session": "login",
      "/api/session/devices": "browser",
      "/api/session/hooks": "machine",
    } as const;
    expect(labels(paths, { path, key: "k-1" })).toEqual(expected);
  });
});
