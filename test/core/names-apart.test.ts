import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  checkCacheUserNames,
  checkNamespaceNames,
  checkQueueNames,
  checkSecretNames,
} from "../../config/checks/reserved-names.ts";
import type { ReportProblem } from "../../config/problems/problem.ts";
import type { FunctionPurpose } from "../../core/names.ts";
import {
  arnOf,
  cacheUserArns,
  cacheUserId,
  chatConfigurationName,
  functionName,
  keyAlias,
  logGroupName,
  RESERVED,
  repositoryArns,
  repositoryName,
  secretArns,
  secretPath,
} from "../../core/names.ts";

const scopeOf = (name: string) => ({ prefix: "preflight", name, accountId: "111122223333", region: "eu-west-1" });

/** Parts of every name that the program fixes: what a stack file would have to say to meet one, however they are made. */
const FIXED = [secretPath.platform(scopeOf("a"), "origin-header"), cacheUserId(scopeOf("a"), "default")]
  .flatMap((name) => [...name.split("/"), ...name.split("-"), name.slice("preflight-a-".length)])
  .filter((word) => /^[a-z][a-z0-9-]*[a-z0-9]$/.test(word));

const ENDINGS = [...RESERVED.queueEndings, ...RESERVED.serviceEndings];

/** Few words, so that they meet: single letters, pairs of which one begins like the other, joined ones, and taken ones. */
const word = fc.constantFrom(
  ...new Set(
    [
      ...["a", "b", "a-b", "b-a", "a-b-a", "ab", "edge", "platform", "shop", "shop2", "shop-b"],
      ...FIXED,
      ...Object.values(RESERVED)
        .flat()
        .map((name) => name.replace(/-$/, "")),
      ...ENDINGS.flatMap((ending) => [`a${ending}`, `b${ending}`]),
    ].filter((name) => /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(name)),
  ),
);
const environment = fc.constantFrom("a", "ab", "b", "staging", "staging2").map(scopeOf);
const purpose = fc.constantFrom<FunctionPurpose>("pager", "secret-age", "secret-rotation", "security-findings");

/** Words that the schema accepts in a place. */
const accepted = (check: (name: string, report: ReportProblem) => void) =>
  word.filter((name) => {
    let refused = false;
    check(name, () => {
      refused = true;
    });
    return !refused;
  });
const namespace = accepted((name, report) => {
  checkNamespaceNames([name], report);
});
const secret = accepted((name, report) => {
  checkSecretNames([{ name }], report);
});
const cacheUser = accepted((name, report) => {
  checkCacheUserNames([{ secret: name }], report);
});
const queue = accepted((name, report) => {
  checkQueueNames([{ name, subscriptions: [] }], report);
});

/** A name, with everything that went into it. */
interface Made {
  readonly text: string;
  readonly from: string;
}
const made = (text: string, ...from: readonly string[]): Made => ({ text, from: from.join(" | ") });

/** Each space of names with every grammar that writes into it, over all environments of an account. */
const SPACES: Readonly<Record<string, fc.Arbitrary<Made>>> = {
  "Secrets Manager": fc.oneof(
    fc
      .tuple(environment, namespace, secret)
      .map(([scope, where, entry]) => made(secretPath.inNamespace(scope, where, entry), scope.name, where, entry)),
    environment.map((scope) => made(secretPath.platform(scope, "origin-header"), scope.name)),
  ),
  "users of the cache": fc.oneof(
    fc.tuple(environment, cacheUser).map(([scope, entry]) => made(cacheUserId(scope, entry), scope.name, entry)),
    environment.map((scope) => made(cacheUserId(scope, "default"), scope.name)),
  ),
  "alarms of secrets' ages": fc.oneof(
    secret.map((entry) => made(entry, "catalogue")),
    fc.constant(made("origin-header", "platform")),
  ),
  "queues and dead letters": fc.oneof(
    queue.map((name) => made(name, "queue", name)),
    queue.map((name) => made(`${name}-dead-letters`, "dead letters", name)),
  ),
  functions: fc.tuple(environment, purpose).map(([scope, what]) => made(functionName(scope, what), scope.name, what)),
  "log groups": fc.oneof(
    environment.map((scope) => made(logGroupName.cluster(scope), "cluster", scope.name)),
    environment.map((scope) => made(logGroupName.flowLogs(scope), "flow logs", scope.name)),
    environment.map((scope) => made(logGroupName.databaseProxy(scope), "proxy", scope.name)),
    fc.tuple(environment, word).map(([scope, log]) => made(logGroupName.database(scope, log), "db", scope.name, log)),
    fc.tuple(environment, word).map(([scope, log]) => made(logGroupName.cache(scope, log), "cache", scope.name, log)),
    fc.tuple(environment, word).map(([scope, what]) => made(logGroupName.webAcl(scope, what), "waf", scope.name, what)),
    fc.tuple(environment, purpose).map(([scope, what]) => made(logGroupName.function(scope, what), scope.name, what)),
  ),
  aliases: fc.tuple(environment, word).map(([scope, what]) => made(keyAlias(scope, what), scope.name, what)),
  "chat channels": fc
    .tuple(environment, word)
    .map(([scope, channel]) => made(chatConfigurationName(scope, channel), scope.name, channel)),
};

const RUNS = { seed: 20261128, numRuns: 2000 };

describe("two different things", () => {
  it.each(Object.entries(SPACES))("never have the same name among %s", (_, space) => {
    const origins = new Map<string, string>();
    fc.assert(
      fc.property(space, ({ text, from }) => {
        // Over all runs: each name is held against every one that came before it.
        expect(origins.get(text) ?? from).toBe(from);
        origins.set(text, from);
      }),
      RUNS,
    );
    expect(origins.size).toBeGreaterThan(5);
  });

  const matches = (pattern: string, text: string) => text.startsWith(pattern.slice(0, -1));

  it("never match the pattern by which another namespace's or environment's secrets are let in", () => {
    let own = 0;
    fc.assert(
      fc.property(environment, environment, namespace, namespace, secret, (a, b, mine, other, entry) => {
        const mayRead = secretArns(a, secretPath.ofNamespace(a, mine));
        const same = a.name === b.name && mine === other;
        const path = arnOf(b, "secretsmanager", `secret:${secretPath.inNamespace(b, other, entry)}`);
        expect(matches(mayRead, path)).toBe(same);
        const platform = arnOf(b, "secretsmanager", `secret:${secretPath.platform(b, "origin-header")}`);
        expect(matches(mayRead, platform)).toBe(false);
        expect(matches(secretArns(a, secretPath.all(a)), path)).toBe(a.name === b.name);
        if (same) own += 1;
      }),
      RUNS,
    );
    expect(own).toBeGreaterThan(10);
  });

  it("never match the pattern by which another environment's cache users are changed", () => {
    fc.assert(
      fc.property(environment, environment, cacheUser, (a, b, entry) => {
        const user = arnOf(b, "elasticache", `user:${cacheUserId(b, entry)}`);
        expect(matches(cacheUserArns(a), user)).toBe(a.name === b.name);
      }),
      RUNS,
    );
  });

  it("never match the pattern by which another project's repositories are copied", () => {
    const other = { ...scopeOf("a"), prefix: "preflight2" };
    expect(
      matches(repositoryArns(scopeOf("a")), arnOf(other, "ecr", `repository/${repositoryName(other, "api")}`)),
    ).toBe(false);
  });
});
