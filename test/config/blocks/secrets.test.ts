import { describe, expect, it } from "vitest";

import type { SecretEntry } from "../../../config/blocks/secrets.ts";
import { secretsBlock } from "../../../config/blocks/secrets.ts";
import { CACHE_SECRET, SECRETS_SETTINGS } from "../../support/secrets-settings.ts";

type Profile = "standard" | "production";

const judge = (settings: unknown, profile: Profile = "production") =>
  secretsBlock
    .judge(settings, profile)
    .map(({ path, found, allowed }) => `${path.join(".")} is ${found}, allowed ${allowed}`);

/** The catalogue with one entry changed. */
function withEntry(name: string, change: object): object {
  return {
    ...SECRETS_SETTINGS,
    catalogue: SECRETS_SETTINGS.catalogue.map((entry) => (entry.name === name ? { ...entry, ...change } : entry)),
  };
}

const without = (purpose: SecretEntry["purpose"]) => ({
  ...SECRETS_SETTINGS,
  catalogue: SECRETS_SETTINGS.catalogue.filter((entry) => entry.purpose !== purpose),
});

describe("the secrets block", () => {
  it("accepts a complete catalogue", () => {
    expect(judge(SECRETS_SETTINGS)).toEqual([]);
  });

  it.each([
    { profile: "production", name: "cache-api", days: 8, ceiling: 7, kind: "redisUser" },
    { profile: "standard", name: "cache-api", days: 31, ceiling: 30, kind: "redisUser" },
    { profile: "production", name: "token-signing", days: 31, ceiling: 30, kind: "random" },
    { profile: "production", name: "payment-api-key", days: 31, ceiling: 30, kind: "manual" },
  ] as const)(
    "wants $kind renewed within $ceiling days with the profile $profile",
    ({ profile, name, days, ceiling, kind }) => {
      expect(judge(withEntry(name, { rotationDays: ceiling }), profile)).toEqual([]);
      const [problem] = judge(withEntry(name, { rotationDays: days }), profile);
      expect(problem).toContain(
        `rotationDays is ${days}, allowed at most ${ceiling} (days) for the kind ${kind} with the profile ${profile}`,
      );
    },
  );

  it("refuses rotations more than once a day: a program that is two values behind is locked out", () => {
    expect(judge(withEntry("token-signing", { rotationDays: 1 }))).toEqual([]);
    expect(judge(withEntry("token-signing", { rotationDays: 0 }))).toEqual([
      "catalogue.0.rotationDays is 0, allowed at least 1 (days)",
    ]);
  });

  it("refuses more than 90 days in any profile", () => {
    expect(judge(withEntry("token-signing", { rotationDays: 91 }), "standard")).toEqual([
      "catalogue.0.rotationDays is 91, allowed at most 90 (days)",
    ]);
  });

  it("refuses values shorter than 32 characters and longer than the cache takes", () => {
    expect(judge(withEntry("token-signing", { lengthChars: 31 }))).toEqual([
      "catalogue.0.lengthChars is 31, allowed at least 32 (characters)",
    ]);
    expect(judge(withEntry("cache-api", { lengthChars: 129 }))).toEqual([
      "catalogue.1.lengthChars is 129, allowed at most 128 (characters)",
    ]);
  });

  it("wants a length exactly for what we make", () => {
    expect(judge(withEntry("token-signing", { lengthChars: null }))).toEqual([
      "catalogue.0.lengthChars is null, allowed 32 to 128 (characters)",
    ]);
    expect(judge(withEntry("slack-webhook", { lengthChars: 32 }))).toEqual([
      "catalogue.3.lengthChars is 32, allowed null for the kind manual",
    ]);
  });

  it("keeps the purpose and the kind of the cache's users together", () => {
    expect(judge(withEntry("cache-api", { kind: "random" }))).toEqual([
      "catalogue.1.purpose is cachePassword with the kind random, allowed cachePassword exactly with the kind redisUser",
    ]);
  });

  it("refuses a name twice, in another namespace too", () => {
    const twice = {
      ...SECRETS_SETTINGS,
      catalogue: [...SECRETS_SETTINGS.catalogue, { ...CACHE_SECRET, namespace: "billing" }],
    };
    expect(judge(twice)).toEqual(['catalogue.6.name is "cache-api", already in catalogue[1].name, allowed each once']);
  });

  it.each(["tokenSigning", "cachePassword", "errorTracker", "chat", "pager", "externalApi"] as const)(
    "wants a secret for %s in production only",
    (purpose) => {
      expect(judge(without(purpose), "standard")).toEqual([]);
      expect(judge(without(purpose))).toEqual([
        `catalogue is no secret with the purpose ${purpose}, allowed at least one for each of ` +
          "tokenSigning, cachePassword, errorTracker, chat, pager, externalApi in production",
      ]);
    },
  );

  it("has no more consumers than one tag holds", () => {
    const consumers = (count: number) =>
      Array.from({ length: count }, (_, index) => `program-${index}`.padEnd(31, "x"));
    const withConsumers = (count: number) => ({
      ...SECRETS_SETTINGS,
      catalogue: SECRETS_SETTINGS.catalogue.map((entry, index) =>
        index === 0 ? { ...entry, consumers: consumers(count) } : entry,
      ),
    });
    expect(judge(withConsumers(8))).toEqual([]);
    expect(judge(withConsumers(9))).toEqual([
      "catalogue.0.consumers is 287 characters with their spaces, allowed at most 256 (characters): they stand in one tag",
    ]);
  });

  it("refuses to delete at once", () => {
    expect(judge({ ...SECRETS_SETTINGS, recoveryWindowDays: 0 })).toEqual([
      "recoveryWindowDays is 0, allowed at least 7 (days)",
    ]);
  });
});
