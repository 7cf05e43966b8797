import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { FunctionPurpose } from "../../core/names.ts";
import {
  arnOf,
  cacheUserArns,
  cacheUserId,
  chatConfigurationName,
  clusterArn,
  functionName,
  imageAddress,
  internalIssuer,
  keyAlias,
  logGroupName,
  maxCacheUserChars,
  nameOf,
  PREFIX,
  priorityClass,
  RESERVED,
  repositoryName,
  secretArns,
  secretPath,
} from "../../core/names.ts";

const root = join(import.meta.dirname, "..", "..");
const STAGING = { prefix: "preflight", name: "staging", accountId: "111122223333", region: "eu-west-1" };

describe("names", () => {
  it("begin with the project and the environment", () => {
    expect(PREFIX).toBe("preflight");
    expect(nameOf(STAGING)).toBe("preflight-staging");
    expect(nameOf(STAGING, "nat", "a")).toBe("preflight-staging-nat-a");
    expect(functionName(STAGING, "pager")).toBe("preflight-staging-pager");
    expect(keyAlias(STAGING, "data")).toBe("alias/preflight-staging-data");
    expect(logGroupName.function(STAGING, "pager")).toBe("/aws/lambda/preflight-staging-pager");
    expect(secretPath.inNamespace(STAGING, "shop", "token")).toBe("preflight-staging/shop/token");
    expect(secretPath.platform(STAGING, "origin-header")).toBe("preflight-staging/_platform/origin-header");
    expect(cacheUserId(STAGING, "cache-api")).toBe("preflight-staging-cache-api");
    expect(priorityClass(STAGING, "critical")).toBe("preflight-critical");
    expect(internalIssuer(STAGING).issuer).toBe("preflight-internal");
  });

  it("are scoped in ARNs by account, region and the whole part in front", () => {
    expect(arnOf(STAGING, "sns", "*")).toBe("arn:aws:sns:eu-west-1:111122223333:*");
    expect(clusterArn(STAGING)).toBe("arn:aws:eks:eu-west-1:111122223333:cluster/preflight-staging");
    expect(cacheUserArns(STAGING)).toBe("arn:aws:elasticache:eu-west-1:111122223333:user:preflight-staging-*");
    expect(secretArns(STAGING, secretPath.ofNamespace(STAGING, "shop"))).toBe(
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:preflight-staging/shop/*",
    );
    expect(imageAddress(STAGING, "api@sha256:12")).toBe(
      "111122223333.dkr.ecr.eu-west-1.amazonaws.com/preflight/api@sha256:12",
    );
  });

  it("follow the prefix, each of them", () => {
    const other = { ...STAGING, prefix: "acme" };
    expect(cacheUserId(other, "api")).toBe("acme-staging-api");
    expect(maxCacheUserChars(other, 40)).toBe(27);
    expect(maxCacheUserChars(STAGING, 40)).toBe(22);
    expect(repositoryName(other, "api")).toBe("acme/api");
    expect(priorityClass(other, "standard")).toBe("acme-standard");
  });

  it("fit what AWS takes, for the longest name of an environment", () => {
    const longest = { ...STAGING, name: "e".repeat(20) };
    // Lambda 64, RDS' proxy endpoints 60, ElastiCache's user groups 40, CloudTrail and EKS above 100.
    expect(functionName(longest, "secret-rotation").length).toBeLessThanOrEqual(64);
    expect(`${nameOf(longest)}-readers`.length).toBeLessThanOrEqual(60);
    expect(nameOf(longest).length).toBeLessThanOrEqual(40);
    expect(maxCacheUserChars(longest, 40)).toBeGreaterThanOrEqual(8);
  });
});

const slug = fc.stringMatching(/^[a-z](?:[a-z0-9-]{0,8}[a-z0-9])?$/);
const environment = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/).map((name) => ({ ...STAGING, name }));
const purpose = fc.constantFrom<FunctionPurpose>("pager", "secret-age", "secret-rotation");
const but = (reserved: readonly string[]) => slug.filter((name) => !reserved.includes(name));

/** A text that a grammar makes, with everything that went into it. */
interface Made {
  readonly text: string;
  readonly from: readonly string[];
}
const made = (text: string, ...from: readonly string[]): Made => ({ text, from });

/** Each space of names with every grammar that writes into it, over all environments of an account. */
const SPACES: Readonly<Record<string, fc.Arbitrary<Made>>> = {
  "Secrets Manager": fc.oneof(
    fc
      .tuple(environment, but(RESERVED.namespaces), slug)
      .map(([scope, namespace, entry]) =>
        made(secretPath.inNamespace(scope, namespace, entry), "catalogue", scope.name, namespace, entry),
      ),
    environment.map((scope) => made(secretPath.platform(scope, "origin-header"), "platform", scope.name)),
  ),
  "users of the cache": fc.oneof(
    fc
      .tuple(environment, but(RESERVED.cacheUsers))
      .map(([scope, entry]) => made(cacheUserId(scope, entry), "catalogue", scope.name, entry)),
    environment.map((scope) => made(cacheUserId(scope, "default"), "fixed", scope.name)),
  ),
  "alarms of secrets' ages": fc.oneof(
    but(RESERVED.secrets).map((entry) => made(entry, "catalogue")),
    fc.constant(made("origin-header", "platform")),
  ),
  functions: fc.tuple(environment, purpose).map(([scope, what]) => made(functionName(scope, what), scope.name, what)),
  "log groups": fc.oneof(
    environment.map((scope) => made(logGroupName.cluster(scope), "cluster", scope.name)),
    environment.map((scope) => made(logGroupName.flowLogs(scope), "flow logs", scope.name)),
    environment.map((scope) => made(logGroupName.databaseProxy(scope), "proxy", scope.name)),
    fc.tuple(environment, slug).map(([scope, log]) => made(logGroupName.database(scope, log), "db", scope.name, log)),
    fc.tuple(environment, slug).map(([scope, log]) => made(logGroupName.cache(scope, log), "cache", scope.name, log)),
    fc.tuple(environment, purpose).map(([scope, what]) => made(logGroupName.function(scope, what), scope.name, what)),
  ),
  aliases: fc.tuple(environment, slug).map(([scope, what]) => made(keyAlias(scope, what), scope.name, what)),
  "chat channels": fc
    .tuple(environment, slug)
    .map(([scope, channel]) => made(chatConfigurationName(scope, channel), scope.name, channel)),
  "dead letters and queues": fc.oneof(
    slug
      .filter((name) => !RESERVED.queueEndings.some((ending) => name.endsWith(ending)))
      .map((name) => made(name, "queue", name)),
    slug
      .filter((name) => !RESERVED.queueEndings.some((ending) => name.endsWith(ending)))
      .map((name) => made(`${name}-dead-letters`, "dead letters", name)),
  ),
};

describe("two different things", () => {
  it.each(Object.entries(SPACES))("never have the same name among %s", (_, space) => {
    fc.assert(
      fc.property(fc.array(space, { minLength: 2, maxLength: 60 }), (names) => {
        const byText = new Map<string, string>();
        for (const { text, from } of names) {
          const origin = from.join(" | ");
          expect(byText.get(text) ?? origin).toBe(origin);
          byText.set(text, origin);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("never match the pattern by which another's permissions are scoped", () => {
    const matches = (pattern: string, text: string) => text.startsWith(pattern.slice(0, -1));
    fc.assert(
      fc.property(environment, environment, slug, slug, slug, (a, b, mine, other, entry) => {
        const mayRead = secretArns(a, secretPath.ofNamespace(a, mine));
        const secret = secretArns(b, secretPath.inNamespace(b, other, entry)).slice(0, -1);
        expect(matches(mayRead, secret)).toBe(a.name === b.name && mine === other);
        expect(matches(mayRead, secretArns(a, secretPath.platform(a, "origin-header")))).toBe(false);
        const user = arnOf(b, "elasticache", `user:${cacheUserId(b, entry)}`);
        expect(matches(cacheUserArns(a), user)).toBe(a.name === b.name);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe("the prefix", () => {
  // Tokens of component types and the configuration's namespace are not names in AWS: `preflight:data:Database`.
  it("is written in one file only", () => {
    const files = globSync(["{cli,components,config,core,ops,policies,preview,standards}/**/*.{ts,js}", "index.*s"], {
      cwd: root,
      exclude: ["policies/dist/**", "core/names.ts"],
    });
    expect(files.length).toBeGreaterThan(250);
    const isImport = /^\s*(?:import|export)\b.*\bfrom "|^\} from "/;
    const found = files.flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          /preflight[-/_]/.test(line) && !isImport.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    );
    expect(found).toEqual([]);
  });

  it("leaves ARNs to the same file", () => {
    const files = globSync("components/**/*.ts", { cwd: root });
    expect(files.length).toBeGreaterThan(80);
    expect(files.filter((file) => readFileSync(join(root, file), "utf8").includes("arn:aws:"))).toEqual([]);
  });
});
