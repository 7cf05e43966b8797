import { describe, expect, it } from "vitest";

import {
  arnOf,
  cacheUserArns,
  cacheUserId,
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
  repositoryName,
  secretArns,
  secretPath,
} from "../../core/names.ts";

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
