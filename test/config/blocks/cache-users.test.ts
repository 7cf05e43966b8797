import { describe, expect, it } from "vitest";

import { crossChecks } from "../../../config/checks/cross-checks.ts";
import { parseStack } from "../../../config/parse.ts";
import type { StackConfig } from "../../../config/schema.ts";
import { rawStack } from "../../support/stack-files.ts";

function staging(): StackConfig {
  const result = parseStack(rawStack("staging"));
  if (!result.ok) throw new Error("the stack file is not right");
  return result.config;
}

const CONFIG = staging();
const LOGINS = CONFIG.secrets.catalogue.filter(({ kind }) => kind === "redisUser").map(({ name }) => name);

function problems(change: Partial<StackConfig>): string[] {
  const found: string[] = [];
  crossChecks({ ...CONFIG, ...change }, (problem) => {
    // That services name entries of the catalogue is checked, and tested, elsewhere.
    if (problem.path[0] === "services") return;
    found.push(`${problem.path.join(".")}: ${problem.found} | ${problem.allowed}`);
  });
  return found;
}

const renamed = (from: string, to: string) => ({
  secrets: {
    ...CONFIG.secrets,
    catalogue: CONFIG.secrets.catalogue.map((entry) => (entry.name === from ? { ...entry, name: to } : entry)),
  },
});
const position = CONFIG.secrets.catalogue.findIndex(({ name }) => name === "cache-gateway");

describe("the cache's users and the catalogue", () => {
  it("belong together in the stack file", () => {
    expect(problems({})).toEqual([]);
    expect(LOGINS).toContain("cache-gateway");
  });

  it("refuse a user without a secret, and a secret without a user", () => {
    expect(problems(renamed("cache-gateway", "cache-shop"))).toEqual([
      'cache.users.0.secret: "cache-gateway" | one of cache-shop, cache-worker, cache-exporter',
      `secrets.catalogue.${position}.name: "cache-shop" | one of cache-gateway, cache-worker, cache-exporter`,
    ]);
  });

  it("refuse a user whose secret is none of the cache", () => {
    const [first, ...others] = CONFIG.cache.users;
    const cache = {
      ...CONFIG.cache,
      users: [{ secret: "slack-webhook", accessString: first?.accessString ?? "" }, ...others],
    };
    expect(problems({ cache })[0]).toBe(
      'cache.users.0.secret: "slack-webhook" | one of cache-gateway, cache-worker, cache-exporter',
    );
  });

  it("refuse a name that makes the identifier in ElastiCache longer than 40 characters", () => {
    // "preflight-staging-" has 18 of them.
    const withName = (name: string) => ({
      ...renamed("cache-gateway", name),
      cache: {
        ...CONFIG.cache,
        users: CONFIG.cache.users.map((user) => (user.secret === "cache-gateway" ? { ...user, secret: name } : user)),
      },
    });
    expect(problems(withName("c".repeat(22)))).toEqual([]);
    expect(problems(withName("c".repeat(23)))).toEqual([
      `secrets.catalogue.${position}.name: "${"c".repeat(23)}", 23 characters | at most 22 (characters) in this environment`,
    ]);
  });
});
